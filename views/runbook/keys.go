package runbook

import (
	tea "charm.land/bubbletea/v2"

	"frontdesk/tui"
	"frontdesk/views/action"
)

// Actions are what can be done here.
func (v *View) Actions() []tui.Action {
	to := func(by int) func() tea.Cmd { return func() tea.Cmd { v.move(by); return nil } }
	end := len(v.c.Steps)
	return []tui.Action{
		v.doAction(), v.markDoneAction(), v.skipAction(),
		{ID: actCopy, Title: "Copy the summary", FooterLabel: "copy summary", Group: group, FooterRank: 7, Help: "What was done, skipped and refused, with times, for a ticket.", Do: v.copySummary},
		{ID: actRefresh, Title: "Refresh", FooterLabel: "refresh", Group: group, FooterRank: 3, Off: v.goneReason(), Help: "Reads the person and their sessions again.", Do: v.read},
		v.newAction(),
		{ID: "list.down", Title: "Down", Group: tui.GroupMove, Do: to(1)}, {ID: "list.up", Title: "Up", Group: tui.GroupMove, Do: to(-1)},
		{ID: "list.top", Title: "First step", Group: tui.GroupMove, Do: to(-end)}, {ID: "list.bottom", Title: "Summary", Group: tui.GroupMove, Do: to(end)},
	}
}

func (v *View) goneReason() string {
	if v.isGone {
		return "this user no longer exists"
	}
	return ""
}

// doAction opens the question of the step under the cursor.
func (v *View) doAction() tui.Action {
	a := tui.Action{ID: actDo, Title: "Do this step", FooterLabel: "do", Group: group, FooterRank: 9, Help: "Opens the step's question."}
	s := v.current()
	if s == nil {
		a.Title, a.FooterLabel, a.Do = "Copy the summary", "copy", v.copySummary
		return a
	}
	st := v.q.row(*s)
	switch how := v.status(*s); {
	case how.kind == kindOff, how.kind == kindNotNeeded:
		a.Off = how.words
	case how.kind == kindDone && !st.export:
		a.Off = "done already"
	case st.export && v.env.Mask.On(): // another time
		a.Off = maskOff
	case st.export:
		a.FooterLabel, a.Do = "export", v.askExport
	case s.Operation == "":
		a.Off = "do this yourself, then mark it as done"
	default:
		op, _ := v.env.Catalogue.Get(s.Operation)
		item := s.Item
		a.Title = op.Title
		a.Do = func() tea.Cmd {
			v.c.Asked = true
			return action.AskCaseStep(v.env, v.c, op, v.user, item)
		}
	}
	return a
}

// markDoneAction notes that the operator did a step that has no operation. It has a key of
// its own: enter pressed once too often must not say that a caller was identified.
func (v *View) markDoneAction() tui.Action {
	a := tui.Action{ID: actMarkDone, Title: "Mark as done", FooterLabel: "mark as done", Group: group, FooterRank: 9, Help: "Records that you did what the step says."}
	s := v.current()
	switch {
	case s == nil:
		a.Off = "this is the summary"
	case s.Operation != "" || v.q.row(*s).export:
		a.Off = "enter opens its question, which marks it as done"
	default:
		at := keyOf(*s)
		a.Do = func() tea.Cmd { return v.finishStep(at, action.StepDone) }
		switch how := v.status(*s); how.kind {
		case kindOff, kindNotNeeded:
			a.Off = how.words
		case kindDone:
			a.Off = "done already"
		}
	}
	return a
}

// skipAction leaves a step out, or takes that back.
func (v *View) skipAction() tui.Action {
	a := tui.Action{ID: actSkip, Title: "Skip this step", FooterLabel: "skip", Group: group, FooterRank: 8, Help: "Leaves the step out; the summary says so. The key again takes it back."}
	s := v.current()
	if s == nil {
		a.Off = "this is the summary"
		return a
	}
	at := keyOf(*s)
	switch how := v.status(*s); {
	case how.kind == kindSkipped:
		a.Title, a.FooterLabel = "Do not skip it", "take back"
		a.Do = func() tea.Cmd { v.set(at, action.StepWaiting); v.isAuto = true; return nil }
	case how.kind == kindDone:
		a.Off = "done already"
	case how.kind == kindNotNeeded:
		a.Off = "not needed"
	default:
		a.Do = func() tea.Cmd { return v.finishStep(at, action.StepSkipped) }
	}
	return a
}

// newAction begins a new case: the steps are open again.
func (v *View) newAction() tui.Action {
	return tui.Action{ID: actAgain, Title: "Begin again", Group: group, Off: v.goneReason(), Help: "Begins a new case for this person; the journal keeps the one so far.", Do: func() tea.Cmd {
		v.c = v.env.BeginCase(v.q.id, v.user.ID)
		v.c.Asked, v.isAuto = true, true
		v.plan()
		return v.read()
	}}
}

// finishStep ends a step that needs no operation, or skips one, and goes on to the next.
func (v *View) finishStep(at stepKey, to action.StepState) tea.Cmd {
	v.set(at, to)
	v.isAuto = true
	return nil
}

func (v *View) set(at stepKey, to action.StepState) {
	for i := range v.c.Steps {
		if s := &v.c.Steps[i]; keyOf(*s) == at {
			s.State, s.At, s.Reason = to, v.env.Now(), ""
		}
	}
}
