package action_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"frontdesk/api"
	"frontdesk/views/viewtest"
)

// member is somebody of the demo who is in an organization, and its name.
func member(t *testing.T, b *viewtest.Harness) (name, organization string) {
	t.Helper()
	people, err := b.Env.Client.ListUsers(t.Context(), api.Query{Limit: 100})
	require.NoError(t, err)
	for _, u := range people {
		page, err := b.Env.Client.Memberships(t.Context(), u.ID, 1, 0)
		require.NoError(t, err)
		if len(page.Rows) > 0 && u.Email().Raw() != "" && !u.Banned && !u.Locked {
			return u.Email().Raw(), page.Rows[0].Organization.Name.Display()
		}
	}
	t.Fatal("nobody is in an organization")
	return "", ""
}

func TestQuestion_NamesTheOrganizationItLearns(t *testing.T) {
	b := viewtest.New(t)
	mail, organization := member(t, b)
	for _, title := range []string{"Ban user", "Lock user", "Delete user"} {
		d, _ := sit(t, b, mail)
		pick(d, title)
		d.Dialog().Expect(title, organization+" · ")
	}
	d, _ := sit(t, b, "Elin Berg")
	pick(d, "Edit user")
	d.Dialog().Expect("Edit user")
	require.NotContains(t, d.Screen(), organization, "nothing is taken from her: nobody is asked")
}

// What was read once is known to the next question, also where it cannot be read again.
func TestQuestion_NamesTheOrganizationThatWasSeen(t *testing.T) {
	b := viewtest.New(t)
	mail, organization := member(t, b)
	d, u := sit(t, b, mail)
	d.Press("5")
	d.Has("ORGANIZATIONS", organization)
	b.Transport.Intercept(func(r *http.Request) (*http.Response, error) {
		require.NotContains(t, r.URL.Path, u.ID.Raw()+"/organization_memberships", "it is known")
		return nil, nil
	})
	pick(d, "Ban user")
	d.Dialog().Expect("Ban user", organization+" · ")
	require.Equal(t, mail, u.Email().Raw())
}

func TestQuestion_SaysNothingOfOrganizationsItCannotRead(t *testing.T) {
	b := viewtest.New(t)
	mail, organization := member(t, b)
	b.Transport.Intercept(func(r *http.Request) (*http.Response, error) {
		if !strings.HasSuffix(r.URL.Path, "organization_memberships") {
			return nil, nil
		}
		return &http.Response{StatusCode: http.StatusForbidden, Body: http.NoBody, Header: http.Header{}, Request: r}, nil
	})
	d, _ := sit(t, b, mail)
	pick(d, "Ban user")
	d.Dialog().Expect("Ban user", "signs out")
	require.NotContains(t, d.Screen(), organization+" · ")
}
