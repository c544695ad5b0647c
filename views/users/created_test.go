package users_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"frontdesk/tui/tuitest"
	"frontdesk/views/user"
	"frontdesk/views/users"
	"frontdesk/views/viewtest"
)

// create creates a user in the dialog and returns from their screen.
func create(t *testing.T, b *viewtest.Harness, d *tuitest.Driver, name string) {
	t.Helper()
	d.Press(":")
	d.Type("create user")
	d.Press("enter")
	d.Dialog().Expect("Create user")
	op, _ := b.Env.Catalogue.Get("create_user")
	for _, f := range op.Fields {
		switch {
		case f.IsAdvanced:
			continue
		case f.Name == "email_address":
			d.Type(strings.ToLower(name) + "@new.example")
		case f.Name == "first_name":
			d.Type(name)
		}
		d.Press("enter")
	}
	d.Press("enter")
	d.Type("they asked")
	d.Press("enter", "y")
	d.Has("Users › " + name)
	d.Press("q")
}

func desk(t *testing.T, crowd int) (*viewtest.Harness, *tuitest.Driver) {
	t.Helper()
	b := viewtest.NewWithUsers(t, crowd)
	b.Env.NewUserView = user.NewDetail
	return b, runs(t, b, users.New(b.Env), 120, 40)
}

func TestList_CreatedUserIsTheFirstRowAndTheCursorStays(t *testing.T) {
	b, d := desk(t, 230)
	who := marked(t, d)
	sent := lists(b)
	create(t, b, d, "Ada")
	d.Has("1–33 of 231")
	require.Contains(t, rows(d)[0], "Ada")
	require.Equal(t, who[:60], marked(t, d)[:60])
	require.Equal(t, sent, lists(b), "nobody was asked for it")
	d.Press("r")
	d.Has("1–33 of 231")
	require.Contains(t, rows(d)[0], "Ada")
	d.Press("G")
	d.Has("199–231 of 231")
	create(t, b, d, "Bea")
	d.Has("of 232")
	d.Press("g")
	require.Contains(t, rows(d)[0], "Bea")
	require.Contains(t, rows(d)[1], "Ada")
}

// A user created elsewhere and read by a refresh at the top is not hidden above it.
func TestList_RefreshAtTheTopShowsNewUsers(t *testing.T) {
	b, d := desk(t, 60)
	d.Press("j", "j")
	who := marked(t, d)
	d.Advance(1e9)
	join(t, b, "Ada")
	d.Press("r")
	d.Has("1–33 of 61")
	require.Contains(t, rows(d)[0], "Ada")
	require.Equal(t, who[:60], marked(t, d)[:60])
}

func TestList_SaysWhoWasCreatedDuringASearchOrInAnotherOrder(t *testing.T) {
	b, d := desk(t, 60)
	d.Press("/")
	d.Type("maya")
	d.Press("enter", "esc")
	create(t, b, d, "Ada")
	d.Has("Ada was created after this list was read", "r refresh", "1 found")
	d.Press("r")
	d.Lacks("was created")
	d.Press("esc")
	d.Has("1–33 of 61")
	require.Contains(t, rows(d)[0], "Ada")
	d.Press("O", "o", "o", "o")
	d.Has("by first name")
	create(t, b, d, "Bea")
	d.Has("Bea was created after this list was read", "1–33 of 62")
	create(t, b, d, "Cleo")
	d.Has("2 users were created after this list was read", "1–33 of 63")
	d.Press("r")
	d.Lacks("were created")
	d.Has("1–33 of 63")
	d.Press("o", "o")
	d.Has("newest first", "1–33 of 63")
	require.Contains(t, rows(d)[0], "Cleo")
}

func TestFollow_DoesNotCountACreatedUserAgain(t *testing.T) {
	b, d := desk(t, 60)
	d.Press("L")
	d.Advance(1e9)
	create(t, b, d, "Ada")
	d.Has("1–33 of 61")
	d.Advance(20e9)
	d.Has("1–33 of 61")
}
