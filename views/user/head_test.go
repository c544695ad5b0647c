package user_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"frontdesk/api/sandbox/store"
	"frontdesk/tui"
	"frontdesk/tui/text"
	"frontdesk/tui/tuitest"
	"frontdesk/views/user"
	"frontdesk/views/viewtest"
)

// tabsRow returns the line of the tabs, -1 if there is none.
func tabsRow(content string) int {
	for i, l := range strings.Split(content, "\n") {
		if strings.Contains(l, "━") && i > 0 || strings.Contains(l, "────────") {
			return i - 1
		}
		if strings.Contains(l, "‹ ") {
			return i
		}
	}
	return -1
}

// The tabs stay where they are for everybody, on every tab, whatever is known.
func TestDetail_TabsNeverMove(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and the race detector has nothing to add")
	}
	now := tuitest.NewClock().Now()
	keys := viewtest.Keys(t)
	for _, theme := range []tui.Theme{tuitest.Theme("colour"), {Name: "none"}} {
		for _, size := range [][2]int{{40, 10}, {60, 17}, {48, 21}, {80, 21}, {80, 37}, {100, 27}, {120, 37}, {200, 47}} {
			s := tui.Screen{Width: size[0], Height: size[1], Cells: uint8(text.Clusters), Styles: tui.NewStyles(theme), Keys: keys, Now: now, Breadcrumb: []string{"Users", "someone"}}
			seen := map[int]bool{}
			for who, u := range bigList(now) {
				if u.ReadAt.IsZero() {
					continue // nothing but an id is known
				}
				e := env(now)
				v := user.NewDetail(e, u)
				for range 9 {
					at := tabsRow(v.View(s).Content)
					require.Positive(t, at, who)
					seen[at] = true
					find(t, v, "user.tab.next").Do()
				}
				hang(e, u, who) // sessions bring more signs
				v.Init()
				seen[tabsRow(v.View(s).Content)] = true
			}
			require.Len(t, seen, 1, "%v %v", size, seen)
		}
	}
}

func TestDetail_TabsStayWhileSteppingAndReading(t *testing.T) {
	b := viewtest.New(t)
	names := []string{"Maya Okafor", "Priya Raman", "Daniel Reyes", "Elin Berg"}
	b.EditUser(b.FindUser("Daniel Reyes"), func(u *store.User) { u.Banned = true })
	for _, size := range [][2]int{{120, 40}, {80, 24}, {60, 20}, {200, 50}} {
		seen := map[int]bool{}
		for _, name := range names {
			d := b.Drive(user.NewDetail(b.Env, b.FindUser(name)), size[0], size[1])
			for tab := '1'; tab <= '9'; tab++ {
				d.Press(string(tab))
				seen[tabsRow(d.Screen())] = true
			}
		}
		require.Len(t, seen, 1, "%v", size)
	}
}

// At 80 by 24 the name, the status, the verdict and the remedy leave the tab its room.
func TestDetail_HeadIsLowOnALowScreen(t *testing.T) {
	b := viewtest.New(t)
	for who, has := range map[string][]string{
		"Maya Okafor":  {"◐ locked 47 min", "◐ Can't sign in", "Locked after too many wrong attempts.", "l  Unlock user"},
		"Priya Raman":  {"! active", "! Nothing blocks them from signing in", "check who is calling first.", "w  Sign out everywhere  if it was not them", "! in use from several countries 4 min ago"},
		"Daniel Reyes": {"MFA", "! Nothing blocks them from signing in", "m  Reset MFA enrollments  if they lost it", "! e-mail address added 20 min ago  d.reyes@pine-mail.example"},
	} {
		d := b.Drive(user.NewDetail(b.Env, b.FindUser(who)), 80, 24)
		d.Press("7") // reads the sessions
		rows := strings.Split(d.Screen(), "\n")
		require.Equal(t, 6, tabsRow(d.Screen()), "name, four lines, tabs\n%s", d.Screen())
		above := strings.Join(rows[:6], "\n")
		require.Contains(t, rows[1], who)
		for _, words := range has {
			require.Contains(t, above, words, d.Screen())
		}
		d.Press("1")
		require.Contains(t, d.Line(-1), map[string]string{"Maya Okafor": "l unlock", "Priya Raman": "w what helps", "Daniel Reyes": "m reset MFA"}[who])
	}
}

func TestDetail_OverviewFitsWithoutScrolling(t *testing.T) {
	b := viewtest.New(t)
	for _, who := range []string{"Maya Okafor", "Priya Raman", "Daniel Reyes", "Elin Berg"} {
		d := b.Drive(user.NewDetail(b.Env, b.FindUser(who)), 120, 40)
		d.Has("PERSON", "CONTACT DETAILS", "SIGN-IN METHODS", "DATES", "PERMISSIONS", "Create organizations")
		require.NotContains(t, d.Line(-1), "lines")
		require.Equal(t, line(d, "PERSON"), line(d, "SIGN-IN METHODS"), "two columns")
		d.Resize(80, 24)
		require.Regexp(t, `Overview 1–14 of \d+ lines`, d.Line(-1))
	}
}

func TestDetail_WhatDoesNotFitAboveIsOnTheOverview(t *testing.T) {
	b := viewtest.New(t)
	d := b.Drive(user.NewDetail(b.Env, b.FindUser("Priya Raman")), 60, 20)
	d.Has("! Nothing blocks them from signing in", "and 2 more", "CAN THEY SIGN IN?", "check who is", "WORTH A LOOK", "! MFA switched off 22 min ago", "! password changed 25 min ago")
	d.Press("3")
	d.Lacks("CAN THEY SIGN IN?")
}
