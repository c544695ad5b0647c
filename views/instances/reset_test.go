package instances_test

import (
	"context"
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	"frontdesk/api/sandbox/store"
)

func (k *desks) askToReset() {
	k.Press(":")
	k.Type("reset-demo")
	k.Press("enter")
}

func TestReset_ReplacesTheScreensOnceItIsDone(t *testing.T) {
	k := open(t)
	k.resetting = func(context.Context) error {
		k.demo.EditUser(k.demo.FindUser("Maya Okafor"), func(u *store.User) { u.FirstName = "Aaliyah" })
		return nil
	}
	k.find("maya")
	k.askToReset()
	k.Dialog().Expect("Reset the demo", "as on the first day", "lost", "the journal keeps what was done", "cannot be undone")
	k.Press("esc")
	k.Has("Maya Okafor")
	require.Len(t, k.envs, 1)

	k.askToReset()
	k.Dialog().Expect("Reset the demo")
	k.Press("y")
	k.Has("The demo is as on its first day", "DEMO", "Harbor & Pine")
	k.Lacks("/ maya")
	require.Len(t, k.envs, 2)
	require.Equal(t, int32(1), k.closed[0].Load())
	k.find("aaliyah")
	k.Has("Aaliyah Okafor")
}

// Marks are named in the same question, so that it is asked once.
func TestReset_AsksOnceAboutWhatIsLost(t *testing.T) {
	k := open(t)
	k.resetting = func(context.Context) error { return nil }
	k.Press("space", "space")
	k.askToReset()
	k.Dialog().Expect("Reset the demo", "as on the first day", "2 users are marked")
	k.Press("y")
	k.Has("The demo is as on its first day")
	k.Lacks("2 marked")
	require.False(t, k.Asking())
}

func TestReset_AFailureLeavesEverythingAsItIs(t *testing.T) {
	k := open(t)
	k.resetting = func(context.Context) error { return errors.New("the disk is full") }
	k.find("maya")
	k.askToReset()
	k.Dialog().Expect("Reset the demo")
	k.Press("y")
	k.Has("The demo cannot be reset: the disk is full", "Maya Okafor")
	require.Len(t, k.envs, 1)
	require.Zero(t, k.closed[0].Load())
}

func TestReset_IsForTheDemoOnly(t *testing.T) {
	k := open(t)
	k.choose("Pine")
	require.Contains(t, k.Line(0), "PRODUCTION")
	k.askToReset()
	k.Lacks("Reset the demo")
}

func TestReset_IsOffWhereItIsReadOnly(t *testing.T) {
	k := open(t)
	k.demo.Env.Instance.ReadOnly = true
	k.askToReset()
	require.False(t, k.Asking())
	k.Has("this instance is read-only")
}
