package session

import (
	"time"

	"frontdesk/api"
	"frontdesk/api/desk"
	"frontdesk/api/journal"
	"frontdesk/api/journal/recorder"
	"frontdesk/api/ops"
)

// SetJournal makes j the session's journal and returns the recorder that writes the desk's
// operations into it. It replaces the session's catalogue, which must be set, by one that
// refuses changes while j cannot be written.
func (s *Session) SetJournal(j *journal.Journal, in journal.Instance, clock func() time.Time) desk.Journal {
	s.Journal = j
	s.recorder = recorder.New(recorder.Options{Journal: j, Instance: in, Catalogue: s.Catalogue, Clock: clock})
	s.Catalogue = s.Catalogue.Restrict(func(op ops.Operation, _ *api.User) string {
		if err := j.Err(); err != nil && !op.IsRead() {
			return "the journal cannot be written (" + j.ShortReason(err) + ")"
		}
		return ""
	})
	return s.recorder
}
