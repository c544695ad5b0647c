package instances_test

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"frontdesk/api"
	"frontdesk/api/profile"
	"frontdesk/api/sandbox/store"
	"frontdesk/api/session"
	"frontdesk/tui"
	"frontdesk/tui/shell"
	"frontdesk/tui/tuitest"
	"frontdesk/views/action"
	"frontdesk/views/instances"
	"frontdesk/views/user"
	"frontdesk/views/users"
	"frontdesk/views/viewtest"
)

// desks are two instances with the same people, of which the second calls Maya Okafor
// Zelda Quist, and the shell that begins on the first.
type desks struct {
	*tuitest.Driver
	demo, live *viewtest.Harness
	envs       []*action.Env // of the screens, in the order in which they were made
	closed     [2]atomic.Int32
	opening    func(context.Context) error // what happens while the second is opened
	resetting  func(context.Context) error // what resets the first
}

func (k *desks) List() []profile.Instance {
	return []profile.Instance{k.demo.Env.Instance, k.live.Env.Instance,
		{ID: "vanished", Kind: profile.Development, Name: "Vanished", URL: "https://gone.example/v1"}}
}

func (k *desks) Open(ctx context.Context, id string) (*session.Session, error) {
	switch id {
	case "demo":
		s := k.demo.Env.Session
		return &s, nil
	case "live":
		if k.opening != nil {
			if err := k.opening(ctx); err != nil {
				return nil, err
			}
		}
		s := k.live.Env.Session
		return &s, nil
	}
	return nil, errors.New("pass, which should print its key, failed with exit code 2")
}

func open(t *testing.T) *desks {
	t.Helper()
	k := &desks{demo: viewtest.New(t), live: viewtest.New(t)}
	k.demo.Env.Instance = profile.Instance{ID: "demo", Kind: profile.Demo, Name: "Harbor & Pine", Operator: "jo@ops-2"}
	k.live.Env.Instance = profile.Instance{ID: "live", Kind: profile.Production, Name: "Pine Outfitters", Operator: "jo@ops-2"}
	k.demo.Env.Close = func() { k.closed[0].Add(1) }
	k.live.Env.Close = func() { k.closed[1].Add(1) }
	k.live.EditUser(k.live.FindUser("Maya Okafor"), func(u *store.User) { u.FirstName, u.LastName = "Zelda", "Quist" })
	k.demo.Env.NewUserView = user.NewDetail
	switcher := instances.New(instances.Config{
		Instances: k, ResetDemo: func(ctx context.Context) error { return k.resetting(ctx) },
		Root:    func(env *action.Env) tui.View { k.envs = append(k.envs, env); return users.New(env) },
		Actions: func(env *action.Env) []tui.Action { return []tui.Action{action.UndoAction(env)} },
	})
	t.Cleanup(switcher.Close)
	first := switcher.Adopt(k.demo.Env)
	k.Driver = tuitest.Drive(t, shell.Config{Root: first.Root, Keys: viewtest.Keys(t), Clock: k.demo.Clock.Now, After: k.demo.Clock.After,
		Instance: first.Instance, Operator: first.Operator, GlobalActions: first.GlobalActions}, 120, 40)
	k.Driver.Clock = k.demo.Clock
	return k
}

// choose opens the list of instances and chooses one.
func (k *desks) choose(name string) {
	k.Press(":")
	k.Type("switch instance")
	k.Press("enter")
	k.Has("Now on ")
	k.Type(name)
	k.Press("enter")
}

func (k *desks) find(text string) {
	k.Press("/")
	k.Type(text)
	k.Advance(tuitest.Pace)
	k.Press("enter")
}

func TestSwitch_ShowsTheInstancesWithKindAndAddress(t *testing.T) {
	k := open(t)
	k.Press(":")
	k.Type("instance")
	k.Has("Show instance") // an operation, after it
	k.Press("enter")
	k.Has("Now on Harbor & Pine (DEMO)", "Harbor & Pine  DEMO", "this is the current instance", "Pine Outfitters  PRODUCTION", "api.clerk.com",
		"Vanished  DEVELOPMENT", "https://gone.example/v1")
	require.NotEqual(t, k.Cell("PRODUCTION").Style.Fg, k.Cell("DEVELOPMENT").Style.Fg)
	k.Press("enter") // the first that can be chosen is not the present one
	require.Contains(t, k.Line(0), "Pine Outfitters")
}

