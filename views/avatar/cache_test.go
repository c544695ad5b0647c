package avatar

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
	"github.com/stretchr/testify/require"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/tui"
)

func someone(n int) *api.User {
	return &api.User{ID: clean.NewText("user_1"), FirstName: clean.NewText("Maya"), HasImage: true, ImageURL: clean.NewText(fmt.Sprintf("https://img.example/%d", n))}
}

func album(t *testing.T, err error) *Cache {
	t.Helper()
	var dot bytes.Buffer
	require.NoError(t, png.Encode(&dot, image.NewGray(image.Rect(0, 0, 4, 4))))
	return New(func(context.Context, clean.Text) ([]byte, error) { return dot.Bytes(), err },
		func(ctx context.Context, _ time.Duration) error { return ctx.Err() })
}

// run runs the task of a user's picture, as the shell would.
func (a *Cache) run(t *testing.T, u *api.User) {
	t.Helper()
	task, ok := a.LoadTask("key", u, time.Second)
	require.True(t, ok)
	msg, ok := task.Run(t.Context(), nil).(LoadedMsg)
	require.True(t, ok)
	a.Update(msg)
}

func TestCache_IsBounded(t *testing.T) {
	a := album(t, nil)
	for n := range 3 * maxPictures {
		a.run(t, someone(n))
	}
	require.Len(t, a.pictures, maxPictures)
	require.Len(t, a.order, maxPictures)
	require.NotNil(t, a.Picture(someone(3*maxPictures-1), Photo()))
	require.Nil(t, a.Picture(someone(0), Photo()))
}

func TestCache_LoadsOnceUntilForgotten(t *testing.T) {
	for name, err := range map[string]error{"here": nil, "failed": errors.New("404")} {
		t.Run(name, func(t *testing.T) {
			a, u := album(t, err), someone(1)
			a.run(t, u)
			_, again := a.LoadTask("key", u, 0)
			require.False(t, again)
			a.Forget(u.ImageURL)
			_, again = a.LoadTask("key", u, 0)
			require.True(t, again)
		})
	}
	a := album(t, nil)
	_, ok := a.LoadTask("key", &api.User{ImageURL: clean.NewText("https://img.example/generated")}, 0)
	require.False(t, ok, "a generated avatar is nobody's picture")
}

func TestLoadTask_CancelledReturnsNothing(t *testing.T) {
	task, ok := album(t, nil).LoadTask("key", someone(1), time.Second)
	require.True(t, ok)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	require.Nil(t, task.Run(ctx, nil))
}

func TestTile_HasItsSizeAndItsColour(t *testing.T) {
	a, size := album(t, nil), TileSize()
	coloured := tui.Theme{Accent: ansi.Yellow, Tiles: []color.Color{ansi.IndexedColor(24), ansi.IndexedColor(60), ansi.IndexedColor(95)}, OnTile: ansi.White}
	for _, u := range []*api.User{someone(1), {FirstName: clean.NewText("王小明")}, {FirstName: clean.NewText("हिन्दी"), LastName: clean.NewText("\x1b[2J")}, {FirstName: clean.NewText("محمد")}, {}, nil} {
		for _, theme := range []tui.Theme{{}, {Accent: ansi.Yellow}, coloured} {
			lines := a.Tile(u, tui.NewStyles(theme))
			require.Len(t, lines, size.Height)
			for _, l := range lines {
				require.Equal(t, size.Width, ansi.StringWidth(l), "%q", l)
			}
			require.Equal(t, len(theme.Tiles) > 0, !strings.Contains(lines[0], "╭"))
		}
	}
	styles, colours := tui.NewStyles(coloured), map[string]bool{}
	for i := range 50 {
		u := &api.User{ID: clean.NewText(fmt.Sprint("user_", i))}
		require.Equal(t, a.Tile(u, styles), a.Tile(u, styles), "a user keeps the colour")
		colours[a.Tile(u, styles)[0]] = true
	}
	require.Len(t, colours, 3, "every colour is used")
	a.SetColorProfile(colorprofile.ANSI)
	require.Contains(t, a.Tile(someone(1), styles)[0], "╭", "a colour that the terminal rounds may make the initials unreadable")
}

func TestLargeTile_IsAsLargeAsAPhotograph(t *testing.T) {
	a, size := album(t, nil), Photo()
	styles := tui.NewStyles(tui.Theme{Tiles: []color.Color{ansi.IndexedColor(24)}, OnTile: ansi.White})
	for _, u := range []*api.User{someone(1), {FirstName: clean.NewText("Priya"), LastName: clean.NewText("Raman")}, {FirstName: clean.NewText("王小明")}, {}, nil} {
		lines := a.LargeTile(u, styles)
		require.Len(t, lines, size.Height)
		for _, l := range lines {
			require.Equal(t, size.Width, ansi.StringWidth(l), "%q", l)
		}
	}
	require.Len(t, a.LargeTile(someone(1), tui.NewStyles(tui.Theme{})), TileSize().Height, "a large box would be empty")
}
