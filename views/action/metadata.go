package action

import (
	"cmp"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"frontdesk/api"
	"frontdesk/api/ops"
	"frontdesk/tui"
	"frontdesk/tui/textarea"
)

// metadataView edits a user's metadata: the stored objects in boxes, checked as
// one types; then what would change, line by line; then the question. What was
// typed stays until it is saved or thrown away.
type metadataView struct {
	env  *Env
	op   ops.Operation
	seen *api.User

	drafts []*draft
	at     int

	reviewing bool
	held      time.Time // until then letters are not the review's keys
	offset    int       // of the review, in lines
	lines     int       // of the review, and how many rows it had, when last drawn
	rows      int

	asked  bool // the change was sent
	busy   bool // and is not answered yet
	away   bool // the text is in the operator's editor
	gone   bool
	reason string
}

func newMetadata(env *Env, op ops.Operation, u *api.User) tui.View {
	v := &metadataView{env: env, op: op, seen: u}
	for _, f := range op.Fields {
		if f.Stored == nil {
			continue
		}
		d := &draft{field: f, edit: op.Edit, label: strings.ToLower(strings.TrimSuffix(f.Label, " metadata")), box: textarea.New()}
		d.begin(f.Stored(u))
		v.drafts = append(v.drafts, d)
	}
	return v
}

func (v *metadataView) draft() *draft { return v.drafts[v.at] }

func (v *metadataView) Title() string { return v.op.Title }

func (v *metadataView) Init() tea.Cmd { return nil }

// Update takes what was typed, what the editor left, and how it ended.
func (v *metadataView) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		return v.typed(msg)
	case tea.PasteMsg:
		if v.Typing() && !v.reviewing && !v.away {
			return v.change(tea.PasteMsg{Content: unseen(msg.Content)})
		}
	case lookedAtMsg:
		msg.draft.take(msg.found)
	case editedMsg:
		return v.fromEditor(msg)
	case UserChangedMsg:
		return v.changed(msg)
	case UserGoneMsg:
		v.gone = v.gone || msg.ID == v.seen.ID
	case unsavedMsg:
		v.unsaved(msg)
	case tui.TaskMsg:
		if msg.Key == (asked{op: v.op, seen: v.seen}).key() {
			v.busy = msg.Running
		}
	}
	return nil
}

// change gives the box a key or a paste, and has a long text looked at afterwards.
func (v *metadataView) change(msg tea.Msg) tea.Cmd {
	d := v.draft()
	before := d.box.Value()
	d.box.Update(msg)
	if d.box.Value() == before {
		return nil
	}
	d.refused = ""
	if len(d.box.Value()) > atOnce {
		return tui.Run(d.later(v.env))
	}
	d.settle()
	return nil
}

// changed keeps the person fresh. What is not being edited follows; what is
// stays, and says so. Once the change itself is through there is nothing left to
// do here.
func (v *metadataView) changed(msg UserChangedMsg) tea.Cmd {
	if msg.User == nil || msg.User.ID != v.seen.ID {
		return nil
	}
	v.seen = msg.User
	if v.asked && msg.By == v.op.ID {
		v.asked = false
		return tui.Pop()
	}
	for _, d := range v.drafts {
		d.compare(d.field.Stored(v.seen))
		if !d.touched() && d.clash {
			d.begin(d.stored)
		}
	}
	return nil
}

// unsaved goes back to the text with the server's words, or to the review where
// it is the person who changed.
func (v *metadataView) unsaved(msg unsavedMsg) {
	if msg.op != v.op.ID || msg.user != v.seen.ID || !v.asked {
		return
	}
	v.asked, v.reason = false, msg.reason
	for i, d := range v.drafts {
		if words := msg.fields[d.field.Name]; words != "" {
			d.refused = words
			v.turn(i)
			v.reviewing = false
		}
	}
}

// turn shows another of the fields.
func (v *metadataView) turn(to int) {
	v.at = (to + len(v.drafts)) % len(v.drafts)
}

// leave goes back: from the review to the text, from the text to the screen
// before. What was typed is thrown away only when that is agreed to.
func (v *metadataView) leave() tea.Cmd {
	if v.reviewing {
		v.reviewing = false
		return nil
	}
	if !v.dirty() {
		return tui.Pop()
	}
	return tui.Ask(tui.Prompt{
		Tier: tui.T1, Title: "Discard what you typed", Tone: tui.ToneWarn, Verb: "Discard", Safe: "Keep editing", Harmless: true,
		Effects: []string{"nothing was sent"}, OnConfirm: func(tui.Answers) tea.Cmd { return tui.Pop() },
	})
}

func (v *metadataView) dirty() bool {
	for _, d := range v.drafts {
		if d.settle(); d.changed() {
			return true
		}
	}
	return false
}

// review shows what would change, unless there is nothing or something is wrong.
func (v *metadataView) review() tea.Cmd {
	changed := false
	for i, d := range v.drafts {
		if !d.touched() {
			continue
		}
		d.settle()
		if why := cmp.Or(d.found.wrong, plain(d.found.unfit)); why != "" {
			v.turn(i)
			return tui.Notify(tui.Toast{ID: "metadata", Tone: tui.ToneWarn, Text: "The " + d.label + " metadata cannot be sent: " + why, Next: "Nothing was sent."})
		}
		changed = changed || len(d.found.changes) > 0
	}
	if !changed {
		return tui.Notify(tui.Toast{ID: "metadata", Tone: tui.ToneInfo, Text: "Nothing was changed", Next: "There is nothing to send."})
	}
	v.reviewing, v.offset = true, 0
	v.hold()
	return nil
}

// intent is the change as it is asked about.
func (v *metadataView) intent() asked {
	a := asked{op: v.op, seen: v.seen, answers: tui.Answers{fieldReason: v.reason}, typed: true}
	for _, d := range v.drafts {
		if d.settle(); len(d.found.changes) > 0 && d.found.unfit == nil {
			a.answers[d.field.Name] = string(d.found.value)
		}
	}
	return a
}

// ask asks the question about what was reviewed.
func (v *metadataView) ask() tea.Cmd {
	p := question(v.env, v.intent())
	send := p.OnConfirm
	p.OnConfirm = func(given tui.Answers) tea.Cmd {
		v.asked, v.reason = true, given[fieldReason]
		return send(given)
	}
	return tui.Ask(p)
}
