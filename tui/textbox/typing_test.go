package textbox

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/stretchr/testify/require"

	"frontdesk/tui"
	"frontdesk/tui/text"
)

// typeText types a text rune by rune, as some terminals and keyboards send it.
func typeText(m *Model, s string) {
	for _, r := range s {
		m.Update(tea.KeyPressMsg{Code: r, Text: string(r)})
	}
}

func TestTextbox_JoinersTypedByThemselvesJoin(t *testing.T) {
	for _, s := range []string{"می\u200cخواهم", "علی\u200cرضا", "क्\u200dष", "രാജന്\u200d", "ශ්\u200dරී", "👨\u200d👩\u200d👧\u200d👦", "👩🏽\u200d🚀", "🏳️\u200d🌈", "🇩🇪🇫🇷", "ᠮᠣᠩᠭᠣᠯ", "café"} {
		m := &Model{}
		typeText(m, s)
		require.Equal(t, s, m.Value())
		require.Equal(t, len(s), m.Offset())
		require.Zero(t, m.Dropped(), "%q", s)
	}
}

func TestTextbox_DropsAJoinerThatJoinsNothing(t *testing.T) {
	for _, then := range []string{"", "left", "backspace", "home", "x"} {
		m := &Model{}
		typeText(m, "می\u200c")
		require.Equal(t, "می", m.Value())
		if then != "" {
			m.Update(press(then))
		}
		require.NotContains(t, m.Value(), "\u200c")
		if then == "backspace" {
			require.Equal(t, "می", m.Value(), "it removed the joiner, not the letter")
		}
	}
	m := &Model{}
	m.Update(tea.PasteMsg{Content: "می\u200c"})
	require.Equal(t, "می", m.Value())
	require.Equal(t, 1, m.Dropped())
}

func TestTextbox_AccentAttachesToTheLetterBeforeTheCursor(t *testing.T) {
	m := &Model{}
	typeText(m, "Jose")
	m.Update(press("left"))
	typeText(m, "s")
	m.Update(press("right"))
	typeText(m, "\u0301")
	require.Equal(t, "Jossé", m.Value())
	m.Update(press("home"))
	typeText(m, "\u0301")
	require.Equal(t, "Jossé", m.Value())
	require.Equal(t, 1, m.Dropped())
	typeText(m, strings.Repeat("A\u0301\u0302\u0303\u0304\u0305\u0306\u0307", 1))
	require.Equal(t, 1+len([]rune("\u0302\u0303\u0304\u0305")), len([]rune(strings.TrimSuffix(m.Value(), "Jossé"))), "the number of accents is limited")
}

func TestTextbox_EditKeysIgnoreLocksAndLayouts(t *testing.T) {
	for _, mod := range []tea.KeyMod{0, tea.ModCapsLock, tea.ModNumLock, tea.ModScrollLock, tea.ModCapsLock | tea.ModNumLock, tea.ModShift} {
		for _, k := range []tea.Key{
			{Code: tea.KeyDelete, Mod: tea.ModCtrl}, {Code: 'd', Mod: tea.ModAlt}, {Code: 'в', BaseCode: 'd', Mod: tea.ModAlt}, {Code: 'δ', BaseCode: 'd', Mod: tea.ModAlt},
		} {
			m := &Model{}
			m.SetValue("ab cd")
			m.SetOffset(2)
			k.Mod |= mod
			m.Update(tea.KeyPressMsg(k))
			require.Equal(t, "ab", m.Value(), "%v", k)
		}
	}
	m := &Model{}
	m.Update(tea.KeyPressMsg{Code: 'q', Text: "@", Mod: tea.ModCtrl | tea.ModAlt}) // AltGr
	m.Update(tea.KeyPressMsg{Code: 'a', Text: "A", Mod: tea.ModCapsLock})
	require.Equal(t, "@A", m.Value())
}

func TestTextbox_LimitCutsBetweenClusters(t *testing.T) {
	m := &Model{Limit: 10}
	m.Update(tea.PasteMsg{Content: "abcd👨\u200d👩\u200d👧\u200d👦"})
	require.Equal(t, "abcd", m.Value(), "a family has seven runes")
	require.True(t, m.Truncated())
	m.Update(tea.PasteMsg{Content: "電話で確認しました"})
	require.Equal(t, "abcd電話で確認し", m.Value())
	typeText(m, "x")
	require.True(t, m.Truncated())
	m.Update(press("backspace"))
	require.False(t, m.Truncated())
	typeText(m, "xy")
	require.Equal(t, "abcd電話で確認x", m.Value()[:len("abcd電話で確認x")])
	m.Update(press("home"))
	typeText(m, "z")
	require.Len(t, []rune(m.Value()), 10)
}

