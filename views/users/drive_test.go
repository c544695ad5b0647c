package users_test

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/stretchr/testify/require"

	"frontdesk/api/sandbox/store"
	"frontdesk/tui"
	"frontdesk/tui/shell"
	"frontdesk/tui/tuitest"
	"frontdesk/views/users"
	"frontdesk/views/viewtest"
)

// keys returns the product's key map.
func keys(t testing.TB) *tui.KeyMap { return viewtest.Keys(t) }

// drive runs the list over a directory with that many generated users.
func drive(t testing.TB, crowd, cols, rows int) (*viewtest.Harness, *tuitest.Driver) {
	t.Helper()
	b := viewtest.NewWithUsers(t, crowd)
	return b, run(t, b, cols, rows)
}

func run(t testing.TB, b *viewtest.Harness, cols, rows int) *tuitest.Driver {
	t.Helper()
	return runs(t, b, users.New(b.Env), cols, rows)
}

func runs(t testing.TB, b *viewtest.Harness, root tui.View, cols, rows int) *tuitest.Driver {
	t.Helper()
	d := tuitest.Drive(t, shell.Config{Root: root, Keys: keys(t), Clock: b.Clock.Now, After: b.Clock.After, Mouse: true}, cols, rows)
	d.Clock = b.Clock
	return d
}

// refuse is a network without a connection.
func refuse(*http.Request) (*http.Response, error) { return nil, errors.New("connection refused") }

// gate holds requests whose query contains a text until it is opened.
type gate struct {
	text string
	open chan struct{}
}

func hold(b *viewtest.Harness, text string) *gate {
	g := &gate{text: text, open: make(chan struct{})}
	b.Transport.Intercept(func(r *http.Request) (*http.Response, error) {
		if r.URL.Path == "/v1/users" && strings.Contains(r.URL.RawQuery, g.text) {
			select {
			case <-g.open:
			case <-r.Context().Done():
				return nil, r.Context().Err()
			}
		}
		return nil, nil
	})
	return g
}

// marked returns the row of the cursor.
func marked(t testing.TB, d *tuitest.Driver) string {
	t.Helper()
	for _, l := range strings.Split(d.Screen(), "\n") {
		if strings.HasPrefix(strings.TrimLeft(l, " \u2800"), "▌") {
			return l
		}
	}
	t.Fatalf("no row is marked:\n%s", d.Screen())
	return ""
}

// lists counts the requests for pages.
func lists(b *viewtest.Harness) (n int) {
	for _, s := range b.Transport.Requests() {
		if s == "GET /v1/users" {
			n++
		}
	}
	return n
}

func TestFeed_ShowsEveryUserOnceAndRequestsNothingTwice(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and the race detector has nothing to add")
	}
	b, d := drive(t, 230, 100, 30)
	seen := map[string]int{}
	for range 240 {
		seen[marked(t, d)[3:24]+marked(t, d)[24:40]]++
		d.Press("j")
	}
	require.Contains(t, d.Line(-1), "208–230 of 230")
	require.Equal(t, 5, lists(b), "230 users are five pages of fifty")
	require.Greater(t, len(seen), 220)
	d.Press("g")
	d.Has("1–23 of 230")
	d.Press("G")
	d.Has("208–230 of 230")
	require.Equal(t, 5, lists(b), "nothing is asked for twice")
}

func TestList_GoesToTheEndInOneJump(t *testing.T) {
	b, d := drive(t, 230, 100, 30)
	d.Press("G")
	d.Has("208–230 of 230")
	d.Lacks("·····")
	require.LessOrEqual(t, lists(b), 5)
	d.Press("pgup", "pgup", "pgup")
	d.Lacks("·····")
	d.Press("g")
	d.Has("1–23 of 230")
}

func TestList_DrawsPlaceholdersForMissingRows(t *testing.T) {
	b, d := drive(t, 400, 100, 30)
	d.Async()
	g := hold(b, "%2Bcreated_at")
	d.Press("G")
	d.Has("378–400 of 400", "·····")
	d.Press("enter")
	d.Has("this row is not loaded yet")
	close(g.open)
	d.Until("the rows are here", func() bool { return !strings.Contains(d.Screen(), "·····") })
}

