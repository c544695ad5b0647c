package user_test

import (
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/api/sandbox/store"
	"frontdesk/tui"
	"frontdesk/tui/tuitest"
	"frontdesk/views/action"
	"frontdesk/views/user"
	"frontdesk/views/viewtest"
)

func open(t *testing.T, b *viewtest.Harness, who string) (*tuitest.Driver, *api.User) {
	t.Helper()
	u := b.FindUser(who)
	return b.Drive(user.NewDetail(b.Env, u), 120, 40), u
}

func TestDetail_ShowsKnownDataAtOnceThenReadsAgain(t *testing.T) {
	b := viewtest.New(t)
	known := *b.FindUser("Daniel Reyes")
	known.FirstName = clean.NewText("Danny")
	answer := make(chan struct{})
	b.Transport.Intercept(func(*http.Request) (*http.Response, error) { <-answer; return nil, nil })
	first := user.NewDetail(b.Env, &known).View(tui.Screen{Width: 120, Height: 37, Styles: tui.NewStyles(tui.Theme{}), Now: b.Clock.Now()})
	require.Contains(t, first.Content, "Danny Reyes")
	close(answer)
	d := b.Drive(user.NewDetail(b.Env, &known), 120, 40)
	d.Has("Daniel Reyes")
	d.Lacks("Danny")
}

func TestDetail_TabsShowEveryField(t *testing.T) {
	b := viewtest.New(t)
	d, u := open(t, b, "Daniel Reyes")
	d.Has("CONTACT DETAILS", "dreyes@pine.example", "WORTH A LOOK", "e-mail address added 20 min ago")
	d.Press("]")
	d.Has("E-MAIL ADDRESSES", "✓ verified   primary", "! not verified", "PHONE NUMBERS")
	d.Press("]")
	d.Has("Authenticator app", "Backup codes", "“Daniel's iPhone 12”", "10 attempts left")
	d.Press("]")
	d.Has("CONNECTED ACCOUNTS")
	d.Press("]")
	d.Has("ORGANIZATIONS   1", "Pine Outfitters", "since 30 Jan 2023", "no invitation")
	d.Press("]")
	d.Has("PUBLIC METADATA", "seats", "– hall  Main Hall", "– theatre")
	d.Press("]")
	d.Has("SESSIONS   2", "● active", "Mobile Safari on iPhone", "Portland, US", "203.0.113.")
	d.Press("]")
	d.Has("The journal is switched off")
	d.Press("]")
	d.Has(`"id": "`+u.ID.Raw()+`"`, `"two_factor_enabled": true`)
	d.Press("]")
	d.Has("CONTACT DETAILS")
	d.Press("[")
	d.Has(`"object": "user"`)
	d.Press("9")
	d.Has(`"object": "user"`)
}

func TestDetail_ShowsASignOnceOnEachTab(t *testing.T) {
	b := viewtest.New(t)
	d, _ := open(t, b, "Daniel Reyes")
	for _, size := range [][2]int{{120, 40}, {80, 24}} {
		d.Resize(size[0], size[1])
		for tab := '1'; tab <= '8'; tab++ {
			d.Press(string(tab))
			require.Equal(t, 1, strings.Count(d.Screen(), "e-mail address added"), "tab %c\n%s", tab, d.Screen())
		}
	}
}

func TestDetail_TabScrollsWithinItsEnds(t *testing.T) {
	b := viewtest.New(t)
	d, _ := open(t, b, "Daniel Reyes")
	d.Press("9")
	top := d.Screen()
	d.Press("k")
	require.Equal(t, top, d.Screen())
	d.Press("j")
	require.Contains(t, d.Line(-1), "2–")
	d.Press("G")
	bottom := d.Screen()
	for range 3 {
		d.Press("j", "pgdown")
	}
	require.Equal(t, bottom, d.Screen())
	d.Press("k")
	require.NotEqual(t, bottom, d.Screen(), "one key up from the end moves")
	d.Press("g")
	require.Equal(t, top, d.Screen())
	d.Press("[", "]")
	require.Equal(t, top, d.Screen())
}

func TestDetail_FailedRefreshKeepsTheDataAndSaysItsAge(t *testing.T) {
	b := viewtest.New(t)
	d, u := open(t, b, "Daniel Reyes")
	b.Transport.Intercept(func(*http.Request) (*http.Response, error) { return nil, errors.New("no route to host") })
	d.Advance(3 * time.Minute)
	d.Press("r")
	d.Has("as of 3 min ago", "the connection was lost", "dreyes@pine.example")
	d.Resize(80, 24)
	require.Regexp(t, `^  Daniel Reyes +! as of 3 min ago: connection lost`, d.Line(1))
	d.Resize(120, 40)
	d.Advance(2 * time.Minute)
	d.Has("as of 5 min ago")
	b.Transport.Intercept(nil)
	b.EditUser(u, func(r *store.User) { r.FirstName = "Dan" })
	d.Press("r")
	d.Has("Dan Reyes")
	d.Lacks("as of")
}