func TestTextbox_PasteKeepsTheTail(t *testing.T) {
	for _, keeps := range []bool{false, true} {
		m := &Model{NoKillLine: keeps}
		m.SetValue("ab")
		m.SetOffset(1)
		m.Update(press("ctrl+k"))
		require.Equal(t, keeps, m.Value() == "ab")
	}
}

func TestTextbox_SecretHidesLettersAndWords(t *testing.T) {
	m := &Model{Secret: true}
	m.Update(tea.PasteMsg{Content: "hush hush 電話"})
	out, cursor := m.View(40, text.Clusters, tui.NewStyles(tui.Theme{}))
	require.Equal(t, strings.Repeat("•", 12), out)
	require.Equal(t, 12, cursor.X)
	m.Update(press("alt+b"))
	require.Zero(t, m.Offset())
	m.SetOffset(7)
	m.Update(press("ctrl+w"))
	require.Equal(t, "sh 電話", m.Value())
}

func TestTextbox_KeepsASetValueByteForByte(t *testing.T) {
	for _, s := range texts {
		m := &Model{}
		m.SetValue(s)
		require.Equal(t, s, m.Value())
		m.Update(press("home"))
		m.Update(press("x"))
		require.Equal(t, "x"+s, m.Value())
		m.Update(press("end"))
		m.InsertRaw("\u202e.png")
		require.Equal(t, "x"+s+"\u202e.png", m.Value())
	}
}

// The visible part does not move while the cursor is in it.
func TestTextbox_DoesNotScrollWhileTheCursorIsVisible(t *testing.T) {
	for _, s := range []string{strings.Repeat("abcdefghij", 12), strings.Repeat("電話で確認", 20), strings.Repeat("a👍🏽電é", 30)} {
		m := &Model{}
		m.SetValue(s)
		seen := func() string {
			parts, _ := m.VisibleParts(30, text.Clusters)
			var out strings.Builder
			for _, p := range parts {
				out.WriteString(p.Shown)
			}
			return out.String()
		}
		first, scrolls := seen(), 0
		for i := range 40 {
			m.Update(press("left"))
			if now := seen(); now != first {
				first = now
				scrolls++
			}
			_ = i
		}
		require.LessOrEqual(t, scrolls, 12)
		m.Update(press("right"))
		require.Equal(t, first, seen())
		m.Update(press("left"))
		require.Equal(t, first, seen())
		require.True(t, strings.HasPrefix(first, "…") && strings.HasSuffix(first, "…"), first)
	}
}

// In another width, or counted differently, the box still shows the cursor.
func TestTextbox_ShowsTheCursorAtAnotherWidth(t *testing.T) {
	m := &Model{}
	m.SetValue(strings.Repeat("電話 ab ", 30))
	for _, width := range []int{80, 10, 30, 1, 2, 200, 12} {
		for range 9 {
			m.Update(press("left"))
			checkView(t, m, width, text.Clusters, "moving")
		}
		checkView(t, m, width, text.Runes, "counted rune by rune")
	}
}

func TestTextbox_CopyIsIndependent(t *testing.T) {
	m := &Model{}
	m.SetValue("電話で確認")
	m.VisibleParts(20, text.Clusters)
	other := *m
	other.Update(press("backspace"))
	typeText(&other, "abc")
	other.VisibleParts(20, text.Clusters)
	require.Equal(t, "電話で確認", m.Value())
	parts, cursor := m.VisibleParts(20, text.Clusters)
	require.Len(t, parts, 5)
	require.Equal(t, 10, cursor)
}

func TestTextbox_ShowsThePlaceholderWhileEmpty(t *testing.T) {
	m := &Model{Placeholder: "name, e-mail, 電話"}
	out, cursor := m.View(10, text.Clusters, tui.NewStyles(tui.Theme{}))
	require.LessOrEqual(t, text.Width(out), 9)
	require.Zero(t, cursor.X)
	typeText(m, "x")
	out, _ = m.View(10, text.Clusters, tui.NewStyles(tui.Theme{}))
	require.Equal(t, "x", out)
}

func BenchmarkTextbox_AKeyInSixteenThousandLetters(b *testing.B) {
	m := &Model{}
	m.SetValue(strings.Repeat("abc 電話 ", 2000))
	for b.Loop() {
		m.Update(press("x"))
		m.VisibleParts(60, text.Clusters)
		m.Update(press("backspace"))
		m.VisibleParts(60, text.Clusters)
	}
}
