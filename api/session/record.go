package session

import (
	"time"

	"frontdesk/api/desk"
	"frontdesk/api/journal"
	"frontdesk/api/journal/recorder"
)

// RecordIn makes j the session's journal, and returns what writes the desk's work on an
// instance into it. The session must have its catalogue by then.
func (s *Session) RecordIn(j *journal.Journal, in journal.Instance, clock func() time.Time) desk.Journal {
	s.Journal = j
	s.recorder = recorder.New(recorder.Options{Journal: j, Instance: in, Catalogue: s.Catalogue, Clock: clock})
	return s.recorder
}
