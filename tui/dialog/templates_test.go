package dialog_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"frontdesk/tui"
)

func banWithTemplates() tui.Prompt {
	p := ban()
	p.Fields = []tui.Field{{Name: "reason", Label: "Reason", Required: true, FreeText: true, Hint: "colleagues read it",
		Templates: []tui.Template{{Key: "c", Text: "card fraud"}, {Key: "s", Text: "spam from this account"}}}}
	return p
}

func TestDialog_AKeyTypedAloneFillsInATemplate(t *testing.T) {
	for _, rows := range []int{24, 30} {
		d, got := ask(t, banWithTemplates(), 80, rows)
		d.Has("c for card fraud, s spam from this account", "ctrl-r usual reason")
		d.Type("s")
		d.Press("tab")
		d.Has("spam from this account", "▸ Cancel")
		d.Press("y")
		require.Equal(t, "spam from this account", got.given["reason"])
	}
}

func TestDialog_SaysWhatAKeyWouldFillIn(t *testing.T) {
	d, _ := ask(t, banWithTemplates(), 100, 30)
	d.Type("c")
	d.Has("tab fills in: card fraud")
	d.Type("a")
	d.Lacks("fills in")
}

func TestDialog_CtrlRGoesThroughTheTemplates(t *testing.T) {
	d, got := ask(t, banWithTemplates(), 80, 24)
	d.Press("ctrl+r")
	d.Has("card fraud")
	d.Press("ctrl+r")
	d.Has("spam from this account")
	d.Press("ctrl+r")
	d.Type(", again")
	d.Has("card fraud, again")
	d.Press("ctrl+r")
	d.Has("card fraud, again", "it holds what you wrote")
	d.Press("enter", "y")
	require.Equal(t, "card fraud, again", got.given["reason"])
}

func TestDialog_ShowsNoTemplateCut(t *testing.T) {
	p := banWithTemplates()
	p.Fields[0].Templates = []tui.Template{{Key: "c", Text: "card fraud, confirmed by the bank on the telephone"}, {Key: "s", Text: "spam"},
		{Key: "x", Text: "a second account of somebody banned"}, {Key: "o", Text: "other"}}
	d, _ := ask(t, p, 80, 24)
	d.Has("o for other, s spam")
	d.Lacks("card", "second account")
	p.Fields[0].Templates = p.Fields[0].Templates[:1]
	d, _ = ask(t, p, 80, 24)
	d.Has("colleagues read it")
}

// A key in a bar does nothing before the focus is in the field.
func TestDialog_BarShowsTheTemplatesInTheFocusedFieldOnly(t *testing.T) {
	p := unlock()
	p.Fields = banWithTemplates().Fields
	p.Fields[0].Templates[1].Text, p.Fields[0].Required, p.Fields[0].SkipOnEnter = "spam", false, true
	for _, size := range [][2]int{{120, 40}, {80, 24}, {60, 20}} {
		d, got := ask(t, p, size[0], size[1])
		d.Has("colleagues read it")
		d.Lacks("card fraud", "usual reason")
		d.Press("tab")
		d.Has("type c for card fraud, s spam")
		d.Lacks("colleagues read it")
		d.Type("s")
		d.Press("enter", "y")
		require.Equal(t, "spam", got.given["reason"])
	}
}
