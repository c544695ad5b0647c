package journal

import (
	"slices"

	"frontdesk/api/journal"
	"frontdesk/views/mask"
)

// maskedWriter writes entries with the privacy mask on the users in them. Who did it is
// left as it is. What proves that a record was not changed is left out: this one was.
type maskedWriter struct {
	entryWriter
	mask *mask.Mask
}

func (s maskedWriter) write(e journal.Entry) error {
	e.Record = s.record(e.Record) // it names the users of whom the outcome speaks
	if e.Ending != nil {
		ending := s.record(*e.Ending)
		e.Ending = &ending
	}
	return s.entryWriter.write(e)
}

func (s maskedWriter) record(r journal.Record) journal.Record {
	r.Targets = slices.Clone(r.Targets)
	for i := range r.Targets {
		t := &r.Targets[i]
		t.ID, t.Name, t.Address = s.mask.Named(t.ID, t.Name, t.Address)
	}
	r.Changes = slices.Clone(r.Changes)
	for i := range r.Changes {
		c := &r.Changes[i]
		c.Before, c.Requested, c.After = hide(c.Before), hide(c.Requested), hide(c.After)
	}
	if r.Part != "" {
		r.Part = mask.Hidden
	}
	if r.Confirmed != "" {
		r.Confirmed = "confirmed"
	}
	r.Message, r.Reason, r.Ticket = s.mask.Text(r.Message), s.mask.Text(r.Reason), s.mask.Text(r.Ticket)
	r.WayBack, r.Prev, r.Hash = nil, "", ""
	return r
}

// hide is a value of which only that there is one may be seen.
func hide(value *string) *string {
	if value == nil || *value == "" {
		return value
	}
	hidden := mask.Hidden
	return &hidden
}
