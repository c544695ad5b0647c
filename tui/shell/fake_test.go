package shell_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"frontdesk/tui"
	"frontdesk/tui/shell"
	"frontdesk/tui/tuitest"
)

// page is a View that records what it receives.
type page struct {
	title   string
	actions []tui.Action
	typing  bool
	content string
	cursor  *tea.Cursor
	status  string
	areas   []tui.HitArea
	ticker  bool
	start   tea.Cmd
	facts   []tea.Msg
	keys    []string
	drawn   tui.Screen
	react   func(tea.Msg) tea.Cmd
}

func (p *page) Title() string { return p.title }
func (p *page) Init() tea.Cmd { return p.start }
func (p *page) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		p.keys = append(p.keys, tea.Key(msg).String())
	case tea.PasteMsg:
		p.keys = append(p.keys, "paste:"+msg.Content)
	default:
		p.facts = append(p.facts, msg)
	}
	if p.react != nil {
		return p.react(msg)
	}
	return nil
}
func (p *page) Actions() []tui.Action { return p.actions }
func (p *page) Typing() bool          { return p.typing }
func (p *page) NextTick() time.Duration {
	if !p.ticker {
		return 0
	}
	return time.Second
}
func (p *page) View(s tui.Screen) tui.Frame {
	p.drawn = s
	content := p.content
	if content == "" {
		content = "this is " + p.title
	}
	return tui.Frame{Content: content, Cursor: p.cursor, Status: p.status, HitAreas: p.areas}
}

// received returns the messages of one type that a page received, as text.
func received[T tea.Msg](p *page) []string {
	var out []string
	for _, f := range p.facts {
		if t, ok := f.(T); ok {
			out = append(out, fmt.Sprintf("%v", t))
		}
	}
	return out
}

type fact string

func do(cmd tea.Cmd) func() tea.Cmd { return func() tea.Cmd { return cmd } }

func drive(t testing.TB, root tui.View, more ...tui.Binding) *tuitest.Driver {
	return tuitest.Drive(t, shell.Config{Root: root, Keys: tuitest.Keys(t, more...), Operator: "jo@ops-2"}, 100, 30)
}

func lines(s string) []string { return strings.Split(s, "\n") }
