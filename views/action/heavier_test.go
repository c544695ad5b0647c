package action_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"frontdesk/views/viewtest"
)

// A form in which a second factor is filled in is asked about once more, with all
// that a change of the sign-in is asked with.
func TestEdit_OfSignInNeedsFullConfirmation(t *testing.T) {
	b := viewtest.New(t)
	d, u := sit(t, b, "Daniel Reyes")
	d.Resize(120, 70)
	d.Press("e")
	d.Dialog().Expect("Edit user")
	d.Press("enter", "enter", "enter", "enter", "enter", "space") // to the line of the rare ones, which opens
	op, _ := b.Env.Catalogue.Get("update_user")
	rare := 0
	for _, f := range op.Fields {
		if f.Name == "backup_codes" {
			break
		}
		if f.IsAdvanced {
			rare++
		}
	}
	for range rare {
		d.Press("tab")
	}
	d.Type("harbour-1,harbour-2")
	d.Has("replaces the backup codes")
	d.Lacks("harbour-1")
	d.Press("ctrl+s", "y") // the reason is missing, and the focus goes there
	reason(d)
	d.Press("y")
	d.Dialog().Expect("Edit user", "This changes how they sign in", "you reached the caller on a phone", "chargeback on three orders")
	require.Empty(t, lastPatch(b), "nothing is sent before")
	d.Press("space", "enter", "space", "enter", "space", "ctrl+s")
	d.Advance(1e9)
	d.Press("y")
	d.Has("✗ that does not match", "This cannot be undone.")
	d.Type(lastFour(u))
	d.Press("enter", "y")
	d.Has("Saved the changes to Daniel Reyes")
	require.Equal(t, "PATCH /v1/users/"+u.ID.Raw(), lastPatch(b))
	d.Press("z")
	d.Has("Undo: Edit user cannot be undone")
}

// lastPatch is the last PATCH that was sent.
func lastPatch(b *viewtest.Harness) (last string) {
	for _, line := range b.Transport.Requests() {
		if strings.HasPrefix(line, http.MethodPatch) {
			last = line
		}
	}
	return last
}
