package action_test

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"frontdesk/views/user"
	"frontdesk/views/viewtest"
)

// In the smallest of usual windows the verdict stands on the screen, and its cause
// to the end; so does who it was about.
func TestOutcome_ComesBeforeTheUser(t *testing.T) {
	b := viewtest.New(t)
	u := b.FindUser("Daniel Reyes")
	b.Transport.Intercept(func(r *http.Request) (*http.Response, error) {
		if r.Method == http.MethodGet {
			return nil, nil
		}
		return &http.Response{StatusCode: 500, Request: r, Header: http.Header{}, Body: io.NopCloser(strings.NewReader("{}"))}, nil
	})
	d := b.Drive(user.NewDetail(b.Env, u), 80, 24)
	banned(d)
	d.Has("✗ It is unclear whether Daniel Reyes ·", "dreyes@pine.example was banned: the server answered",
		"with an error (HTTP 500)", "(not banned)", "esc dismiss")
	d.Lacks("not carried out", "Nothing was done")
	require.False(t, b.ReloadUser(u).Banned)
}

func TestOutcome_NamesEditedFields(t *testing.T) {
	b := viewtest.New(t)
	d, _ := sit(t, b, "Daniel Reyes")
	d.Press("e")
	d.Dialog().Expect("Edit user")
	d.Type("la")
	d.Press("down")
	d.Type("z")
	d.Press("ctrl+s", "y")
	reason(d)
	d.Press("y")
	d.Has("Saved the changes to Daniella Reyesz ·", "first name, last name; reason:")
}
