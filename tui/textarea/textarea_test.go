package textarea_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/stretchr/testify/require"

	"frontdesk/tui"
	"frontdesk/tui/text"
	"frontdesk/tui/textarea"
	"frontdesk/tui/tuitest"
)

const width, height = 40, 10

// hands types into a box and looks at it after every key, as a person does.
type hands struct {
	*testing.T
	box *textarea.Model
	s   *tui.Styles
}

func on(t *testing.T, value string) hands {
	h := hands{t, textarea.New(), tui.NewStyles(tuitest.Theme("test"))}
	h.box.SetValue(value)
	h.look()
	return h
}

func (h hands) press(keys ...string) hands {
	h.Helper()
	for _, k := range keys {
		h.box.Update(tuitest.Key(k))
		h.look()
	}
	return h
}

// look draws the box and holds it to its size, and the cursor to its inside.
func (h hands) look() (rows []string, x, y int) {
	h.Helper()
	drawn, c := h.box.View(h.s, text.Clusters, width, height)
	require.Len(h, drawn, height)
	for _, r := range drawn {
		require.LessOrEqual(h, text.Width(r), width, "%q", r)
		rows = append(rows, strings.TrimRight(ansi.Strip(r), " "))
	}
	require.NotNil(h, c)
	require.True(h, c.X >= 6 && c.X < width && c.Y >= 0 && c.Y < height, "%v", c)
	return rows, c.X - 6, c.Y
}

func (h hands) at(x, y int) {
	h.Helper()
	rows, gotX, gotY := h.look()
	require.Equal(h, [2]int{x, y}, [2]int{gotX, gotY}, "%s", strings.Join(rows, "\n"))
}

func numbered(lines int) string {
	out := make([]string, lines)
	for i := range out {
		out[i] = fmt.Sprintf("line %d", i+1)
	}
	return strings.Join(out, "\n")
}

func TestMovingKeepsTheColumnAndTheCursorInSight(t *testing.T) {
	h := on(t, "abcdef\nab\nabcdef\n"+numbered(4000))
	h.press("end", "down").at(2, 1)
	h.press("down").at(6, 2)
	h.press("up", "up").at(6, 0)
	h.press("right").at(0, 1)
	h.press("left").at(6, 0)
	h.press("ctrl+end").at(9, height-1)
	rows, _, _ := h.look()
	require.Equal(t, " 4003 line 4000", rows[height-1])
	require.Equal(t, " 3994 line 3991", rows[0])
	h.press("pgup").at(9, 0)
	h.press("down").at(9, 1)
	rows, _, _ = h.look()
	require.Equal(t, " 3993 line 3990", rows[0], "what shows moves no more than it must")
	h.press("ctrl+home").at(0, 0)
	h.press("up", "left").at(0, 0)
}

func TestEditing(t *testing.T) {
	for name, c := range map[string]struct {
		from string
		keys []string
		want string
	}{
		"a line is broken":             {"abcd", []string{"right", "right", "enter"}, "ab\ncd"},
		"lines are joined":             {"ab\ncd", []string{"down", "backspace"}, "abcd"},
		"and from the other side":      {"ab\ncd", []string{"end", "delete"}, "abcd"},
		"nothing before the start":     {"ab", []string{"backspace"}, "ab"},
		"nothing behind the end":       {"ab", []string{"end", "delete"}, "ab"},
		"to the line's beginning":      {"ab\ncd", []string{"down", "right", "ctrl+u"}, "ab\nd"},
		"a word back":                  {`"plan": "gold"`, []string{"end", "left", "ctrl+w"}, `"plan": ""`},
		"a word on":                    {`"plan": "gold"`, []string{"alt+d"}, `": "gold"`},
		"a cluster goes whole":         {"a👩‍👩‍👧b", []string{"end", "left", "backspace"}, "ab"},
		"what is selected is replaced": {"abc\ndef", []string{"shift+down", "shift+right", "x"}, "xef"},
		"everything is":                {"abc\ndef", []string{"ctrl+g", "x"}, "x"},
		"or removed":                   {"abc\ndef", []string{"ctrl+g", "delete"}, ""},
		"moving ends a selection":      {"abc", []string{"shift+right", "right", "x"}, "abxc"},
		"backwards too":                {"abc", []string{"end", "shift+left", "shift+left", "x"}, "ax"},
		"a space is one":               {"ab", []string{"right", "space"}, "a b"},
		"no key without a meaning":     {"ab", []string{"ctrl+k", "ctrl+t", "alt+x"}, "ab"},
	} {
		t.Run(name, func(t *testing.T) {
			require.Equal(t, c.want, on(t, c.from).press(c.keys...).box.Value())
		})
	}
}

