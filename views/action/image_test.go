package action_test

import (
	"bytes"
	"context"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/stretchr/testify/require"

	"frontdesk/tui"
	"frontdesk/tui/text"
	"frontdesk/tui/tuitest"
	"frontdesk/views/action"
	"frontdesk/views/user"
	"frontdesk/views/viewtest"
)

// choosing opens the detail of somebody and the file chooser over it.
func choosing(t *testing.T, b *viewtest.Harness, cols, rows int) *tuitest.Driver {
	t.Helper()
	d := b.Drive(user.NewDetail(b.Env, b.FindUser("Elin Berg")), cols, rows)
	d.Press("i")
	d.Has("Set profile image")
	return d
}

func TestImage_RefusesOtherFilesBeforeSending(t *testing.T) {
	b := viewtest.New(t)
	b.WriteFile("empty.png", nil)
	b.WriteFile("text.png", []byte("I am no picture"))
	b.WriteFile("cut.png", picture(t)[:40])
	b.WriteFile("big.png", append(picture(t), make([]byte, 11<<20)...))
	b.WriteFile("secret.png", picture(t))
	require.NoError(t, os.Chmod(filepath.Join(b.Home, "secret.png"), 0))
	wrong := map[string]string{
		"empty.png": "The file is empty", "text.png": "This is not a supported", "cut.png": "damaged",
		"big.png": "The picture is 11.0 MB", "nothing.png": "The file does not exist",
	}
	if os.Getuid() != 0 {
		wrong["secret.png"] = "do not have permission"
	}
	d := choosing(t, b, 120, 40)
	for name, says := range wrong {
		d.Press("ctrl+u")
		d.Paste(filepath.Join(b.Home, name))
		d.Has(says)
		d.Press("enter")
		require.False(t, d.Asking(), name)
	}
	for _, sent := range b.Transport.Requests() {
		require.True(t, strings.HasPrefix(sent, "GET "), sent)
	}
}

// The toast about a refused file would lie over the question about the next one.
func TestImage_RefusalLeavesTheScreenWithTheNextStep(t *testing.T) {
	b := viewtest.New(t)
	b.WriteFile("a.png", picture(t))
	b.WriteFile("b.png", []byte("I am no picture"))
	const refusal = "Choose another file."
	d := choosing(t, b, 120, 40)
	refuse := func() {
		d.Press("ctrl+u")
		d.Paste(filepath.Join(b.Home, "b.png"))
		d.Press("enter")
		d.Has(refusal)
	}
	refuse()
	d.Press("backspace")
	d.Lacks(refusal)
	refuse()
	d.Press("ctrl+u")
	d.Paste(b.Home + "/")
	d.Press("down", "enter")
	d.Has(refusal)
	d.Press("up")
	d.Lacks(refusal)
	d.Press("enter")
	d.Dialog().Expect("Set profile image", "file a.png")
	d.Lacks(refusal)
}

func TestImage_UnreadableFolder(t *testing.T) {
	b := viewtest.New(t)
	b.WriteFile("a.png", picture(t))
	d := choosing(t, b, 120, 40)
	d.Paste(filepath.Join(b.Home, "nowhere") + "/")
	d.Has("This folder does not exist.")
	d.Paste(filepath.Join(b.Home, "a.png") + "/")
	d.Has("This is a file, not a folder.")
	d.Press("shift+tab")
	d.Has("a.png")
}

func TestImage_OpensPastedPaths(t *testing.T) {
	b := viewtest.New(t)
	path := b.WriteFile("my pictures/the cat (1).png", picture(t))
	for _, pasted := range []string{path, "'" + path + "'\n", strings.NewReplacer(" ", `\ `, "(", `\(`, ")", `\)`).Replace(path), "file://" + strings.ReplaceAll(path, " ", "%20")} {
		d := choosing(t, b, 120, 40)
		d.Paste(pasted)
		d.Has("✓ png", "the cat (1).png")
		d.Press("enter")
		d.Dialog().Expect("Set profile image", "file the cat (1).png")
		d.Press("esc")
	}
}

func TestImage_FileNameCannotAffectTheScreen(t *testing.T) {
	b := viewtest.New(t)
	name := "x\x1b[2J\u202egnp.png"
	b.WriteFile(name, picture(t))
	d := choosing(t, b, 120, 40)
	d.Press("tab")
	d.Has("✓ png")
	d.Press("enter")
	d.Dialog().Expect("Set profile image", "Elin Berg")
	d.Lacks("\x1b", "\u202e")
	reason(d)
	d.Press("y")
	d.Has("Set the profile image of Elin Berg")
	require.True(t, b.FindUser("Elin Berg").HasImage)
}

