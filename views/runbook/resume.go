package runbook

import (
	"context"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"frontdesk/api/clean"
	"frontdesk/api/journal"
	"frontdesk/api/ops"
	"frontdesk/tui"
	"frontdesk/views/action"
)

// resumable is how long ago a case may have begun that an earlier session left.
const resumable = 12 * time.Hour

// earlierMsg is what the journal has of the last case of this sequence for the user, the
// newest record first.
type earlierMsg struct {
	user    clean.Text
	runbook string
	entries []journal.Entry
}

// findEarlier looks in the journal for a case that an earlier session began, unless this
// one has begun work on its own.
func (v *View) findEarlier() tea.Cmd {
	if v.env.Journal == nil || v.c.IsBegun() {
		return nil
	}
	env, id, runbook, since := v.env, v.user.ID, v.q.id, v.env.Now().Add(-resumable)
	return tui.Run(tui.Task{Key: "runbook.earlier " + id.Display(), Replace: true, Run: func(ctx context.Context, _ func(tui.Progress)) tea.Msg {
		all, err := env.Journal.Read(ctx, journal.Filter{User: id.Raw(), Since: since})
		if err != nil || ctx.Err() != nil {
			return nil // the screen begins anew, which is harmless
		}
		return earlierMsg{id, runbook, lastCase(all, runbook, id.Clipboard())}
	}})
}

// lastCase returns the entries of the newest case of a sequence for a user.
func lastCase(all []journal.Entry, runbook, user string) []journal.Entry {
	id := ""
	var out []journal.Entry
	for _, e := range all {
		isAbout := slices.ContainsFunc(e.Targets, func(t journal.Target) bool { return t.ID == user })
		if e.Case == "" || !isAbout || runbookOf(e.Case) != runbook || id != "" && e.Case != id {
			continue
		}
		id = e.Case
		out = append(out, e)
	}
	return out
}

// takeEarlier goes on with the case of an earlier session. What was skipped then, or done
// without the API, is not in the journal and is open again.
func (v *View) takeEarlier(msg earlierMsg) {
	if msg.user != v.user.ID || msg.runbook != v.q.id || len(msg.entries) == 0 || v.c.IsBegun() {
		return
	}
	oldest := msg.entries[len(msg.entries)-1]
	v.c.ID, v.c.Started, v.c.Resumed = oldest.Case, oldest.Time, msg.entries[0].Time
	for _, e := range slices.Backward(msg.entries) {
		op, ok := v.env.Catalogue.Get(e.Operation)
		if !ok {
			continue
		}
		s := v.stepFor(op, clean.NewText(e.Part))
		s.At, s.Record, s.Reason = e.Time, e.ID, ""
		switch e.State() {
		case journal.OK, journal.AlreadyGone:
			s.State = action.StepDone
		case journal.Denied:
			s.State = action.StepFailed
		default:
			s.State = action.StepUnknown
		}
		if e.Ending != nil && s.State != action.StepDone {
			s.Reason = e.Ending.Message
		}
	}
	v.plan()
}

// stepFor returns the step of an operation on a part. One whose part is gone since is
// added in its place.
func (v *View) stepFor(op ops.Operation, part clean.Text) *action.CaseStep {
	row := action.NoRow
	for i, st := range v.q.steps {
		if st.operation == op.ID {
			row = i
		}
	}
	for i := range v.c.Steps {
		if s := &v.c.Steps[i]; s.Operation == op.ID && s.Item.ID == part {
			return s
		}
	}
	v.c.Steps = append(v.c.Steps, action.CaseStep{Row: row, Operation: op.ID, Item: ops.Item{ID: part}})
	return &v.c.Steps[len(v.c.Steps)-1]
}
