package dialog_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"frontdesk/tui/tuitest"
)

func TestDialog_DigitsTickTheChecklistAndGoOn(t *testing.T) {
	d, got := ask(t, resetMFA(), 100, 34)
	d.Has("▸1 [ ] The caller named the last order", "2 [ ] The caller answered", "1–2 space tick")
	d.Press("2")
	d.Has("▸1 [ ] The caller named", "2 [x] The caller answered")
	d.Press("1")
	d.Has("1 [x] The caller named", "2 [x] The caller answered")
	for _, r := range "lost " {
		d.Press(map[bool]string{true: "space", false: string(r)}[r == ' '])
	}
	d.Type("phone")
	d.Press("enter", "0", "1", "4", "2", "enter", "y")
	require.Equal(t, 1, got.confirmed)
	require.Equal(t, "lost phone", got.given["reason"], "the last digit moved on to the reason")
}

// Only space takes a tick back: a digit pressed twice, or held, leaves it.
func TestDialog_ADigitOnlyTicks(t *testing.T) {
	d, _ := ask(t, resetMFA(), 100, 34)
	d.Press("1", "1")
	d.Has("1 [x] The caller named", "▸2 [ ] The caller answered")
	d.Press("up", "space")
	d.Has("▸1 [ ] The caller named")
}

// A number meant for a field, typed or pasted over the checklist, ticks nothing.
func TestDialog_DigitsOfATextTickNothing(t *testing.T) {
	for name, typed := range map[string]func(*tuitest.Driver){
		"a word":               func(d *tuitest.Driver) { typePaced(d, "case 12", 100*time.Millisecond) },
		"another number":       func(d *tuitest.Driver) { typePaced(d, "0121", 100*time.Millisecond) },
		"a paste":              func(d *tuitest.Driver) { d.Paste("12") },
		"a paste without sign": func(d *tuitest.Driver) { typePaced(d, "x12", 0) },
		"keys all at once":     func(d *tuitest.Driver) { d.Burst("9", "1", "2") },
	} {
		d, _ := ask(t, resetMFA(), 100, 34)
		typed(d)
		require.NotContains(t, d.Screen(), "[x]", name)
	}
}
