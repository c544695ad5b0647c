package user_test

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"image/png"
	"net/http"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/stretchr/testify/require"

	"frontdesk/api"
	"frontdesk/tui"
	"frontdesk/tui/tuitest"
	"frontdesk/views/action"
	"frontdesk/views/avatar"
	"frontdesk/views/user"
	"frontdesk/views/viewtest"
)

// root is a screen with nothing but a card.
type root struct{ card *user.Card }

// showMsg sets the user of the card, as the cursor of a list does.
type showMsg struct{ u *api.User }

func (root) Title() string             { return "Users" }
func (root) Init() tea.Cmd             { return nil }
func (root) Actions() []tui.Action     { return nil }
func (root) Typing() bool              { return false }
func (r root) NextTick() time.Duration { return r.card.NextTick() }

func (r root) Update(msg tea.Msg) tea.Cmd {
	if show, ok := msg.(showMsg); ok {
		return r.card.Show(show.u)
	}
	return r.card.Update(msg)
}

func (r root) View(s tui.Screen) tui.Frame {
	s.Width = min(s.Width, 38)
	return tui.Frame{Content: r.card.View(s)}
}

func card(t *testing.T, b *viewtest.Harness) *tuitest.Driver {
	t.Helper()
	return b.Drive(root{user.NewCard(b.Env)}, 80, roomForPicture)
}

// roomForPicture is the height of a terminal with room for the picture below the longest
// card of these tests: the text goes before the picture.
const roomForPicture = 48

// pictures counts the requests for images.
func pictures(b *viewtest.Harness) int {
	n := 0
	for _, sent := range b.Transport.Requests() {
		if strings.Contains(sent, "/img/") {
			n++
		}
	}
	return n
}

func TestCard_ShowsVerdictContactAndSignIn(t *testing.T) {
	b := viewtest.New(t)
	d := card(t, b)
	require.Empty(t, strings.TrimSpace(d.Line(1)), "an empty card draws nothing")
	d.Send(showMsg{b.FindUser("Maya Okafor")})
	d.Has("Maya Okafor", "@maya.o", "user_", "joined", "1 h ago", "◐ Can't sign in", "Locked after too many wrong attempts.", "Unlocks by itself in 47 min.",
		"l  Unlock user", "CONTACT", "maya@harborpine.example ✓", "+1 (415) 555-0142 ✓", "SIGN-IN", "password", "last seen 3 min ago")
	d.Send(showMsg{nil})
	d.Lacks("Maya")
}

func TestCard_PictureStandsBelowTheText(t *testing.T) {
	b := viewtest.New(t)
	d := card(t, b)
	u := b.FindUser("Priya Raman")
	d.Send(showMsg{u})
	require.Equal(t, 1, pictures(b))
	rows := 0
	for _, row := range strings.Split(d.Screen(), "\n") {
		if strings.Contains(row, "▀") {
			rows++
		}
	}
	require.Equal(t, avatar.Photo().Height, rows, "all of the picture")
	d.Has("│ PR │")
	d.Send(showMsg{b.FindUser("Maya Okafor")})
	d.Send(showMsg{u})
	require.LessOrEqual(t, pictures(b), 2, "a picture that was seen is not loaded again")

	d.Send(tea.ColorProfileMsg{Profile: colorprofile.ANSI})
	d.Has("│ PR │")
	d.Lacks("▀")
}

// The pause is held open: a picture that the cursor has left by then is never
// requested.
func TestCard_LoadsNoPictureWhileMovingThroughAList(t *testing.T) {
	b := viewtest.New(t)
	pause := make(chan struct{})
	b.Env.Sleep = viewtest.SleepUntil(pause)
	d := card(t, b)
	d.Async()
	with := picturesOf(t, b)
	require.GreaterOrEqual(t, len(with), 3)
	for _, u := range with {
		d.Send(showMsg{u})
	}
	require.Zero(t, pictures(b))
	close(pause)
	d.Until("the last one's picture", func() bool { return strings.Contains(d.Screen(), "▀") })
	require.Equal(t, 1, pictures(b))
}

