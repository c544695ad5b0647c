package textbox

import (
	"fmt"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"

	"frontdesk/tui"
	"frontdesk/tui/text"
)

// keys are those that people know from other text boxes, and some that mean nothing
// here.
var keys = []string{
	"left", "right", "home", "end", "ctrl+a", "ctrl+e", "ctrl+b", "ctrl+f", "alt+b", "alt+f", "ctrl+left", "ctrl+right", "alt+left", "alt+right",
	"backspace", "ctrl+h", "delete", "ctrl+d", "ctrl+w", "alt+backspace", "ctrl+backspace", "alt+d", "alt+delete", "ctrl+delete",
	"ctrl+u", "ctrl+k", "tab", "enter", "up", "ctrl+t", "ctrl+v", "alt+x", "shift+left", "x", "space", "é",
}

func press(name string) tea.KeyPressMsg {
	msg, ok := tui.ParseKey(name)
	if !ok {
		panic("no key is called " + name)
	}
	return msg
}

// naive is a box that holds its text as a list of clusters.
type naive struct {
	cells []string
	at    int
}

func newNaive(value string) *naive {
	n := &naive{}
	for c := range text.DrawableClusters(value) {
		n.cells = append(n.cells, c)
	}
	n.at = len(n.cells)
	return n
}

func (n *naive) value() string { return strings.Join(n.cells, "") }

func (n *naive) space(i int) bool {
	r, _ := utf8.DecodeRuneInString(n.cells[i])
	return unicode.IsSpace(r)
}

func (n *naive) wordBefore() int {
	i := n.at
	for i > 0 && n.space(i-1) {
		i--
	}
	for i > 0 && !n.space(i-1) {
		i--
	}
	return i
}

func (n *naive) wordAfter() int {
	i := n.at
	for i < len(n.cells) && n.space(i) {
		i++
	}
	for i < len(n.cells) && !n.space(i) {
		i++
	}
	return i
}

func (n *naive) cut(from, to int) {
	before, after := strings.Join(n.cells[:from], ""), strings.Join(n.cells[to:], "")
	n.set(before, after)
}

func (n *naive) set(before, after string) {
	*n = *newNaive(before + after)
	n.at = 0
	for got := 0; got < len(before); n.at++ {
		got += len(n.cells[n.at])
	}
}

func (n *naive) key(name string) {
	switch strings.TrimPrefix(name, "shift+") {
	case "left", "ctrl+b":
		n.at = max(0, n.at-1)
	case "right", "ctrl+f":
		n.at = min(len(n.cells), n.at+1)
	case "home", "ctrl+a":
		n.at = 0
	case "end", "ctrl+e":
		n.at = len(n.cells)
	case "alt+b", "ctrl+left", "alt+left":
		n.at = n.wordBefore()
	case "alt+f", "ctrl+right", "alt+right":
		n.at = n.wordAfter()
	case "backspace", "ctrl+h":
		n.cut(max(0, n.at-1), n.at)
	case "delete", "ctrl+d":
		n.cut(n.at, min(len(n.cells), n.at+1))
	case "ctrl+w", "alt+backspace", "ctrl+backspace":
		n.cut(n.wordBefore(), n.at)
	case "alt+d", "alt+delete", "ctrl+delete":
		n.cut(n.at, n.wordAfter())
	case "ctrl+u":
		n.cut(0, n.at)
	case "ctrl+k":
		n.cut(n.at, len(n.cells))
	case "x", "é":
		n.set(strings.Join(n.cells[:n.at], "")+name, strings.Join(n.cells[n.at:], ""))
	case "space":
		n.set(strings.Join(n.cells[:n.at], "")+" ", strings.Join(n.cells[n.at:], ""))
	}
}

// texts are what people and files contain: empty, short, with spaces at the ends, wide,
// joined, composed of marks, not UTF-8.
var texts = []string{
	"", "a", "ab", " ", "  ", "ab ", " ab", "a b", "ab cd", "two  words ", "電話で確認", "電 話", "李小龍 Lee",
	"👨\u200d👩\u200d👧\u200d👦", "a👍🏽b", "🇩🇪🇫🇷", "1️⃣2", "❤️ x", "José", "हिन्दी में", "น้ำ", "می\u200cخواهم", "한국어", "가각", "שלום", "محمد علي",
	"\u200b", "a\u202eb", "\x1b[2J", "tab\there", "bad\xffbytes", "e\u0301\u0302\u0303\u0304\u0305\u0306\u0307", "\u0301", "x\ufe0f", "zero\u200bwidth\ufeff",
	"🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f", "a\r\nb", "\u3000x", "a\u00a0b", "\U000e0001", "x \U000e007f", "ab \u0301",
}

