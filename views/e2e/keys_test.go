package e2e

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"frontdesk/tui/tuitest"
)

// list waits for the whole list.
func (m term) list() {
	m.t.Helper()
	m.WaitUntil("the list and its total", func(screen string) bool { return total.MatchString(screen) })
}

// until sends bytes until the screen is as expected: a key sent before its screen is
// shown may have no effect.
func (m term) until(what, bytes string, ok func(screen string) bool) {
	m.t.Helper()
	for range 20 {
		m.Type(bytes)
		m.Quiet(400 * time.Millisecond)
		if ok(m.Screen()) {
			return
		}
	}
	require.FailNow(m.t, what, "%q does not do it:\n%s", bytes, m.Screen())
}

func TestKeys_EscWorksWithLockKeys(t *testing.T) {
	t.Parallel()
	for name, esc := range map[string]string{"NumLock": "\x1b[27;129u", "CapsLock": "\x1b[27;65u", "both": "\x1b[27;193u"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tm := start(t, 120, 40)
			tm.list()
			for _, state := range []struct {
				name, keys, on string // on is the screen after esc
			}{
				{"the search box", "/maya l", "esc clear"},
				{"a kept search", "/maya l\r", "“maya l”"},
				{"a range", "vj", "range"},
				{"marks", " j ", "marked"},
				{"the menu", "x", "type to find"},
				{"go to", ":", "type an action or a person's name"},
				{"help", "?", "Help · Users"},
				{"help with a filter", "?search", "Help · Users"}, // the first clears it
				{"notices", "N", "Notices"},
				{"filters", "f", "type to find"},
				{"copy", "y", "type to find"},
				{"a form", "c", "Create user"},
				{"a question", "D", "Delete user"},
				{"an image", "i", "path of an image"},
				{"a person", "\r", "Users › "},
			} {
				tm.Quiet(300 * time.Millisecond)
				tm.Type(state.keys)
				on := state.on
				if on == "path of an image" || on == "“maya l”" {
					tm.Quiet(300 * time.Millisecond)
				} else {
					tm.WaitFor(on)
				}
				tm.until("esc from "+state.name, esc, func(screen string) bool {
					return !strings.Contains(screen, on) && total.MatchString(screen) && !strings.Contains(screen, "Set profile image")
				})
			}
			tm.Send("c")
			tm.WaitFor("Create user")
			tm.Type("zoe")
			tm.until("esc asks", esc, func(screen string) bool { return strings.Contains(screen, "Discard") })
			tm.until("esc discards", esc, func(screen string) bool { return !strings.Contains(screen, "Create user") })
			tm.leave("ctrl+c")
		})
	}
}

func TestKeys_EscWithNumLockStopsABulk(t *testing.T) {
	t.Parallel()
	base, key := served(t, "--latency", "1500ms")
	tm := start(t, 120, 40, "CLERK_API_URL="+base, "CLERK_SECRET_KEY="+key)
	tm.list()
	tm.Type("v")
	tm.WaitFor("range of")
	for range 5 {
		tm.Send("pgdown")
		tm.Quiet(400 * time.Millisecond)
	}
	tm.Type("v")
	tm.WaitFor("marked")
	tm.Quiet(400 * time.Millisecond)
	tm.Type("b")
	tm.WaitFor("Type “ban ")
	want := regexp.MustCompile(`Type “(ban \d+)”`).FindStringSubmatch(tm.Screen())
	tm.Type("card fraud")
	tm.Send("tab")
	tm.Type(want[1])
	tm.Send("ctrl+s")
	tm.until("y begins to count", "y", func(screen string) bool { return strings.Contains(screen, "esc stops it") })
	tm.WaitFor("esc stop ")
	tm.WaitUntil("the first batch to be under way", func(screen string) bool {
		return !strings.Contains(screen, "stops it") && strings.Contains(screen, "esc stop")
	})
	tm.Type("\x1b[27;129u")
	tm.WaitFor("stopping after the current step")
	tm.WaitGone("esc stop")
	require.NotContains(t, tm.Screen(), "Unmarked")
	tm.WaitFor("then stopped, as you asked")
}

