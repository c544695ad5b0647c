package dialog_test

import (
	"context"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/stretchr/testify/require"

	"frontdesk/tui"
)

// create returns a form with more fields than a small window shows.
func create() tui.Prompt {
	p := tui.Prompt{Tier: tui.T2, Title: "Create user", Verb: "Create", Instance: "on DEMO", Effects: []string{"makes a new user"}, WayBack: "Delete user"}
	for _, label := range []string{"First name", "Last name", "E-mail address", "Phone number"} {
		p.Fields = append(p.Fields, tui.Field{Name: strings.ToLower(label), Label: label})
	}
	for _, label := range []string{"Locale", "Wallet", "Secret", "Terms", "Created", "Banned", "Locked", "Limit", "Trust", "Hasher", "Digest", "Code"} {
		p.Fields = append(p.Fields, tui.Field{Name: strings.ToLower(label), Label: label, Advanced: true})
	}
	p.Fields[9].Kind, p.Fields[9].Choices = tui.FieldChoice, []string{"no", "yes"}
	p.Fields = append(p.Fields, tui.Field{Name: "reason", Label: "Reason", Required: true})
	return p
}

func TestDialog_AdvancedFieldsAreBehindOneLine(t *testing.T) {
	d, got := ask(t, create(), 80, 24)
	d.Has("First name", "Phone number", "▸ 12 more: locale, wallet, secret", "Reason")
	d.Lacks("Hasher")
	d.Press("enter", "enter", "enter", "enter", "enter")
	d.Type("by phone")
	d.Press("enter", "y")
	require.Equal(t, "by phone", got.given["reason"])
	require.NotContains(t, got.given, "banned", "a choice that was not made is not sent")
	require.Contains(t, got.given, "locale")
}

func TestDialog_LongFormScrollsBelowTheSubject(t *testing.T) {
	d, got := ask(t, create(), 80, 20)
	d.Press("tab", "tab", "tab", "tab", "space")
	d.Type("en-US")
	d.Has("Locale", "en-US", "Create user", "on DEMO", "makes a new user", "To undo: Delete user", "↓ ", " more", "Cancel")
	for range 5 {
		d.Press("tab")
	}
	d.Press("right")
	d.Has("○ no   ● yes", "makes a new user")
	d.Press("tab", "tab", "tab", "tab", "tab", "tab", "tab")
	d.Has("↑ ", "Reason", "makes a new user")
	d.Lacks("First name")
	d.Press("shift+tab", "shift+tab", "shift+tab", "shift+tab", "shift+tab", "shift+tab", "shift+tab")
	d.Press("shift+tab", "shift+tab", "shift+tab", "shift+tab", "shift+tab", "shift+tab", "shift+tab", "shift+tab", "shift+tab")
	d.Has("First name")
	d.Press("shift+tab", "shift+tab", "y")
	d.Has("✗ a reason is required")
	d.Type("by phone")
	d.Press("enter", "y")
	require.Equal(t, "yes", got.given["banned"])
	require.Equal(t, "en-US", got.given["locale"])
}

func TestDialog_ServerErrorStaysUntilTheFieldIsEdited(t *testing.T) {
	p := create()
	p.Errors = []string{"Nothing was done: the quota is used up"}
	p.Fields[1].Value, p.Fields[1].ServerError = "Carter", "that name is taken"
	p.Fields[6].Value, p.Fields[6].ServerError = "ABC", "is no secret"
	d, _ := ask(t, p, 80, 24)
	d.Has("✗ Nothing was done: the quota is used up", "Carter", "✗ that name is taken", "ABC", "✗ is no secret")
	d.Press("tab", "shift+tab")
	d.Has("✗ that name is taken")
	d.Type("s")
	d.Lacks("that name is taken")
	d.Has("Carters", "✗ is no secret")
}

