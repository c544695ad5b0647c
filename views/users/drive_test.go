package users_test

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/stretchr/testify/require"

	"frontdesk/api"
	"frontdesk/api/sandbox"
	"frontdesk/api/sandbox/store"
	"frontdesk/tui"
	"frontdesk/tui/shell"
	"frontdesk/tui/tuitest"
	"frontdesk/views/action"
	"frontdesk/views/users"
	"frontdesk/views/viewtest"
)

// keys are keys for tests; the product's are tested where they are.
func keys(t testing.TB) *tui.KeyMap {
	bind := tuitest.Bind
	return tuitest.Keys(t,
		bind("list.down", "j", "down"), bind("list.up", "k", "up"), bind("list.top", "g", "home"), bind("list.bottom", "G", "end"),
		bind("list.pagedown", "pgdown"), bind("list.pageup", "pgup"), bind("list.halfdown", "ctrl+d"), bind("list.halfup", "ctrl+u"),
		bind("list.search", "/"), bind("list.clear", "esc"), bind("list.open", "enter"), bind("list.actions", "x"),
		bind("list.preview", "p"), bind("list.order", "o"), bind("list.refresh", "r"), bind("list.copy", "y"),
		tui.Binding{Scope: "screen", Keys: []string{"b"}, Actions: []string{"ban_user", "unban_user"}},
		tui.Binding{Scope: "screen", Keys: []string{"l"}, Actions: []string{"lock_user", "unlock_user"}},
	)
}

// drive runs the list over a directory with a crowd of that many.
func drive(t testing.TB, crowd, cols, rows int) (*viewtest.Bench, *tuitest.Driver) {
	t.Helper()
	b := viewtest.Of(t, crowd)
	return b, run(t, b, cols, rows)
}

func run(t testing.TB, b *viewtest.Bench, cols, rows int) *tuitest.Driver {
	t.Helper()
	return runs(t, b, users.New(b.Env), cols, rows)
}

func runs(t testing.TB, b *viewtest.Bench, root tui.View, cols, rows int) *tuitest.Driver {
	t.Helper()
	d := tuitest.Drive(t, shell.Config{Root: root, Keys: keys(t), Clock: b.Clock.Now, After: b.Clock.After, Mouse: true}, cols, rows)
	d.Clock = b.Clock
	return d
}

// refuse is a network that is not there.
func refuse(*http.Request) (*http.Response, error) { return nil, errors.New("connection refused") }

// gate holds requests back whose query has a text, until it is opened.
type gate struct {
	text string
	open chan struct{}
}