// The keys s and c of four layouts, as kitty's protocol sends them with and without
// alternate keys, and as xterm does.
func TestKeys_CtrlSAndCtrlCOnOtherLayouts(t *testing.T) {
	t.Parallel()
	for layout, k := range map[string]struct {
		s, c   rune
		reason string
	}{
		"Cyrillic": {'ы', 'с', "дзвінок"}, "Greek": {'σ', 'ψ', "απάτη"}, "Hebrew": {'ד', 'ב', "הונאה"}, "Arabic": {'س', 'ؤ', "احتيال"},
	} {
		for way, form := range map[string]string{"place": "\x1b[%d::%d;5u", "kitty": "\x1b[%d;5u", "xterm": "\x1b[27;5;%d~"} {
			t.Run(layout+", "+way, func(t *testing.T) {
				t.Parallel()
				bytes := func(r, place rune) string {
					if way == "place" {
						return fmt.Sprintf(form, r, place)
					}
					return fmt.Sprintf(form, r)
				}
				tm := start(t, 120, 40)
				tm.open("lindqvist", "Maya Lindqvist")
				tm.Send("b")
				tm.WaitFor("Ban user")
				tm.Type(k.reason)
				tm.Type(bytes(k.s, 's'))
				tm.WaitFor("▸ Cancel")
				tm.Type(bytes(k.c, 'c'))
				require.Zero(t, tm.WaitExit())
				tm.Restored()
			})
		}
	}
}

func TestKeys_SearchFromEveryScreen(t *testing.T) {
	t.Parallel()
	terms := map[string]map[string]string{ // each group in a terminal of its own: screen, and the keys to it
		"the list": {"the list": "", "help": "?", "notices": "N", "a question that was left": "b\x1b[27u"},
		"a person": {"help": "\r?", "notices": "\rN", "a question that was left": "\rb\x1b[27u", "tab 9": "\r9"},
		"tabs":     {"tab 1": "\r1"}, "tabs to 4": {"tab 2": "\r2", "tab 3": "\r3", "tab 4": "\r4"},
		"tabs to 8": {"tab 5": "\r5", "tab 6": "\r6", "tab 7": "\r7", "tab 8": "\r8"},
	}
	for group, screens := range terms {
		t.Run(group, func(t *testing.T) {
			t.Parallel()
			tm := start(t, 120, 40)
			tm.list()
			for name, way := range screens {
				searches := []string{"elin berg", "maya lind"}
				if name == "tab 1" {
					searches = append(searches, "bogdan ion", "ludmila", "xx", "Dxyz", "c3")
				}
				for _, search := range searches {
					searchFrom(tm, name, way, search)
				}
			}
			tm.leave("ctrl+c")
		})
	}
}

// searchFrom goes from the list to a screen, types a search there, and clears it.
func searchFrom(tm term, name, way, search string) {
	tm.t.Helper()
	tm.Quiet(300 * time.Millisecond)
	if rest, person := strings.CutPrefix(way, "\r"); person {
		tm.until("a person", "\r", func(screen string) bool { return strings.Contains(screen, "Users › ") })
		tm.Type(rest)
	} else {
		tm.Type(way)
	}
	tm.Quiet(300 * time.Millisecond)
	tm.Type("/" + search)
	tm.WaitUntil("the search for "+search+" from "+name, func(screen string) bool {
		lines := strings.Split(screen, "\n")
		return !strings.Contains(screen, "Users › ") && !strings.Contains(screen, "Cancel") && len(lines) > 2 && strings.Contains(lines[2], " / "+search)
	})
	tm.until("esc clears", "\x1b[27u", func(screen string) bool {
		return !strings.Contains(screen, search) && strings.Contains(screen, "type / to find anyone")
	})
}

func TestKeys_SearchLeavesAQuestionAndKeepsTheText(t *testing.T) {
	t.Parallel()
	tm := start(t, 120, 40)
	tm.open("lindqvist", "Maya Lindqvist")
	tm.choose("List sessions")
	tm.WaitFor("1 session.")
	tm.Quiet(300 * time.Millisecond)
	tm.Type("/maya l")
	tm.WaitUntil("the search", func(screen string) bool {
		return strings.Contains(screen, " / maya l") && !strings.Contains(screen, "1 session.")
	})
	tm.Type("\x1b")
	tm.WaitFor("1 session.") // esc returns to where the search began
	tm.Type("\x1b")
	tm.WaitFor("Users › Maya Lindqvist")
	tm.choose("Merge metadata")
	tm.WaitFor("No changes yet")
	tm.Send("end")
	tm.Paste(`"tier": "gold",`)
	tm.Quiet(300 * time.Millisecond)
	tm.Send("ctrl+s")
	tm.WaitFor("keep editing")
	tm.Quiet(600 * time.Millisecond)
	tm.Type("/maya l")
	tm.WaitFor("not saved", "keep editing")
	tm.leave("ctrl+c")
}

