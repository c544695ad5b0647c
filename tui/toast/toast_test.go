package toast_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/stretchr/testify/require"

	"frontdesk/tui"
	"frontdesk/tui/text"
	"frontdesk/tui/toast"
	"frontdesk/tui/tuitest"
)

var now = time.Date(2026, 3, 4, 9, 30, 5, 0, time.UTC)

func screen(width, height int) tui.Screen {
	return tui.Screen{Width: width, Height: height, Styles: tui.NewStyles(tui.Theme{})}
}

func noticeLines(t *testing.T, m *toast.Model, width, height int) string {
	lines, serials := m.View(screen(width, height))
	require.Len(t, serials, len(lines))
	require.LessOrEqual(t, len(lines), height)
	for _, l := range lines {
		require.LessOrEqual(t, text.Width(l), width)
		require.Equal(t, text.Width(lines[0]), text.Width(l), "all lines of a notice are equally wide")
	}
	return tuitest.Plain(strings.Join(lines, "\n"))
}

func TestToast_ErrorsStayUntilDismissedAndOthersFade(t *testing.T) {
	var m toast.Model
	ok, fades := m.Add(tui.Toast{Tone: tui.ToneOK, Text: "Sam Carter is banned", Next: "z undoes it"}, now)
	require.True(t, fades)
	_, fades = m.Add(tui.Toast{Tone: tui.ToneBad, Text: "Clerk does not answer", Next: "Check the network"}, now)
	require.False(t, fades)
	_, fades = m.Add(tui.Toast{Sticky: true, Text: "Open intents were found"}, now)
	require.False(t, fades)
	s := noticeLines(t, &m, 60, 10)
	require.Regexp(t, `(?s)✓ Sam Carter is banned.*z undoes it.*✗ Clerk does not answer.*Check the network   esc dismiss.*· Open intents.*esc dismiss`, s)
	m.Expire(ok)
	require.NotContains(t, noticeLines(t, &m, 60, 10), "Sam Carter")
	require.True(t, m.Sticky())
	require.True(t, m.Dismiss())
	require.Equal(t, "Clerk does not answer", m.Live()[0].Text, "the newest goes first")
	require.True(t, m.Dismiss())
	require.False(t, m.Dismiss())
	require.Empty(t, noticeLines(t, &m, 60, 10))
	require.Len(t, m.History(), 3, "dismissed notices stay in the history")
}

func TestToast_SameIDReplacesANotice(t *testing.T) {
	var m toast.Model
	old, _ := m.Add(tui.Toast{ID: "ban user_1", Text: "one"}, now)
	m.Add(tui.Toast{Text: "other"}, now)
	m.Add(tui.Toast{ID: "ban user_1", Text: "two"}, now)
	m.Expire(old)
	require.Equal(t, []string{"other", "two"}, []string{m.Live()[0].Text, m.Live()[1].Text}, "an old timer does not end the new notice")
}

func TestToast_WrapsCutsAndLimitsNotices(t *testing.T) {
	var m toast.Model
	for i := range 9 {
		m.Add(tui.Toast{Tone: tui.ToneWarn, Text: fmt.Sprint(i, " ", strings.Repeat("long words 王小明 ", 40)), Next: strings.Repeat("wait ", 90)}, now)
	}
	for _, size := range [][2]int{{100, 8}, {40, 8}, {40, 3}, {20, 5}, {17, 1}} {
		s := noticeLines(t, &m, size[0], size[1])
		require.Contains(t, s, "8 ", "the newest is shown")
	}
	require.Empty(t, noticeLines(t, &m, 12, 8), "nothing is drawn without room")
}

func TestHistory_IsNewestFirstAndScrolls(t *testing.T) {
	var m toast.Model
	page := func() *toast.History { return toast.NewHistory(m.History(), tuitest.Keys(t)) }
	require.Contains(t, tuitest.Plain(page().View(screen(76, 10)).Content), "No notices yet.")
	for i := range 300 {
		m.Add(tui.Toast{Text: fmt.Sprintf("notice %d", i), Next: "do this"}, now)
	}
	require.Len(t, m.History(), 200, "the history is bounded")
	h := page()
	h.Update(tea.WindowSizeMsg{Width: 76, Height: 10})
	s := tuitest.Plain(h.View(screen(76, 10)).Content)
	require.Regexp(t, `(?s)^09:30:05  · notice 299\n +do this\n09:30:05  · notice 298`, s)
	for range 50 {
		h.Update(tuitest.Key("pgdown"))
	}
	require.Contains(t, tuitest.Plain(h.View(screen(76, 10)).Content), "notice 100")
	h.Update(tea.MouseWheelMsg{Button: tea.MouseWheelUp})
	require.NotContains(t, tuitest.Plain(h.View(screen(76, 10)).Content), "notice 100", "it does not scroll beyond the end")
	h.Update(tuitest.Key("g"))
	require.Contains(t, tuitest.Plain(h.View(screen(76, 10)).Content), "notice 299")
	h.Update(tuitest.Key("esc"))
	require.True(t, h.Done())
}

