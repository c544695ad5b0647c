package action

import (
	"bytes"
	"context"
	"encoding/json"
	"time"

	tea "charm.land/bubbletea/v2"

	"frontdesk/api"
	"frontdesk/api/ops"
	"frontdesk/tui"
	"frontdesk/tui/textarea"
)

// draft is one of the fields as it is being edited.
type draft struct {
	field ops.Field
	edit  *ops.Edit
	label string // "public"
	// base is the stored object from which editing began; stored is what is there
	// now, and clash says that somebody else made it another one.
	base, stored json.RawMessage
	clash        bool
	began        string // what the box held at first
	box          *textarea.Model
	found        finding // of the text in the box, or of an earlier one
	refused      string  // the server's words; they go when the text is edited
	review       review  // as it was last found out
}

// finding is what there is to say of a text.
type finding struct {
	text    string
	wrong   string          // why it cannot be sent, "" when it can
	changes []ops.Change    // from where editing began; none where it is wrong
	value   json.RawMessage // what the operation is given
	unfit   error           // why the operation cannot do it
	size    string
	over    bool
}

// look finds out what there is to say. Of the longest text that a field takes it
// needs some 20 ms.
func look(edit *ops.Edit, base json.RawMessage, text string) finding {
	f := finding{text: text}
	f.size, f.over = sizeWords([]byte(text))
	if err := api.CheckMetadata([]byte(text)); err != nil {
		f.wrong = err.Error()
		return f
	}
	f.changes, _ = ops.Changes(base, json.RawMessage(text)) // the text was checked
	f.value, f.unfit = edit.Value(base, json.RawMessage(text))
	return f
}

// atOnce is how long a text, in bytes, is looked at with every key. A longer one is
// looked at once nothing has been typed for a moment.
const (
	atOnce = 4 << 10
	lull   = 150 * time.Millisecond
)

// lookedAtMsg is what was found out about a draft's text.
type lookedAtMsg struct {
	draft *draft
	found finding
}

// later looks at the text as it is now, unless it is typed on meanwhile.
func (d *draft) later(env *Env) tui.Task {
	edit, base, text := d.edit, d.base, d.box.Value()
	return tui.Task{Key: "metadata.look " + d.field.Name, Replace: true, Run: func(ctx context.Context, _ func(tui.Progress)) tea.Msg {
		if env.Pause(ctx, lull) != nil {
			return nil
		}
		return lookedAtMsg{d, look(edit, base, text)}
	}}
}

// take takes what was found out, if it is about the text that is there.
func (d *draft) take(f finding) {
	if f.text == d.box.Value() {
		d.found = f
	}
}

// current says that what was found out is about the text that is there.
func (d *draft) current() bool { return d.found.text == d.box.Value() }

// settle finds it out now: for what goes by it.
func (d *draft) settle() {
	if !d.current() {
		d.found = look(d.edit, d.base, d.box.Value())
	}
}

// begin starts from a stored object.
func (d *draft) begin(stored json.RawMessage) {
	d.base, d.stored, d.clash, d.found = stored, stored, false, finding{}
	d.set(editable(stored))
	d.began = d.box.Value()
}

// set puts a text into the box.
func (d *draft) set(text string) {
	d.box.SetValue(text)
	d.refused = ""
	d.settle()
}

// compare takes what is stored now.
func (d *draft) compare(stored json.RawMessage) {
	found, err := ops.Changes(d.base, stored)
	d.stored, d.clash = stored, err == nil && len(found) > 0
}

// touched says that something was typed, also where it comes to the same value.
func (d *draft) touched() bool { return d.box.Value() != d.began }

// changed says that there is something to send, or that it will not do.
func (d *draft) changed() bool {
	return d.touched() && (d.found.wrong != "" || len(d.found.changes) > 0)
}

// review is what a value makes of what is stored.
type review struct {
	value, stored json.RawMessage
	changes       []ops.Change
	after         json.RawMessage
	err           error
}

// becomes is what would change of what is stored now, which is not always what
// the operator changed: somebody else may have been at it. It is drawn at every
// key, so it is kept.
func (d *draft) becomes() review {
	if r := d.review; r.value != nil && bytes.Equal(r.value, d.found.value) && bytes.Equal(r.stored, d.stored) {
		return r
	}
	r := review{value: d.found.value, stored: d.stored, err: d.found.unfit}
	if r.err == nil {
		r.after, r.err = d.edit.Becomes(d.stored, r.value)
	}
	if r.err == nil {
		r.changes, r.err = ops.Changes(d.stored, r.after)
	}
	d.review = r
	return r
}
