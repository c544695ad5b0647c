package shell

import (
	"errors"
	"fmt"
	"runtime"
	"strings"

	tea "charm.land/bubbletea/v2"

	"frontdesk/tui"
)

// A bug in a screen must not cost the operator their work: a panic in a screen's Update
// or View is recovered and reported, and the program goes on. When the same panic occurs
// again the program quits in the normal way and says why.

// fault is a panic that was caught.
type fault struct {
	during   string // the message: "the key alt+d"
	location string // the function that panicked, and its line
	reason   string // the runtime's words, "" where they are not the runtime's
}

// key distinguishes one fault from another.
func (f fault) key() string { return f.during + " " + f.location }

// describe returns what to report. The message of a panic is left out unless it is the
// runtime's: it could contain a secret.
func (f fault) describe() string {
	out := f.during + ", " + f.location
	if f.reason != "" {
		out += ", " + f.reason
	}
	return out
}

// newFault returns the fault of a panic; the function that recovers calls it.
func newFault(msg tea.Msg, p any) fault {
	f := fault{during: messageName(msg), location: panicSite()}
	var runs runtime.Error
	if err, ok := p.(error); ok && errors.As(err, &runs) {
		f.reason = runs.Error()
	}
	return f
}

// messageName names a message without its contents. A key that types text is only "a
// letter".
func messageName(msg tea.Msg) string {
	key, ok := msg.(tea.KeyPressMsg)
	switch {
	case !ok:
		return strings.TrimPrefix(fmt.Sprintf("%T", msg), "*")
	case key.Text != "":
		return "a letter"
	}
	return "the key " + tea.Key(key).Keystroke()
}

// panicSite returns the function of this program that panicked. Names of library
// functions mean nothing to the reader of a report.
func panicSite() string {
	var pcs [64]uintptr
	frames := runtime.CallersFrames(pcs[:runtime.Callers(1, pcs[:])])
	thrown, first := false, ""
	for {
		f, more := frames.Next()
		switch {
		case f.Function == "runtime.gopanic":
			thrown = true
		case !thrown || strings.HasPrefix(f.Function, "runtime."):
		default:
			at := fmt.Sprintf("%s:%d", f.Function[strings.LastIndexByte(f.Function, '/')+1:], f.Line)
			if strings.HasPrefix(f.Function, "frontdesk/") {
				return at
			}
			if first == "" {
				first = at
			}
		}
		if !more {
			return first
		}
	}
}

// protect calls do and recovers from a panic in it.
func (m *Model) protect(msg tea.Msg, do func() tea.Cmd) (cmd tea.Cmd) {
	defer func() {
		if p := recover(); p != nil {
			cmd = m.reportFault(newFault(msg, p))
		}
	}()
	return do()
}

// reportFault reports a fault, or quits if it occurred before.
func (m *Model) reportFault(f fault) (cmd tea.Cmd) {
	switch {
	case m.fatalError != "" || m.leaving:
		return nil // already quitting
	case m.seenFaults[f.key()]:
		m.fatalError = f.describe()
		defer func() {
			if recover() != nil {
				cmd = tea.Quit
			}
		}()
		return m.beginQuit()
	}
	if m.seenFaults == nil {
		m.seenFaults = map[string]bool{}
	}
	m.seenFaults[f.key()] = true
	return m.notify(tui.Toast{
		ID: "shell.fault " + f.key(), Tone: tui.ToneBad, Text: faultText,
		Next: "If it happens again, frontdesk quits. Please report: " + f.describe() + ".",
	})
}

const (
	faultText   = "Something went wrong; what you typed is still here"
	faultReport = "Please report this to whoever looks after frontdesk: "
)

// FatalError returns why the program quit by itself, in words for who ran it, "" if it
// did not.
func (m *Model) FatalError() string {
	if m.fatalError == "" {
		return ""
	}
	return "The same error happened twice, so frontdesk quit; open forms and marks are lost. " + faultReport + m.fatalError + "."
}

// faultMsg is a panic in a command, outside the loop.
type faultMsg struct{ fault fault }

// guardCmd wraps a command so that a panic is reported instead of ending the program, and
// whose messages carry the generation.
func guardCmd(cmd tea.Cmd, generation int) tea.Cmd {
	if cmd == nil {
		return nil
	}
	return func() (msg tea.Msg) {
		defer func() {
			if p := recover(); p != nil {
				f := newFault(nil, p)
				f.during = "a command"
				msg = faultMsg{f}
			}
		}()
		msg = cmd()
		if all, several := msg.(tea.BatchMsg); several {
			safe := make(tea.BatchMsg, len(all))
			for i, one := range all {
				safe[i] = guardCmd(one, generation)
			}
			return safe
		}
		return withGeneration(msg, generation)
	}
}

// drawView draws the top view, or an error text in its place.
func (m *Model) drawView(s tui.Screen) (out tui.Frame) {
	defer func() {
		if p := recover(); p != nil {
			out = tui.Frame{Content: m.drawErrorText(s, p)}
		}
	}()
	return m.top().View(s)
}

// drawSafely draws the whole screen, or an error text in its place.
func (m *Model) drawSafely() (out scene) {
	defer func() {
		if p := recover(); p != nil {
			out = scene{lines: strings.Split(m.drawErrorText(tui.Screen{Width: m.width, Height: m.height}, p), "\n")}
		}
	}()
	return m.draw()
}

// drawOverlay draws the overlay, or an error text in its place. A question that is not
// visible accepts only esc.
func (m *Model) drawOverlay(o overlay, s tui.Screen) (out tui.Panel) {
	m.overlayFailed = false
	defer func() {
		if p := recover(); p != nil {
			m.overlayFailed = true
			out = tui.Panel{Title: "Something went wrong", Tone: tui.ToneBad, Content: m.drawErrorText(s, p)}
		}
	}()
	return o.View(s)
}

// drawErrorText returns the text shown in place of what could not be drawn.
func (m *Model) drawErrorText(s tui.Screen, p any) string {
	f := newFault(nil, p)
	f.during = "drawing"
	message := "This screen cannot be drawn, but what you typed is still here. esc goes back, " + m.conf.Keys.Label(actQuit) + " quits. " + faultReport + f.describe() + "."
	rows := m.cells.Wrap(message, s.Width)
	return strings.Join(rows[:min(len(rows), s.Height)], "\n")
}