func TestImage_ArrowsPreviewAndOpenFolders(t *testing.T) {
	b := viewtest.New(t)
	b.WriteFile("deep/er/one.png", picture(t))
	b.WriteFile("deep/two.gif", []byte("GIF89a"))
	d := choosing(t, b, 120, 40)
	d.Has("▌ deep/")
	d.Press("enter")
	d.Has("~/deep/", "▌ er/", "two.gif")
	d.Press("down")
	d.Has("▌ two.gif", "✗")
	d.Press("up", "enter")
	d.Has("~/deep/er/", "▌ one.png", "✓ png", "1 of 1")
	d.Press("shift+tab", "shift+tab")
	d.Has("▌ deep/")
	d.Press("esc")
	d.Has("CONTACT DETAILS")
}

func TestImage_HiddenFilesAfterADot(t *testing.T) {
	b := viewtest.New(t)
	b.WriteFile(".face.png", picture(t))
	d := choosing(t, b, 120, 40)
	d.Lacks(".face.png")
	d.Type(".f")
	d.Has(".face.png", "✓ png")
}

func TestImage_FitsEverySize(t *testing.T) {
	b := viewtest.New(t)
	var wide bytes.Buffer
	require.NoError(t, png.Encode(&wide, image.NewRGBA(image.Rect(0, 0, 300, 40))))
	b.WriteFile(strings.Repeat("王小明", 20)+".png", wide.Bytes())
	b.WriteFile("हिन्दी น้ำ.png", wide.Bytes())
	b.WriteFile(strings.Repeat("long ", 45)+".txt", []byte("x"))
	for _, size := range [][2]int{{40, 8}, {60, 20}, {80, 24}, {120, 40}, {200, 60}} {
		d := choosing(t, b, size[0], size[1]) // the driver holds every frame to its size
		d.Press("down", "down", "tab", "up")
		d.Paste(strings.Repeat("王", 200))
	}
	var chooser tui.View
	for _, a := range action.UserActions(b.Env, b.FindUser("Elin Berg")) {
		if a.ID == "set_user_profile_image" {
			msg, _ := a.Do()().(tui.PushMsg)
			chooser = msg.View
		}
	}
	require.True(t, chooser.Typing())
	for width := 0; width <= 200; width += 7 {
		for _, height := range []int{0, 1, 3, 9, 30} {
			f := chooser.View(tui.Screen{Width: width, Height: height, Styles: tui.NewStyles(tui.Theme{}), Breadcrumb: []string{"Users", strings.Repeat("name ", 40), "Set profile image"}})
			for _, l := range strings.Split(f.Content, "\n") {
				require.LessOrEqual(t, text.Width(l), width, "%d×%d", width, height)
			}
			require.LessOrEqual(t, strings.Count(f.Content, "\n"), max(0, height-1))
		}
	}
}

func TestImage_BoxTakesLettersOnly(t *testing.T) {
	b := viewtest.New(t)
	d := choosing(t, b, 120, 40)
	d.Type("qb?:x")
	d.Has("~/qb?:x")
	d.Send(tea.PasteMsg{Content: "a\x1b]0;t\x07b"})
	d.Lacks("\x1b", "\x07")
}

func TestImage_SilentDisk(t *testing.T) {
	b := viewtest.New(t)
	b.WriteFile("a.png", picture(t))
	b.WriteFile("b.png", picture(t))
	pause := make(chan struct{})
	defer close(pause)
	d := choosing(t, b, 120, 40)
	b.Env.Sleep = viewtest.SleepUntil(pause)
	d.Async()
	d.Type("b")
	d.Has("Checking the file")
	d.Advance(25 * time.Second)
	d.Send(tui.TaskMsg{Key: "image.look", Err: context.DeadlineExceeded})
	d.Has("The disk did not answer")
	d.Press("enter")
	require.False(t, d.Asking())
}

func TestImage_FolderWithHiddenFilesOnly(t *testing.T) {
	b := viewtest.New(t)
	b.WriteFile(".profile", []byte("x"))
	d := choosing(t, b, 120, 40)
	d.Has("Only hidden files here; type a dot to see them.", "jpg, png, gif or webp, at most 10 MB")
	d.Type("q")
	d.Has("No names match what you typed.")
	d.Press("backspace")
	d.Type(".")
	d.Has(".profile")
}

func TestImage_BeginsInTheFolderOfTheLastOne(t *testing.T) {
	b := viewtest.New(t)
	b.WriteFile("Pictures/elin.png", picture(t))
	d := choosing(t, b, 100, 30)
	d.Type("pic")
	d.Press("enter", "enter")
	d.Dialog().Expect("Set profile image", "file elin.png")
	d.Press("esc", "esc", "i")
	d.Has("File  ~/Pictures/", "elin.png")
}
