// Package tuitest drives the console in tests: a shell.Model in process with a clock of
// its own (Drive), or the built program in a PTY (Start). It never sleeps: everything
// waits for something to happen, with a limit after which the test fails. It has no
// screens of the product and does not use the API.
package tuitest

import (
	"slices"
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"

	"frontdesk/tui"
)

// Limit is how long anything may take before a test fails: long enough to tell a hang
// from a busy machine.
const Limit = time.Minute

// Clock is a clock that stands still until it is moved.
type Clock struct {
	mu     sync.Mutex
	now    time.Time
	timers []timer
	calls  []scheduledCall
	serial int
}

// scheduledCall is something that a server does by itself at a given time.
type scheduledCall struct {
	at time.Time
	do func()
}

// AfterFunc calls do when the clock reaches now plus d, before anything due later.
func (c *Clock) AfterFunc(d time.Duration, do func()) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.calls = append(c.calls, scheduledCall{c.now.Add(d), do})
}

// Due makes the calls of AfterFunc that are due now.
func (c *Clock) Due() {
	for _, one := range c.due(c.Now()) {
		one.do()
	}
}

// due removes and returns the calls due before the next timer, or by then.
func (c *Clock) due(then time.Time) (out []scheduledCall) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, t := range c.timers {
		if t.at.Before(then) {
			then = t.at
		}
	}
	c.calls = slices.DeleteFunc(c.calls, func(one scheduledCall) bool {
		if one.at.After(then) {
			return false
		}
		out = append(out, one)
		return true
	})
	return out
}

type timer struct {
	at     time.Time
	serial int
	msg    tea.Msg
}

// NewClock returns a clock at a fixed time.
func NewClock() *Clock { return &Clock{now: time.Date(2026, 3, 4, 9, 30, 0, 0, time.UTC)} }

// Now returns the clock's time.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// After returns the After of a shell.Config on this clock.
func (c *Clock) After(d time.Duration, msg tea.Msg) tea.Cmd {
	return func() tea.Msg {
		c.mu.Lock()
		defer c.mu.Unlock()
		c.serial++
		c.timers = append(c.timers, timer{c.now.Add(d), c.serial, msg})
		return nil
	}
}

// Jump moves the clock past due timers, as for a program that is stopped: they fire
// when it goes on.
func (c *Clock) Jump(by time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(by)
}

// Timers returns how many timers are running.
func (c *Clock) Timers() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.timers)
}

// next moves to the earliest timer due by then and removes it; without one it moves to
// then.
func (c *Clock) next(then time.Time) (tea.Msg, bool) {
	for _, one := range c.due(then) {
		one.do()
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	first := -1
	for i, t := range c.timers {
		if t.at.After(then) {
			continue
		}
		if f := first; f < 0 || t.at.Before(c.timers[f].at) || t.at.Equal(c.timers[f].at) && t.serial < c.timers[f].serial {
			first = i
		}
	}
	if first < 0 {
		if then.After(c.now) {
			c.now = then
		}
		return nil, false
	}
	t := c.timers[first]
	c.timers = append(c.timers[:first], c.timers[first+1:]...)
	if t.at.After(c.now) {
		c.now = t.at
	}
	return t.msg, true
}

// Theme returns a theme for tests in which every role has its own colour.
func Theme(name string) tui.Theme {
	c := lipgloss.Color
	return tui.Theme{
		Name: name,
		Text: c("#dfe3ea"), Dim: c("#8f99a6"), Faint: c("#6b7480"), Line: c("#3a414b"),
		Accent: c("#e3b261"), OnAccent: c("#14161a"),
		OK: c("#7ed9a0"), Warn: c("#f0b94a"), Bad: c("#ff7b72"), Info: c("#7cb7ff"),
		Demo: c("#2dd4bf"), Development: c("#e3b262"), OnBadge: c("#0d1117"),
		Production: c("#ff5c57"), OnProduction: c("#140808"),
		Backdrop: c("#4a515b"),
	}
}