func TestToast_StaysLongEnoughToReadAndLeavesAHint(t *testing.T) {
	short := tui.Toast{Text: "Copied id"}
	long := tui.Toast{Tone: tui.ToneOK, Text: "Banned 37 of 37 users in 2 batches, none was refused", Next: "Way back: z, or Unban users with the same marks; it asks as this did"}
	require.Equal(t, 4*time.Second, toast.Lifetime(short))
	require.Greater(t, toast.Lifetime(long), 9*time.Second)
	require.LessOrEqual(t, toast.Lifetime(tui.Toast{Text: strings.Repeat("word ", 500)}), 20*time.Second, "every notice fades")
	var m toast.Model
	serial, _ := m.Add(short, now)
	require.False(t, m.Expire(serial), "a short notice leaves no hint")
	require.False(t, m.ShowsHint())
	serial, _ = m.Add(long, now)
	require.False(t, m.ShowsHint())
	require.True(t, m.Expire(serial))
	require.True(t, m.ShowsHint())
	require.Empty(t, m.Live())
	require.False(t, m.Expire(serial))
	require.False(t, m.ShowsHint(), "the hint goes too")
	serial, _ = m.Add(long, now)
	m.Expire(serial)
	m.Add(short, now)
	require.False(t, m.ShowsHint(), "a new notice takes its place")
}

// The reason is at the end of a notice; the history shows it even if the screen has no
// room.
func TestHistory_KeepsTheWholeNotice(t *testing.T) {
	var m toast.Model
	long := "Banned Maximiliane-Friederike-Wilhelmina von Hohenlohe-Schillingsfürst · hubert.von.hohenlohe-schillingsfuerst@mail.example: " + strings.Repeat("chargeback ", 9) + "for the third time"
	m.Add(tui.Toast{Text: long, Next: "z undoes", NextExpires: true}, now)
	require.NotContains(t, noticeLines(t, &m, 60, 10), "third time")
	s := tuitest.Plain(toast.NewHistory(m.History(), tuitest.Keys(t)).View(screen(52, 20)).Content)
	require.Contains(t, strings.Join(strings.Fields(s), " "), "for the third time")
	require.NotContains(t, s, "z undoes", "which was so then")
}

func TestToast_KeepsOnlyTheNewestOfATopic(t *testing.T) {
	var m toast.Model
	m.Add(tui.Toast{ID: "users_ban", Text: "Banned 6 users", Next: "z undoes", NextExpires: true, Topic: "undo"}, now)
	m.Add(tui.Toast{ID: "copied", Text: "Copied the id"}, now)
	m.Add(tui.Toast{ID: "users_unban", Text: "Unbanned 6 users", Next: "z undoes", NextExpires: true, Topic: "undo"}, now)
	s := noticeLines(t, &m, 80, 12)
	require.Contains(t, s, "Unbanned 6 users")
	require.Contains(t, s, "Copied the id")
	require.NotContains(t, s, "Banned 6", "what it said of z is not so any more")
	require.Len(t, m.History(), 3)
}

// An error is shown to its end on the screen, with how to dismiss it.
func TestToast_ShowsTheCauseOfAnError(t *testing.T) {
	var m toast.Model
	m.Add(tui.Toast{Tone: tui.ToneBad, Text: "Ban user: not carried out, seen 5 s later (not banned): the server answered with an error (HTTP 500). Look again, then try again. It was about Ingrid Solheim · ingrid.solheim@fjord.example.", Next: "Look at the instance's status page, and whether the network is there."}, now)
	s := strings.Join(strings.Fields(strings.ReplaceAll(noticeLines(t, &m, 78, 8), "▌", "")), " ")
	require.Contains(t, s, "not carried out, seen 5 s later (not banned): the server answered with an error (HTTP 500)")
	require.Contains(t, s, "ingrid.solheim@fjord.example.")
	require.Contains(t, s, "esc dismiss")
}

func TestToast_UpdateDoesNotReviveADismissedNotice(t *testing.T) {
	var m toast.Model
	m.Add(tui.Toast{ID: "ban", Tone: tui.ToneBad, Text: "not confirmed, checked 5 s later"}, now)
	m.Add(tui.Toast{ID: "copied", Text: "Copied the id"}, now)
	m.Add(tui.Toast{ID: "ban", Tone: tui.ToneBad, Text: "not confirmed, checked 15 s later", Update: true}, now)
	require.Contains(t, noticeLines(t, &m, 80, 12), "checked 15 s later")
	require.NotContains(t, noticeLines(t, &m, 80, 12), "checked 5 s later")
	require.Len(t, m.History(), 2)
	require.Equal(t, "not confirmed, checked 15 s later", m.History()[0].Toast.Text)
	require.True(t, m.Dismiss())
	m.Add(tui.Toast{ID: "ban", Tone: tui.ToneBad, Text: "not confirmed, checked 40 s later", Update: true}, now)
	require.Len(t, m.Live(), 1)
	require.Equal(t, "not confirmed, checked 40 s later", m.History()[0].Toast.Text)
}

// The one line and the box of lines say the same in the same order.
func TestToast_SaysHowToDismissLastOnOneLineToo(t *testing.T) {
	var m toast.Model
	m.Add(tui.Toast{Tone: tui.ToneBad, Text: "Nobody was banned", Next: "43 users stay marked."}, now)
	line, _ := m.Line(screen(100, 1))
	require.Equal(t, "▌ ✗ Nobody was banned   43 users stay marked.   esc dismiss", tuitest.Plain(line))
}
