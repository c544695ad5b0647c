package desk

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/api/ops"
)

// Bulk is a write about several users: one question, as many requests as it takes.
type Bulk struct {
	Op ops.Operation
	// Seen are the users as the operator saw them when the question was asked, each
	// once; it is they whom the requests name.
	Seen   []*api.User
	Values map[string]string // by Field.Name
	Reason string
	// OnBatch, which may be nil, is told how a batch ended for each of its users as soon
	// as it has, before the next one begins.
	OnBatch func([]UserOutcome)
}

// UserState is how a bulk ended for one user.
type UserState int

const (
	UserDone     UserState = iota // the server said so, or the read-back shows it
	UserSkipped                   // not sent for them: it does not apply (any more); Err is why
	UserGone                      // the user is not there any more
	UserFailed                    // nothing was done to them; Err says why
	UserUnknown                   // sent, no reliable answer, and nothing shows of it (yet)
	UserNotTried                  // it stopped before it was their turn
)

// String is the ending in a word, for journals and machines.
func (e UserState) String() string {
	return [...]string{"done", "left as is", "gone", "failed", "unknown", "not tried"}[e]
}

// UserOutcome is how a bulk ended for one user.
type UserOutcome struct {
	Seen  *api.User // as the operator saw them
	State UserState
	User  *api.User // afterwards, nil where not known
	Err   error
	// ReadBack says that done was found by looking, not by the answer.
	ReadBack   bool
	LostAnswer error // as in Outcome
}

// BulkOutcome is how a bulk ended.
type BulkOutcome struct {
	Op ops.Operation
	// Users are the users' in the order of Bulk.Seen, every one of them.
	Users []UserOutcome
	// Stopped is why it ended before everybody's turn, or with their last request
	// refused; nil where it came to its end.
	Stopped error
	// Cancelled says that it was taken back between two requests.
	Cancelled bool
	// Pending is what looks again for those of whom it is not known; nil where there
	// are none.
	Pending *PendingBulk
	// JournalErr is why the journal lacks an outcome; see Outcome.
	JournalErr error
	Elapsed    time.Duration
}

// InState are the fates that ended so, in order.
func (o BulkOutcome) InState(endings ...UserState) []UserOutcome {
	return slices.DeleteFunc(slices.Clone(o.Users), func(f UserOutcome) bool { return !slices.Contains(endings, f.State) })
}

// DoBulk carries a bulk out, a batch of Op.Most users at a time: read them as they
// are now, leave out to whom it does not apply, policy, journal intent, one
// request, and where its answer is lost the read-back. It stops for good at the
// first batch that could not be carried out, and between two batches when ctx
// ends; a batch that has begun is brought to its end. report, which may be nil,
// is told how many of those whom it concerns have had their turn.
func (d *Desk) DoBulk(ctx context.Context, in Bulk, report func(done, total int)) BulkOutcome {
	b := &bulk{Desk: d, op: in.Op, in: in, outcomes: map[clean.Text]UserOutcome{}, started: d.cfg.Clock()}
	if report == nil {
		report = func(int, int) {}
	}
	if b.stopped = b.check(); b.stopped == nil {
		b.run(ctx, report)
	}
	return b.outcome()
}

// bulk is one Bulk on its way through the door.
type bulk struct {
	*Desk
	op       ops.Operation
	in       Bulk
	outcomes map[clean.Text]UserOutcome

	started     time.Time
	requests    int // of the batch under way
	stopped     error
	cancelled   bool
	notRecorded error
	pending     []*pendingBatch
}

