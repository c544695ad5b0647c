package dialog_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"frontdesk/tui"
)

func TestDialog_ShowsTheConfirmingKeyWithTheKeyToTheButtons(t *testing.T) {
	d, _ := ask(t, ban(), 100, 30)
	d.Has("Reason (required)", "ctrl-s, then   y Ban", "ctrl-s buttons")
	d.Press("ctrl+s")
	d.Lacks(", then")
	d.Has("  y Ban     ▸ Cancel", "y ban   enter cancel   shift-tab fields", "a reason is required")
	d.Press("x")
	d.Has("only y confirms; press shift-tab to type")

	p := unlock()
	p.Fields = []tui.Field{{Name: "reason", Label: "Reason", SkipOnEnter: true}}
	d, _ = ask(t, p, 100, 30)
	d.Has("Reason (optional)", "tab reason (optional)")
	line := func() int {
		return slices.IndexFunc(strings.Split(d.Screen(), "\n"), func(l string) bool { return strings.Contains(l, "Unlock Sam Carter?") })
	}
	before := line()
	d.Press("tab")
	d.Has("tab, then   y Unlock")
	require.Equal(t, before, line(), "the field's row is reserved")
	d.Press("tab", "x")
	d.Has("only y confirms; press tab to type")
}

func TestDialog_FooterHasNoVerbInATooSmallWindow(t *testing.T) {
	d, got := ask(t, ban(), 40, 10)
	d.Press("ctrl+s")
	d.Has("make the window larger", "enter cancel")
	d.Lacks("y ban")
	d.Press("y")
	require.Zero(t, got.confirmed)
	d.Resize(100, 30)
	d.Has("y ban")
}

func TestDialog_TypeToConfirmIsVisibleWithTheFieldBeforeIt(t *testing.T) {
	p := ban()
	p.Tier, p.TypeToConfirm, p.TypeLabel = tui.T3, "Xd3l", "Type the last four of the id"
	p.Context, p.TypeSource = nil, "id user_2XAtDOONGW85JrlXlcoe4qFXd3l"
	p.Effects = append(p.Effects, "a third thing is so as well", "and a fourth", "and a fifth")
	p.Checklist = []string{"the caller was reached on a phone or e-mail address of this account", "the caller named something that only the owner knows", "they know of it"}
	p.Fields = p.Fields[:1]
	d, _ := ask(t, p, 60, 20)
	d.Has("▸1 [ ] the caller was")
	d.Press("down", "down", "down")
	d.Has("Reason (required)", "Type the last four of the id  __")
	d.Lacks("↓")
}
