package desk

import (
	"context"
	"errors"
	"fmt"
	"time"

	"frontdesk/api"
	"frontdesk/api/clean"
)

// guarded is batch, with a fault of the program itself taken as the end: what
// was sent by then is unknown.
func (b *bulk) guarded(ctx context.Context, people []*api.User) (stop error) {
	k := &batch{bulk: b, begun: b.cfg.Clock()}
	defer func() {
		if caught := recover(); caught != nil {
			stop = fmt.Errorf("the program failed during %s: %v", b.op.Title, caught)
			how := EndFailed
			if k.sent {
				how = EndUnknown
			}
			k.endAll(how, stop)
			k.record(stop)
		}
	}()
	return k.carry(ctx, people)
}

// batch is the users of one request on their way.
type batch struct {
	*bulk
	before   map[clean.Text]*api.User // as they are, by id
	named    []*api.User              // whom the request names, as the operator saw them
	intended bool
	journal  string // the record of the intent
	begun    time.Time
	sent     bool
	again    bool // it is sent for the second time
}

// carry brings one batch to its end. Its error ends the bulk.
func (k *batch) carry(ctx context.Context, people []*api.User) error {
	// From here on nobody stops half way: what is sent is brought to its end.
	ctx = context.WithoutCancel(ctx)
	if err := k.look(ctx, people); err != nil {
		return fmt.Errorf("nothing more was sent, because the users could not be read again first: %w", err)
	}
	k.sort(people)
	if len(k.named) == 0 {
		return nil
	}
	return k.deliver(ctx)
}

// deliver asks policy, writes the intent down, sends and settles.
func (k *batch) deliver(ctx context.Context) error {
	if err := k.allowed(); err != nil {
		k.endAll(EndFailed, err)
		return err
	}
	k.requests++
	k.sent = true
	users, err := k.op.CallAll(ctx, k.cfg.Client, k.request(k.named))
	stop := k.settle(ctx, users, err)
	k.record(stop)
	if errors.Is(stop, errAgain) {
		k.again = true
		k.named = k.open()
		return k.deliver(ctx)
	}
	return stop
}

// allowed asks policy, and the journal to keep the intent.
func (k *batch) allowed() error {
	in := Intent{Op: k.op, Request: k.request(k.named)}
	for _, u := range k.named {
		in.People = append(in.People, k.before[u.ID])
	}
	if k.cfg.Policy != nil {
		if err := k.cfg.Policy.Allow(in); err != nil {
			return err
		}
	}
	if k.cfg.Journal == nil {
		return nil
	}
	record, err := k.cfg.Journal.Intend(in)
	if err != nil {
		return fmt.Errorf("nothing more was sent, because the journal could not be written: %w", err)
	}
	k.journal, k.intended = record, true
	return nil
}

// look reads the users as they are, in one request. Whom the list leaves out is
// asked for alone: a server that does not know the filter proves nothing.
func (k *batch) look(ctx context.Context, people []*api.User) error {
	k.before = map[clean.Text]*api.User{}
	found, err := k.read(ctx, people)
	k.before = found
	return err
}

func (k *batch) read(ctx context.Context, people []*api.User) (map[clean.Text]*api.User, error) {
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

// sort leaves out whom the request need not or must not name.
func (k *batch) sort(people []*api.User) {
	now := k.cfg.Clock()
	for _, seen := range people {
		is := k.before[seen.ID]
		if is == nil {
			k.end(seen, UserOutcome{Ending: EndGone})
			continue
		}
		if reason := k.cfg.Catalogue.Unavailable(k.op, is, clean.Text{}, now); reason != "" {
			f := UserOutcome{Ending: EndKept, User: is, Err: errors.New(reason)}
			if k.lostOf(seen.ID) && k.op.Applied(is, is, k.request(nil)) {
				f = UserOutcome{Ending: EndDone, User: is, ReadBack: true} // by a request of ours whose answer was lost
			}
			k.end(seen, f)
			continue
		}
		if was, isNow := k.stateOf(seen), k.stateOf(is); was != isNow {
			k.end(seen, UserOutcome{Ending: EndKept, User: is, Err: fmt.Errorf("changed since you looked: was “%s”, is “%s” now", was, isNow)})
			continue
		}
		k.named = append(k.named, seen)
	}
}

// stateOf is the state that matters to the operation, in words, at the time the
// user was read.
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