func TestDialog_ChecksAFieldWhenLeftAndThenOnEveryKey(t *testing.T) {
	p := ban()
	p.Fields = []tui.Field{{Name: "mail", Label: "Mail", Required: true, Validate: func(v string) string {
		if !strings.Contains(v, "@") {
			return "must be an address"
		}
		return ""
	}}, {Name: "reason", Label: "Reason", Required: true}}
	d, _ := ask(t, p, 100, 30)
	d.Type("sam")
	d.Lacks("must be an address")
	d.Press("tab")
	d.Has("✗ must be an address")
	d.Press("shift+tab")
	d.Type("@")
	d.Lacks("must be an address")
	d.Has("✓")
	d.Press("backspace")
	d.Has("✗ must be an address")
	d.Press("tab", "tab")
	d.Has("✗ a reason is required")
}

func TestDialog_ChecksTypeToConfirmAsItIsTyped(t *testing.T) {
	p := resetMFA()
	p.Checklist, p.Fields = nil, nil
	d, _ := ask(t, p, 80, 24)
	d.Type("014")
	d.Lacks("does not match", "✓")
	d.Type("3")
	d.Has("✗ that does not match")
	d.Press("backspace")
	d.Lacks("does not match")
	d.Type("2")
	d.Has("✓")
	d.Press("tab")
	d.Has("✓")
}

func TestDialog_UneditedFieldKeepsItsExactValue(t *testing.T) {
	p := ban()
	p.Fields = []tui.Field{
		{Name: "plain", Label: "Plain", Value: "as it is"},
		{Name: "odd", Label: "Odd", Value: "a\u200b\x1b ", Display: "a�␛␣"},
		{Name: "spaced", Label: "Spaced", Value: "x"},
		{Name: "number", Label: "Number", Value: "1", Validate: func(v string) string {
			if strings.Trim(v, "0123456789") != "" {
				return "must be a number"
			}
			return ""
		}},
		{Name: "reason", Label: "Reason", Required: true},
	}
	d, got := ask(t, p, 80, 30)
	d.Has("a�␛␣", "! hidden characters; typing replaces it all")
	d.Press("tab", "home", "end", "tab")
	d.Type(" y ")
	d.Press("tab")
	d.Type("2 ")
	d.Press("tab")
	d.Type("  ")
	d.Press("tab", "tab", "y")
	d.Has("✗ a reason is required")
	d.Type("by phone")
	d.Press("tab", "y")
	require.Equal(t, tui.Answers{"plain": "as it is", "odd": "a\u200b\x1b ", "spaced": "x y ", "number": "12", "reason": "  by phone"}, got.given)

	d, got = ask(t, p, 80, 30)
	d.Press("tab", "backspace")
	d.Lacks("a�", "shown with marks")
	d.Paste("new")
	d.Press("tab", "tab", "tab")
	d.Type("by phone")
	d.Press("tab", "y")
	require.Equal(t, "new", got.given["odd"])
}

func TestDialog_SecretNeverGetsACheckMark(t *testing.T) {
	p := ban()
	p.Fields = []tui.Field{{Name: "password", Label: "Password", Kind: tui.FieldSecret, Required: true}}
	d, _ := ask(t, p, 80, 24)
	d.Type("hunter2")
	d.Press("tab")
	d.Lacks("✓")
}

func TestDialog_EarlyYIsExplained(t *testing.T) {
	for _, p := range []tui.Prompt{unlock(), func() tui.Prompt { p := ban(); p.Fields = nil; return p }()} {
		d, got := ask(t, p, 100, 30)
		d.Burst("y")
		d.Has("wait, then press y again")
		require.Zero(t, got.confirmed)
		d.Press("y")
		require.Equal(t, 1, got.confirmed)
	}
}

func TestDialog_FieldsAreUnderlinedAtEverySize(t *testing.T) {
	p := resetMFA()
	for _, size := range [][2]int{{120, 40}, {80, 24}, {60, 20}} {
		d, _ := ask(t, p, size[0], size[1])
		d.Press("tab", "tab")
		lines := strings.Split(d.Screen(), "\n")
		for i, line := range lines {
			if strings.Contains(line, "Reason") {
				require.Regexp(t, "_____|  ──────", line+lines[i+1], size)
			}
		}
	}
}

