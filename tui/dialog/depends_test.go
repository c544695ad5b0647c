package dialog_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"frontdesk/tui"
)

// askConditional returns a form with a checklist that only some answers require, and with
// answers that can contradict each other.
func askConditional() tui.Prompt {
	return tui.Prompt{
		Tier: tui.T2, Title: "Add e-mail address", Verb: "Add", Effects: []string{"adds it"}, WayBack: "Remove e-mail address",
		Fields: []tui.Field{
			{Name: "mail", Label: "E-mail address"},
			{Name: "verified", Label: "Verified", Kind: tui.FieldChoice, Choices: []string{"no", "yes"}},
			{Name: "primary", Label: "Primary", Kind: tui.FieldChoice, Choices: []string{"no", "yes"}},
			{Name: "reason", Label: "Reason", Required: true},
		},
		Stricter:     &tui.Demands{Checklist: []string{"the caller was reached", "they have it in their hands"}},
		StricterWhen: func(a tui.Answers) bool { return a["verified"] == "yes" || a["primary"] == "yes" },
		FindConflict: func(a tui.Answers) (field, what string) {
			if a["primary"] == "yes" && a["verified"] != "yes" {
				return "primary", "only a verified one can be primary"
			}
			return "", ""
		},
	}
}

func TestDialog_ChecklistDependsOnTheAnswers(t *testing.T) {
	d, got := ask(t, askConditional(), 80, 30)
	d.Lacks("the caller was reached")
	d.Press("tab", "right") // Verified: yes
	d.Has("[ ] the caller was reached", "[ ] they have it in their hands")
	d.Press("left")
	d.Lacks("the caller was reached")
	d.Press("right", "tab", "tab")
	d.Type("by phone")
	d.Press("ctrl+s", "y")
	d.Has("check every item first")
	require.Zero(t, got.confirmed)
	d.Press("space", "enter", "space", "ctrl+s", "y")
	require.Equal(t, 1, got.confirmed)
	require.Equal(t, "yes", got.given["verified"])
	require.Equal(t, "by phone", got.given["reason"])
}

func TestDialog_OmitsTheChecklistWhenTheAnswersDoNotNeedIt(t *testing.T) {
	d, got := ask(t, askConditional(), 80, 30)
	d.Press("tab", "right", "left", "tab", "tab") // tried, and reverted
	d.Type("by phone")
	d.Press("enter", "y")
	require.Equal(t, 1, got.confirmed, d.Screen())
}

func TestDialog_ShowsAConflictAtTheFieldAtOnce(t *testing.T) {
	d, got := ask(t, askConditional(), 80, 30)
	d.Press("tab", "tab", "right") // Primary: yes, Verified: no
	d.Has("✗ only a verified one can be primary")
	d.Press("shift+tab", "right")
	d.Lacks("only a verified one")
	d.Press("left")
	d.Has("✗ only a verified one can be primary")
	d.Press("tab", "tab")
	d.Type("x")
	d.Press("enter", "space", "enter", "space", "ctrl+s", "y")
	require.Zero(t, got.confirmed)
	d.Has("✗ only a verified one can be primary")
	d.Press("left") // the focus went to the field
	d.Lacks("only a verified one", "the caller was reached")
	d.Press("ctrl+s", "y")
	require.Equal(t, 1, got.confirmed)
	require.Equal(t, "no", got.given["primary"])
}

func TestDialog_ConflictKeepsTheServerError(t *testing.T) {
	p := askConditional()
	p.Fields[0].Value, p.Fields[0].ServerError = "a@pine.example", "is taken"
	d, _ := ask(t, p, 80, 30)
	d.Press("tab", "tab", "right", "left")
	d.Has("✗ is taken")
	d.Lacks("only a verified one")
}

func TestDialog_DependentChecklistIsReachableInASmallWindow(t *testing.T) {
	for _, rows := range []int{14, 18, 24} {
		d, got := ask(t, askConditional(), 60, rows)
		d.Press("tab", "right", "tab", "tab")
		d.Type("x")
		d.Press("enter")
		d.Has("the caller was reached")
		d.Press("space", "enter")
		d.Has("they have it in their hands")
		d.Press("space", "enter", "y")
		require.Equal(t, 1, got.confirmed, "%d rows:\n%s", rows, d.Screen())
	}
}
