package picture_test

import (
	"image"
	"image/color"
	"strings"
	"testing"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/vt"
	"github.com/stretchr/testify/require"

	"frontdesk/tui/picture"
)

// emulate shows rows on an emulated screen.
func emulate(t *testing.T, rows []string) *vt.Emulator {
	t.Helper()
	e := vt.NewEmulator(ansi.StringWidth(rows[0])+2, len(rows)+1)
	_, err := e.WriteString(strings.Join(rows, "\r\n"))
	require.NoError(t, err)
	return e
}

// pixels returns the two colours that a cell shows.
func pixels(e *vt.Emulator, x, y int) (top, bottom color.Color) {
	c := e.CellAt(x, y)
	switch c.Content {
	case "▀":
		return c.Style.Fg, c.Style.Bg
	case "▄":
		return c.Style.Bg, c.Style.Fg
	}
	return c.Style.Bg, c.Style.Bg
}

func TestRender_DrawsEveryPixel(t *testing.T) {
	img := image.NewRGBA(image.Rect(3, 5, 15, 17)) // bounds need not begin at 0
	for y := range 12 {
		for x := range 12 {
			img.Set(3+x, 5+y, color.RGBA{uint8(x * 20), uint8(y * 20), uint8((x + y) % 3 * 100), 255})
		}
	}
	rows := picture.Render(img, 12, 6, colorprofile.TrueColor)
	require.Len(t, rows, 6)
	e := emulate(t, rows)
	for y := range 6 {
		require.Equal(t, 12, ansi.StringWidth(rows[y]))
		for x := range 12 {
			top, bottom := pixels(e, x, y)
			require.Equal(t, img.At(3+x, 5+2*y), color.RGBAModel.Convert(top))
			require.Equal(t, img.At(3+x, 5+2*y+1), color.RGBAModel.Convert(bottom))
		}
	}
	require.Nil(t, e.CellAt(12, 0).Style.Bg, "the colours end with the row")
}

func TestRender_CropsToTheMiddle(t *testing.T) {
	// A wide picture: only its middle square is visible in square cells.
	img := image.NewRGBA(image.Rect(0, 0, 90, 30))
	for y := range 30 {
		for x := range 90 {
			img.Set(x, y, color.RGBA{uint8(x / 30 * 100), 0, 0, 255})
		}
	}
	for _, size := range []image.Point{{8, 4}, {12, 6}} {
		e := emulate(t, picture.Render(img, size.X, size.Y, colorprofile.TrueColor))
		for y := range size.Y {
			top, _ := pixels(e, size.X/2, y)
			require.Equal(t, color.RGBA{100, 0, 0, 255}, color.RGBAModel.Convert(top))
		}
	}
}

func TestRender_WritesFewSequences(t *testing.T) {
	flat := image.NewUniform(color.RGBA{10, 20, 30, 255})
	img := image.NewRGBA(image.Rect(0, 0, 24, 24))
	for y := range 24 {
		for x := range 24 {
			img.Set(x, y, flat.C)
		}
	}
	for _, row := range picture.Render(img, 12, 6, colorprofile.TrueColor) {
		require.Equal(t, "\x1b[48;2;10;20;30m"+strings.Repeat(" ", 12)+ansi.ResetStyle, row)
	}
	// Two colours above each other, then swapped: no colour needs to change.
	turns := image.NewRGBA(image.Rect(0, 0, 4, 2))
	for x := range 4 {
		turns.Set(x, x%2, color.RGBA{255, 255, 255, 255})
		turns.Set(x, 1-x%2, color.RGBA{0, 0, 0, 255})
	}
	row := picture.Render(turns, 4, 1, colorprofile.TrueColor)[0]
	require.Equal(t, 2, strings.Count(row, "\x1b["), "%q", row)
}

