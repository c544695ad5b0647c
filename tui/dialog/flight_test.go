package dialog_test

import (
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/stretchr/testify/require"

	"frontdesk/tui"
	"frontdesk/tui/dialog"
	"frontdesk/tui/tuitest"
)

func TestDialog_KeysInFlightNeverConfirm(t *testing.T) {
	for name, p := range map[string]tui.Prompt{"bar": unlock(), "dialog": func() tui.Prompt { p := ban(); p.Fields = nil; return p }()} {
		t.Run(name, func(t *testing.T) {
			d, got := ask(t, p, 100, 30)
			d.Burst("y")
			d.Advance(dialog.Grace - time.Millisecond)
			for range 40 { // a held key repeats about every 30 ms
				d.Burst("y")
				d.Advance(30 * time.Millisecond)
			}
			require.Zero(t, got.confirmed, "each early key restarts the grace period")
			d.Advance(dialog.Grace)
			d.Burst("y")
			require.Equal(t, 1, got.confirmed)
		})
	}
}

func TestDialog_RepeatedKeyNeverConfirms(t *testing.T) {
	d, got := ask(t, unlock(), 100, 30)
	d.Advance(time.Minute)
	d.Send(tea.KeyPressMsg{Code: 'y', Text: "y", IsRepeat: true})
	require.Zero(t, got.confirmed)
}

func TestDialog_PasteSentAsKeysNeverConfirms(t *testing.T) {
	d, got := ask(t, ban(), 100, 30)
	d.Advance(time.Minute)
	keys := strings.Split("chargeback", "")
	d.Burst(append(keys, "enter", "enter", "y", "enter", "y", "y")...)
	require.Zero(t, got.confirmed)
}

func TestDialog_PasteNeverConfirmsAndIsShownCleaned(t *testing.T) {
	d, got := ask(t, ban(), 100, 30)
	d.Paste("abuse\u202e\x1b[31m of\u200b three\norders\n")
	d.Has("abuse[31m of three orders", "invisible characters were left out")
	d.Press("enter", "enter")
	d.Paste("y\r")
	require.Equal(t, answer{}, *got)
	d.Press("y")
	require.Equal(t, "abuse[31m of three orders", got.given["reason"])
}

func TestDialog_CountdownRunsAndCanBeStopped(t *testing.T) {
	p := ban()
	p.Tier, p.Title, p.Verb, p.CancelSeconds, p.Fields = tui.T4, "Delete user", "Delete", 5, nil
	d, got := ask(t, p, 100, 30)
	d.Press("y")
	d.Has("Delete user in 5 s", "esc stops it")
	d.Advance(2 * time.Second)
	d.Has("Delete user in 3 s")
	d.Press("y", "enter", "n")
	require.Equal(t, answer{}, *got, "other keys do nothing meanwhile")
	d.Press("esc")
	d.Has("Stopped. Nothing was done.")
	d.Advance(time.Minute)
	require.Equal(t, answer{}, *got)
	d.Press("y")
	d.Advance(4 * time.Second)
	require.Zero(t, got.confirmed)
	d.Advance(2 * time.Second)
	require.Equal(t, 1, got.confirmed)
}

func TestDialog_CountdownDoesNotActWhenNobodyWatched(t *testing.T) {
	confirmed := false
	now := time.Unix(1000, 0)
	m := dialog.New(tui.Prompt{Tier: tui.T4, Title: "Delete user", Verb: "Delete", CancelSeconds: 5, OnConfirm: func(tui.Answers) tea.Cmd { confirmed = true; return nil }}, tuitest.Keys(t), func() time.Time { return now })
	m.Update(tea.WindowSizeMsg{Width: 80, Height: 20})
	now = now.Add(time.Second)
	m.Update(tuitest.Key("y"))
	require.True(t, m.WantsTick())
	m.Update(tui.TickMsg{Now: now.Add(time.Hour)})
	require.False(t, confirmed, "the program was stopped for an hour")
	require.False(t, m.WantsTick())
}

func TestDialog_IsDroppedAfterSuspend(t *testing.T) {
	for name, p := range map[string]tui.Prompt{"bar": unlock(), "dialog": ban()} {
		t.Run(name, func(t *testing.T) {
			d, got := ask(t, p, 100, 30)
			d.Press("ctrl+z")
			require.Equal(t, 1, d.Suspends)
			d.Send(tea.ResumeMsg{})
			require.Equal(t, answer{cancelled: 1}, *got)
			require.False(t, d.Asking())
			d.Has("closed while you were away", "Nothing was done")
		})
	}
}

// A stop cannot be caught, and a key typed during it may arrive before the news that it
// is over.
func TestDialog_KeyTypedWhileStoppedNeverConfirms(t *testing.T) {
	for name, p := range map[string]tui.Prompt{"bar": unlock(), "dialog": func() tui.Prompt { p := ban(); p.Fields = nil; return p }()} {
		t.Run(name, func(t *testing.T) {
			d, got := ask(t, p, 100, 30)
			d.Advance(time.Second)
			d.Clock.Jump(300 * time.Millisecond)
			d.Burst("y", "y", "y")
			require.Zero(t, got.confirmed)
			d.Has("wait, then press y again")
			d.Advance(dialog.Grace)
			d.Burst("y")
			require.Equal(t, 1, got.confirmed, "a slow connection alone only restarts the grace period")

			d, got = ask(t, p, 100, 30)
			d.Advance(time.Second)
			d.Clock.Jump(time.Minute)
			d.Burst("y")
			require.Equal(t, answer{cancelled: 1}, *got)
			d.Has("closed while you were away")
		})
	}
}

func TestDialog_ClockRunsOnlyWhileAQuestionIsOpen(t *testing.T) {
	d, _ := ask(t, ban(), 100, 30)
	require.Equal(t, 1, d.Clock.Timers())
	d.Press("esc")
	d.Advance(time.Second)
	require.Zero(t, d.Clock.Timers())
}
