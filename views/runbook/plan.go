package runbook

import (
	"slices"
	"strings"

	"frontdesk/api"
	"frontdesk/api/ops"
	"frontdesk/tui"
	"frontdesk/views/action"
	"frontdesk/views/userfmt"
)

// maskOff is why an export waits: its file holds, and is called by, what is masked.
const maskOff = "off while the privacy mask is on"

// maxParts is the maximum number of steps for parts of one kind.
const maxParts = 20

// plan returns the steps of the sequence: those planned before, with what is new in the
// facts. A step stays where its part is gone, because it was done or somebody else did it.
func (q sequence) plan(before []action.CaseStep, f facts) []action.CaseStep {
	var out []action.CaseStep
	for row, st := range q.steps {
		var have []action.CaseStep
		for _, s := range before {
			if s.Row == row && (!s.Item.ID.Empty() || s.State != action.StepWaiting || st.parts == nil) {
				have = append(have, s)
			}
		}
		if st.parts == nil {
			if len(have) == 0 {
				have = append(have, action.CaseStep{Row: row, Operation: st.operation})
			}
			out = append(out, have...)
			continue
		}
		for i, p := range st.parts(f) {
			known := slices.ContainsFunc(have, func(s action.CaseStep) bool { return s.Item.ID == p.item.ID })
			if !known && i < maxParts {
				have = append(have, action.CaseStep{Row: row, Operation: st.operation, Item: p.item, Why: p.why})
			}
		}
		if len(have) == 0 && st.none != "" {
			have = append(have, action.CaseStep{Row: row, Operation: st.operation})
		}
		out = append(out, have...)
	}
	for _, s := range before {
		if s.Row == action.NoRow {
			out = append(out, s)
		}
	}
	return out
}

// kind is the kind of a status.
type kind int

const (
	kindOpen      kind = iota // to be done
	kindAsk                   // the caller decides
	kindOff                   // cannot be done now
	kindNotNeeded             // true already, or does not apply
	kindDone
	kindSkipped
	kindFailed
	kindUnknown
)

// isPending reports whether the sequence waits for the step.
func (k kind) isPending() bool { return k == kindOpen || k == kindAsk }

// status is how a step is at present. words follow its word on the screen and in the
// summary; again says that it was done before and has to be done again.
type status struct {
	kind  kind
	words string
	again bool
}

// row returns a step's row in the table, the zero step for one that is not in it.
func (q sequence) row(s action.CaseStep) step {
	if s.Row < 0 || s.Row >= len(q.steps) {
		return step{operation: s.Operation}
	}
	return q.steps[s.Row]
}

// statusOf returns the status of a step. gone reports whether the user was deleted.
func (q sequence) statusOf(s action.CaseStep, f facts, gone bool) status {
	switch s.State {
	case action.StepSkipped:
		return status{kind: kindSkipped}
	case action.StepFailed:
		return status{kind: kindFailed, words: s.Reason}
	case action.StepUnknown:
		return status{kind: kindUnknown, words: s.Reason}
	case action.StepDone:
		if why := q.undone(s, f, gone); why != "" {
			return status{kind: kindOpen, words: why, again: true}
		}
		return status{kind: kindDone, words: s.Reason}
	}
	st := q.row(s)
	switch op, ok := f.catalogue.Get(s.Operation); {
	case st.export && gone, s.Operation != "" && gone:
		return status{kind: kindNotNeeded, words: "the user no longer exists"}
	case st.export && f.user.Masked:
		return status{kind: kindOff, words: maskOff}
	case s.Operation == "":
	case !ok:
		return status{kind: kindOff, words: "not available here"}
	default:
		if reason := notNeeded(st, op, s, f); reason != "" {
			return status{kind: kindNotNeeded, words: reason}
		}
		if reason := f.catalogue.Forbidden(op, f.user); reason != "" {
			return status{kind: kindOff, words: reason}
		}
	}
	if st.ask != "" {
		return status{kind: kindAsk, words: st.ask}
	}
	return status{}
}

// notNeeded returns why a step has nothing to do, "" if it has.
func notNeeded(st step, op ops.Operation, s action.CaseStep, f facts) string {
	if st.parts != nil && s.Item.ID.Empty() {
		return st.none
	}
	if _, there := op.Part.Find(f.user, s.Item.ID); !s.Item.ID.Empty() && op.Part.InUser() && !there {
		return "no longer there"
	}
	if st.unless != nil {
		if reason := st.unless(f); reason != "" {
			return reason
		}
	}
	return f.catalogue.Inapplicable(op, f.user, s.Item.ID, f.now)
}

// undone returns why a step that was done has to be done again, "" if it need not be.
func (q sequence) undone(s action.CaseStep, f facts, gone bool) string {
	op, ok := f.catalogue.Get(s.Operation)
	switch {
	case !ok || gone:
		return ""
	case op.ID == "revoke_all_sessions":
		for i := range f.live {
			if f.live[i].CreatedAt.After(s.At) {
				return "signed in again since"
			}
		}
	case op.Inverse != "" && f.user.ReadAt.After(s.At) && f.catalogue.Inapplicable(op, f.user, s.Item.ID, f.now) == "":
		return "undone since"
	}
	return ""
}

// titleOf names a step.
func (q sequence) titleOf(s action.CaseStep, c *ops.Catalogue) string {
	if op, ok := c.Get(s.Operation); ok {
		return op.Title
	}
	return q.row(s).title
}

// labelOf names the part that a step is about, as the screens may show it.
func labelOf(env *action.Env, u *api.User, s action.CaseStep) string {
	if s.Item.ID.Empty() {
		return ""
	}
	op, _ := env.Catalogue.Get(s.Operation)
	item := action.ShownItem(env, u, s.Item)
	switch {
	case item.Label.Empty():
		return item.ID.Display()
	case op.Part == ops.PartPhone:
		return userfmt.Phone(item.Label)
	case op.Part == ops.PartExternalAccount:
		return strings.TrimSpace(userfmt.Provider(item.Label) + " " + item.Note)
	}
	return item.Label.Display()
}

// look is how a status is drawn: its glyph, its word and its tone.
func (s status) look() (glyph, word string, tone tui.Tone) {
	switch s.kind {
	case kindAsk:
		return "?", "ask the caller", tui.ToneInfo
	case kindOff:
		return "–", "not allowed", tui.ToneWarn
	case kindNotNeeded:
		return "·", "not needed", tui.ToneNone
	case kindDone:
		return "✓", "done", tui.ToneOK
	case kindSkipped:
		return "–", "skipped", tui.ToneNone
	case kindFailed:
		return "✗", "refused", tui.ToneBad
	case kindUnknown:
		return "!", "not known", tui.ToneWarn
	}
	return "○", "to do", tui.ToneAccent
}
