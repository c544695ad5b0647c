package dialog_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"frontdesk/tui"
)

func banWithTemplates() tui.Prompt {
	p := ban()
	p.Fields = []tui.Field{{Name: "reason", Label: "Reason", Required: true, FreeText: true, Hint: "c card fraud · s spam from this account",
		Templates: []tui.Template{{Key: "c", Text: "card fraud"}, {Key: "s", Text: "spam from this account"}}}}
	return p
}

func TestDialog_AKeyTypedAloneFillsInATemplate(t *testing.T) {
	for _, rows := range []int{24, 30} {
		d, got := ask(t, banWithTemplates(), 80, rows)
		d.Has("c card fraud · s spam from this account", "ctrl-r usual ones")
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

func TestDialog_ShowsTheKeyOfEveryTemplate(t *testing.T) {
	p := banWithTemplates()
	p.Fields[0].Hint = "c card fraud, confirmed by the bank on the telephone · s spam · x a second account of somebody banned"
	p.Fields[0].Templates = []tui.Template{{Key: "c", Text: "card fraud, confirmed by the bank on the telephone"}, {Key: "s", Text: "spam"},
		{Key: "x", Text: "a second account of somebody banned"}}
	d, _ := ask(t, p, 80, 24)
	d.Has("c card fraud, … · s spam · x a second acc…")
}
