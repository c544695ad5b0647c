package desk

import (
	"context"
	"errors"
	"fmt"
	"time"

	"frontdesk/api"
	"frontdesk/api/clean"
)

// runBatch runs a batch and recovers from a panic: what was sent until then is unknown.
func (b *bulk) runBatch(ctx context.Context, people []*api.User) (stop error) {
	k := &batch{bulk: b, begun: b.cfg.Clock()}
	defer func() {
		if caught := recover(); caught != nil {
			stop = fmt.Errorf("the program failed during %s: %v", b.op.Title, caught)
			how := UserFailed
			if k.sent {
				how = UserUnknown
			}
			k.endUndecided(how, stop)
			k.record(stop)
		}
	}()
	return k.run(ctx, people)
}

// batch is the users of one request in progress.
type batch struct {
	*bulk
	before      map[clean.Text]*api.User // current state, by id
	named       []*api.User              // the users in the request, as the operator saw them
	intended    bool
	journal     string // the journal's record of the intent
	begun       time.Time
	sent        bool
	isSecondTry bool // sent for the second time
	answer      api.Answer
}

// run completes one batch. Its error ends the bulk.
func (k *batch) run(ctx context.Context, people []*api.User) error {
	// From here on the batch cannot be cancelled: what is sent is seen through.
	ctx = context.WithoutCancel(ctx)
	if err := k.refresh(ctx, people); err != nil {
		return fmt.Errorf("nothing more was sent, because the users could not be read again first: %w", err)
	}
	k.selectDue(people)
	if len(k.named) == 0 {
		return nil
	}
	return k.send(ctx)
}

// send asks the policy, records the intent, sends the request and settles the outcome.
func (k *batch) send(ctx context.Context) error {
	if err := k.checkPolicy(); err != nil {
		k.endUndecided(UserFailed, err)
		return err
	}
	k.requests++
	k.sent = true
	users, err := k.op.CallAll(api.OnAnswer(ctx, func(a api.Answer) { k.answer = a }), k.cfg.Client, k.request(k.named))
	stop := k.settle(ctx, users, err)
	k.record(stop)
	if errors.Is(stop, errSendAgain) {
		k.isSecondTry = true
		k.named = k.undecided()
		return k.send(ctx)
	}
	return stop
}

// checkPolicy asks the policy and records the intent.
func (k *batch) checkPolicy() error {
	in := Intent{Op: k.op, Request: k.request(k.named), Audit: k.in.Audit}
	for _, u := range k.named {
		in.People = append(in.People, k.before[u.ID])
	}
	if len(k.records) > 0 {
		in.Continues = k.records[0]
	}
	if err := k.forbid(in); err != nil {
		k.refuse(in, err)
		return err
	}
	if k.cfg.Journal == nil {
		return nil
	}
	record, err := k.cfg.Journal.Intend(in)
	if err != nil {
		return fmt.Errorf("nothing more was sent, because the journal could not be written: %w", err)
	}
	k.journal, k.intended = record, true
	k.records = append(k.records, record)
	return nil
}

// refuse journals that policy refused the request.
func (k *batch) refuse(in Intent, why error) {
	if k.cfg.Journal == nil {
		return
	}
	if err := k.cfg.Journal.Refuse(in, Outcome{State: Refused, Op: k.op, Err: why}); err != nil {
		k.notRecorded = err
	}
}

// refresh reads the users' current state.
func (k *batch) refresh(ctx context.Context, people []*api.User) error {
	k.before = map[clean.Text]*api.User{}
	found, err := k.readUsers(ctx, people)
	k.before = found
	return err
}

func (k *batch) readUsers(ctx context.Context, people []*api.User) (map[clean.Text]*api.User, error) {
	q := api.Query{Limit: len(people)}
	asked := map[clean.Text]bool{}
	for _, u := range people {
		q.UserID = append(q.UserID, u.ID.Raw())
		asked[u.ID] = true
	}
	k.requests++
	users, err := k.cfg.Client.ListUsers(ctx, q)
	if err != nil {
		return nil, err
	}
	found := map[clean.Text]*api.User{}
	for i := range users {
		if asked[users[i].ID] {
			found[users[i].ID] = &users[i]
		}
	}
	for _, u := range people {
		if found[u.ID] != nil {
			continue
		}
		k.requests++
		one, err := k.cfg.Client.GetUser(ctx, u.ID)
		switch {
		case err == nil:
			found[u.ID] = one
		case !isNotFound(err):
			return nil, err
		}
	}
	return found, nil
}

// selectDue leaves out users who need not or must not be in the request.
func (k *batch) selectDue(people []*api.User) {
	now := k.cfg.Clock()
	for _, seen := range people {
		is := k.before[seen.ID]
		if is == nil {
			k.endUser(seen, UserOutcome{State: UserGone})
			continue
		}
		if reason := k.cfg.Catalogue.Inapplicable(k.op, is, clean.Text{}, now); reason != "" {
			f := UserOutcome{State: UserSkipped, User: is, Err: errors.New(reason)}
			if k.wasLost(seen.ID) && k.op.Applied(is, is, k.request(nil)) {
				f = UserOutcome{State: UserDone, User: is, ReadBack: true} // by an earlier request of ours whose response was lost
			}
			k.endUser(seen, f)
			continue
		}
		if was, isNow := k.stateOf(seen), k.stateOf(is); was != isNow {
			k.endUser(seen, UserOutcome{State: UserSkipped, User: is, Err: fmt.Errorf("changed since you looked: was “%s”, now “%s”", was, isNow)})
			continue
		}
		k.named = append(k.named, seen)
	}
}

// stateOf returns the user's state at the time they were read.
func (b *bulk) stateOf(u *api.User) string {
	if b.op.State == nil {
		return ""
	}
	at := u.ReadAt
	if at.IsZero() {
		at = b.cfg.Clock()
	}
	return b.op.State(u, at)
}
