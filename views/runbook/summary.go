package runbook

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"frontdesk/tui"
	"frontdesk/views/action"
	"frontdesk/views/userfmt"
)

// summary is the case in plain text, for a ticket: a line for each step, with its time in
// UTC and its record in the journal.
func (v *View) summary() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s\n", v.q.title, strings.Join(userfmt.Identify(v.env.Shown(v.user)), ", "))
	in := v.env.Instance
	fmt.Fprintf(&b, "On %s %s, %s UTC", in.Kind, in.Name, v.c.Started.UTC().Format("2 Jan 2006 15:04"))
	if in.Operator != "" {
		fmt.Fprintf(&b, ", by %s", in.Operator)
	}
	b.WriteByte('\n')
	if v.c.ID != "" {
		fmt.Fprintf(&b, "Case %s\n", v.c.ID)
	}
	for _, s := range v.c.Steps {
		b.WriteString(v.summaryLine(s) + "\n")
	}
	return b.String()
}

func (v *View) summaryLine(s action.CaseStep) string {
	how := v.status(s)
	_, word, _ := how.look()
	at := strings.Repeat(" ", len("15:04 UTC"))
	if s.State != action.StepWaiting {
		at = s.At.UTC().Format("15:04 UTC")
	}
	if how.kind.isPending() {
		word = "not done"
	}
	line := fmt.Sprintf("%-11s %s  %s", word, at, v.q.titleOf(s, v.env.Catalogue))
	if label := labelOf(v.env, v.user, s); label != "" {
		line += " " + label
	}
	if how.words != "" && how.kind != kindAsk {
		line += " (" + how.words + ")"
	}
	if s.Record != "" {
		line += " [record " + s.Record + "]"
	}
	return line
}

func (v *View) copySummary() tea.Cmd { return tui.Copy(v.summary(), "the summary") }