func hold(b *viewtest.Bench, text string) *gate {
	g := &gate{text: text, open: make(chan struct{})}
	b.Wire.Spoil(func(r *http.Request) (*http.Response, error) {
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

// marked is the row with the cursor's mark.
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

// lists says how many pages were asked for.
func lists(b *viewtest.Bench) (n int) {
	for _, s := range b.Wire.Sent() {
		if s == "GET /v1/users" {
			n++
		}
	}
	return n
}

func TestTypingFindsAndOpens(t *testing.T) {
	_, d := drive(t, 60, 120, 40)
	d.Has("1–32 of 60", "all users", "newest first ↓")
	d.Press("/")
	d.Type("0142")
	d.Has("1 of 60", "best match first", "+1 (415) 555-0142")
	require.Contains(t, marked(t, d), "Maya Okafor")
	d.Press("enter")
	require.Contains(t, d.Line(2), "/ 0142", "the search is kept")
	d.Press("enter")
	d.Has("Users › Maya Okafor")
	d.Press("q")
	d.Has("/ 0142", "1 of 60")
	d.Press("esc")
	d.Has("1–32 of 60")
	require.NotContains(t, d.Line(2), "0142")
}

func TestWhatMatchedIsLitOnTheScreen(t *testing.T) {
	_, d := drive(t, 60, 120, 40)
	d.Press("/")
	d.Type("okaf")
	row := 0
	for i := range 40 {
		if strings.HasPrefix(d.Line(i), " ▌ Maya Okafor") {
			row = i
		}
	}
	require.NotZero(t, row)
	plain, lit := d.CellAt(3, row), d.CellAt(8, row)
	require.NotEqual(t, plain.Style, lit.Style)
	require.Equal(t, lit.Style, d.CellAt(11, row).Style)
	require.Equal(t, plain.Style, d.CellAt(12, row).Style)
}

func TestLocalMatchesShowAtOnceAndTheServersWhenTheyCome(t *testing.T) {
	b, d := drive(t, 60, 120, 40)
	d.Async()
	g := hold(b, "query=maya")
	d.Press("/")
	d.Type("maya")
	d.Has("1 so far")
	require.Contains(t, marked(t, d), "Maya Okafor")
	d.Lacks("1 of 60")
	close(g.open)
	d.WaitFor("1 of 60")
	require.Contains(t, marked(t, d), "Maya Okafor")
}

func TestALateAnswerDoesNotReplaceANewerOne(t *testing.T) {
	b, d := drive(t, 60, 120, 40)
	d.Async()
	late := make(chan struct{})
	b.Wire.Spoil(func(r *http.Request) (*http.Response, error) {
		if r.URL.Query().Get("query") == "sam" {
			<-late // and does not notice that nobody waits any more
		}
		return nil, nil
	})
	d.Press("/")
	d.Type("sam")
	d.Has("so far")
	d.Press("backspace", "backspace", "backspace")
	d.Type("maya")
	d.WaitFor("1 of 60")
	close(late)
	d.Settle()
	d.Has("1 of 60", "Maya Okafor")
	d.Lacks("Sam Carter")
}

func TestTypeAheadEndsWithWhatWasTypedLast(t *testing.T) {
	_, d := drive(t, 60, 120, 40)
	for range 10 {
		d.Burst("/", "o", "k", "a", "f", "o", "r")
		d.Has("1 of 60", "Maya Okafor")
		d.Burst("backspace", "backspace", "backspace", "backspace", "backspace", "backspace")
		d.Has("1–32 of 60")
		d.Press("esc")
	}
}

func TestNobodyFoundIsAScreenOfItsOwn(t *testing.T) {
	_, d := drive(t, 60, 120, 40)
	d.Press("/")
	d.Type("okafro")
	d.Has("No one matches “okafro”", "esc shows everybody again", "of all 60 users", "0 of 60")
	d.Lacks("could not", "Searching", "NAME")
	d.Press("esc")
	d.Has("1–32 of 60")
}

func TestAnEmptyDirectorySaysSo(t *testing.T) {
	b := viewtest.Of(t, 60)
	require.NoError(t, b.Store.Write(t.Context(), (*store.Tx).Clear))
	d := run(t, b, 100, 30)
	d.Has("There are no users here yet.", "r looks again")
}

func TestFailingAtFirstSaysWhyAndTriesAgain(t *testing.T) {
	b := viewtest.Of(t, 60)
	b.Server.SetFaults(sandbox.Faults{ErrorRate: 1, ErrorStatus: 500})
	d := run(t, b, 100, 30)
	d.Has("! The users could not be read.", "r tries again")
	d.Lacks("No one matches", "·····")
	b.Server.SetFaults(sandbox.Faults{})
	d.Press("r")
	d.Has("1–22 of 60", "newest first")
	d.Lacks("could not")
}

func TestFailingKeepsTheOldRowsAndSaysTheirAge(t *testing.T) {
	b, d := drive(t, 60, 100, 30)
	who := marked(t, d)
	b.Wire.Spoil(refuse)
	d.Press("r")
	require.Contains(t, d.Line(1), "!")
	d.Has("as of just now", "r tries again", "1–22 of 60")
	require.Equal(t, who[:60], marked(t, d)[:60])
	d.Advance(3 * time.Minute)
	d.Has("as of 3 min ago")
	d.Press("j")
	b.Wire.Spoil(nil)
	d.Press("r")
	d.Lacks("tries again", "as of")
}

func TestASearchThatFailsIsNotNobody(t *testing.T) {
	b, d := drive(t, 60, 100, 30)
	b.Wire.Spoil(refuse)
	d.Press("/")
	d.Type("zzzz")
	d.Has("The search for “zzzz” failed.", "r tries again")
	d.Lacks("No one matches")
	d.Press("esc")
	d.Has("1–22 of 60")
	d.Press("/")
	d.Type("maya")
	d.Has("Maya Okafor", "1 of those read", "tries again")
	b.Wire.Spoil(nil)
	d.Press("enter", "r")
	d.Has("1 of 60")
	d.Lacks("tries again")
}

func TestEscStopsASlowStart(t *testing.T) {
	b := viewtest.Of(t, 60)
	g := hold(b, "limit")
	d := tuitest.Drive(t, shell.Config{Root: slow{users.New(b.Env)}, Keys: keys(t), Clock: b.Clock.Now, After: b.Clock.After}, 100, 30)
	d.Clock = b.Clock
	d.Async()
	d.Send(start{})
	d.Has("·····")
	d.Advance(time.Second)
	d.Has("reading…")
	d.Press("esc")
	d.Has("Stopped.", "r tries again")
	d.Lacks("·····")
	close(g.open)
	d.Press("r")
	d.WaitFor("1–22 of 60")
	d.Lacks("Stopped")
}

// slow is a root whose Init waits for a message, so that a test can say first
// that it does not wait for the answer.
type slow struct{ list }

type list interface{ tui.View }

type start struct{}

func (s slow) Init() tea.Cmd { return nil }

func (s slow) Update(msg tea.Msg) tea.Cmd {
	if _, ok := msg.(start); ok {
		return s.list.Init()
	}
	return s.list.Update(msg)
}

func TestPagingShowsEveryoneOnceAndAsksForNothingTwice(t *testing.T) {
	b, d := drive(t, 230, 100, 30)
	seen := map[string]int{}
	for range 240 {
		seen[marked(t, d)[3:24]+marked(t, d)[24:40]]++
		d.Press("j")
	}
	require.Contains(t, d.Line(-1), "209–230 of 230")
	require.Equal(t, 5, lists(b), "230 users are five pages of fifty")
	require.Greater(t, len(seen), 220)
	d.Press("g")
	d.Has("1–22 of 230")
	d.Press("G")
	d.Has("209–230 of 230")
	require.Equal(t, 5, lists(b), "nothing is asked for twice")
}

func TestTheEndIsOneJumpAway(t *testing.T) {
	b, d := drive(t, 230, 100, 30)
	d.Press("G")
	d.Has("209–230 of 230")
	d.Lacks("·····")
	require.LessOrEqual(t, lists(b), 5)
	d.Press("pgup", "pgup", "pgup")
	d.Lacks("·····")
	d.Press("g")
	d.Has("1–22 of 230")
}

func TestRowsThatAreNotHereYetArePlaceholders(t *testing.T) {
	b, d := drive(t, 400, 100, 30)
	d.Async()
	g := hold(b, "offset=350")
	d.Press("G")
	d.Has("379–400 of 400", "·····")
	d.Press("enter")
	d.Has("this row is not here yet")
	close(g.open)
	d.Until("the rows are here", func() bool { return !strings.Contains(d.Screen(), "·····") })
}

func TestRefreshKeepsTheCursorOnThePerson(t *testing.T) {
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

func TestOrderTurnsAndSaysSo(t *testing.T) {
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

func TestGoingBackFromASearchRestoresThePlace(t *testing.T) {
	_, d := drive(t, 120, 100, 30)
	for range 60 {
		d.Press("j")
	}
	before := d.Screen()
	d.Press("/")
	d.Type("maya")
	d.Press("enter")
	d.Has("1 of 120")
	d.Press("esc")
	require.Equal(t, before, d.Screen())
	d.Press("esc")
	require.Equal(t, before, d.Screen(), "at the first screen esc goes nowhere")
	require.False(t, d.Left)
}

func TestMovingWhileTyping(t *testing.T) {
	_, d := drive(t, 60, 100, 30)
	d.Press("/")
	d.Type("sam")
	first := marked(t, d)
	d.Press("down")
	second := marked(t, d)
	require.NotEqual(t, first, second)
	d.Press("ctrl+p")
	require.Equal(t, first, marked(t, d))
	d.Press("ctrl+n")
	require.Equal(t, second, marked(t, d))
	d.Type(" ")
	require.Equal(t, second, marked(t, d))
	d.Type("cart")
	require.Equal(t, second[:20], marked(t, d)[:20], "the cursor stays with who was chosen")
	d.Press("ctrl+u")
	d.Has("1–22 of 60", "/ name, e-mail, phone, id")
}

func TestPasteOpensTheBox(t *testing.T) {
	_, d := drive(t, 60, 100, 30)
	d.Paste("ok\x1b[31maf\u202e\n")
	d.Has("/ ok[31maf")
	d.Press("esc")
	d.Paste("0142")
	d.Has("Maya Okafor", "1 of 60")
}

func TestFactsPatchTheRows(t *testing.T) {
	b, d := drive(t, 60, 90, 30)
	maya := b.Find("Maya Okafor")
	banned := *maya
	banned.Banned = true
	d.Send(action.UserChangedMsg{User: &banned})
	for i := range 30 {
		if l := d.Line(i); strings.Contains(l, "Maya Okafor") {
			require.Contains(t, l, "■ banned")
		}
	}
	d.Send(action.UserGoneMsg{ID: maya.ID})
	d.Lacks("Maya Okafor")
	d.Has("of 59")
	d.Send(action.UserGoneMsg{ID: api.NewText("user_unknown")})
	d.Has("of 59")
}

func TestTheCursorStaysWithThePersonWhenOneAboveGoes(t *testing.T) {
	b, d := drive(t, 60, 100, 30)
	for range 12 {
		d.Press("j")
	}
	who := marked(t, d)
	d.Send(action.UserGoneMsg{ID: b.Find("Maya Okafor").ID})
	require.Equal(t, who[:60], marked(t, d)[:60])
}

func TestActionsAreAboutThePersonUnderTheCursor(t *testing.T) {
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
	require.Equal(t, b.Find("Maya Okafor").ID.Raw(), d.Clipboard)
}

func TestPreviewShowsWhoIsUnderTheCursor(t *testing.T) {
	_, d := drive(t, 60, 120, 40)
	d.Has("CONTACT", "┬")
	d.Press("p")
	d.Lacks("CONTACT", "┬")
	d.Press("p")
	d.Has("CONTACT")
	d.Resize(90, 30)
	d.Lacks("CONTACT")
	d.Press("p")
	d.Has("too narrow")
	d.Resize(130, 40)
	d.Has("CONTACT")
}

func TestTheMouseSelectsScrollsAndOpens(t *testing.T) {
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
	d.Has("4–25 of 60")
	d.Send(tea.MouseWheelMsg{X: 5, Y: 10, Button: tea.MouseWheelUp})
	d.Has("1–22 of 60")
	click(last)
	d.Has("Users ›")
	d.Press("q")
	click(2)
	d.Has("/ name, e-mail, phone, id")
}

func TestOnlyWhatCountsDownTicks(t *testing.T) {
	b, d := drive(t, 60, 120, 40)
	d.Has("locked 47 min")
	d.Advance(2 * time.Minute)
	d.Has("locked 45 min")
	d.Press("G", "p")
	if !strings.Contains(d.Screen(), "locked") {
		d.Advance(5 * time.Second)
		require.Zero(t, b.Clock.Timers(), "nothing on the screen counts down")
	}
}
