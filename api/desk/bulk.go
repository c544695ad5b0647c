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

// Bulk is a write to several users: confirmed once, sent in as many requests as needed.
type Bulk struct {
	Op ops.Operation
	// Seen are the users as the operator saw them, without duplicates. Only they are sent.
	Seen   []*api.User
	Values map[string]string // by Field.Name
	Reason string
	Ticket string
	Audit
	// OnBatch, which may be nil, is called after each batch with the outcomes of its
	// users.
	OnBatch func([]UserOutcome)
}

// UserState is how a bulk ended for one user.
type UserState int

const (
	UserDone     UserState = iota // the server confirmed it, or the read-back shows it
	UserSkipped                   // not sent for them: it does not apply, or no longer; Err is why
	UserGone                      // the user no longer exists
	UserFailed                    // nothing was changed; Err says why
	UserUnknown                   // sent, no reliable response, and no effect visible (yet)
	UserNotTried                  // the bulk stopped before their turn
)

// String returns the state as one word, for the journal and machine-readable output.
func (e UserState) String() string {
	return [...]string{"done", "left as is", "gone", "failed", "unknown", "not tried"}[e]
}

// UserOutcome is how a bulk ended for one user.
type UserOutcome struct {
	Seen  *api.User // as the operator saw them
	State UserState
	User  *api.User // afterwards, nil where not known
	Err   error
	// ReadBack reports that UserDone was determined by reading the user again.
	ReadBack   bool
	LostAnswer error // as in Outcome
}

// BulkOutcome is how a bulk ended.
type BulkOutcome struct {
	Op ops.Operation
	// Users are the outcomes in the order of Bulk.Seen.
	Users []UserOutcome
	// Stopped is why it ended early, or why its last request was refused; nil if it
	// completed.
	Stopped error
	// Cancelled reports that it was cancelled between two requests.
	Cancelled bool
	// Pending checks again for users whose outcome is unknown; nil if there are none.
	Pending *PendingBulk
	// Records are the journal's records of the requests, in order.
	Records []string
	// JournalErr is why the journal lacks an outcome.
	JournalErr error
	Elapsed    time.Duration
}

// InState returns the outcomes in any of the given states, in order.
func (o BulkOutcome) InState(endings ...UserState) []UserOutcome {
	return slices.DeleteFunc(slices.Clone(o.Users), func(f UserOutcome) bool { return !slices.Contains(endings, f.State) })
}

// DoBulk carries a bulk out in batches of Op.MaxUsers. For each batch it reads the users,
// leaves out those to whom the operation does not apply, asks the policy, records the
// intent, sends one request, and reads back if the response is lost. It stops at the first
// batch that fails, and between batches when ctx ends; a batch that has begun is
// completed. report, which may be nil, gets the number of users done so far.
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

// bulk is one Bulk in progress.
type bulk struct {
	*Desk
	op       ops.Operation
	in       Bulk
	outcomes map[clean.Text]UserOutcome

	started     time.Time
	requests    int // of the current batch
	stopped     error
	cancelled   bool
	notRecorded error
	records     []string
	pending     []*pendingBatch
}

// check rejects a bulk that cannot be sent at all.
func (b *bulk) check() error {
	known, ok := b.cfg.Catalogue.Get(b.in.Op.ID)
	if !ok || known.CallAll == nil {
		return fmt.Errorf("there is no bulk operation %q", b.in.Op.ID)
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
	if err := b.op.Check(b.request(b.in.Seen)); err != nil {
		return err
	}
	if wrong := b.cfg.Catalogue.CheckTicket(b.op, b.in.Ticket); wrong != "" {
		return errors.New(wrong)
	}
	return nil
}

// request returns the request for these users with the shared values.
func (b *bulk) request(people []*api.User) ops.Request {
	r := ops.Request{Values: b.in.Values, Reason: b.in.Reason, Ticket: b.in.Ticket}
	for _, u := range people {
		r.UserIDs = append(r.UserIDs, u.ID)
	}
	return r
}

// due returns the users to whom the operation applied when the operator saw them. The
// others were not part of the confirmation.
func (b *bulk) due() []*api.User {
	var due []*api.User
	for _, u := range b.in.Seen {
		at := u.ReadAt
		if at.IsZero() {
			at = b.cfg.Clock()
		}
		if reason := b.cfg.Catalogue.Inapplicable(b.op, u, clean.Text{}, at); reason != "" {
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

// reportBatch calls OnBatch with the outcomes of a batch.
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

// pace waits before the next batch. It returns false if cancelled meanwhile.
func (b *bulk) pace(ctx context.Context, begun time.Time) bool {
	wait := time.Duration(b.requests)*b.cfg.MinInterval - b.cfg.Clock().Sub(begun)
	return wait <= 0 || b.cfg.Sleep(ctx, wait) == nil
}

// endUser records the outcome of a user.
func (b *bulk) endUser(seen *api.User, f UserOutcome) {
	f.Seen = seen
	b.outcomes[seen.ID] = f
	if f.State == UserDone {
		b.forgetLost(seen.ID)
	}
}

// outcome collects the outcomes of all users.
func (b *bulk) outcome() BulkOutcome {
	out := BulkOutcome{Op: b.op, Stopped: b.stopped, Cancelled: b.cancelled, Records: b.records, JournalErr: b.notRecorded, Elapsed: b.cfg.Clock().Sub(b.started)}
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

// ChangedIDs returns the ids of the users who were changed, which an undo has to name.
func (o BulkOutcome) ChangedIDs() []clean.Text {
	var ids []clean.Text
	for _, f := range o.InState(UserDone) {
		ids = append(ids, f.Seen.ID)
	}
	return ids
}