func TestDialog_ReadOnlyMentionsNoWayBackAndKeepsWarnings(t *testing.T) {
	p := ban()
	p.WayBack, p.ReadOnly, p.Warnings = "", true, []string{"e-mail address added 22 min ago"}
	for _, size := range [][2]int{{120, 40}, {80, 24}, {60, 20}, {46, 16}} {
		d, _ := ask(t, p, size[0], size[1])
		d.Has("! e-mail address added 22 min ago")
		d.Lacks("to undo")
	}
}

func TestDialog_LookupReplacesEffectsAndContext(t *testing.T) {
	p := ban()
	d, _ := ask(t, p, 80, 24)
	d.Send(tui.LookupMsg{Key: "sessions", EffectsFor: func(tui.Answers) []string { return []string{"of another question"} }})
	d.Lacks("of another question")
	open := make(chan struct{})
	p.Lookup = &tui.Task{Key: "sessions", Run: func(ctx context.Context, _ func(tui.Progress)) tea.Msg {
		select {
		case <-open:
		case <-ctx.Done():
			return nil
		}
		return tui.LookupMsg{Key: "sessions", EffectsFor: func(a tui.Answers) []string { return []string{"signs out 7 sessions", "because of " + a["reason"]} }}
	}}
	d.Async()
	d.Press("esc")
	d.Send(tui.AskMsg{Prompt: p})
	d.Dialog().Expect("Ban user", "signs out 2 sessions now")
	d.Type("fraud")
	close(open)
	d.WaitFor("signs out 7 sessions")
	d.Has("because of fraud")
	d.Press("esc")
	d.Send(tui.AskMsg{Prompt: func() tui.Prompt { q := p; q.Lookup = &tui.Task{Key: "never", Run: waits}; return q }()})
	d.Press("esc")
	d.Until("the reading to end with the question", func() bool { return d.Tasks() == 0 })
}

func waits(ctx context.Context, _ func(tui.Progress)) tea.Msg { <-ctx.Done(); return nil }

func TestDialog_AlternativeIsOneKeyAwayFromEverywhere(t *testing.T) {
	p := resetMFA()
	var carried tui.Answers
	p.Alternative = &tui.Alternative{Title: "Ban user", Why: "can be undone", Do: func(a tui.Answers) tea.Cmd { carried = a; return tui.Ask(ban()) }}
	for tabs := range 6 { // the checklist, the reason, the text to type, the buttons
		d, got := ask(t, p, 80, 24)
		d.Has("ctrl-o Ban user: can be undone")
		d.Press("tab", "tab")
		d.Type("fraud")
		for range tabs {
			d.Press("tab")
		}
		d.Press("ctrl+o")
		require.Equal(t, answer{cancelled: 1}, *got)
		require.Equal(t, "fraud", carried["reason"])
		d.Dialog().Expect("Ban user")
	}
}

func TestDialog_UnpromptedQuestionOpensBelow(t *testing.T) {
	d, _ := ask(t, ban(), 80, 24)
	late := unlock()
	late.Unprompted = true
	d.Send(tui.AskMsg{Prompt: late})
	d.Dialog().Expect("Ban user")
	d.Press("esc")
	d.Dialog().Expect("Unlock user")
	d.Burst("y")
	require.True(t, d.Asking(), "the grace period begins when it is uncovered")
}

func TestDialog_RejectsContradictoryAnswers(t *testing.T) {
	p := ban()
	p.Validate = func(a tui.Answers) string {
		if a["ticket"] == "" {
			return "a ticket, a name, a number or a reason of some other kind is required here"
		}
		return ""
	}
	d, got := ask(t, p, 80, 24)
	d.Type("x")
	d.Press("enter", "enter", "y")
	d.Has("a ticket, a name, a number or a reason of some other kind")
	require.Zero(t, got.confirmed)
	d.Press("shift+tab")
	d.Type("T-1")
	d.Press("enter", "y")
	require.Equal(t, 1, got.confirmed)
}