func agree(t *testing.T, m *Model, n *naive, how string) {
	t.Helper()
	if m.Value() != n.value() || m.Value()[:m.Offset()] != strings.Join(n.cells[:n.at], "") {
		t.Fatalf("%s: the box holds %q|%q, not %q|%q", how, m.Value()[:m.Offset()], m.Value()[m.Offset():], strings.Join(n.cells[:n.at], ""), strings.Join(n.cells[n.at:], ""))
	}
}

// checkView checks what every drawing promises.
func checkView(t *testing.T, m *Model, width int, r text.CellWidth, how string) {
	t.Helper()
	parts, cursor := m.VisibleParts(width, r)
	used, at, before := 0, -1, false
	for i, p := range parts {
		w := r.Width(p.Shown)
		if p.From == m.at && p.To > p.From {
			at = used
		}
		if p.To == m.at && p.To > p.From {
			before = true
		}
		if w == 0 {
			t.Fatalf("%s: %q is drawn as nothing", how, m.value[p.From:p.To])
		}
		if strings.ContainsFunc(p.Shown, func(r rune) bool { return unicode.Is(unicode.Cc, r) || r == 0x202e || r == 0x200b || r == 0xfeff }) {
			t.Fatalf("%s: %q is drawn raw", how, p.Shown)
		}
		if i > 0 && p.From != parts[i-1].To && parts[i-1].Shown != ellipsis && p.Shown != ellipsis {
			t.Fatalf("%s: a gap in what is in sight", how)
		}
		used += w
	}
	if m.at == len(m.value) {
		at = used
	}
	if used > width {
		t.Fatalf("%s: %d cells in a box of %d", how, used, width)
	}
	if cursor < 0 || cursor >= width {
		t.Fatalf("%s: the cursor is at %d in a box of %d", how, cursor, width)
	}
	if width < minMarkedWidth+16 { // narrower than two families counted rune by rune
		return
	}
	if at != cursor {
		t.Fatalf("%s: the cursor is at cell %d, what it is before at %d: %v", how, cursor, at, parts)
	}
	if m.at > 0 && !before && !(m.scrollFrom == 0 && m.at == 0) {
		t.Fatalf("%s: what backspace would delete is out of sight: %q in %d", how, m.value, width)
	}
	again, same := m.VisibleParts(width, r)
	if same != cursor || fmt.Sprint(again) != fmt.Sprint(parts) {
		t.Fatalf("%s: drawn again it is another picture", how)
	}
}

func TestTextbox_EditsLikeTheReferenceAtEveryOffset(t *testing.T) {
	for _, value := range texts {
		for places := range len(newNaive(value).cells) + 1 {
			for _, key := range keys {
				for _, width := range []int{1, 3, 5, 9, 40} {
					m, n := &Model{}, newNaive(value)
					m.SetValue(value)
					m.VisibleParts(width, text.Runes)
					n.at = places
					m.SetOffset(len(strings.Join(n.cells[:places], "")))
					how := fmt.Sprintf("%q at %d, %s in %d", value, places, key, width)
					agree(t, m, n, how)
					m.Update(press(key))
					n.key(key)
					agree(t, m, n, how)
					checkView(t, m, width, text.Runes, how)
					checkView(t, m, width, text.Clusters, how)
				}
			}
		}
	}
}

func FuzzTextbox(f *testing.F) {
	for i, value := range texts {
		f.Add(value, []byte{byte(i), 3, 18, 21, 0, 33, 200, 7}, uint8(i), i%2 == 0)
	}
	f.Fuzz(func(t *testing.T, value string, script []byte, width uint8, runes bool) {
		if len(value) > 300 || len(script) > 60 {
			return
		}
		r, w := text.Clusters, int(width%60)+1
		if runes {
			r = text.Runes
		}
		m, n := &Model{Limit: 400}, newNaive(value)
		m.SetValue(value)
		for i, b := range script {
			how := fmt.Sprintf("step %d of %q", i, script)
			switch {
			case int(b) < len(keys):
				m.Update(press(keys[b]))
				if keys[b] != "é" && keys[b] != "x" && keys[b] != "space" {
					n.key(keys[b])
					agree(t, m, n, how+" "+keys[b])
				}
			case b < 128:
				piece := texts[int(b)%len(texts)]
				m.Update(tea.PasteMsg{Content: piece})
				if m.Dropped() > utf8.RuneCountInString(piece) {
					t.Fatalf("%s: %d characters of %q left out", how, m.Dropped(), piece)
				}
			case b < 200:
				m.Update(tea.KeyPressMsg{Text: texts[int(b)%len(texts)], Code: tea.KeyExtended})
			default:
				w = int(b-200)/2 + 1
			}
			n = newNaive(m.Value())
			n.set(m.Value()[:m.Offset()], m.Value()[m.Offset():])
			agree(t, m, n, how)
			checkView(t, m, w, r, how)
		}
	})
}
