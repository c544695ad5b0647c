package shell_test

import (
	"reflect"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/stretchr/testify/require"

	"frontdesk/tui"
	"frontdesk/tui/shell"
	"frontdesk/tui/tuitest"
)

// hiding is a mask that hides one name.
type hiding struct{}

func (hiding) On() bool             { return true }
func (hiding) Toggle() bool         { return true }
func (hiding) Text(s string) string { return strings.ReplaceAll(s, "Okafor", "••••") }

// TestMask_APromptHidesEveryText fills in every text of a prompt. A text that is added to
// the type is either masked or named here.
func TestMask_APromptHidesEveryText(t *testing.T) {
	given := map[string]bool{ // masked by the caller, because they are compared or sent, or not about a person
		"TypeToConfirm": true, "TypeLabel": true, "Verb": true, "CancelLabel": true, "Instance": true, "ActionID": true,
	}
	p := tui.Prompt{Tier: tui.T3}
	v := reflect.ValueOf(&p).Elem()
	for i := range v.NumField() {
		name := v.Type().Field(i).Name
		switch f := v.Field(i); {
		case given[name], name == "Picture", name == "Checklist":
		case f.Kind() == reflect.String:
			f.SetString("Okafor in " + name)
		case f.Type() == reflect.TypeFor[[]string]():
			f.Set(reflect.ValueOf([]string{"Okafor in " + name}))
		}
	}
	p.Verb, p.TypeToConfirm = "Ban", "ban"
	p.Namesakes = &tui.Namesakes{Lines: []string{"Okafor in Namesakes"}, Rows: 2}
	p.Fields = []tui.Field{{Name: "a", Label: "A", ServerError: "Okafor in ServerError", Link: &tui.Link{Name: "Okafor in Link"}}}
	p.Validate = func(tui.Answers) string { return "Okafor in Validate" }
	p.FindConflict = func(tui.Answers) (field, what string) { return "a", "Okafor in FindConflict" }
	for name, effects := range map[string]func(tui.Answers) []string{"as they are": nil, "by the answers": func(tui.Answers) []string { return []string{"Okafor in EffectsFor"} }} {
		t.Run(name, func(t *testing.T) {
			p, title := p, "•••• in Heading"
			if p.EffectsFor = effects; effects == nil {
				p.Heading, title = "", "•••• in Title"
			}
			root := &page{title: "Users", actions: []tui.Action{{ID: "ban_user", Title: "Ban user", Do: func() tea.Cmd { return tui.Ask(p) }}}}
			d := tuitest.Drive(t, shell.Config{Root: root, Keys: tuitest.Keys(t, tuitest.Bind("ban_user", "b")), Mask: hiding{}}, 140, 50)
			d.Press("b")
			d.Has(title, "•••• in Subject", "•••• in Warnings", "•••• in Namesakes", "•••• in TypeSource", "•••• in ServerError", "•••• in Link")
			d.Lacks("Okafor")
			d.Press("x", "tab")
			d.Type("ban")
			d.Press("ctrl+s", "y")
			d.Has("•••• in FindConflict")
			d.Lacks("Okafor")
		})
	}
	require.Equal(t, "Okafor in Title", p.Title, "the caller keeps the original")
}
