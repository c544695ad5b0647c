package desk

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"

	"frontdesk/api"
	"frontdesk/api/clean"
)

// settle determines the outcome of the request for each of its users.
func (k *batch) settle(ctx context.Context, users []api.User, err error) error {
	switch {
	case err == nil:
		return k.endAnswered(ctx, users)
	case isLost(err):
		return k.readBack(ctx, err)
	case isNotFound(err) && !k.isSecondTry:
		return k.dropGone(ctx, err)
	}
	k.endUndecided(UserFailed, err)
	return err
}

// endAnswered settles the users in the response. Users who are missing or show no effect
// are read again.
func (k *batch) endAnswered(ctx context.Context, users []api.User) error {
	after := map[clean.Text]*api.User{}
	for i := range users {
		after[users[i].ID] = &users[i]
	}
	cause := errNoEffect
	for _, seen := range k.named {
		switch u := after[seen.ID]; {
		case u == nil:
			cause = errNotInAnswer
		case k.isInEffect(seen, u):
			k.endUser(seen, UserOutcome{State: UserDone, User: u})
		}
	}
	if len(k.undecided()) == 0 {
		return nil
	}
	if err := k.lookOnce(ctx, cause); err != nil {
		lost := &lostError{message: "the answer does not include this user, and reading them failed: " + withoutAdvice(err), lookup: "it could not be checked", cause: err}
		k.markPending(errNoEffect)
		k.endUndecided(UserUnknown, lost)
		return lost
	}
	if len(k.undecided()) > 0 { // the server accepted it; the other batches go on
		_ = k.readBack(ctx, &api.Error{Kind: api.KindInvalidResponse, Status: http.StatusOK, Sent: true, Op: k.op.Verb, Err: errNoEffect})
	}
	return nil
}

// Causes for reading users again after a response.
var (
	errNotInAnswer = errors.New("the answer did not include this user")
	errNotFound    = errors.New("the answer was that a user does not exist")
)

// isInEffect reports whether the user shows the operation's effect.
func (k *batch) isInEffect(seen, u *api.User) bool {
	return k.op.Applied(k.before[seen.ID], u, k.request(nil))
}

// errSendAgain asks for the batch to be sent once more.
var errSendAgain = errors.New("once more")

// dropGone handles a 404: a user was deleted meanwhile. The server may have changed the
// others or nobody, so they are read, and the remaining ones are sent once more.
func (k *batch) dropGone(ctx context.Context, cause error) error {
	found, err := k.readUsers(ctx, k.named)
	if err != nil {
		lost := &lostError{message: "a user no longer exists, and reading the others failed: " + withoutAdvice(err), lookup: "it could not be checked", cause: errors.Join(cause, err)}
		k.markPending(errNotFound)
		k.endUndecided(UserUnknown, lost)
		return lost
	}
	open := 0
	for _, seen := range k.named {
		u := found[seen.ID]
		if u != nil && !k.isInEffect(seen, u) {
			open++
			continue
		}
		k.endFound(seen, u, errNotFound)
	}
	switch {
	case open == 0:
		return nil
	case open == len(k.named): // nobody was deleted: the 404 is about something else
		k.endUndecided(UserFailed, cause)
		return cause
	}
	return errSendAgain
}

// readBack determines the outcome of a request whose response was lost.
func (k *batch) readBack(ctx context.Context, cause error) error {
	ctx, cancel := context.WithTimeout(ctx, lookTimeout)
	defer cancel()
	began := k.cfg.Clock()
	var failed error
	for _, wait := range lookDelays() {
		if failed = k.cfg.Sleep(ctx, wait); failed != nil {
			break
		}
		if failed = k.lookOnce(ctx, cause); failed == nil && len(k.undecided()) == 0 {
			return nil
		}
	}
	k.markPending(cause)
	lost := doesNotShow(cause, k.cfg.Clock().Sub(began), "")
	if failed != nil {
		lost = &lostError{message: DescribeLost(cause) + ", and checking it failed too: " + withoutAdvice(failed), lookup: "it could not be checked", cause: errors.Join(cause, failed)}
	}
	k.endUndecided(UserUnknown, lost)
	return lost
}

