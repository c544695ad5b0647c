package tour_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"frontdesk/api/profile"
	"frontdesk/api/sandbox/store"
	"frontdesk/tui"
	"frontdesk/tui/shell"
	"frontdesk/tui/tuitest"
	"frontdesk/views/action"
	"frontdesk/views/journal"
	"frontdesk/views/tour"
	"frontdesk/views/user"
	"frontdesk/views/users"
	"frontdesk/views/viewtest"
)

// enough is how many users a demo needs for everybody of whom the tour speaks.
const enough = 320

// console is the console on a demo, with the tour.
type console struct {
	*tuitest.Driver
	demo *viewtest.Harness
	file *tour.File
	t    *testing.T
}

func open(t *testing.T, conf tour.Config) console {
	t.Helper()
	return openOn(t, viewtest.NewWithUsers(t, enough), conf, 120, 40)
}

// openOn starts the program on a demo; a second time it is the next start.
func openOn(t *testing.T, b *viewtest.Harness, conf tour.Config, cols, rows int) console {
	t.Helper()
	if b.Env.Journal == nil {
		b.Record(nil)
	}
	b.Env.NewUserView = user.NewDetail
	file := tour.NewFile(filepath.Join(b.Home, "state", "frontdesk", "tour.json"))
	conf.State, conf.File = file.Read(), file
	guide := tour.New(conf)
	d := tuitest.Drive(t, shell.Config{Root: users.New(b.Env), Keys: viewtest.Keys(t), Clock: b.Clock.Now, After: b.Clock.After, Mask: b.Env.Mask, Guide: guide.On(b.Env),
		GlobalActions: func() []tui.Action {
			return append([]tui.Action{action.UndoAction(b.Env), journal.Action(b.Env)}, guide.Actions(b.Env)...)
		}}, cols, rows)
	d.Clock = b.Clock
	return console{d, b, file, t}
}

func (c console) search(text string) {
	c.t.Helper()
	c.Press("/", "ctrl+u")
	c.Type(text)
	c.Advance(tuitest.Pace)
}

// at checks that the panel is at a step, and what it says.
func (c console) at(progress, title string, says ...string) {
	c.t.Helper()
	c.Has(append(says, progress+"  Tour: "+title)...)
}

func (c console) confirm(title string) {
	c.t.Helper()
	c.Dialog().Expect(title)
	c.Press("y")
}

func TestTour_PlayedToTheEnd(t *testing.T) {
	for name, size := range map[string][2]int{"wide": {120, 40}, "80x24": {80, 24}} {
		t.Run(name, func(t *testing.T) {
			c := openOn(t, viewtest.NewWithUsers(t, enough), tour.Config{Starts: true}, size[0], size[1])
			c.at("●○○○○○○", "Find the caller", "/, then type 0142", "> skip   T leave")
			c.Press("j")
			c.at("●○○○○○○", "Find the caller")
			c.search("0142")
			c.at("✓●○○○○○", "See why", "enter opens her")
			c.Lacks("> skip") // the letters would be typed
			c.Press("enter")
			c.at("✓✓●○○○○", "Let her in", "l unlocks her")
			c.Press("l")
			c.at("✓✓●○○○○", "Let her in", "y unlocks her, esc leaves it")
			c.Press("esc")
			c.at("✓✓●○○○○", "Let her in", "l unlocks her")
			c.Press("l")
			c.confirm("Unlock user")
			c.at("✓✓✓●○○○", "Take it back, nearly", "z, and at the question esc")
			c.Press("z")
			c.at("✓✓✓●○○○", "Take it back, nearly", "esc: she stays unlocked")
			c.Press("esc")
			c.at("✓✓✓✓●○○", "Who did what", "A opens the journal")
			require.False(t, c.demo.FindUser("Maya Okafor").Locked)
			c.Press("A")
			c.at("✓✓✓✓●○○", "Who did what", "have a look, then q goes back", "Unlock user")
			c.Press("q")
			c.at("✓✓✓✓✓●○", "The right one of three", "/, then type sam carter")
			c.search("sam carter")
			c.at("✓✓✓✓✓●○", "The right one of three", "enter, then b on one of them")
			c.Press("enter", "j", "b")
			c.at("✓✓✓✓✓●○", "The right one of three", "see whom it names, then esc")
			c.Press("esc")
			c.at("✓✓✓✓✓✓●", "Many at once", "/, then type mail-drop.example")
			c.search("mail-drop.example")
			c.at("✓✓✓✓✓✓●", "Many at once", "enter, then * marks them all")
			c.Press("enter")
			c.at("✓✓✓✓✓✓●", "Many at once", "* marks them all")
			c.Press("*")
			c.Has("b asks about all who are marked")
			c.Press("b")
			c.Has("read it, then esc", "ban 37")
			c.Press("esc")
			c.at("✓✓✓✓✓✓✓", "that was all", "T closes this")
			c.Lacks("> skip")
			c.Press("T")
			c.Lacks("Tour:")
			for _, u := range []string{"Maya Okafor", "Sam Carter", "mail-drop.example"} {
				require.False(t, c.demo.FindUser(u).Banned, u)
			}
		})
	}
}

