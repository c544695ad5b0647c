// Package recorder writes the desk's intents and outcomes to a journal, and finds changes
// in it that can be undone.
//
// What may live here: converting between operations and records, which values are
// recorded, and finding and undoing recorded changes. What may not: storing records
// (api/journal), and deciding when to write one (api/desk).
package recorder

import (
	"fmt"
	"sync"
	"time"

	"frontdesk/api/clean"
	"frontdesk/api/desk"
	"frontdesk/api/journal"
	"frontdesk/api/ops"
)

// Options configure a Recorder. Journal, Catalogue and Clock are required.
type Options struct {
	Journal   *journal.Journal
	Instance  journal.Instance
	Catalogue *ops.Catalogue
	Clock     func() time.Time
}

// Recorder implements desk.Journal. It is safe for concurrent use.
type Recorder struct {
	o Options

	mu   sync.Mutex
	open map[string]desk.Intent // by record ID; guarded by mu
}

// New returns a Recorder.
func New(o Options) *Recorder { return &Recorder{o: o, open: map[string]desk.Intent{}} }

// Intend writes an intent. If the operation could not be undone otherwise, it first saves a
// snapshot of the users.
func (r *Recorder) Intend(in desk.Intent) (record string, err error) {
	rec := r.newRecord(journal.Intent, in)
	rec.Changes = r.changes(in, nil)
	rec.WayBack = r.wayBack(in)
	if needsSnapshot(in) {
		if rec.ID, err = r.saveSnapshot(in); err != nil {
			return "", fmt.Errorf("the snapshot could not be saved: %w", err)
		}
		rec.Snapshot = true
	}
	written, err := r.o.Journal.Append(rec)
	if err != nil {
		return "", err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.open[written.ID] = in
	return written.ID, nil
}

// Record writes the outcome of an intent. It may be called again when an unknown outcome
// becomes known.
func (r *Recorder) Record(record string, o desk.Outcome) error {
	r.mu.Lock()
	in, known := r.open[record]
	if o.State != desk.Unknown {
		delete(r.open, record)
	}
	r.mu.Unlock()
	if !known {
		in = desk.Intent{Op: o.Op}
	}
	rec := r.newRecord(journal.Outcome, in)
	rec.Intent = record
	if known {
		rec.Changes = r.changes(in, &o)
	}
	if in.Op.NewPart != nil && o.State == desk.Done && o.User != nil {
		rec.Part = in.Op.NewPart(o.User, in.Request).Raw()
	}
	r.fillOutcome(&rec, o)
	_, err := r.o.Journal.Append(rec)
	return err
}

// Refuse records an intent that was refused and not sent.
func (r *Recorder) Refuse(in desk.Intent, o desk.Outcome) error {
	rec := r.newRecord(journal.Refused, in)
	rec.Changes = r.changes(in, nil)
	r.fillOutcome(&rec, o)
	_, err := r.o.Journal.Append(rec)
	return err
}

// newRecord returns a record with the fields of an intent.
func (r *Recorder) newRecord(kind journal.Kind, in desk.Intent) journal.Record {
	return journal.Record{
		Kind: kind, Instance: r.o.Instance, Operation: in.Op.ID, Title: in.Op.Title,
		Targets: targets(in), Part: in.Request.PartID.Raw(),
		Reason: display(in.Request.Reason), Ticket: display(in.Request.Ticket), Confirmed: display(in.Confirmed),
		Undoes: in.Undoes, Case: in.Case, Continues: in.Continues,
	}
}

// display makes text from outside safe to display.
func display(s string) string { return clean.NewText(s).Display() }