// check refuses what cannot be sent at all.
func (b *bulk) check() error {
	known, ok := b.cfg.Catalogue.Get(b.in.Op.ID)
	if !ok || known.CallAll == nil {
		return fmt.Errorf("there is no operation %q for several users", b.in.Op.ID)
	}
	b.op = known
	seen := map[clean.Text]bool{}
	for _, u := range b.in.Seen {
		if u == nil || u.ID.Empty() || seen[u.ID] {
			return errors.New("a user was chosen twice or has no id")
		}
		seen[u.ID] = true
	}
	b.in.Values = b.op.Normalize(b.request(b.in.Seen)).Values
	return b.op.Check(b.request(b.in.Seen))
}

// request names these users and carries what was asked for all.
func (b *bulk) request(people []*api.User) ops.Request {
	r := ops.Request{Values: b.in.Values, Reason: b.in.Reason}
	for _, u := range people {
		r.UserIDs = append(r.UserIDs, u.ID)
	}
	return r
}

// due are those whom it concerned as the operator saw them; the others were never
// agreed to and keep what they have, whatever they are by now.
func (b *bulk) due() []*api.User {
	var due []*api.User
	for _, u := range b.in.Seen {
		at := u.ReadAt
		if at.IsZero() {
			at = b.cfg.Clock()
		}
		if reason := b.cfg.Catalogue.Unavailable(b.op, u, clean.Text{}, at); reason != "" {
			b.endUser(u, UserOutcome{State: UserSkipped, User: u, Err: errors.New(reason)})
			continue
		}
		due = append(due, u)
	}
	return due
}

func (b *bulk) run(ctx context.Context, report func(done, total int)) {
	due, turns := b.due(), 0
	for people := range slices.Chunk(due, b.op.MaxUsers) {
		if b.cancelled = ctx.Err() != nil; b.cancelled {
			return
		}
		report(turns, len(due))
		begun := b.cfg.Clock()
		b.requests = 0
		b.stopped = b.runBatch(ctx, people)
		b.reportBatch(people)
		if b.stopped != nil {
			return
		}
		turns += len(people)
		report(turns, len(due))
		if turns < len(due) && !b.pace(ctx, begun) {
			b.cancelled = true
			return
		}
	}
}

// reportBatch says how a batch ended for those of its users for whom it has.
func (b *bulk) reportBatch(people []*api.User) {
	if b.in.OnBatch == nil {
		return
	}
	var fates []UserOutcome
	for _, u := range people {
		if f, ended := b.outcomes[u.ID]; ended {
			fates = append(fates, f)
		}
	}
	b.in.OnBatch(fates)
}

// pace leaves the instance its rate limit before the next batch; false where it
// was cancelled meanwhile.
func (b *bulk) pace(ctx context.Context, begun time.Time) bool {
	wait := time.Duration(b.requests)*b.cfg.MinInterval - b.cfg.Clock().Sub(begun)
	return wait <= 0 || b.cfg.Sleep(ctx, wait) == nil
}

// endUser notes how it ended for a user.
func (b *bulk) endUser(seen *api.User, f UserOutcome) {
	f.Seen = seen
	b.outcomes[seen.ID] = f
	if f.State == UserDone {
		b.forgetLost(seen.ID)
	}
}

// outcome puts together what became of everybody.
func (b *bulk) outcome() BulkOutcome {
	out := BulkOutcome{Op: b.op, Stopped: b.stopped, Cancelled: b.cancelled, JournalErr: b.notRecorded, Elapsed: b.cfg.Clock().Sub(b.started)}
	if len(b.pending) > 0 {
		out.Pending = &PendingBulk{b.pending}
	}
	for _, u := range b.in.Seen {
		f := UserOutcome{Seen: u, State: UserNotTried}
		if u != nil {
			if had, ended := b.outcomes[u.ID]; ended {
				f = had
			}
		}
		out.Users = append(out.Users, f)
	}
	return out
}

// ChangedIDs are the ids of those whom it changed: whom to name to undo it.
func (o BulkOutcome) ChangedIDs() []clean.Text {
	var ids []clean.Text
	for _, f := range o.InState(UserDone) {
		ids = append(ids, f.Seen.ID)
	}
	return ids
}
