package desk

import (
	"context"
	"errors"
	"fmt"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/api/ops"
)

// errNobodyThere is a request whose user no longer exists.
var errNobodyThere = errors.New("the user no longer exists")

// LookUp finds out, by reading, what became of an intent of a program that ended before
// it wrote the outcome down. It sends no write. in.Seen is the user before it, nil
// where that is not known; in.People are the users of a bulk, of whom only the ids
// need to be known.
//
// The outcome is Done where the effect shows, Refused where it would show and does
// not, and Unknown where nobody can tell.
func (d *Desk) LookUp(ctx context.Context, in Intent) (out Outcome) {
	defer func() {
		if caught := recover(); caught != nil {
			out = Outcome{State: Unknown, Err: fmt.Errorf("the program failed during the look-up: %v", caught)}
		}
		out.Op = in.Op
	}()
	ctx, cancel := context.WithTimeout(ctx, lookTimeout)
	defer cancel()
	if in.Op.CallAll != nil {
		return d.lookUpAll(ctx, in)
	}
	found, err := d.lookUpOne(ctx, in)
	return judgeLookUp(in, found, err, d)
}

// lookUpOne looks for the effect on one user, or in the directory.
func (d *Desk) lookUpOne(ctx context.Context, in Intent) (ops.Found, error) {
	if in.Op.ReadBack != nil {
		return in.Op.ReadBack(ctx, d.cfg.Client, in.Seen, in.Request)
	}
	if in.Op.Applied == nil && !in.Op.DeletesUser {
		return ops.Found{}, errors.New("nothing shows of this operation")
	}
	u, err := d.cfg.Client.GetUser(ctx, in.Request.UserID)
	switch {
	case isNotFound(err) && in.Op.DeletesUser:
		return ops.Found{Applied: true}, nil
	case isNotFound(err):
		return ops.Found{}, errNobodyThere
	case err != nil:
		return ops.Found{}, err
	}
	return ops.Found{User: u, Applied: showsEffect(in, u)}, nil
}

// showsEffect says that a user shows the effect. Without the user as they were before,
// only what can be told from the present counts.
func showsEffect(in Intent, u *api.User) bool {
	if in.Op.Applied == nil {
		return false
	}
	return in.Op.Applied(u, u, in.Request) || in.Seen != nil && in.Op.Applied(in.Seen, u, in.Request)
}

func judgeLookUp(in Intent, found ops.Found, err error, d *Desk) Outcome {
	switch {
	case errors.Is(err, errNobodyThere):
		return Outcome{State: Unknown, Err: err}
	case err != nil:
		return Outcome{State: Unknown, Err: fmt.Errorf("it could not be looked up: %s", withoutAdvice(err))}
	case found.Applied:
		return Outcome{State: Done, User: found.User, ReadBack: true}
	case len(in.Op.Fields) > 0 || in.Op.Part != ops.PartNone && in.Seen == nil:
		return Outcome{State: Unknown, User: found.User, Err: errors.New("it does not show, and may have been changed since")}
	}
	message := "it was not carried out: it does not show"
	if in.Op.State != nil && found.User != nil {
		message += " (" + in.Op.State(found.User, d.cfg.Clock()) + ")"
	}
	return Outcome{State: Refused, User: found.User, Err: errors.New(message)}
}

// lookUpAll looks at each user of a bulk.
func (d *Desk) lookUpAll(ctx context.Context, in Intent) Outcome {
	out, count := Outcome{}, map[UserState]int{}
	for _, seen := range in.People {
		one := in
		one.Op.CallAll, one.Seen = nil, nil
		one.Request.UserID, one.Request.UserIDs = seen.ID, []clean.Text{seen.ID}
		found, err := d.lookUpOne(ctx, one)
		f := UserOutcome{Seen: seen, User: found.User, State: UserFailed}
		switch {
		case errors.Is(err, errNobodyThere):
			f.State = UserGone
		case err != nil:
			f.State, f.Err = UserUnknown, err
		case found.Applied:
			f.State, f.ReadBack = UserDone, true
		}
		out.Users = append(out.Users, f)
		count[f.State]++
	}
	switch {
	case count[UserUnknown] > 0:
		out.State, out.Err = Unknown, errors.New("some of the users could not be looked up")
	case count[UserDone] == 0:
		out.State, out.Err = Refused, errors.New("it was not carried out: it shows on none of the users")
	case count[UserDone] < len(in.People):
		out.State = Partly
	default:
		out.State, out.ReadBack = Done, true
	}
	return out
}
