package action

import (
	"encoding/json"
	"strings"
	"time"

	"charm.land/bubbles/v2/textarea"
	tea "charm.land/bubbletea/v2"

	"frontdesk/api"
	"frontdesk/api/ops"
	"frontdesk/tui"
	"frontdesk/views/action/wording"
)

// metadataView edits a user's metadata: each object in a text box, checked as it is
// typed, then a review of the changes, then the question. Edits stay until they are
// saved or discarded.
type metadataView struct {
	env  *Env
	op   ops.Operation
	user *api.User

	drafts  []*draft
	current int

	reviewing   bool
	keysFrom    time.Time // letters typed in the review before then are ignored
	offset      int       // of the review, in lines
	lines, rows int       // of the review and of its window, in the last frame

	sent     bool // the change was sent
	busy     bool // and its outcome is not known yet
	inEditor bool // the text is open in the operator's editor
	gone     bool // the user no longer exists
	reason   string
	ticket   string
}

// draft is one metadata object that is being edited.
type draft struct {
	field ops.Field
	label string // "public"
	// base is the stored object when editing began, stored the one last read.
	base, stored json.RawMessage
	initial      string // the text when editing began
	box          textarea.Model
	invalid      string // why the text cannot be sent, "" if it can
	refused      string // the server's error, until the text is edited
}

func newMetadata(env *Env, op ops.Operation, u *api.User) tui.View {
	v := &metadataView{env: env, op: op, user: u}
	for _, f := range op.Fields {
		if f.CurrentJSON == nil {
			continue
		}
		d := &draft{field: f, label: strings.ToLower(strings.TrimSuffix(f.Label, " metadata")), box: newBox()}
		d.reset(f.CurrentJSON(u))
		v.drafts = append(v.drafts, d)
	}
	v.draft().box.Focus()
	return v
}

// maxLines exceeds the lines that 8 KB of JSON can have.
const maxLines = 9999

func newBox() textarea.Model {
	box := textarea.New()
	box.Prompt, box.CharLimit, box.MaxHeight, box.MaxWidth = "", 0, maxLines, 0
	box.SetVirtualCursor(false)
	// Paste and CopySelection would run a program to access the clipboard, and the
	// key of DeleteAfterCursor means something else in this program.
	box.KeyMap.Paste.SetEnabled(false)
	box.KeyMap.CopySelection.SetEnabled(false)
	box.KeyMap.DeleteAfterCursor.SetEnabled(false)
	return box
}

// reset begins editing a stored object.
func (d *draft) reset(stored json.RawMessage) {
	d.base, d.stored = stored, stored
	d.set(editableJSON(stored))
	d.initial = d.box.Value()
	d.box.MoveToBegin()
}

// set replaces the text in the box.
func (d *draft) set(text string) {
	d.box.SetValue(text)
	d.revalidate()
}

// revalidate checks the text.
func (d *draft) revalidate() {
	d.invalid, d.refused = "", ""
	if err := api.CheckMetadata([]byte(d.box.Value())); err != nil {
		d.invalid = err.Error()
	}
}

// isTouched reports whether the text was edited, even if its value is the same.
func (d *draft) isTouched() bool { return d.box.Value() != d.initial }

// changes returns the differences between base and the text, nil if the text is
// invalid.
func (d *draft) changes() []ops.Change {
	if d.invalid != "" {
		return nil
	}
	changes, _ := ops.DiffMetadata(d.base, json.RawMessage(d.box.Value())) // the text was checked
	return changes
}

// hasConflict reports whether someone else has changed the object since editing
// began.
func (d *draft) hasConflict() bool {
	changes, err := ops.DiffMetadata(d.base, d.stored)
	return err == nil && len(changes) > 0
}

func (v *metadataView) draft() *draft { return v.drafts[v.current] }

func (v *metadataView) Title() string { return v.op.Title }

func (v *metadataView) Init() tea.Cmd { return nil }

// Update implements [tui.View].
func (v *metadataView) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		return v.handleKey(msg)
	case tea.PasteMsg:
		if v.Typing() && !v.reviewing && !v.inEditor {
			v.edit(tea.PasteMsg{Content: escapeInvisible(strings.TrimPrefix(msg.Content, "\ufeff"))})
		}
	case editedMsg:
		return v.editorClosed(msg)
	case UserChangedMsg:
		return v.userChanged(msg)
	case UserGoneMsg:
		v.gone = v.gone || msg.ID == v.user.ID
	case refusedEditMsg:
		v.showRefusal(msg)
	case tui.TaskMsg:
		if msg.Key == v.attempt().key() {
			v.busy = msg.Running
		}
	}
	return nil
}

