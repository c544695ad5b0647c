package mask

import (
	"slices"

	"frontdesk/api/journal"
)

// Entry is an entry of the journal as it may be shown, with the users in it masked. Who
// did it is left as it is. What proves that a record was not changed is left out: this
// one was.
func (m *Mask) Entry(e journal.Entry) journal.Entry {
	if !m.On() {
		return e
	}
	e.Record = m.record(e.Record) // it names the users of whom the outcome speaks
	if e.Ending != nil {
		ending := m.record(*e.Ending)
		e.Ending = &ending
	}
	return e
}

func (m *Mask) record(r journal.Record) journal.Record {
	r.Targets = slices.Clone(r.Targets)
	for i := range r.Targets {
		t := &r.Targets[i]
		t.ID, t.Name, t.Address = m.Named(t.ID, t.Name, t.Address)
	}
	r.Changes = slices.Clone(r.Changes)
	for i := range r.Changes {
		c := &r.Changes[i]
		c.Before, c.Requested, c.After = hide(c.Before), hide(c.Requested), hide(c.After)
	}
	if r.Part != "" {
		r.Part = Hidden
	}
	if r.Confirmed != "" {
		r.Confirmed = "confirmed"
	}
	r.Message, r.Reason, r.Ticket = m.Text(r.Message), m.Text(r.Reason), m.Text(r.Ticket)
	r.WayBack, r.Prev, r.Hash = nil, "", ""
	return r
}

// hide is a value of which only that there is one may be seen.
func hide(value *string) *string {
	if value == nil || *value == "" {
		return value
	}
	hidden := Hidden
	return &hidden
}