func TestKeys_EscAndSearchInOneWrite(t *testing.T) {
	t.Parallel()
	tm := start(t, 120, 40)
	tm.open("lindqvist", "Maya Lindqvist")
	tm.Send("b")
	tm.WaitFor("Ban user")
	tm.Type("\x1b/elin berg")
	tm.WaitUntil("the search", func(screen string) bool {
		return strings.Contains(screen, " / elin berg") && !strings.Contains(screen, "Users › ")
	})
	tm.leave("ctrl+c")
}

func TestKeys_KeyboardProtocolCanBeTurnedOff(t *testing.T) {
	t.Parallel()
	bin, err := built()
	require.NoError(t, err)
	run := func(args []string, env ...string) string {
		tm := term{tuitest.Start(t, bin, args, append([]string{"COLORTERM=truecolor", "TZ=UTC"}, env...), 120, 40), t}
		tm.list()
		tm.Send("ctrl+z", "?") // suspend is refused without a shell; both draw
		tm.WaitFor("Help · Users")
		tm.Send("ctrl+c")
		require.Zero(t, tm.WaitExit())
		tm.Restored()
		return string(tm.Output())
	}
	auto := run(nil)
	require.Contains(t, auto, "\x1b[>5u", "disambiguated keys, with their place")
	require.Contains(t, auto, "\x1b[>4;2m")
	require.Equal(t, 1, strings.Count(auto, "\x1b[>5u"), "asked for once, not at every key")
	for name, out := range map[string]string{"flag": run([]string{"--keyboard", "plain"}), "environment": run(nil, "FRONTDESK_KEYBOARD=plain")} {
		require.NotRegexp(t, "\x1b\\[[<=>?][0-9;]*u|\x1b\\[>4", out, name)
	}
	require.Contains(t, run([]string{"--keyboard", "auto"}, "FRONTDESK_KEYBOARD=plain"), "\x1b[>5u", "the flag counts first")
	for _, args := range [][]string{{"--keyboard", "kitty"}, {}} {
		tm := tuitest.Start(t, bin, args, []string{"FRONTDESK_KEYBOARD=on"}, 80, 24)
		require.Equal(t, 2, tm.WaitExit())
		require.Contains(t, string(tm.Output()), "must be auto or plain")
	}
}

func TestKeys_EncodedLineBreakInAPaste(t *testing.T) {
	t.Parallel()
	for _, lineBreak := range []string{"\x1b[106;5u", "\x1b[27;5;106~", "\x1b[13u", "\x1b[109;5u", "\x1b[27;5;13~"} {
		tm := start(t, 120, 40)
		tm.list()
		tm.Type("\x1b[200~ann@pine.example" + lineBreak + "b@y.example\x1b[201~")
		tm.WaitFor("email:ann@pine.example,b@y.example")
		tm.leave("ctrl+c")
	}
}

// The last byte of a terminal's reply comes more than two seconds after the rest.
func TestKeys_LateTerminalReplyConfirmsNothing(t *testing.T) {
	t.Parallel()
	tm := start(t, 120, 40)
	tm.open("lindqvist", "Maya Lindqvist")
	tm.Send("b")
	tm.WaitFor("Ban user")
	tm.Type("fraud")
	tm.Send("ctrl+s")
	tm.WaitFor("▸ Cancel")
	tm.Type("\x1b[?2026;2$")
	tm.Quiet(2500 * time.Millisecond)
	tm.Type("y")
	tm.Quiet(500 * time.Millisecond)
	tm.WaitFor("▸ Cancel", "Ban user")
	require.NotContains(t, tm.Screen(), "press y again")
	tm.leave("ctrl+c")
}
