package shell

import (
	"errors"
	"fmt"
	"runtime"
	"strings"

	tea "charm.land/bubbletea/v2"

	"frontdesk/tui"
)

// A mistake in a screen must not take the operator's work with it: a panic in a
// screen's Update or View is caught, said, and the program goes on with what it
// has. What panics a second time cannot be gone on from; the program then leaves
// as it does when asked to, and says why.

// fault is a panic that was caught.
type fault struct {
	doing string // the message: "the key alt+d"
	where string // the function that panicked, and its line
	why   string // the runtime's words, "" where they are not the runtime's
}

// key tells one fault from another.
func (f fault) key() string { return f.doing + " " + f.where }

// words are what is to be reported. The words of a panic that is not the runtime's
// are left out: they could hold a secret.
func (f fault) words() string {
	out := f.doing + ", " + f.where
	if f.why != "" {
		out += ", " + f.why
	}
	return out
}

// caught is the fault of a panic; it is called by the function that recovers.
func caught(msg tea.Msg, p any) fault {
	f := fault{doing: named(msg), where: site()}
	var runs runtime.Error
	if err, ok := p.(error); ok && errors.As(err, &runs) {
		f.why = runs.Error()
	}
	return f
}

// named is a message without what is in it. A key is one of those that type nothing,
// or a letter, which is not told.
func named(msg tea.Msg) string {
	key, ok := msg.(tea.KeyPressMsg)
	switch {
	case !ok:
		return strings.TrimPrefix(fmt.Sprintf("%T", msg), "*")
	case key.Text != "":
		return "a letter"
	}
	return "the key " + tea.Key(key).Keystroke()
}

// site is the function of ours that panicked. Functions of others have names that
// mean nothing to who reads the words.
func site() string {
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

// attempt does what a message asks for, and survives a panic in it.
func (m *Model) attempt(msg tea.Msg, do func() tea.Cmd) (cmd tea.Cmd) {
	defer func() {
		if p := recover(); p != nil {
			cmd = m.stumbled(caught(msg, p))
		}
	}()
	return do()
}

// stumbled says what went wrong, or leaves where it did so before.
func (m *Model) stumbled(f fault) (cmd tea.Cmd) {
	switch {
	case m.fatal != "" || m.leaving:
		return nil // it is leaving already
	case m.faults[f.key()]:
		m.fatal = f.words()
		defer func() {
			if recover() != nil {
				cmd = tea.Quit
			}
		}()
		return m.leave()
	}
	if m.faults == nil {
		m.faults = map[string]bool{}
	}
	m.faults[f.key()] = true
	return m.notify(tui.Toast{
		ID: "shell.fault " + f.key(), Tone: tui.ToneBad, Text: faultSays,
		Next: "A second time would end frontdesk. Please report: " + f.words() + ".",
	})
}

const (
	faultSays   = "Something went wrong; what you typed is still here"
	faultReport = "Please report this to whoever looks after frontdesk: "
)

// FatalError is why the program left by itself, in words for who ran it, "" where it did
// not.
func (m *Model) FatalError() string {
	if m.fatal == "" {
		return ""
	}
	return "Something went wrong twice, so frontdesk ended; forms and marks that were open are gone. " + faultReport + m.fatal + "."
}

// faultMsg is a panic in a command, off the loop.
type faultMsg struct{ fault fault }

// guarded are commands that report a panic instead of ending the program with it.
func guarded(cmd tea.Cmd) tea.Cmd {
	if cmd == nil {
		return nil
	}
	return func() (msg tea.Msg) {
		defer func() {
			if p := recover(); p != nil {
				f := caught(nil, p)
				f.doing = "a command"
				msg = faultMsg{f}
			}
		}()
		msg = cmd()
		if all, several := msg.(tea.BatchMsg); several {
			safe := make(tea.BatchMsg, len(all))
			for i, one := range all {
				safe[i] = guarded(one)
			}
			return safe
		}
		return msg
	}
}

// drawView is the top view's picture, or words in its place.
func (m *Model) drawView(s tui.Screen) (out tui.Frame) {
	defer func() {
		if p := recover(); p != nil {
			out = tui.Frame{Content: m.undrawn(s, p)}
		}
	}()
	return m.top().View(s)
}

// drawSafely is the whole screen, or words in its place.
func (m *Model) drawSafely() (out scene) {
	defer func() {
		if p := recover(); p != nil {
			out = scene{lines: strings.Split(m.undrawn(tui.Screen{Width: m.width, Height: m.height}, p), "\n")}
		}
	}()
	return m.draw()
}

// drawOverlay is what lies over the screen, or words in its place; a question that
// is not seen cannot be answered but with esc.
func (m *Model) drawOverlay(o overlay, s tui.Screen) (out tui.Panel) {
	m.unseen = false
	defer func() {
		if p := recover(); p != nil {
			m.unseen = true
			out = tui.Panel{Title: "Something went wrong", Tone: tui.ToneBad, Content: m.undrawn(s, p)}
		}
	}()
	return o.View(s)
}

// undrawn are the words in the place of a picture.
func (m *Model) undrawn(s tui.Screen, p any) string {
	f := caught(nil, p)
	f.doing = "drawing"
	says := "This cannot be drawn; what you typed is still here. esc goes back, " + m.conf.Keys.Label(actQuit) + " quits. " + faultReport + f.words() + "."
	rows := m.cells.Wrap(says, s.Width)
	return strings.Join(rows[:min(len(rows), s.Height)], "\n")
}
