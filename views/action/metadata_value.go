package action

import (
	"bytes"
	"encoding/json"
	"strings"

	tea "charm.land/bubbletea/v2"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/api/ops"
	"frontdesk/api/wire"
	"frontdesk/tui"
	"frontdesk/views/userfmt"
)

// MetadataValueID is the id of the action that edits a single value where the metadata is
// on the screen. Elsewhere its key edits the user.
const MetadataValueID = "metadata.value"

// MergeMetadata is the id of the operation that saves a value.
const MergeMetadata = "update_user_metadata"

// fieldValue is the name of the field in the question about a value.
const fieldValue = "value"

// metadataValue is one string, number or boolean in a metadata object.
type metadataValue struct {
	field ops.Field // the object
	path  []string
	old   json.RawMessage
}

// MetadataValueAction edits one value of the metadata in a question, without the editor
// of the whole object.
func MetadataValueAction(env *Env, u *api.User) tui.Action {
	a := tui.Action{ID: "metadata.choose", Title: "Edit a metadata value", FooterLabel: "edit a value", Keywords: []string{"change metadata", "attributes"},
		Group: string(ops.GroupData), Help: "Changes one value and leaves the rest as it is.", Does: "changes one value and leaves the rest as it is"}
	op, known := env.Catalogue.Get(MergeMetadata)
	if !known || u == nil {
		a.Off = "nobody is selected"
		return a
	}
	if a.Off, _ = Availability(env, op, u); a.Off != "" {
		return a
	}
	if !hasMetadata(op, u) {
		a.Off = "no metadata is stored"
		return a
	}
	a.Do = func() tea.Cmd { return chooseValue(env, valueOperation(op), u) }
	return a
}

// valueOperation returns the operation, worded as an edit of one value.
func valueOperation(op ops.Operation) ops.Operation {
	op.Title, op.Verb, op.Doing, op.Done = "Edit a metadata value", "Save", "Changing the metadata", "Changed the metadata"
	op.Effects = func(ops.Subject) []string { return []string{"leaves everything else in the metadata as it is"} }
	return op
}

func hasMetadata(op ops.Operation, u *api.User) bool {
	for _, f := range op.Fields {
		if raw := bytes.TrimSpace(f.CurrentJSON(u)); len(raw) > 0 && !bytes.Equal(raw, []byte("{}")) && !bytes.Equal(raw, []byte("null")) {
			return true
		}
	}
	return false
}

// chooseValue asks about the only value, or opens a menu of all of them.
func chooseValue(env *Env, op ops.Operation, u *api.User) tea.Cmd {
	m := tui.Menu{Title: "Edit which value?", Context: []string{strings.Join(userfmt.Identify(env.Shown(u)), "   ")}}
	for _, f := range op.Fields {
		for _, v := range valuesIn(f, nil, f.CurrentJSON(u)) {
			m.Items = append(m.Items, tui.Action{ID: "value", Title: v.name(), Does: clean.NewText(string(v.old)).Display(), Group: f.Label, Off: v.whyNot(),
				Do: func() tea.Cmd { return tui.Ask(newPrompt(env, attempt{op: op, user: u, value: &v})) }})
		}
	}
	if len(m.Items) == 1 && m.Items[0].Off == "" {
		return m.Items[0].Do()
	}
	return tui.OpenMenu(m)
}

// maxValueDepth is the depth from which objects are listed as a whole.
const maxValueDepth = 12

// valuesIn returns the values of an object and of the objects in it, in their order. An
// object that cannot be read has none.
func valuesIn(f ops.Field, under []string, raw json.RawMessage) (all []metadataValue) {
	dec := json.NewDecoder(bytes.NewReader(raw))
	if open, err := dec.Token(); err != nil || open != json.Delim('{') {
		return nil
	}
	for dec.More() {
		key, err := dec.Token()
		if err != nil {
			return all
		}
		var value json.RawMessage
		if err := dec.Decode(&value); err != nil {
			return all
		}
		name, _ := key.(string)
		path := append(append([]string(nil), under...), name)
		if inner := valuesIn(f, path, value); len(inner) > 0 && len(path) < maxValueDepth {
			all = append(all, inner...)
			continue
		}
		all = append(all, metadataValue{f, path, value})
	}
	return all
}

// name is the path of the value as a screen shows it.
func (v metadataValue) name() string { return clean.NewText(strings.Join(v.path, ".")).Display() }

// whyNot returns why the value cannot be edited by itself, "" if it can.
func (v metadataValue) whyNot() string {
	switch v.old[0] {
	case '[':
		return "a list; Merge metadata edits it"
	case '{':
		return "an object; Merge metadata edits it"
	}
	return ""
}

// text is the stored value as it is edited; that of null is empty.
func (v metadataValue) text() string {
	var s string
	switch {
	case v.old[0] == 'n':
		return ""
	case v.old[0] == '"' && json.Unmarshal(v.old, &s) == nil:
		return s
	}
	return string(v.old)
}

// encode returns what was typed as JSON of the kind that is stored, or what is wrong with
// it.
func (v metadataValue) encode(typed string) (value json.RawMessage, wrong string) {
	if v.old[0] == '"' || v.old[0] == 'n' {
		value, err := wire.Encode(typed)
		if err != nil {
			return nil, "cannot be stored"
		}
		return value, ""
	}
	typed = strings.TrimSpace(typed)
	isBool := typed == "true" || typed == "false"
	switch {
	case v.old[0] == 't' || v.old[0] == 'f':
		if !isBool {
			return nil, "must be true or false"
		}
	case isBool || !json.Valid([]byte(typed)) || strings.ContainsAny(typed[:1], `"[{n`):
		return nil, "must be a number; Merge metadata can make it something else"
	}
	return json.RawMessage(typed), ""
}

// patch returns the value of the object's field that changes it to what was typed; ok is
// false if that cannot be stored or changes nothing.
func (v metadataValue) patch(typed string) (patch string, ok bool) {
	value, wrong := v.encode(typed)
	if wrong != "" || typed == v.text() {
		return "", false
	}
	var nested any = value
	for i := len(v.path) - 1; i >= 0; i-- {
		nested = map[string]any{v.path[i]: nested}
	}
	raw, err := wire.Encode(nested)
	return string(raw), err == nil
}

// promptField is the field of the question.
func (v metadataValue) promptField(a attempt) tui.Field {
	text, given := v.text(), false
	if typed, there := a.answers[fieldValue]; there {
		text, given = typed, typed != v.text()
	}
	return tui.Field{Name: fieldValue, Label: v.name(), Value: text, Edited: a.typed && given, Display: markedValue(text, given),
		ServerError: a.fieldErrors[v.field.Name],
		Validate:    func(typed string) string { _, wrong := v.encode(typed); return wrong }}
}

// setPatch sets the answer for the object to the patch that the typed value results in.
func (v metadataValue) setPatch(answers tui.Answers) {
	delete(answers, v.field.Name)
	typed, given := answers[fieldValue]
	if patch, ok := v.patch(typed); given && ok {
		answers[v.field.Name] = patch
	}
}

// editsObject reports whether the attempt comes from the editor of whole metadata objects,
// which stays open until the attempt has ended.
func (a attempt) editsObject() bool { return a.op.Edit != nil && a.value == nil }