func TestDetail_TakesNewerAnswersOnly(t *testing.T) {
	b := viewtest.New(t)
	d, u := open(t, b, "Daniel Reyes")
	newer, older, other := *u, *u, *u
	newer.FirstName, newer.ReadAt = clean.NewText("Newer"), u.ReadAt.Add(time.Second)
	older.FirstName, older.ReadAt = clean.NewText("Older"), u.ReadAt.Add(-time.Second)
	other.ID, other.FirstName = clean.NewText("user_other"), clean.NewText("Other")
	d.Send(action.UserChangedMsg{User: &newer})
	d.Has("Newer Reyes")
	d.Send(action.UserChangedMsg{User: &older})
	d.Send(action.UserChangedMsg{User: &other})
	d.Send(action.UserGoneMsg{ID: other.ID})
	d.Has("Newer Reyes")
	d.Lacks("not there any more")
}

// A ban is done while a refresh sent before it is still in flight.
func TestDetail_DropsALateAnswer(t *testing.T) {
	b := viewtest.New(t)
	d, u := open(t, b, "Daniel Reyes")
	late, arrived := make(chan struct{}), make(chan struct{}, 1)
	b.Transport.Intercept(func(r *http.Request) (*http.Response, error) {
		if r.Method == http.MethodGet {
			arrived <- struct{}{}
			<-late
		}
		return nil, nil
	})
	d.Async()
	d.Press("r")
	<-arrived
	banned := *u
	banned.Banned = true
	d.Send(action.UserChangedMsg{User: &banned})
	d.Has("■ banned")
	close(late)
	d.Settle()
	d.Has("■ banned")
}

func TestDetail_SaysThatAUserWasDeleted(t *testing.T) {
	b := viewtest.New(t)
	d, u := open(t, b, "Daniel Reyes")
	require.NoError(t, b.Store.Write(t.Context(), func(tx *store.Tx) error { return tx.DeleteUser(u.ID.Raw()) }))
	d.Press("r")
	d.Has("This user no longer exists", "q goes back", "Daniel Reyes")
	d.Press("x", "m")
	require.False(t, d.Asking())
	d.Has("this user no longer exists")
}

func TestDetail_OffersBothKeysToABannedAndLockedUser(t *testing.T) {
	b := viewtest.New(t)
	b.EditUser(b.FindUser("Maya Okafor"), func(u *store.User) { u.Banned = true })
	d, _ := open(t, b, "Maya Okafor")
	d.Has("Banned: they cannot sign in", "Locked after too many wrong attempts.", "Unlocks by itself", "Unban user")
	require.Regexp(t, `b  Unban user`, d.Screen())
	require.Regexp(t, `l  Unlock user`, d.Screen())
}

func TestDetail_LockCountsDown(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and the race detector has nothing to add")
	}
	b := viewtest.New(t)
	d, _ := open(t, b, "Maya Okafor")
	d.Has("◐ locked 47 min", "Unlocks by itself in 47 min.", "Unlock user")
	d.Advance(2 * time.Minute)
	d.Has("◐ locked 45 min")
	d.Advance(44*time.Minute - 10*time.Second)
	d.Has("◐ locked 70 s")
	d.Advance(2 * time.Minute)
	d.Has("● active")
	d.Lacks("◐")
	timers := b.Clock.Timers()
	d.Advance(time.Hour)
	require.LessOrEqual(t, b.Clock.Timers(), timers, "no clock ticks when nothing counts")
	require.Zero(t, b.Clock.Timers())
}

func TestCopyMenu_CopiesEveryValue(t *testing.T) {
	b := viewtest.New(t)
	d, u := open(t, b, "Daniel Reyes")
	d.Press("y")
	d.Has("Copy", "e-mail address  dreyes@pine.example")
	d.Press("enter")
	require.Equal(t, u.ID.Raw(), d.Clipboard)
	d.Has("Copied user id")
}

func TestDetail_ActionMenuGreysWhatDoesNotApply(t *testing.T) {
	b := viewtest.New(t)
	d, _ := open(t, b, "Daniel Reyes")
	d.Press("x")
	d.Has("Ban user", "Unban user", "not banned", "Reset MFA enrollments", "dreyes@pine.example")
}

func TestMetadataTab_KeepsDigitsAndOrder(t *testing.T) {
	b := viewtest.New(t)
	u := b.FindUser("Daniel Reyes")
	b.EditUser(u, func(r *store.User) {
		r.Public = []byte(`{"zeta":9007199254740993,"alpha":"x","empty":{},"list":[{"a":1},2],"null":null,"deep":` +
			strings.Repeat(`{"d":`, 60) + "1" + strings.Repeat("}", 60) + "}")
	})
	d, _ := open(t, b, "Daniel Reyes")
	d.Press("6")
	d.Has("9007199254740993", "{} empty", "– a  1", "null")
	screen := d.Screen()
	require.Less(t, strings.Index(screen, "zeta"), strings.Index(screen, "alpha"))
}
