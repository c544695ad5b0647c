package shell

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"frontdesk/tui"
	"frontdesk/tui/toast"
)

// Mask is the privacy mask. Views draw masked data; the shell applies Text to everything
// that it shows, copies or prints itself.
type Mask interface {
	// On reports whether the mask is on.
	On() bool
	// Text returns the text with personal data masked, or unchanged while the mask is off.
	Text(string) string
	// Toggle switches the mask and reports whether it is on now.
	Toggle() bool
}

// maskAction returns the action that toggles the mask. It is disabled while a dialog waits
// below another screen, because the text of the dialog depends on the mask.
func (m *Model) maskAction() tui.Action {
	a := tui.Action{ID: actMask, Title: "Privacy mask on", Group: groupEverywhere,
		Help: "Hides names, addresses, numbers, ids, pictures and places, also in what is copied."}
	if m.isMasked() {
		a.Title = "Privacy mask off"
	}
	switch {
	case m.conf.Mask == nil:
		a.Off = "there is no privacy mask here"
	case len(m.stashes) > 0:
		a.Off = "a question is open; esc goes back to it"
	}
	a.Do = func() tea.Cmd {
		t := tui.Toast{ID: "shell.mask", Text: "Privacy mask off", Transient: true}
		if m.conf.Mask.Toggle() {
			t.Text, t.Next = "Privacy mask on", "What you copy is masked too."
		}
		return tui.Notify(t)
	}
	return a
}

func (m *Model) isMasked() bool { return m.conf.Mask != nil && m.conf.Mask.On() }

// masked applies the mask to a text.
func (m *Model) masked(s string) string {
	if m.conf.Mask == nil {
		return s
	}
	return m.conf.Mask.Text(s)
}

func (m *Model) maskedAll(texts []string) []string {
	if !m.isMasked() {
		return texts
	}
	out := make([]string, len(texts))
	for i, s := range texts {
		out[i] = m.masked(s)
	}
	return out
}

func (m *Model) maskedToast(t tui.Toast) tui.Toast {
	t.Text, t.Next = m.masked(t.Text), m.masked(t.Next)
	return t
}

// shownToasts returns the toasts with the mask applied.
func (m *Model) shownToasts() *toast.Model {
	if !m.isMasked() {
		return &m.toasts
	}
	shown := m.toasts.Map(m.maskedToast)
	return &shown
}

func (m *Model) maskedActions(actions []tui.Action) []tui.Action {
	if !m.isMasked() {
		return actions
	}
	actions = slices.Clone(actions)
	for i := range actions {
		a := &actions[i]
		a.Title, a.Help, a.Group, a.Off = m.masked(a.Title), m.masked(a.Help), m.masked(a.Group), m.masked(a.Off)
	}
	return actions
}

func (m *Model) maskedMenu(menu tui.Menu) tui.Menu {
	if !m.isMasked() {
		return menu
	}
	menu.Title, menu.Context, menu.Items = m.masked(menu.Title), m.maskedAll(menu.Context), m.maskedActions(menu.Items)
	return menu
}

// maskedPrompt applies the mask to a prompt, except for the text to type and the values of
// fields, which the caller has masked already.
func (m *Model) maskedPrompt(p tui.Prompt) tui.Prompt {
	if !m.isMasked() {
		return p
	}
	p.Title, p.Heading, p.Note, p.WayBack = m.masked(p.Title), m.masked(p.Heading), m.masked(p.Note), m.masked(p.WayBack)
	p.Subject, p.Context, p.Warnings = m.maskedAll(p.Subject), m.maskedAll(p.Context), m.maskedAll(p.Warnings)
	p.Errors, p.Effects = m.maskedAll(p.Errors), m.maskedAll(p.Effects)
	p.EffectsFor, p.Namesakes, p.TypeSource = m.maskedEffects(p.EffectsFor), m.maskedNamesakes(p.Namesakes), m.masked(p.TypeSource)
	if validate := p.Validate; validate != nil {
		p.Validate = func(given tui.Answers) string { return m.masked(validate(given)) }
	}
	if find := p.FindConflict; find != nil {
		p.FindConflict = func(given tui.Answers) (field, what string) {
			field, what = find(given)
			return field, m.masked(what)
		}
	}
	p.Fields = slices.Clone(p.Fields)
	for i, f := range p.Fields {
		p.Fields[i].ServerError = m.masked(f.ServerError)
		if f.Link != nil {
			p.Fields[i].Link = &tui.Link{Name: m.masked(f.Link.Name), Open: f.Link.Open}
		}
	}
	return p
}

func (m *Model) maskedEffects(effects func(tui.Answers) []string) func(tui.Answers) []string {
	if effects == nil || !m.isMasked() {
		return effects
	}
	return func(given tui.Answers) []string { return m.maskedAll(effects(given)) }
}

func (m *Model) maskedNamesakes(n *tui.Namesakes) *tui.Namesakes {
	if n == nil || !m.isMasked() {
		return n
	}
	shown := *n
	shown.Lines = m.maskedAll(n.Lines)
	return &shown
}

func (m *Model) maskedLookup(msg tui.LookupMsg) tui.LookupMsg {
	msg.EffectsFor, msg.Context, msg.Namesakes = m.maskedEffects(msg.EffectsFor), m.maskedAll(msg.Context), m.maskedNamesakes(msg.Namesakes)
	return msg
}
