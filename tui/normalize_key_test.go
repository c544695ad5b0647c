package tui_test

import (
	"testing"

	tea "charm.land/bubbletea/v2"
	uv "github.com/charmbracelet/ultraviolet"
	"github.com/stretchr/testify/require"

	"frontdesk/tui"
)

// sent returns the key that Bubble Tea makes of the bytes a terminal sends.
func sent(t *testing.T, bytes string) tea.Key {
	t.Helper()
	var d uv.EventDecoder
	n, event := d.Decode([]byte(bytes))
	require.Equal(t, len(bytes), n, "%q", bytes)
	key, is := event.(uv.KeyPressEvent)
	require.True(t, is, "%q is %T", bytes, event)
	return tea.Key(key)
}

func TestNormalizeKey_IgnoresLockKeys(t *testing.T) {
	for bytes, is := range map[string]string{
		"\x1b[27;129u": "esc", "\x1b[27;65u": "esc", "\x1b[27;193u": "esc", "\x1b[13;129u": "enter", "\x1b[9;66u": "shift+tab",
		"\x1b[1;129A": "up", "\x1b[1;193B": "down", "\x1b[5;65~": "pgup", "\x1b[1;129H": "home", "\x1b[127;129u": "backspace",
		"\x1b[99;133u": "ctrl+c", "\x1b[115;69u": "ctrl+s", "\x1b[27;5;83~": "ctrl+s", "\x1b[27;5;67~": "ctrl+c", "\x1b[98;131u": "alt+b",
	} {
		key := tui.NormalizeKey(sent(t, bytes))
		require.Equal(t, is, key.Keystroke(), "%q", bytes)
		require.Empty(t, key.Text, "%q", bytes)
	}
	for bytes, text := range map[string]string{
		"\x1b[106;129u": "j", "\x1b[106;65u": "J", "\x1b[106:74:106;66u": "J", "\x1b[57400;129u": "1", "\x1b[32;129u": " ", "\x1b[1078;193u": "Ж",
	} {
		key := tui.NormalizeKey(sent(t, bytes))
		require.Equal(t, text, key.Text, "%q", bytes)
		require.Zero(t, key.Mod&^tea.ModShift, "%q", bytes)
	}
}

func TestNormalizeKey_TranslatesControlKeysOfOtherLayouts(t *testing.T) {
	for bytes, is := range map[string]string{
		// kitty's protocol, with the key's position and without
		"\x1b[1099::115;5u": "ctrl+s", "\x1b[1089::99;5u": "ctrl+c", "\x1b[1099;5u": "ctrl+s", "\x1b[1089;5u": "ctrl+c",
		"\x1b[963;5u": "ctrl+s", "\x1b[968;5u": "ctrl+c", "\x1b[1491;5u": "ctrl+s", "\x1b[1489;5u": "ctrl+c", "\x1b[1587;5u": "ctrl+s", "\x1b[1572;5u": "ctrl+c",
		"\x1b[1110;5u": "ctrl+s", "\x1b[1075;5u": "ctrl+u", "\x1b[1740;5u": "ctrl+d", "\x1b[4330;5u": "ctrl+c", "\x1b[3649;5u": "ctrl+c", "\x1b[12618;5u": "ctrl+c",
		// xterm's modifyOtherKeys, with CapsLock too
		"\x1b[27;5;1099~": "ctrl+s", "\x1b[27;5;1089~": "ctrl+c", "\x1b[27;5;1067~": "ctrl+s", "\x1b[27;5;963~": "ctrl+s", "\x1b[27;5;1491~": "ctrl+s", "\x1b[27;5;1587~": "ctrl+s",
		"\x1b[1080::98;3u": "alt+b", "\x1bи": "alt+b", "\x1b[1089:1057:99;70u": "ctrl+shift+c",
		// where the layout's own letter is Latin it counts, not the position
		"\x1b[122::121;5u": "ctrl+z", "\x1b[97::113;5u": "ctrl+a", "\x1b[115::111;5u": "ctrl+s", "\x1b[99::105;5u": "ctrl+c",
		"\x1b[233::50;5u": "ctrl+2", "\x1b[241;5u": "ctrl+ñ", "\x1b[1092;13u": "ctrl+super+a",
	} {
		key := tui.NormalizeKey(sent(t, bytes))
		require.Equal(t, is, key.Keystroke(), "%q", bytes)
		require.Empty(t, key.Text, "%q", bytes)
	}
}

func TestNormalizeKey_TreatsAltGrAsText(t *testing.T) {
	for bytes, text := range map[string]string{
		"\x1b[50;7;64u": "@", "\x1b[50;3;64u": "@", "\x1b[101;7;8364u": "€", "\x1b[97;3;261u": "ą", "\x1b[27;7;64~": "@", "\x1b[27;7;123~": "{",
		"\x1b[27;3;64~": "@", "\x1b[64;7u": "@", "\x1b[8364;7u": "€", "\x1b[50;135;64u": "@",
	} {
		key := tui.NormalizeKey(sent(t, bytes))
		require.Equal(t, text, key.Text, "%q", bytes)
		require.Zero(t, key.Mod&(tea.ModCtrl|tea.ModAlt), "%q", bytes)
	}
	for _, bytes := range []string{"\x1b[98;3u", "\x1bb", "\x1b[100;3u", "\x1b[115;5u", "\x1b[121;7u", "\x1b[50;3u", "\x1b[127;3u"} {
		require.Empty(t, tui.NormalizeKey(sent(t, bytes)).Text, "%q is no text", bytes)
	}
}

func TestNormalizeKey_KeepsTheTextOfAKey(t *testing.T) {
	for bytes, text := range map[string]string{
		"\x1b[97:65:97;2u": "A", "\x1b[1080:1048:98;2u": "И", "\x1b[1080::98u": "и", "\x1b[97::113u": "a", "\x1b[97:65:113;2u": "A",
	} {
		require.Equal(t, text, tui.NormalizeKey(sent(t, bytes)).Text, "%q", bytes)
	}
	require.Equal(t, "a", tui.NormalizeKey(sent(t, "\x1b[97::113u")).Keystroke(), "AZERTY's a is no q")
}

func TestLatinKey_ReturnsTheKeyAtThePosition(t *testing.T) {
	for bytes, text := range map[string]string{
		"\x1b[1080::98u": "b", "\x1b[1086::106u": "j", "\x1b[1087:1055:103;2u": "G", "\x1b[1080u": "и", "и": "и", "b": "b", "\x1b[97::113u": "a", "é": "é",
	} {
		require.Equal(t, text, tui.LatinKey(tui.NormalizeKey(sent(t, bytes))).Text, "%q", bytes)
	}
	require.Equal(t, "ctrl+c", tui.LatinKey(tui.NormalizeKey(sent(t, "\x1b[1089::99;5u"))).Keystroke())
}