// The address of a sign is what the caller is asked about: a narrow card cuts none.
func TestCard_ShowsAllOfAnAddressWhereNarrow(t *testing.T) {
	b := viewtest.New(t)
	c := user.NewCard(b.Env)
	c.Show(b.FindUser("Priya Raman"))
	s := tui.Screen{Width: 24, Height: 45, Styles: tui.NewStyles(tui.Theme{}), Keys: viewtest.Keys(t), Now: b.Clock.Now()}
	got := c.View(s)
	require.Contains(t, got, "  priya.raman\n  @mail-relay.example\n", "the sign")
	require.Contains(t, got, "\npriya.raman\n@mail-relay.example ✓", "the contact")
}

// picturesOf returns users with a picture.
func picturesOf(t *testing.T, b *viewtest.Harness) []*api.User {
	t.Helper()
	all, err := b.Client.ListUsers(t.Context(), api.Query{Limit: 100})
	require.NoError(t, err)
	var out []*api.User
	for i := range all {
		if all[i].HasImage && len(out) < 6 {
			out = append(out, &all[i])
		}
	}
	return out
}

func TestCard_KeepsInitialsWhenThePictureFails(t *testing.T) {
	b := viewtest.New(t)
	for name, spoil := range map[string]func(*http.Request) (*http.Response, error){
		"network": func(*http.Request) (*http.Response, error) { return nil, errors.New("cut") },
		"no picture": func(r *http.Request) (*http.Response, error) {
			return &http.Response{StatusCode: 200, Body: http.NoBody, Request: r, Header: http.Header{}}, nil
		},
	} {
		t.Run(name, func(t *testing.T) {
			b.Transport.Intercept(spoil)
			d := card(t, b)
			d.Send(showMsg{b.FindUser("Priya Raman")})
			d.Has("│ PR │", "Priya Raman")
			d.Lacks("▀")
		})
	}
}

func TestCard_LoadsAChangedPictureAgain(t *testing.T) {
	b := viewtest.New(t)
	d := card(t, b)
	u := b.FindUser("Priya Raman")
	d.Send(showMsg{u})
	before := d.Styled()
	file := b.WriteFile("red.png", red(t))
	img, err := api.CheckImage(file)
	require.NoError(t, err)
	now, err := b.Client.SetProfileImage(t.Context(), u.ID, img)
	require.NoError(t, err)
	d.Send(action.UserChangedMsg{User: now, PictureChanged: true})
	require.Equal(t, 2, pictures(b))
	require.NotEqual(t, before, d.Styled())
}

func red(t *testing.T) []byte {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, 16, 16))
	for i := range 256 {
		img.Set(i%16, i/16, color.RGBA{R: 0xff, A: 0xff})
	}
	var out bytes.Buffer
	require.NoError(t, png.Encode(&out, img))
	return out.Bytes()
}

// The text stands where it is with and without a picture.
func TestCard_LayoutStaysWhenThePictureLoads(t *testing.T) {
	b := viewtest.New(t)
	c := user.NewCard(b.Env)
	u := b.FindUser("Priya Raman")
	c.Show(u)
	const height = roomForPicture - 3
	s := tui.Screen{Width: 38, Height: height, Styles: tui.NewStyles(tuitest.Theme("colour")), Keys: viewtest.Keys(t), Now: b.Clock.Now()}
	without := strings.Split(c.View(s), "\n")
	d := b.Drive(root{c}, 80, roomForPicture)
	d.Send(showMsg{u})
	with := strings.Split(c.View(s), "\n")
	require.Equal(t, without, with[:len(without)])
	require.Len(t, with, height, "the picture is at the bottom by now")
	require.Contains(t, with[height-1], "▀")

	for s.Height = height; strings.Contains(c.View(s), "▀"); s.Height-- {
		require.Greater(t, s.Height, len(without), "the picture takes none of the text's rows")
	}
	require.Equal(t, without, strings.Split(c.View(s), "\n"), "without room for all of it there is no picture")
}

func TestCard_TicksOnlyForACountdown(t *testing.T) {
	b := viewtest.New(t)
	d := card(t, b)
	d.Send(showMsg{b.FindUser("Daniel Reyes")})
	require.Zero(t, b.Clock.Timers())
	d.Send(showMsg{b.FindUser("Maya Okafor")})
	d.Advance(90 * time.Second)
	d.Has("by itself in 46")
}