func TestRender_FollowsTheProfile(t *testing.T) {
	img := quarters(24, 24)
	require.Contains(t, strings.Join(picture.Render(img, 12, 6, colorprofile.TrueColor), ""), "48;2;255;0;0")
	few := strings.Join(picture.Render(img, 12, 6, colorprofile.ANSI256), "")
	require.NotContains(t, few, ";2;")
	require.Contains(t, few, "48;5;")
	for _, p := range []colorprofile.Profile{colorprofile.ANSI, colorprofile.Ascii, colorprofile.NoTTY, colorprofile.Unknown} {
		require.Nil(t, picture.Render(img, 12, 6, p))
	}
	require.Nil(t, picture.Render(img, 0, 6, colorprofile.TrueColor))
	require.Nil(t, picture.Render(img, 6, -1, colorprofile.TrueColor))
	require.Nil(t, picture.Render(nil, 6, 6, colorprofile.TrueColor))
	require.Nil(t, picture.Render(image.NewRGBA(image.Rectangle{}), 6, 6, colorprofile.TrueColor))
}

func TestRender_LeavesTransparentPixels(t *testing.T) {
	img := image.NewNRGBA(image.Rect(0, 0, 4, 2))
	img.Set(0, 0, color.NRGBA{255, 0, 0, 255}) // above
	img.Set(1, 1, color.NRGBA{255, 0, 0, 255}) // below
	img.Set(2, 0, color.NRGBA{255, 0, 0, 255}) // both
	img.Set(2, 1, color.NRGBA{255, 0, 0, 255})
	rows := picture.Render(img, 4, 1, colorprofile.TrueColor)
	e := emulate(t, rows)
	red := color.RGBA{255, 0, 0, 255}
	want := [][2]color.Color{{red, nil}, {nil, red}, {red, red}, {nil, nil}}
	for x, w := range want {
		top, bottom := pixels(e, x, 0)
		require.Equal(t, w, [2]color.Color{top, bottom}, "%d", x)
	}
	laid := picture.OnBackground(img, color.RGBA{0, 0, 255, 255})
	require.Equal(t, color.RGBA{0, 0, 255, 255}, laid.At(3, 0))
	require.Equal(t, red, laid.At(0, 0))
}

func TestInitials_DrawsABox(t *testing.T) {
	require.Equal(t, []string{
		"╭──────╮",
		"│  MO  │",
		"│      │",
		"╰──────╯",
	}, picture.BoxedInitials("Maya Okafor", 8, 4))
	for name, want := range map[string]string{
		"José Núñez": "JN", "e\u0301lan": "E\u0301", "李小龍": "李", "maya": "M", "Ana Maria de la Cruz": "AC", "": "", "+1 555": "",
		"👨‍👩‍👧‍👦 Smith": "👨‍👩‍👧‍👦", "maya@pine.example": "M", "محمد علي": "مع", "␛[2J": "J", "\"Sam\" Carter": "SC", "ǆ x": "ǅX", "… —": "",
	} {
		require.Equal(t, want, strings.Trim(strings.Join(picture.BoxedInitials(name, 12, 5), ""), "╭─╮│╰╯ "), name)
	}
	for cols := range 14 {
		for rows := range 7 {
			for _, name := range []string{"Maya Okafor", "李小龍", ""} {
				box := picture.BoxedInitials(name, cols, rows)
				if cols == 0 || rows == 0 {
					require.Nil(t, box)
					continue
				}
				require.Len(t, box, rows)
				for _, row := range box {
					require.Equal(t, cols, ansi.StringWidth(row))
				}
			}
		}
	}
}

func BenchmarkRender(b *testing.B) {
	img, err := picture.Decode(pngOf(b, quarters(800, 800)))
	require.NoError(b, err)
	for b.Loop() {
		picture.Render(img, 12, 6, colorprofile.TrueColor)
	}
}

func BenchmarkDecode12MP(b *testing.B) {
	data := jpegOf(b, quarters(4032, 3024))
	for b.Loop() {
		if _, err := picture.Decode(data); err != nil {
			b.Fatal(err)
		}
	}
}
