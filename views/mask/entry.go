package mask

import (
	"slices"

	"frontdesk/api/journal"
)

// Entry returns a journal entry with the users in it masked. The operator is not masked.
// The hashes are removed, because they do not match the masked record.
func (m *Mask) Entry(e journal.Entry) journal.Entry {
	if !m.On() {
		return e
	}
	e.Record = m.record(e.Record) // first, because it names the users in the outcome
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

// hide returns a mask that reveals only whether there is a value.
func hide(value *string) *string {
	if value == nil || *value == "" {
		return value
	}
	hidden := Hidden
	return &hidden
}