func TestTour_IsLeftAndGoneOnWith(t *testing.T) {
	c := open(t, tour.Config{})
	c.Lacks("Tour:")
	c.Press(":")
	c.Type("tour")
	c.Has("Take the tour")
	c.Press("enter")
	c.at("●○○○○○○", "Find the caller")
	c.search("0142")
	c.Press("enter")
	c.at("✓✓●○○○○", "Let her in")
	c.Press(":")
	c.Type("tour")
	c.Has("Leave the tour", "Skip this step of the tour")
	c.Press("enter")
	c.Lacks("Tour:")
	c.Press("l")
	c.confirm("Unlock user") // not watched: this is work
	c.Press(":")
	c.Type("tour")
	c.Has("Go on with the tour")
	c.Press("enter")
	c.at("✓✓●○○○○", "Let her in", "She is not locked any more", ":reset-demo starts over, > goes on")
	c.Press(">")
	c.at("✓✓–●○○○", "Take it back, nearly")

	next := openOn(t, c.demo, tour.Config{}, 80, 24)
	next.Lacks("Tour:")
	next.Press("T")
	next.at("✓✓–●○○○", "Take it back, nearly")
	next.Press(">", ">", ">", ">")
	next.at("✓✓–––––", "that was all")
	next.Press(">")
	next.at("✓✓–––––", "that was all")
	next.Press("T", "T")
	next.at("●○○○○○○", "Find the caller")
}

// The steps look at what is on the screen, not at the keys that were pressed.
func TestTour_NoticesAnyWayOfDoingIt(t *testing.T) {
	c := open(t, tour.Config{Starts: true})
	c.search("okafor")
	c.at("✓●○○○○○", "See why")
	c.Press("esc")
	c.search("maya lindqvist")
	c.at("✓●○○○○○", "See why", "/, then 0142 and enter")
	c.search("maya@harborpine")
	c.Press("enter")
	c.at("✓✓●○○○○", "Let her in")
	c.Press("x")
	c.Type("unlock")
	c.Press("enter")
	c.Has("y unlocks her")
	c.confirm("Unlock user")
	c.Press("l") // the way back by hand
	c.Dialog().Expect("Lock user")
	c.Press("esc")
	c.at("✓✓✓✓●○○", "Who did what")
}

func TestTour_SaysWhenSomebodyIsNotAsItExpects(t *testing.T) {
	b := viewtest.NewWithUsers(t, enough)
	b.EditUser(b.FindUser("Maya Okafor"), func(u *store.User) { u.LockedUntil, u.Locked = 0, false })
	c := openOn(t, b, tour.Config{Starts: true}, 80, 24)
	c.search("0142")
	c.Press("enter")
	c.at("✓✓●○○○○", "Let her in", "She is not locked any more", ":reset-demo starts over, > goes on")
	c.Press(">")
	c.at("✓✓–●○○○", "Take it back, nearly", "There is nothing to take back just now.")
}

func TestTour_IsOneLineInASmallWindow(t *testing.T) {
	c := open(t, tour.Config{Starts: true})
	c.Resize(60, 20)
	c.Has("1/7  /, then type 0142", "> skip")
	c.Lacks("Tour:")
	c.search("0142")
	c.Has("2/7  enter opens her")
	c.Press("enter")
	c.Has("3/7  l unlocks her, after a question")
	c.Press("l")
	c.Has("3/7  y unlocks her, esc leaves it")
	c.Press("esc")
	c.Resize(40, 8)
	c.Has("3/7  l unlocks her")
	c.Resize(80, 24)
	c.at("✓✓●○○○○", "Let her in")
}

