package action_test

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"frontdesk/api"
	"frontdesk/api/journal"
	"frontdesk/tui/tuitest"
	"frontdesk/views/viewtest"
)

// editValue opens the question about a value from the tab of the metadata.
func editValue(d *tuitest.Driver, name string) {
	d.Press("6", "e")
	if !d.Asking() {
		d.Has("Edit which value?")
		d.Type(name)
		d.Press("enter")
	}
	d.Dialog().Expect("Edit a metadata value", name)
}

// The kind of a value stays, and so does everything else in the object, to the digit.
func TestMetadataValue_ChangesOneValueOfItsKind(t *testing.T) {
	for name, edit := range map[string]struct{ typed, sent string }{
		"plan":      {"gold <b>", `{"public_metadata":{"plan":"gold <b>"}}`},
		"crm.score": {"93", `{"public_metadata":{"crm":{"score":93}}}`},
		"crm.vip":   {"false", `{"public_metadata":{"crm":{"vip":false}}}`},
		"nickname":  {"Dan", `{"public_metadata":{"nickname":"Dan"}}`},
	} {
		b := viewtest.New(t)
		d, _ := stored(t, b, api.Metadata{Public: object(`{"plan":"12","nickname":null,"crm":{"id":9007199254740993,"score":92,"vip":true},"tags":["a"]}`)})
		sent := bodies(b, http.MethodPatch)
		editValue(d, name)
		d.Press("ctrl+u")
		d.Type(edit.typed)
		d.Has(name, "→", "leaves everything else")
		d.Press("enter")
		reason(d)
		d.Press("y")
		d.WaitFor("Changed the metadata of Daniel Reyes")
		require.Len(t, *sent, 1, name)
		require.JSONEq(t, edit.sent, (*sent)[0], name)
	}
}

func TestMetadataValue_RefusesAnotherKind(t *testing.T) {
	b := viewtest.New(t)
	d, _ := stored(t, b, api.Metadata{Public: object(`{"score":92,"vip":true,"tags":["a"],"more":{}}`)})
	sent := bodies(b, http.MethodPatch)
	for name, what := range map[string]string{"score": "must be a number", "vip": "must be true or false"} {
		editValue(d, name)
		for _, typed := range []string{"many", "null", `"9"`, ""} {
			d.Press("ctrl+u")
			d.Type(typed)
			d.Press("tab")
			d.Has(what)
			d.Press("shift+tab")
		}
		d.Press("esc", "esc") // and discards it
		d.Has("Overview")
		require.False(t, d.Asking(), d.Screen())
	}
	d.Press("e")
	d.Has("a list; Merge metadata edits it", "an object; Merge metadata edits it")
	d.Press("esc")
	editValue(d, "score")
	d.Press("enter")
	reason(d)
	d.Press("y")
	d.Has("nothing was changed")
	require.Empty(t, *sent)
}

func TestMetadataValue_IsUndone(t *testing.T) {
	b := viewtest.New(t)
	b.Record(nil)
	d, u := stored(t, b, api.Metadata{Public: object(`{}`), Private: object(`{"plan":"silver","id":1}`)})
	editValue(d, "plan")
	d.Press("ctrl+u")
	d.Type("gold")
	d.Press("enter")
	reason(d)
	d.Has("plan in the private metadata")
	d.Press("y")
	d.WaitFor("Changed the metadata")
	require.JSONEq(t, `{"plan":"gold","id":1}`, string(b.ReloadUser(u).PrivateMetadata))
	all, err := b.OpenJournal(nil).Read(t.Context(), journal.Filter{})
	require.NoError(t, err)
	require.Equal(t, "update_user_metadata", all[0].Record.Operation)
	require.Equal(t, "chargeback on three orders", all[0].Record.Reason)
	d.Press("z")
	d.Has("Undo “")
	d.Dialog().Expect(d.Model.Dialog().Prompt().Title, "Undo “", "” of today")
	reason(d)
	d.Press("y")
	d.Settle()
	require.JSONEq(t, `{"plan":"silver","id":1}`, string(b.ReloadUser(u).PrivateMetadata), d.Screen())
}

// What the server refuses is asked about again, with what was typed.
func TestMetadataValue_KeepsARefusedValue(t *testing.T) {
	b := viewtest.New(t)
	d, u := stored(t, b, api.Metadata{Public: object(`{"plan":"silver"}`)})
	editValue(d, "plan")
	d.Press("ctrl+u")
	d.Type("tin")
	d.Press("enter")
	reason(d)
	b.Transport.Intercept(func(r *http.Request) (*http.Response, error) {
		if r.Method != http.MethodPatch {
			return nil, nil
		}
		body := `{"errors":[{"code":"form_param_value_invalid","message":"is invalid","long_message":"plan is not one of ours","meta":{"param_name":"public_metadata"}}]}`
		return &http.Response{StatusCode: 422, Header: http.Header{"Content-Type": {"application/json"}}, Body: io.NopCloser(strings.NewReader(body)), Request: r}, nil
	})
	d.Press("y")
	d.WaitFor("not one of ours")
	d.Dialog().Expect("Edit a metadata value", "tin", "Nothing was done")
	b.Transport.Intercept(nil)
	d.Press("ctrl+u")
	d.Type("gold")
	d.Press("enter", "y")
	d.WaitFor("Changed the metadata")
	require.JSONEq(t, `{"plan":"gold"}`, string(b.ReloadUser(u).PublicMetadata))
}

// Without a value the key opens the editor of the whole; on other tabs it edits the user.
func TestMetadataValue_WithoutMetadataOpensTheEditor(t *testing.T) {
	b := viewtest.New(t)
	d, _ := stored(t, b, api.Metadata{Public: object(`{}`), Private: object(`{}`), Unsafe: object(`{}`)})
	d.Press("6", "e")
	d.Has("Merge metadata", "No changes yet")
	d.Press("esc")
	pick(d, "Edit a metadata value")
	d.Has("no metadata is stored")
	d.Press("esc", "1", "e")
	d.Dialog().Expect("Edit user")
}