func (v *metadataView) edit(msg tea.Msg) {
	d := v.draft()
	before := d.box.Value()
	d.box, _ = d.box.Update(msg)
	if d.box.Value() != before {
		d.revalidate()
	}
}

// userChanged updates the user. Untouched drafts follow the stored object, edited
// ones show a conflict. After this screen's own change the screen closes.
func (v *metadataView) userChanged(msg UserChangedMsg) tea.Cmd {
	if msg.User == nil || msg.User.ID != v.user.ID {
		return nil
	}
	v.user = msg.User
	if v.sent && msg.By == v.op.ID {
		v.sent = false
		return tui.Pop()
	}
	for _, d := range v.drafts {
		d.stored = d.field.CurrentJSON(v.user)
		if !d.isTouched() && d.hasConflict() {
			d.reset(d.stored)
		}
	}
	return nil
}

// showRefusal shows the server's errors at the text, or returns to the review if
// there are none.
func (v *metadataView) showRefusal(msg refusedEditMsg) {
	if msg.op != v.op.ID || msg.user != v.user.ID || !v.sent {
		return
	}
	v.sent, v.reason = false, msg.reason
	for i, d := range v.drafts {
		if words := msg.fields[d.field.Name]; words != "" {
			d.refused = words
			v.showDraft(i)
			v.reviewing = false
		}
	}
}

// showDraft switches to another draft.
func (v *metadataView) showDraft(to int) {
	v.draft().box.Blur()
	v.current = (to + len(v.drafts)) % len(v.drafts)
	v.draft().box.Focus()
}

// leave returns from the review to the text, and from the text to the previous
// screen. It asks before it discards edits.
func (v *metadataView) leave() tea.Cmd {
	if v.reviewing {
		v.reviewing = false
		return nil
	}
	if !v.isDirty() {
		return tui.Pop()
	}
	return tui.Ask(tui.Prompt{
		Tier: tui.T1, Title: "Discard what you typed", Tone: tui.ToneWarn, Verb: "Discard", CancelLabel: "Keep editing", ReadOnly: true,
		Effects: []string{"nothing was sent"}, OnConfirm: func(tui.Answers) tea.Cmd { return tui.Pop() },
	})
}

func (v *metadataView) isDirty() bool {
	for _, d := range v.drafts {
		if d.isTouched() && (d.invalid != "" || len(d.changes()) > 0) {
			return true
		}
	}
	return false
}

// review opens the review, unless nothing has changed or something is invalid.
func (v *metadataView) review() tea.Cmd {
	changed := false
	for i, d := range v.drafts {
		if !d.isTouched() {
			continue
		}
		_, err := v.value(d)
		if d.invalid != "" || err != nil {
			v.showDraft(i)
			why := d.invalid
			if err != nil {
				why = wording.Error(err)
			}
			return tui.Notify(tui.Toast{ID: "metadata", Tone: tui.ToneWarn, Text: "The " + d.label + " metadata cannot be sent: " + why, Next: "Nothing was sent."})
		}
		changed = changed || len(d.changes()) > 0
	}
	if !changed {
		return tui.Notify(tui.Toast{ID: "metadata", Tone: tui.ToneInfo, Text: "Nothing was changed", Next: "There is nothing to send."})
	}
	v.reviewing, v.offset = true, 0
	v.holdKeys()
	return nil
}

// value returns the value of the draft's field in the request.
func (v *metadataView) value(d *draft) (json.RawMessage, error) {
	if d.invalid != "" {
		return nil, nil
	}
	return v.op.Edit.Diff(d.base, json.RawMessage(d.box.Value()))
}

// attempt returns the attempt to save the changes.
func (v *metadataView) attempt() attempt {
	a := attempt{op: v.op, user: v.user, answers: tui.Answers{fieldReason: v.reason, fieldTicket: v.ticket}, typed: true}
	for _, d := range v.drafts {
		if len(d.changes()) == 0 {
			continue
		}
		if value, err := v.value(d); err == nil {
			a.answers[d.field.Name] = string(value)
		}
	}
	return a
}

// ask asks about the reviewed changes.
func (v *metadataView) ask() tea.Cmd {
	p := newPrompt(v.env, v.attempt())
	send := p.OnConfirm
	p.OnConfirm = func(given tui.Answers) tea.Cmd {
		v.sent, v.reason, v.ticket = true, given[fieldReason], given[fieldTicket]
		return send(given)
	}
	return tui.Ask(p)
}