// lookOnce settles undecided users who show the effect or no longer exist.
func (k *batch) lookOnce(ctx context.Context, cause error) error {
	found, err := k.readUsers(ctx, k.undecided())
	if err != nil {
		return err
	}
	for _, seen := range k.undecided() {
		if u := found[seen.ID]; u == nil || k.isInEffect(seen, u) {
			k.endFound(seen, u, cause)
		}
	}
	return nil
}

// endFound settles a user who shows the effect, or no longer exists (nil). cause is why
// they were read.
func (k *batch) endFound(seen, u *api.User, cause error) {
	if u == nil {
		k.endUser(seen, UserOutcome{State: UserGone})
		return
	}
	k.endUser(seen, UserOutcome{State: UserDone, User: u, ReadBack: true, LostAnswer: cause})
}

// undecided returns the users of the request without an outcome.
func (k *batch) undecided() []*api.User {
	var open []*api.User
	for _, seen := range k.named {
		if _, ended := k.outcomes[seen.ID]; !ended {
			open = append(open, seen)
		}
	}
	return open
}

// endUndecided gives all undecided users the same outcome.
func (k *batch) endUndecided(how UserState, err error) {
	for _, seen := range k.undecided() {
		f := UserOutcome{State: how, User: k.before[seen.ID], Err: err}
		if how == UserUnknown {
			f.User = nil
		}
		k.endUser(seen, f)
	}
}

// record journals how the request ended.
func (k *batch) record(stop error) {
	if !k.intended {
		return
	}
	k.intended = false
	k.writeOutcome(stop)
}

// writeOutcome journals how the request ended, as far as it is known by now.
func (k *batch) writeOutcome(stop error) {
	out := Outcome{Op: k.op, Err: stop, Record: k.journal, Status: k.answer.Status, TraceID: k.answer.TraceID, Elapsed: k.cfg.Clock().Sub(k.begun)}
	count := map[UserState]int{}
	for _, seen := range k.named {
		f, ended := k.outcomes[seen.ID]
		if !ended {
			f = UserOutcome{Seen: seen, State: UserNotTried}
		}
		out.Users = append(out.Users, f)
		count[f.State]++
	}
	switch {
	case count[UserUnknown] > 0:
		out.State = Unknown
	case count[UserDone] == 0:
		out.State = Refused
	case count[UserDone] < len(k.named):
		out.State = Partly
	}
	defer func() {
		if caught := recover(); caught != nil {
			k.notRecorded = fmt.Errorf("the journal failed: %v", caught)
		}
	}()
	if err := k.cfg.Journal.Record(k.journal, out); err != nil {
		k.notRecorded = err
	}
}

// lostKey identifies a user of a bulk whose response was lost.
func (b *bulk) lostKey(id clean.Text) requestKey { return requestKey{op: b.op.ID, user: id} }

// rememberLost remembers the users of a request that may still be carried out.
func (k *batch) rememberLost() *lostAnswer {
	now := k.cfg.Clock()
	l := &lostAnswer{at: now}
	k.mu.Lock()
	defer k.mu.Unlock()
	maps.DeleteFunc(k.lost, func(_ requestKey, l *lostAnswer) bool { return now.Sub(l.at) > lostKeptFor })
	for _, seen := range k.named {
		if _, ended := k.outcomes[seen.ID]; !ended {
			k.lost[k.lostKey(seen.ID)] = l
		}
	}
	return l
}

func (b *bulk) wasLost(id clean.Text) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	l, known := b.lost[b.lostKey(id)]
	return known && b.cfg.Clock().Sub(l.at) <= lostKeptFor
}

func (b *bulk) forgetLost(id clean.Text) {
	b.mu.Lock()
	defer b.mu.Unlock()
	delete(b.lost, b.lostKey(id))
}