func TestAPasteStandsAsItIs(t *testing.T) {
	h := on(t, "ab")
	h.press("right")
	h.box.Update(tea.PasteMsg{Content: "1\r\n2\n3"})
	require.Equal(t, "a1\n2\n3b", h.box.Value())
	h.at(1, 2)
}

func TestALongLineIsBrokenAndNothingIsLost(t *testing.T) {
	h := on(t, strings.Repeat("word ", 12)+strings.Repeat("x", 80)+"\nnext")
	rows, _, _ := h.look()
	shown := ""
	for _, r := range rows[:5] {
		shown += strings.TrimSpace(strings.TrimPrefix(r, "    1"))
	}
	require.Equal(t, 12*4+80, strings.Count(shown, "w")*4+strings.Count(shown, "x"))
	require.Equal(t, "    1 word word word word word word", rows[0])
	require.Equal(t, "    2 next", rows[5], "%s", strings.Join(rows, "\n"))
	h.press("down", "down", "down", "down", "down").at(0, 5)
	h.press("left").at(14, 4)
}

// Whatever is typed, the text is what a plain string would be.
func TestRandomKeysAgainstAString(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	pick := func(of []string) string { return of[random.IntN(len(of))] }
	keys := []string{"left", "right", "home", "end", "backspace", "delete", "enter", "a", "é", "李", "{", "space", "up", "down", "pgup", "pgdown", "ctrl+home", "ctrl+end"}
	for range 40 {
		h := on(t, "")
		var want []rune
		at := 0
		for range 200 {
			k := pick(keys)
			switch bol := lineStart(want, at); k {
			case "left":
				at = max(0, at-1)
			case "right":
				at = min(len(want), at+1)
			case "home":
				at = bol
			case "end":
				for at < len(want) && want[at] != '\n' {
					at++
				}
			case "ctrl+home":
				at = 0
			case "ctrl+end":
				at = len(want)
			case "up", "down", "pgup", "pgdown":
				h.press(k, "ctrl+home") // the string follows no column
				at = 0
				continue
			case "backspace":
				if at > 0 {
					want = append(want[:at-1:at-1], want[at:]...)
					at--
				}
			case "delete":
				if at < len(want) {
					want = append(want[:at:at], want[at+1:]...)
				}
			default:
				r := []rune(strings.NewReplacer("enter", "\n", "space", " ").Replace(k))
				want = append(want[:at:at], append(r, want[at:]...)...)
				at++
			}
			h.press(k)
			require.Equal(t, string(want), h.box.Value())
		}
	}
}

func lineStart(text []rune, at int) int {
	for at > 0 && text[at-1] != '\n' {
		at--
	}
	return at
}

func BenchmarkAKeyAndItsPicture(b *testing.B) {
	s := tui.NewStyles(tuitest.Theme("colour"))
	for _, lines := range []int{40, 4000} {
		b.Run(fmt.Sprint(lines, " lines"), func(b *testing.B) {
			box := textarea.New()
			box.SetValue(numbered(lines))
			box.Update(tuitest.Key("ctrl+end"))
			for b.Loop() {
				box.Update(tuitest.Key("x"))
				_ = box.Value()
				box.View(s, text.Clusters, 120, 30)
				box.Update(tuitest.Key("backspace"))
				_ = box.Value()
				box.View(s, text.Clusters, 120, 30)
			}
		})
	}
}