// No step makes the rows of the screen jump.
func TestTour_KeepsItsHeight(t *testing.T) {
	for _, size := range [][2]int{{120, 40}, {80, 24}, {60, 20}} {
		b := viewtest.NewWithUsers(t, enough)
		c := openOn(t, b, tour.Config{Starts: true}, size[0], size[1])
		shown := regexp.MustCompile(`1–(\d+) of`)
		first := shown.FindString(c.Screen())
		require.NotEmpty(t, first, c.Screen())
		for range 7 {
			c.Press(">")
			require.Equal(t, first, shown.FindString(c.Screen()))
		}
	}
}

func TestTour_TheMaskHidesWhoItSpeaksOf(t *testing.T) {
	c := open(t, tour.Config{Starts: true})
	c.Press("P")
	c.search("0142")
	c.Press("enter")
	c.at("✓✓●○○○○", "Let her in")
	c.Press(">", ">", ">")
	c.at("✓✓–––●○", "The right one of three", "P takes the mask off, > goes on")
	c.Lacks("sam carter", "Maya", "Okafor", "harborpine", "Sam Carter")
	c.Press(">")
	c.Has("P takes the mask off")
	c.Lacks("mail-drop")
	c.Press("P")
	c.Has("then type mail-drop.example")
}

func TestTour_IsOnTheDemoOnly(t *testing.T) {
	b := viewtest.New(t)
	b.Env.Instance.Kind = profile.Development
	c := openOn(t, b, tour.Config{Starts: true, Offers: true}, 80, 24)
	c.Lacks("Tour:", "1/7", "for five minutes")
	c.Press("T")
	c.Has("it is on the demo only: frontdesk tour --instance demo")
	c.Press(">")
	c.Lacks("Tour:")
}

func TestTour_IsOfferedOnce(t *testing.T) {
	b := viewtest.NewWithUsers(t, enough)
	const offer = "First time here? Nothing leaves this machine. Try / 0142, or :tour for five minutes."
	c := openOn(t, b, tour.Config{Offers: true}, 120, 40)
	require.Contains(t, c.Line(-2), offer)
	c.Press("j", "j", "k")
	c.Has(offer) // looking around is no beginning
	for width := 40; width < 120; width++ {
		c.Resize(width, 24)
		require.Contains(t, c.Line(-2), "0142, or :tour", "%d", width)
		require.NotContains(t, c.Line(-2), "…")
	}
	c.Resize(120, 40)
	c.Press("/")
	c.Lacks("0142, or :tour")
	c.Press("esc")
	c.Lacks("0142, or :tour")
	openOn(t, b, tour.Config{Offers: true}, 120, 40).Lacks("0142, or :tour")
}

func TestTour_WithoutAPlaceForItsStateNothingFails(t *testing.T) {
	b := viewtest.NewWithUsers(t, enough)
	require.NoError(t, os.MkdirAll(filepath.Join(b.Home, "state"), 0o700))
	require.NoError(t, os.WriteFile(filepath.Join(b.Home, "state", "frontdesk"), []byte("a file"), 0o600))
	for range 2 {
		c := openOn(t, b, tour.Config{Offers: true}, 120, 40)
		c.Has("0142, or :tour")
		c.Press("T")
		c.at("●○○○○○○", "Find the caller")
		c.Press(">")
		c.at("–●○○○○○", "See why")
		require.NotContains(t, strings.ToLower(c.Screen()), "went wrong")
	}
	for _, content := range []string{"", "{", `{"steps":"++++++++++++"}`, `{"steps":7}`, strings.Repeat("x", 1<<20)} {
		path := filepath.Join(b.Home, "state", "tour.json")
		require.NoError(t, os.WriteFile(path, []byte(content), 0o600))
		guide := tour.New(tour.Config{State: tour.NewFile(path).Read(), Starts: true})
		require.Len(t, guide.Actions(b.Env), 2, "there are steps left after %.20q", content)
	}
	require.Nil(t, tour.NewFile(""))
	require.Equal(t, tour.State{}, tour.NewFile("").Read())
}
