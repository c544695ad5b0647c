package recorder

import (
	"cmp"
	"slices"
	"strings"

	"frontdesk/api/journal"
	"frontdesk/api/ops"
)

// undoSearch searches an operator's intents, newest first, for one that can be undone.
type undoSearch struct {
	*Recorder
	kept    []Kept
	settled map[string]bool // intents that were undone
	gone    map[string]bool // ids of deleted users
	bulk    *Undo           // bulk operation whose first request has not been reached yet
	first   string          // ID of that first request
}

// isOfBulk reports whether an entry is part of s.bulk.
func (s *undoSearch) isOfBulk(e journal.Entry) bool {
	return s.bulk != nil && (e.ID == s.first || e.Continues == s.first)
}

// settle marks the change that an entry has undone.
func (s *undoSearch) settle(e journal.Entry) {
	for _, id := range strings.Fields(e.Undoes) {
		s.settled[id] = true
	}
}

// take examines the next intent. It reports whether it can be undone.
func (s *undoSearch) take(e journal.Entry) (u Undo, found bool) {
	op, known := s.o.Catalogue.Get(e.Operation)
	switch state := e.State(); {
	case s.bulk != nil && !s.isOfBulk(e): // made by another process at the same time
		return Undo{}, false
	case known && op.IsHarmless(), s.settled[e.ID], s.isAboutGone(e), state == journal.Denied, state == journal.AlreadyGone:
		return s.endBulk(e)
	case !known:
		s.keep(e, "this version of frontdesk does not know how to undo “"+e.Title+"”")
	case !isDone(e) && s.bulk == nil:
		s.keep(e, "the outcome of “"+e.Title+"” is unknown")
	case op.Scope == ops.ScopeUsers:
		return s.takeBulk(e, op)
	default:
		u, why := s.undoOf(e, op)
		if why == "" {
			u.Newer = s.kept
			return u, true
		}
		s.keep(e, why)
	}
	s.settle(e)
	if known && op.DeletesUser && len(e.Targets) > 0 {
		s.gone[e.Targets[0].ID] = true
	}
	return Undo{}, false
}

func (s *undoSearch) keep(e journal.Entry, why string) { s.kept = append(s.kept, Kept{e, why}) }

func (s *undoSearch) isAboutGone(e journal.Entry) bool {
	return len(e.Targets) == 1 && s.gone[e.Targets[0].ID]
}

// takeBulk collects the requests of a bulk operation, from last to first.
func (s *undoSearch) takeBulk(e journal.Entry, op ops.Operation) (Undo, bool) {
	inverse, ok := s.o.Catalogue.Get(op.Inverse)
	if !ok {
		s.keep(e, cannotUndo(op))
		return Undo{}, false
	}
	if s.bulk == nil {
		s.bulk, s.first = &Undo{Done: op, Op: inverse}, cmp.Or(e.Continues, e.ID)
	}
	if e.Ending == nil {
		return s.endBulk(e)
	}
	for _, t := range e.Ending.Targets {
		if t.Outcome == doneOutcome && !slices.ContainsFunc(s.bulk.Targets, func(had journal.Target) bool { return had.ID == t.ID }) {
			s.bulk.Targets = append(s.bulk.Targets, t)
		}
	}
	s.bulk.Entry = e
	s.bulk.Records = append([]string{e.ID}, s.bulk.Records...)
	return s.endBulk(e)
}

// endBulk returns s.bulk once its first request has been reached.
func (s *undoSearch) endBulk(e journal.Entry) (u Undo, found bool) {
	if s.bulk == nil || e.Continues != "" {
		return Undo{}, false
	}
	u, s.bulk = *s.bulk, nil
	u.Newer = s.kept
	return u, len(u.Targets) > 0
}

// doneOutcome is the Target.Outcome for desk.UserDone.
const doneOutcome = "done"
