package action_test

import (
	"bytes"
	"io"
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"frontdesk/api"
	"frontdesk/api/sandbox/store"
	"frontdesk/tui/tuitest"
	"frontdesk/views/viewtest"
)

// patched keeps what is sent to change a user.
func patched(b *viewtest.Harness) *string {
	sent := new(string)
	b.Transport.Intercept(func(r *http.Request) (*http.Response, error) {
		if r.Method == http.MethodPatch {
			body, err := io.ReadAll(r.Body)
			if err != nil {
				return nil, err
			}
			*sent, r.Body = string(body), io.NopCloser(bytes.NewReader(body))
		}
		return nil, nil
	})
	return sent
}

// odd gives a person values that no box may draw as they are.
func odd(b *viewtest.Harness, u *api.User) {
	b.EditUser(u, func(r *store.User) {
		r.FirstName, r.LastName, r.ExternalID = "Ann ", "Be\u00ade\x1b[31m\u202e", "crm|77\u200b1 "
	})
}

func edit(d *tuitest.Driver) {
	d.Press("r", "e")
	d.Dialog().Expect("Edit user")
}

func TestEdit_UneditedIsNotSent(t *testing.T) {
	b := viewtest.New(t)
	d, u := sit(t, b, "Daniel Reyes")
	odd(b, u)
	sent := patched(b)
	edit(d)
	d.Has("Ann␣", "Be�e␛[31m�", "crm|77�1␣", "! hidden characters; typing replaces it all", "changes only what you edit")
	d.Lacks("\u200b", "\u00ad", "\u202e", "\x1b[31m\u202e")
	for range 6 { // past every field, and over "more"
		d.Press("tab")
	}
	reason(d)
	d.Press("y")
	d.Has("nothing was changed")
	require.Empty(t, *sent)
}

func TestEdit_SendsOnlyEditedFields(t *testing.T) {
	b := viewtest.New(t)
	d, u := sit(t, b, "Daniel Reyes")
	odd(b, u)
	sent := patched(b)
	edit(d)
	d.Press("tab", "tab", "tab", "tab")
	erase(d)
	d.Type("fr-CA ")
	d.Has("changes locale, and nothing else")
	d.Press("tab", "tab")
	reason(d)
	d.Press("y")
	d.Has("Saved the changes to")
	require.JSONEq(t, `{"locale":"fr-CA"}`, *sent, "the check knows that no language tag ends with a space")
	now := b.ReloadUser(u)
	require.Equal(t, []string{"Ann ", "Be\u00ade\x1b[31m\u202e", "crm|77\u200b1 "},
		[]string{now.FirstName.Raw(), now.LastName.Raw(), now.ExternalID.Raw()}, "byte for byte as before")
}

// Marks are not what anybody wrote: the first edit replaces the whole value, and
// what is sent is what was typed, without the spaces at its ends.
func TestEdit_TypingReplacesAMarkedValue(t *testing.T) {
	b := viewtest.New(t)
	d, u := sit(t, b, "Daniel Reyes")
	odd(b, u)
	sent := patched(b)
	edit(d)
	d.Press("left", "right")
	d.Has("Ann␣")
	d.Type("Anna ")
	d.Has("First name         Anna ")
	d.Press("tab")
	d.Paste("Berg")
	d.Press("tab", "tab", "backspace")
	d.Lacks("shown with marks")
	d.Has("changes first name, last name and external id")
	d.Press("tab", "tab", "tab")
	reason(d)
	d.Press("y")
	d.Has("Saved the changes to")
	require.JSONEq(t, `{"first_name":"Anna","last_name":"Berg","external_id":null}`, *sent)
}

// Asked again because somebody else changed the person, a field that nobody
// edited is what it is now, and their change is not taken back.
func TestEdit_AskedAgainKeepsChangesOfOthers(t *testing.T) {
	b := viewtest.New(t)
	d, u := sit(t, b, "Daniel Reyes")
	sent := patched(b)
	edit(d)
	d.Press("tab", "tab", "tab", "tab")
	erase(d)
	d.Type("fr-CA")
	d.Press("tab", "tab")
	reason(d)
	b.EditUser(u, func(r *store.User) { r.FirstName = "Danilo" })
	d.Advance(10e9)
	d.Press("y")
	require.Empty(t, *sent)
	d.Dialog().Expect("Edit user", "changed since you looked", "Danilo", "changes locale, and nothing else", "chargeback on three orders")
	d.Press("shift+tab", "enter", "y")
	d.Has("Saved the changes to Danilo Reyes")
	require.JSONEq(t, `{"locale":"fr-CA"}`, *sent)
	require.Equal(t, "Danilo", b.ReloadUser(u).FirstName.Raw())
}
