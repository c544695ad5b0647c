package runbook_test

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"frontdesk/api"
	"frontdesk/api/journal"
	"frontdesk/api/sandbox/store"
	"frontdesk/tui/tuitest"
	"frontdesk/views/runbook"
	"frontdesk/views/user"
	"frontdesk/views/viewtest"
)

const (
	oldAddress = "priya.raman@mail.example"
	newAddress = "priya.raman@mail-relay.example"
)

// desk is a console with a journal, in front of the directory.
type desk struct {
	*viewtest.Harness
	journal *journal.Journal
}

func newDesk(t *testing.T) *desk {
	b := viewtest.New(t)
	b.Env.NewUserView, b.Env.RunbookActions = user.NewDetail, runbook.Actions
	return &desk{b, b.Record(nil)}
}

// takenOver is Priya, whose primary address is the intruder's since twenty minutes ago.
func (k *desk) takenOver() *api.User {
	k.Helper()
	u := k.FindUser(oldAddress)
	at := k.Clock.Now().Add(-20 * time.Minute).UnixMilli()
	k.EditUser(u, func(r *store.User) {
		r.Emails = slices.DeleteFunc(r.Emails, func(e store.Email) bool { return e.Address != oldAddress })
		r.Emails = append([]store.Email{{ID: "idn_intruder", Address: newAddress, CreatedAt: at, UpdatedAt: at, Verification: r.Emails[0].Verification}}, r.Emails...)
		r.PrimaryEmailID = "idn_intruder"
	})
	return k.ReloadUser(u)
}

// open opens a sequence from the action menu of the person.
func (k *desk) open(u *api.User, title string) *tuitest.Driver {
	k.Helper()
	d := k.Drive(user.NewDetail(k.Env, u), 120, 40)
	d.Press("x")
	d.Type(title)
	d.Press("enter")
	d.Has("› "+title, "Summary for the ticket")
	return d
}

// agree answers a T2 question.
func agree(d *tuitest.Driver, title string) {
	d.Dialog().Expect(title)
	d.Type(givenReason)
	d.Press("enter", "y")
}

// agreeStrictly answers a T3 question about a person by what their phone or id ends in.
func agreeStrictly(d *tuitest.Driver, title, last4 string) {
	d.Dialog().Expect(title)
	for range 3 {
		d.Press("space", "enter")
	}
	d.Type(givenReason)
	d.Press("enter")
	d.Type(last4)
	d.Press("enter", "y")
}

func lastFour(u *api.User) string {
	raw := u.ID.Raw()
	if phone := u.Phone().Raw(); phone != "" {
		raw = phone
	}
	return raw[len(raw)-4:]
}

const givenReason = "called from the number on file"

// agreeAgain answers a T2 question of a case in which a reason was given before.
func agreeAgain(d *tuitest.Driver, title string) {
	d.Dialog().Expect(title, givenReason)
	d.Press("enter", "y")
}

// agreeStrictlyAgain is the same for a T3 question.
func agreeStrictlyAgain(d *tuitest.Driver, title, last4 string) {
	d.Dialog().Expect(title, givenReason)
	for range 3 {
		d.Press("space", "enter")
	}
	d.Press("enter")
	d.Type(last4)
	d.Press("enter", "y")
}

// cursor is the line with the cursor.
func cursor(d *tuitest.Driver) string {
	for line := range strings.Lines(d.Screen()) {
		if strings.HasPrefix(line, " ▌") {
			return line
		}
	}
	return ""
}

func (k *desk) entries() []journal.Entry {
	k.Helper()
	all, err := k.journal.Read(k.Context(), journal.Filter{})
	require.NoError(k, err)
	slices.Reverse(all)
	return all
}

func chromeKey(u *api.User) string {
	for _, p := range u.Passkeys {
		if p.Name.Raw() == "Chrome on Windows" {
			return p.ID.Raw()
		}
	}
	return ""
}

// refuse answers the request with 422.
func refuse(method, path string) func(*http.Request) (*http.Response, error) {
	return func(r *http.Request) (*http.Response, error) {
		if r.Method != method || r.URL.Path != path {
			return nil, nil
		}
		w := httptest.NewRecorder()
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(http.StatusUnprocessableEntity)
		_, _ = w.WriteString(`{"errors":[{"code":"last_identification","message":"it is needed"}]}`)
		return w.Result(), nil
	}
}
