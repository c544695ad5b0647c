package users_test

import (
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/stretchr/testify/require"

	"frontdesk/api/clean"
	"frontdesk/api/sandbox/faults"
	"frontdesk/api/sandbox/store"
	"frontdesk/tui"
	"frontdesk/tui/shell"
	"frontdesk/tui/tuitest"
	"frontdesk/views/action"
	"frontdesk/views/users"
	"frontdesk/views/viewtest"
)

func TestList_SaysThatTheDirectoryIsEmpty(t *testing.T) {
	b := viewtest.NewWithUsers(t, 60)
	require.NoError(t, b.Store.Write(t.Context(), (*store.Tx).Clear))
	d := run(t, b, 100, 30)
	d.Has("There are no users here yet.", "r refresh")
}

func TestFeed_FailedStartSaysWhyAndRetries(t *testing.T) {
	b := viewtest.NewWithUsers(t, 60)
	b.Server.SetFaults(faults.Switches{ErrorRate: 1, ErrorStatus: 500})
	d := run(t, b, 100, 30)
	d.Has("! The users could not be read.", "retries in 5 s   r now")
	d.Lacks("No one matches", "·····")
	b.Server.SetFaults(faults.Switches{})
	d.Press("r")
	d.Has("1–23 of 60", "newest first")
	d.Lacks("could not")
}

func TestFeed_FailedRefreshKeepsTheRowsAndSaysTheirAge(t *testing.T) {
	b, d := drive(t, 60, 100, 30)
	who := marked(t, d)
	b.Transport.Intercept(refuse)
	d.Press("r")
	require.Contains(t, d.Line(1), "!")
	d.Has("as of just now", "retries in 5 s   r now", "1–23 of 60")
	require.Equal(t, who[:60], marked(t, d)[:60])
	d.Advance(3 * time.Minute)
	d.Has("as of 3 min ago")
	d.Press("j")
	b.Transport.Intercept(nil)
	d.Press("r")
	d.Lacks("retries", "as of")
}

func TestFeed_EscStopsASlowStart(t *testing.T) {
	b := viewtest.NewWithUsers(t, 60)
	g := hold(b, "limit")
	d := tuitest.Drive(t, shell.Config{Root: slow{users.New(b.Env)}, Keys: keys(t), Clock: b.Clock.Now, After: b.Clock.After}, 100, 30)
	d.Clock = b.Clock
	d.Async()
	d.Send(start{})
	d.Has("·····")
	d.Advance(time.Second)
	d.Has("reading…")
	d.Press("esc")
	d.Has("Stopped.", "r retries")
	d.Lacks("·····")
	close(g.open)
	d.Press("r")
	d.WaitFor("1–23 of 60")
	d.Lacks("Stopped")
}

// slow is a list whose Init waits for a message, so that the test can make the driver
// asynchronous first.
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

func TestFeed_ChangedUsersUpdateTheirRows(t *testing.T) {
	b, d := drive(t, 60, 90, 30)
	maya := b.FindUser("Maya Okafor")
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
	d.Send(action.UserGoneMsg{ID: clean.NewText("user_unknown")})
	d.Has("of 59")
}

func TestList_CursorStaysWhenARowAboveIsRemoved(t *testing.T) {
	b, d := drive(t, 60, 100, 30)
	for range 12 {
		d.Press("j")
	}
	who := marked(t, d)
	d.Send(action.UserGoneMsg{ID: b.FindUser("Maya Okafor").ID})
	require.Equal(t, who[:60], marked(t, d)[:60])
}

func TestList_TicksOnlyForACountdown(t *testing.T) {
	b, d := drive(t, 60, 120, 40)
	d.Has("locked 47 min")
	d.Advance(2 * time.Minute)
	d.Has("locked 45 min")
	d.Press("G", "p")
	if !strings.Contains(d.Screen(), "locked") {
		d.Advance(time.Minute)
		require.Equal(t, 1, b.Clock.Timers(), "nothing on the screen counts down; only the age of the rows is due")
	}
}

func TestFeed_OlderPageDoesNotUndoAChange(t *testing.T) {
	b, d := drive(t, 60, 90, 30)
	d.Async()
	maya := b.FindUser("Maya Okafor")
	require.NoError(t, b.Store.Write(t.Context(), func(tx *store.Tx) error {
		return tx.PutUser(&store.User{ID: "user_new", FirstName: "Newest", CreatedAt: b.Clock.Now().UnixMilli()})
	}))
	g := hold(b, "limit")
	d.Press("r") // the directory still has her old state
	banned := *maya
	banned.Banned, banned.ReadAt = true, b.Clock.Now().Add(time.Second)
	d.Send(action.UserChangedMsg{User: &banned})
	close(g.open)
	d.WaitFor("1–23 of 61") // with the new user above
	d.Has("Newest")
	require.Contains(t, rowOf(t, d, "Maya Okafor"), "■ banned")
}

// rowOf returns the row that starts with a name.
func rowOf(t *testing.T, d *tuitest.Driver, name string) string {
	t.Helper()
	for _, l := range strings.Split(d.Screen(), "\n") {
		if strings.HasPrefix(strings.TrimLeft(l, " ▌"), name) {
			return l
		}
	}
	t.Fatalf("%s has no row:\n%s", name, d.Screen())
	return ""
}

func TestPaste_OpensASeenUserWithoutTheNetwork(t *testing.T) {
	b, d := drive(t, 120, 120, 40)
	u := b.FindUser("Priya Raman")
	b.Env.UserCache().Update(u)
	b.Transport.Intercept(refuse)
	d.Advance(3 * time.Minute)
	d.Paste("GET /v1/users/" + u.ID.Raw() + " 200")
	d.Has("Nothing blocks them from signing in", "Overview", "Priya Raman", "! as of 3 min ago")
}