func TestSwitch_BadgeRowsUndoPeopleSearchAndPicturesFollow(t *testing.T) {
	k := open(t)
	k.find("maya")
	k.Press("enter", "l")
	k.Dialog().Expect("Unlock user")
	k.Press("y")
	maya := k.demo.FindUser("Maya Okafor")
	require.False(t, maya.Locked)
	require.True(t, k.envs[0].UserCache().Contains(maya.ID))
	pictures := k.envs[0].Avatars()

	k.choose("Pine")
	require.Contains(t, k.Line(0), "PRODUCTION")
	require.Contains(t, k.Line(0), "Pine Outfitters")
	require.NotContains(t, k.Line(0), "Harbor & Pine")
	require.Equal(t, "frontdesk · PRODUCTION", k.Model.View().WindowTitle)
	k.Has("Now on Pine Outfitters (PRODUCTION)", "NAME") // the list again, not the person
	k.Lacks("/ maya", "Maya Okafor", "Overview")
	require.Len(t, k.envs, 2)
	require.NotSame(t, pictures, k.envs[1].Avatars())
	require.NotSame(t, k.envs[0].UserCache(), k.envs[1].UserCache())
	k.envs[1].UserCache().Each(func(u *api.User) { require.NotEqual(t, "Maya", u.FirstName.Raw()) })
	require.Equal(t, int32(1), k.closed[0].Load())
	require.Equal(t, int32(0), k.closed[1].Load())

	k.Press("z")
	k.Has("nothing to undo yet")
	k.Press("-")
	k.Has("no other screen was open yet")
	k.find("zelda")
	k.Has("Zelda Quist")
	k.Lacks("Maya Okafor")
	k.Press("enter")
	k.Has("Zelda Quist", "Overview")
	require.True(t, k.live.FindUser("Zelda Quist").Locked)
	require.NotContains(t, strings.Join(k.live.Transport.Requests(), " "), "/lock")
}

func TestSwitch_ALateAnswerOfTheOldInstanceChangesNothing(t *testing.T) {
	k := open(t)
	release := make(chan struct{})
	k.demo.Transport.Intercept(func(r *http.Request) (*http.Response, error) {
		<-release
		return nil, nil
	})
	k.Async()
	k.Press("r") // the list is asked for, and answers late
	k.choose("Pine")
	k.WaitFor("Pine Outfitters")
	k.WaitFor("Zelda Quist")
	k.Advance(10 * tuitest.Pace)
	k.Until("rows of the new instance alone", func() bool { return len(k.live.Transport.Requests()) > 0 })
	before := k.Screen()
	close(release)
	k.Until("the late answers", func() bool { return k.Tasks() == 0 })
	require.Equal(t, before, k.Screen())
}

func TestSwitch_ABanInFlightIsReportedForItsInstance(t *testing.T) {
	k := open(t)
	k.find("maya")
	sent, release := make(chan struct{}, 1), make(chan struct{})
	k.demo.Transport.Intercept(func(r *http.Request) (*http.Response, error) {
		if strings.HasSuffix(r.URL.Path, "/ban") {
			sent <- struct{}{}
			<-release
		}
		return nil, nil
	})
	k.Async()
	k.Press("b")
	k.Dialog().Expect("Ban user")
	k.Type("chargeback on three orders")
	k.Press("enter", "y")
	select { // the request itself sends the program no message
	case <-sent:
	case <-time.After(tuitest.Limit):
		t.Fatal("the ban was not sent")
	}
	k.Press("esc") // leaves the form, which waits for the answer
	k.choose("Pine")
	k.Dialog().Expect("Switch to Pine Outfitters (PRODUCTION)", "Banning Maya Okafor finishes first", "on DEMO")
	k.Press("y")
	k.WaitFor("Zelda Quist")
	require.Equal(t, int32(0), k.closed[0].Load(), "its write has not ended")
	close(release)
	k.WaitFor("On Harbor & Pine (DEMO): ")
	k.Has("Banned Maya Okafor")
	k.Until("the old instance is closed", func() bool { return k.closed[0].Load() == 1 })
	require.True(t, k.demo.FindUser("Maya Okafor").Banned)
	require.False(t, k.live.FindUser("Zelda Quist").Banned)
	k.find("zelda")
	k.Has("Zelda Quist")
	k.Lacks("banned")
	k.Press("z")
	k.Has("nothing to undo yet")
	require.Empty(t, k.Model.PendingOutcomes())
}

