package e2e

import (
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"frontdesk/api"
	"frontdesk/api/journal"
	"frontdesk/api/session"
	"frontdesk/tui"
	"frontdesk/tui/shell"
	"frontdesk/tui/tuitest"
	"frontdesk/views/action"
	journalview "frontdesk/views/journal"
	"frontdesk/views/runbook"
	"frontdesk/views/user"
	"frontdesk/views/users"
	"frontdesk/views/viewtest"
)

// caller is one call at the desk, from the list of the demo to done: the screens with the
// real client and directory behind them, and how many keys were pressed. Every character
// that is typed is a key, and so is a paste. Looking at the screen is none.
type caller struct {
	*viewtest.Harness
	*tuitest.Driver
	journal *journal.Journal
	keys    int
}

func newCaller(t *testing.T) *caller {
	b := viewtest.NewWithUsers(t, 1248)
	b.Env.NewUserView, b.Env.RunbookActions, b.Env.Reasons = user.NewDetail, runbook.Actions, session.DemoReasons()
	c := &caller{Harness: b, journal: b.Record(func(o *journal.Options) { o.Sync = func(*os.File) error { return nil } })}
	c.start()
	return c
}

// start is a start of the program; nothing is left of an earlier one.
func (c *caller) start() {
	env := c.Env.ForSession(c.Env.Session)
	c.Driver = tuitest.Drive(c.TB, shell.Config{
		Root: users.New(env), Keys: tuitest.ProductKeys(c.TB), Clock: c.Harness.Clock.Now, After: c.Harness.Clock.After, Mask: env.Mask, Operator: "jo@ops-2",
		GlobalActions: func() []tui.Action { return []tui.Action{action.UndoAction(env), journalview.Action(env)} },
	}, 120, 40)
	c.Driver.Clock, c.keys = c.Harness.Clock, 0
	c.Has("of 1,248")
}

// press sends keys at a person's pace, which is not that of a machine.
func (c *caller) press(keys ...string) {
	for _, k := range keys {
		c.keys++
		c.Advance(time.Duration(c.keys%2) * 200 * time.Millisecond)
		c.Press(k)
	}
}

// text types a text, a key a character.
func (c *caller) text(text string) {
	for _, r := range text {
		c.press(map[bool]string{true: "space", false: string(r)}[r == ' '])
	}
}

// find types into the search box and leaves it with the cursor on the first person found.
func (c *caller) find(text, name string) *api.User {
	c.Helper()
	c.press("/")
	c.text(text)
	c.Has("▌ " + name)
	c.press("enter")
	return c.FindUser(name)
}

// usual gives a reason by its key and moves on.
func (c *caller) usual(key string) { c.press(key, "enter") }

// tick answers a checklist of three.
func (c *caller) tick() { c.press("1", "2", "3") }

// read looks at the question before it is answered.
func (c *caller) read(title string, texts ...string) {
	c.Helper()
	c.Dialog().Expect(title, texts...)
	c.Advance(time.Second)
}

// reasons are the reasons in the journal by operation, the last of each.
func (c *caller) reasons() map[string]string {
	c.Helper()
	all, err := c.journal.Read(c.Context(), journal.Filter{})
	require.NoError(c.TB, err)
	out := map[string]string{}
	for _, e := range all {
		if out[e.Record.Operation] == "" {
			out[e.Record.Operation] = e.Record.Reason
		}
	}
	return out
}

// The desk's fourteen calls: none takes more keys than on a first day without these
// screens, and together they take two thirds of it.
func TestCalls_TakeFewKeys(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and the race detector has nothing to add")
	}
	calls := []struct {
		name   string
		before int
		play   func(*caller)
	}{
		{"Maya cannot get in", 10, callMaya},
		{"Daniel lost his phone", 42, callDaniel},
		{"Priya's account was taken", 75, callPriya},
		{"which Sam Carter", 13, callSam},
		{"Elin wants to go", 55, callElin},
		{"0142", 5, call0142},
		{"a picture set and removed", 75, callPicture},
		{"the ring of 37 banned, one unbanned", 41, callRing},
		{"what did I do in the last hour", 1, callLastHour},
		{"a new primary address", 55, callNewPrimary},
		{"a metadata value", 35, callMetadata},
		{"a new user with a password", 75, callNewUser},
		{"who is locked, as CSV", 8, callLockedCSV},
		{"an organization's people without MFA", 18, callWithoutMFA},
	}
	const most = 340
	before, sum := 0, 0
	for _, call := range calls {
		t.Run(call.name, func(t *testing.T) {
			c := newCaller(t)
			call.play(c)
			require.LessOrEqual(t, c.keys, call.before)
			t.Logf("%-38s %3d -> %3d keys", call.name, call.before, c.keys)
			before, sum = before+call.before, sum+c.keys
		})
	}
	t.Logf("%-38s %3d -> %3d keys, at most %d", "all", before, sum, most)
	require.LessOrEqual(t, sum, most)
}