func TestList_RefreshKeepsTheCursorOnItsUser(t *testing.T) {
	b, d := drive(t, 120, 100, 30)
	for range 40 {
		d.Press("j")
	}
	who, screen := marked(t, d), d.Screen()
	_, before, _ := strings.Cut(screen, who)
	require.NoError(t, b.Store.Write(t.Context(), func(tx *store.Tx) error {
		for i := range 3 {
			if err := tx.PutUser(&store.User{ID: fmt.Sprintf("user_new%d", i), FirstName: "New", LastName: fmt.Sprint(i), CreatedAt: b.Clock.Now().UnixMilli()}); err != nil {
				return err
			}
		}
		return nil
	}))
	d.Press("r")
	d.Has("of 123")
	require.Equal(t, who[:60], marked(t, d)[:60])
	_, after, _ := strings.Cut(d.Screen(), marked(t, d))
	require.Equal(t, strings.Count(before, "\n"), strings.Count(after, "\n"), "the row stays where it is on the screen")
}

func TestList_ReversesTheOrder(t *testing.T) {
	_, d := drive(t, 120, 120, 30)
	for _, words := range []string{"last active first ↓", "last signed in first ↓", "by first name ↑", "by e-mail ↑", "newest first ↓"} {
		d.Press("o")
		d.Has(words)
		d.Lacks("·····")
		switch words {
		case "last active first ↓":
			d.Has("ACTIVE ↓")
		case "last signed in first ↓":
			d.Has("SIGNED IN ↓")
		case "by first name ↑":
			d.Has("NAME ↑")
		}
	}
	d.Press("o")
	for range 118 {
		d.Press("j")
	}
	d.Has("of 120")
	d.Lacks("·····")
}

func TestList_ActionsAreForTheUserUnderTheCursor(t *testing.T) {
	b, d := drive(t, 60, 120, 40)
	d.Press("/")
	d.Type("maya okafor")
	d.Press("enter", "l")
	d.Has("Unlock user", "Maya Okafor")
	d.Press("esc", "x")
	d.Has("Ban user", "Unlock user")
	d.Press("esc", "y")
	d.Has("user id", "e-mail address", "phone number")
	d.Press("enter")
	require.Equal(t, b.FindUser("Maya Okafor").ID.Raw(), d.Clipboard)
}

func TestList_PreviewShowsTheUserUnderTheCursor(t *testing.T) {
	_, d := drive(t, 60, 120, 40)
	d.Has("CONTACT", "┬")
	d.Press("p")
	d.Lacks("CONTACT", "┬")
	d.Press("p")
	d.Has("CONTACT")
	d.Resize(90, 30)
	d.Lacks("CONTACT")
	d.Press("p")
	d.Has("Preview: the window is narrower than 118")
	d.Lacks("Close")
	d.Resize(130, 40)
	d.Has("CONTACT")
}

func TestList_MouseSelectsScrollsAndOpens(t *testing.T) {
	_, d := drive(t, 60, 100, 30)
	rows := strings.Split(d.Screen(), "\n")
	at := 0
	for i, l := range rows {
		if strings.HasPrefix(l, " ▌") {
			at = i
		}
	}
	click := func(y int) { d.Send(tea.MouseClickMsg{X: 5, Y: y, Button: tea.MouseLeft}) }
	last := at + 21
	click(last)
	require.Equal(t, rows[last][4:30], strings.Split(d.Screen(), "\n")[last][6:32], "the row under the pointer is the one that is selected")
	require.True(t, strings.HasPrefix(d.Line(last), " ▌"), d.Screen())
	d.Send(tea.MouseWheelMsg{X: 5, Y: 10, Button: tea.MouseWheelDown})
	d.Has("4–26 of 60")
	d.Send(tea.MouseWheelMsg{X: 5, Y: 10, Button: tea.MouseWheelUp})
	d.Has("1–23 of 60")
	click(last)
	d.Has("Users ›")
	d.Press("q")
	click(2)
	d.Has("/ name, e-mail, phone, id")
}
