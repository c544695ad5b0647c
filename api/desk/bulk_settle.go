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

// settle says how the request ended for each whom it named.
func (k *batch) settle(ctx context.Context, users []api.User, err error) error {
	switch {
	case err == nil:
		return k.answered(ctx, users)
	case isLost(err):
		return k.readBack(ctx, err)
	case isNotFound(err) && !k.again:
		return k.withoutTheGone(ctx, err)
	}
	k.endAll(EndFailed, err)
	return err
}

// answered takes the users that the server gave. Whom it left out, or shows as if
// nothing had been done, is looked up.
func (k *batch) answered(ctx context.Context, users []api.User) error {
	after := map[clean.Text]*api.User{}
	for i := range users {
		after[users[i].ID] = &users[i]
	}
	cause := errDisagrees
	for _, seen := range k.named {
		switch u := after[seen.ID]; {
		case u == nil:
			cause = errUnnamed
		case k.shows(seen, u):
			k.end(seen, UserOutcome{Ending: EndDone, User: u})
		}
	}
	if len(k.open()) == 0 {
		return nil
	}
	if err := k.lookOnce(ctx, cause); err != nil {
		lost := &lostError{says: "the answer does not name them, and looking them up failed: " + what(err), looked: "looking did not tell", cause: err}
		k.pend(errDisagrees)
		k.endAll(EndUnknown, lost)
		return lost
	}
	if len(k.open()) > 0 { // the server agreed; the other batches go on
		_ = k.readBack(ctx, &api.Error{Kind: api.KindGarbled, Status: http.StatusOK, Sent: true, Op: k.op.Verb, Err: errDisagrees})
	}
	return nil
}

// Why somebody was looked up although the server had answered.
var (
	errUnnamed  = errors.New("the answer did not name them")
	errNotFound = errors.New("the answer was that somebody is not there")
)

// shows says that a user has the effect.
func (k *batch) shows(seen, u *api.User) bool {
	return k.op.Applied(k.before[seen.ID], u, k.request(nil))
}

// errAgain asks for the batch to be sent once more.
var errAgain = errors.New("once more")

// withoutTheGone takes a 404 for what it is: somebody went while this was on
// its way. A server may have changed the others or nobody at all, so they are
// looked at, and whom it still concerns is named once more.
func (k *batch) withoutTheGone(ctx context.Context, cause error) error {
	found, err := k.read(ctx, k.named)
	if err != nil {
		lost := &lostError{says: "somebody is not there any more, and looking up the others failed: " + what(err), looked: "looking did not tell", cause: errors.Join(cause, err)}
		k.pend(errNotFound)
		k.endAll(EndUnknown, lost)
		return lost
	}
	open := 0
	for _, seen := range k.named {
		u := found[seen.ID]
		if u != nil && !k.shows(seen, u) {
			open++
			continue
		}
		k.found(seen, u, errNotFound)
	}
	switch {
	case open == 0:
		return nil
	case open == len(k.named): // nobody is gone: it was about something else
		k.endAll(EndFailed, cause)
		return cause
	}
	return errAgain
}

// readBack finds out what became of a request whose answer was lost.
func (k *batch) readBack(ctx context.Context, cause error) error {
	ctx, cancel := context.WithTimeout(ctx, lookWithin)
	defer cancel()
	began := k.cfg.Clock()
	var failed error
	for _, wait := range looks() {
		if failed = k.cfg.Sleep(ctx, wait); failed != nil {
			break
		}
		if failed = k.lookOnce(ctx, cause); failed == nil && len(k.open()) == 0 {
			return nil
		}
	}
	k.pend(cause)
	lost := doesNotShow(cause, k.cfg.Clock().Sub(began), "")
	if failed != nil {
		lost = &lostError{says: Instead(cause) + ", and looking it up failed too: " + what(failed), looked: "looking did not tell", cause: errors.Join(cause, failed)}
	}
	k.endAll(EndUnknown, lost)
	return lost
}

// lookOnce ends it for those who have no ending yet and show the effect, or are gone.
func (k *batch) lookOnce(ctx context.Context, cause error) error {
	found, err := k.read(ctx, k.open())
	if err != nil {
		return err
	}
	for _, seen := range k.open() {
		if u := found[seen.ID]; u == nil || k.shows(seen, u) {
			k.found(seen, u, cause)
		}
	}
	return nil
}

// found ends it for a user who shows the effect, or who is gone (nil). cause is why
// they were looked up.
func (k *batch) found(seen, u *api.User, cause error) {
	if u == nil {
		k.end(seen, UserOutcome{Ending: EndGone})
		return
	}
	k.end(seen, UserOutcome{Ending: EndDone, User: u, ReadBack: true, Lost: cause})
}

// open are those named who have no ending yet.
func (k *batch) open() []*api.User {
	var open []*api.User
	for _, seen := range k.named {
		if _, ended := k.fates[seen.ID]; !ended {
			open = append(open, seen)
		}
	}
	return open
}

// endAll ends it for all who are named and have no ending yet.
func (k *batch) endAll(how Ending, err error) {
	for _, seen := range k.open() {
		f := UserOutcome{Ending: how, User: k.before[seen.ID], Err: err}
		if how == EndUnknown {
			f.User = nil
		}
		k.end(seen, f)
	}
}

// record writes down how the request ended.
func (k *batch) record(stop error) {
	if !k.intended {
		return
	}
	k.intended = false
	out := Outcome{Op: k.op, Err: stop, Elapsed: k.cfg.Clock().Sub(k.begun)}
	count := map[Ending]int{}
	for _, seen := range k.named {
		f, ended := k.fates[seen.ID]
		if !ended {
			f = UserOutcome{Seen: seen, Ending: EndUntried}
		}
		out.Users = append(out.Users, f)
		count[f.Ending]++
	}
	switch {
	case count[EndUnknown] > 0:
		out.State = Unknown
	case count[EndDone] == 0:
		out.State = Refused
	case count[EndDone] < len(k.named):
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

// lossOf names a user of a bulk whose answer was lost.
func (b *bulk) lossOf(id clean.Text) key { return key{op: b.op.ID, user: id} }

// rememberLost keeps in mind whom a request named that may still be carried out.
func (k *batch) rememberLost() *loss {
	now := k.cfg.Clock()
	l := &loss{at: now}
	k.mu.Lock()
	defer k.mu.Unlock()
	maps.DeleteFunc(k.lost, func(_ key, l *loss) bool { return now.Sub(l.at) > lossKept })
	for _, seen := range k.named {
		if _, ended := k.fates[seen.ID]; !ended {
			k.lost[k.lossOf(seen.ID)] = l
		}
	}
	return l
}

func (b *bulk) lostOf(id clean.Text) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	l, known := b.lost[b.lossOf(id)]
	return known && b.cfg.Clock().Sub(l.at) <= lossKept
}

func (b *bulk) forgetLost(id clean.Text) {
	b.mu.Lock()
	defer b.mu.Unlock()
	delete(b.lost, b.lossOf(id))
}