func TestSwitch_AWriteLeftBehindIsReportedAfterQuitting(t *testing.T) {
	k := open(t)
	k.find("maya")
	release := make(chan struct{})
	k.demo.Transport.Intercept(func(r *http.Request) (*http.Response, error) {
		if strings.HasSuffix(r.URL.Path, "/ban") {
			<-release
		}
		return nil, nil
	})
	k.Async()
	k.Press("b")
	k.Dialog().Expect("Ban user")
	k.Type("chargeback on three orders")
	k.Press("enter", "y")
	k.Press("esc") // leaves the form, which waits for the answer
	k.choose("Pine")
	k.Dialog().Expect("Switch to Pine Outfitters (PRODUCTION)")
	k.Press("y")
	k.WaitFor("Zelda Quist")
	k.Press("ctrl+c")
	require.False(t, k.Left, "it waits for the ban")
	close(release)
	k.Until("the end", func() bool { return k.Left })
	ends := k.Model.PendingOutcomes()
	require.Len(t, ends, 1)
	require.Contains(t, ends[0].Text, "On Harbor & Pine (DEMO): ")
	require.Contains(t, ends[0].Text, "Maya Okafor")
	require.Equal(t, tui.OutcomeDone, ends[0].Kind)
}

func TestSwitch_AnInstanceThatCannotBeOpenedLeavesEverything(t *testing.T) {
	k := open(t)
	k.find("maya")
	k.choose("Vanished")
	k.Has("Vanished cannot be opened: pass, which should print its", "key, failed with exit code 2", "You are still on Harbor & Pine (DEMO).")
	require.Contains(t, k.Line(0), "DEMO")
	k.Has("maya", "Maya Okafor")
	require.Len(t, k.envs, 1)
	require.Equal(t, int32(0), k.closed[0].Load())
}

func TestSwitch_AsksBeforeMarksAreLost(t *testing.T) {
	k := open(t)
	k.Press("space", "space")
	k.choose("Pine")
	k.Dialog().Expect("Switch to Pine Outfitters (PRODUCTION)", "2 users are marked; the marks are lost")
	k.Press("esc")
	require.Contains(t, k.Line(0), "DEMO")
	k.choose("Pine")
	k.Dialog().Expect("Switch to Pine Outfitters (PRODUCTION)")
	k.Press("y")
	require.Contains(t, k.Line(0), "PRODUCTION")
}

func TestSwitch_EscStopsOpening(t *testing.T) {
	k := open(t)
	k.opening = func(ctx context.Context) error { <-ctx.Done(); return ctx.Err() }
	k.Async()
	k.choose("Pine")
	k.Advance(2 * tuitest.Pace)
	k.WaitFor("Opening Pine")
	k.Press("esc")
	k.Until("it is given up", func() bool { return k.Tasks() == 0 })
	require.Contains(t, k.Line(0), "DEMO")
	require.Len(t, k.envs, 1)
}

func TestSwitch_AsksAgainAboutWorkBegunWhileItOpened(t *testing.T) {
	k := open(t)
	release := make(chan struct{})
	k.opening = func(context.Context) error { <-release; return nil }
	k.Async()
	k.choose("Pine")
	k.Press("space")
	close(release)
	k.Until("the question", k.Asking)
	k.Dialog().Expect("Switch to Pine Outfitters (PRODUCTION)", "1 user is marked; the mark is lost")
	k.Press("esc")
	k.Until("the opened one is closed", func() bool { return k.closed[1].Load() == 1 })
	require.Contains(t, k.Line(0), "DEMO")
	require.Equal(t, int32(0), k.closed[0].Load())
}
