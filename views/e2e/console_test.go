package e2e

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestConsole_FirstStartShowsTheList(t *testing.T) {
	t.Parallel()
	tm := start(t, 120, 40)
	tm.WaitFor("of 1,248")
	tm.WaitFor("DEMO")
	tm.WaitFor("Maya Okafor")
	tm.leave("q")
}

func TestConsole_SearchOpenBanUnban(t *testing.T) {
	t.Parallel()
	tm := start(t, 120, 40)
	tm.open("lindqvist", "Maya Lindqvist")
	tm.WaitFor("active")

	tm.Send("b")
	tm.WaitFor("Ban user")
	tm.WaitFor("m.lindqvist")
	tm.Type("chargeback on three orders")
	tm.Send("enter")
	tm.confirm("To undo:")
	tm.WaitFor("Banned Maya Lindqvist")
	tm.WaitFor("■ banned")

	tm.Send("b")
	tm.WaitFor("Unban")
	tm.confirm("▸ Cancel")
	tm.WaitFor("Unbanned Maya Lindqvist")
	tm.WaitGone("■ banned")

	tm.leave("q", "q", "q")
}

// A whole sentence in one write, as fast typing over a slow link arrives.
func TestConsole_TextTypedAfterAKeyGoesToTheQuestion(t *testing.T) {
	t.Parallel()
	tm := start(t, 120, 40)
	tm.open("lindqvist", "Maya Lindqvist")
	tm.Type("bclosed: double mix-up, ticket 4711")
	tm.WaitFor("Ban user", "closed: double mix-up, ticket 4711", "Users › Maya Lindqvist")
	tm.Send("esc")
	tm.WaitFor("Discard")
	tm.Send("q") // goes back to the form
	tm.leave("ctrl+c")
}

func TestConsole_LockUnlock(t *testing.T) {
	t.Parallel()
	tm := start(t, 120, 40)
	tm.open("lindqvist", "Maya Lindqvist")

	tm.Send("l")
	tm.WaitFor("Lock user")
	tm.Type("asked to")
	tm.Send("enter")
	tm.confirm("To undo:")
	tm.WaitFor("◐ locked")

	tm.Send("l")
	tm.WaitFor("Unlock")
	tm.confirm("▸ Cancel")
	tm.WaitGone("◐ locked")

	tm.leave("ctrl+c")
}

func TestConsole_ResetMFAAsksForTheChecklistAndTheLastFour(t *testing.T) {
	t.Parallel()
	tm := start(t, 120, 40)
	tm.open("reyes", "Daniel Reyes")

	tm.Send("m")
	tm.WaitFor("Reset MFA enrollments")
	checked(tm, "lost his phone")
	tm.confirm("Cancel")
	tm.WaitFor("Reset MFA for Daniel Reyes")
	tm.leave("q", "q", "q")
}

func TestConsole_SetsAndDeletesTheProfileImage(t *testing.T) {
	t.Parallel()
	home := t.TempDir()
	picture := filepath.Join(home, "portrait.png")
	require.NoError(t, os.WriteFile(picture, checkers(t), 0o600))
	require.NoError(t, os.WriteFile(filepath.Join(home, "notes.txt"), []byte("not a picture"), 0o600))

	tm := start(t, 120, 40, "HOME="+home)
	tm.open("lindqvist", "Maya Lindqvist")

	tm.Send("i")
	tm.WaitFor("Set profile image")
	tm.Paste(filepath.Join(home, "notes.txt"))
	tm.WaitFor("not a")
	tm.Send("ctrl+u")
	tm.Paste(picture)
	tm.WaitFor("✓ png")
	tm.Send("enter")
	tm.WaitFor("file portrait.png")
	tm.Type("sent by the person")
	tm.Send("enter")
	tm.confirm("To undo:")
	tm.WaitFor("Set the profile image of Maya Lindqvist")

	tm.Send("x")
	tm.WaitFor("Actions")
	tm.Type("remove profile")
	tm.Send("enter")
	tm.agree("not theirs")
	tm.WaitFor("Removed the profile image of Maya Lindqvist")
	tm.leave("ctrl+c")
}

func TestConsole_RestoresTheTerminalAfterAnySignal(t *testing.T) {
	t.Parallel()
	for _, s := range []syscall.Signal{syscall.SIGTERM, syscall.SIGHUP, syscall.SIGINT} {
		tm := start(t, 80, 24)
		tm.WaitFor("of 1,248")
		tm.Kill(s)
		tm.WaitExit()
		tm.Restored()
	}
}

func TestConsole_TooSmallSaysSo(t *testing.T) {
	t.Parallel()
	tm := start(t, 120, 40)
	tm.WaitFor("of 1,248")
	tm.Resize(20, 5)
	tm.WaitFor("this window is")
	tm.Resize(80, 24)
	tm.WaitFor("of 1,248")
	tm.leave("q")
}

var shownID = regexp.MustCompile(`id (user_\w{27})`)

// checked fills in a T3 question: the checklist, the reason, the last four characters
// of the phone or the id, whichever it asks for.
func checked(tm term, reason string) {
	tm.t.Helper()
	tm.WaitFor("Type the last four")
	screen := tm.Screen()
	last := ""
	if regexp.MustCompile(`last four (digits )?of the phone`).MatchString(screen) {
		all := regexp.MustCompile(`555-(\d{4})`).FindAllStringSubmatch(screen, -1)
		require.NotEmpty(tm.t, all, screen)
		last = all[0][1]
	} else {
		id := shownID.FindStringSubmatch(screen)
		require.NotNil(tm.t, id, screen)
		last = id[1][len(id[1])-4:]
	}
	for range strings.Count(screen, "[ ]") {
		tm.Send("space", "enter")
	}
	tm.Type(reason)
	tm.Send("enter")
	tm.Type(last)
	tm.Send("enter")
}

// checkers is a small picture with an unmistakable pattern.
func checkers(t *testing.T) []byte {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, 64, 64))
	for y := range 64 {
		for x := range 64 {
			c := color.RGBA{200, 40, 40, 255}
			if (x/8+y/8)%2 == 0 {
				c = color.RGBA{40, 40, 200, 255}
			}
			img.Set(x, y, c)
		}
	}
	var b bytes.Buffer
	require.NoError(t, png.Encode(&b, img))
	return b.Bytes()
}
