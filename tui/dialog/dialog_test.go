package dialog_test

import (
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/stretchr/testify/require"

	"frontdesk/tui"
	"frontdesk/tui/shell"
	"frontdesk/tui/tuitest"
)

// blank is a screen with nothing on it.
type blank struct{ keys []string }

func (b *blank) Title() string { return "Users" }
func (b *blank) Init() tea.Cmd { return nil }
func (b *blank) Update(msg tea.Msg) tea.Cmd {
	if k, ok := msg.(tea.KeyPressMsg); ok {
		b.keys = append(b.keys, k.String())
	}
	return nil
}
func (b *blank) Actions() []tui.Action { return nil }
func (b *blank) Typing() bool          { return false }
func (b *blank) View(tui.Screen) tui.Frame {
	return tui.Frame{Content: strings.Repeat("behind the question ", 4)}
}

// answer records how a question was answered.
type answer struct {
	confirmed, cancelled int
	given                tui.Answers
}

func ask(t *testing.T, p tui.Prompt, cols, rows int) (*tuitest.Driver, *answer) {
	t.Helper()
	d, got, _ := askOver(t, p, cols, rows)
	return d, got
}

// askOver is ask that also returns the screen below.
func askOver(t *testing.T, p tui.Prompt, cols, rows int) (*tuitest.Driver, *answer, *blank) {
	t.Helper()
	got, below := &answer{}, &blank{}
	p.OnConfirm = func(a tui.Answers) tea.Cmd { got.confirmed++; got.given = a; return nil }
	p.OnCancel = func() tea.Cmd { got.cancelled++; return nil }
	d := tuitest.Drive(t, shell.Config{Root: below}, cols, rows)
	d.Send(tui.AskMsg{Prompt: p})
	d.Dialog().Expect(p.Title)
	return d, got, below
}

var sam = []string{"Sam Carter", "sam.c@pine.example", "user_2xk…9aQ"}

func unlock() tui.Prompt {
	return tui.Prompt{Tier: tui.T1, Title: "Unlock user", Tone: tui.ToneOK, Verb: "Unlock", Subject: sam, Instance: "on DEMO", Effects: []string{"can try again at once"}, WayBack: "z locks again"}
}

func ban() tui.Prompt {
	return tui.Prompt{
		Tier: tui.T2, Title: "Ban user", Tone: tui.ToneBad, Verb: "Ban", Subject: sam, Instance: "on PRODUCTION", InstanceTone: tui.ToneBad,
		Context: []string{"Pine Outfitters · last sign-in yesterday"},
		Effects: []string{"signs out 2 sessions now", "cannot sign in until unbanned"}, WayBack: "z, or Unban user",
		Fields: []tui.Field{{Name: "reason", Label: "Reason", Required: true}, {Name: "ticket", Label: "Ticket"}},
	}
}

func resetMFA() tui.Prompt {
	p := ban()
	p.Tier, p.Title, p.Verb, p.WayBack = tui.T3, "Reset MFA enrollments", "Reset", ""
	p.Checklist = []string{"The caller named the last order", "The caller answered on the number we have"}
	p.TypeToConfirm, p.TypeLabel = "0142", "Last four of the phone"
	p.Fields = p.Fields[:1]
	return p
}

func TestDialog_BarIsConfirmedByOneY(t *testing.T) {
	d, got := ask(t, unlock(), 100, 30)
	d.Has("Unlock Sam Carter?", "sam.c@pine.example", "on DEMO", "y Unlock", "Cancel", "To undo: z locks again", "behind the question")
	d.Press("y")
	require.Equal(t, 1, got.confirmed)
	require.False(t, d.Asking())
	d.Lacks("Unlock Sam Carter?")
}

func TestDialog_BarIsCancelledByEveryOtherKey(t *testing.T) {
	for _, key := range []string{"n", "N", "esc", "enter"} {
		d, got := ask(t, unlock(), 100, 30)
		d.Press(key)
		require.Equal(t, answer{cancelled: 1}, *got, key)
		require.False(t, d.Asking(), key)
	}
	d, got := ask(t, unlock(), 100, 30)
	d.Press("j", "Y", "x", "space")
	d.Paste("y")
	require.Equal(t, answer{}, *got)
	require.True(t, d.Asking(), "other keys do nothing")
}

func TestDialog_BarTakesAnOptionalReason(t *testing.T) {
	p := unlock()
	p.Fields = []tui.Field{{Name: "reason", Label: "Reason"}}
	d, got := ask(t, p, 100, 30)
	d.Has("tab reason")
	d.Press("tab")
	d.Type("yes, at the airport")
	d.Has("yes, at the airport")
	require.Zero(t, got.confirmed, "letters belong to the field")
	d.Press("enter", "y")
	require.Equal(t, tui.Answers{"reason": "yes, at the airport"}, got.given)
}

func TestDialog_LettersGoToFieldsAndOnlyYAtTheButtonsConfirms(t *testing.T) {
	d, got := ask(t, ban(), 100, 30)
	d.Has("Ban user", "Sam Carter", "sam.c@pine.example", "user_2xk…9aQ", "on PRODUCTION", "Pine Outfitters",
		"• signs out 2 sessions now", "To undo: z, or Unban user", "Reason", "Ticket")
	d.Type("yelled at staff")
	d.Press("enter")
	d.Type("T-10")
	d.Press("enter")
	d.Has("▸ Cancel")
	d.Press("left")
	d.Has("▸ y Ban")
	d.Press("enter")
	require.Zero(t, got.confirmed, "enter never acts")
	d.Has("press y to ban")
	d.Press("y")
	require.Equal(t, answer{confirmed: 1, given: tui.Answers{"reason": "yelled at staff", "ticket": "T-10"}}, *got)
}

func TestDialog_EnterAtCancelCancels(t *testing.T) {
	d, got := ask(t, ban(), 100, 30)
	d.Press("enter", "enter", "enter")
	require.Equal(t, answer{cancelled: 1}, *got)
}

func TestDialog_WithoutFieldsStartsAtCancel(t *testing.T) {
	p := ban()
	p.Fields = nil
	d, got := ask(t, p, 100, 30)
	d.Has("▸ Cancel")
	d.Press("enter")
	require.Equal(t, answer{cancelled: 1}, *got)
}

func TestDialog_MissingReasonIsReportedAtItsField(t *testing.T) {
	d, got := ask(t, ban(), 100, 30)
	d.Press("up")
	d.Press("y")
	require.Zero(t, got.confirmed)
	d.Has("a reason is required")
	d.Type("x")
	d.Lacks("a reason is required")
	d.Press("shift+tab", "shift+tab", "y")
	require.Equal(t, 1, got.confirmed)
}

func TestDialog_RunsTheFieldsOwnCheck(t *testing.T) {
	p := ban()
	p.Fields = []tui.Field{{Name: "name", Label: "Name", Value: "1", Validate: func(v string) string {
		if v == "1" {
			return "a name has letters"
		}
		return ""
	}}}
	d, got := ask(t, p, 100, 30)
	d.Press("tab", "y")
	d.Has("a name has letters")
	d.Press("backspace")
	d.Type("Sam")
	d.Press("tab", "y")
	require.Equal(t, tui.Answers{"name": "Sam"}, got.given)
}

func TestDialog_RequiresChecklistAndTypedText(t *testing.T) {
	d, got := ask(t, resetMFA(), 100, 34)
	d.Has("This cannot be undone.", "[ ] The caller named the last order", "Last four of the phone")
	d.Press("space", "enter")
	d.Has("[x] The caller named the last order")
	d.Press("enter")
	d.Type("lost phone")
	d.Press("enter")
	d.Type("0143")
	d.Press("enter", "y")
	require.Zero(t, got.confirmed)
	d.Has("check every item first", "that does not match")
	d.Press("space", "tab", "tab", "backspace")
	d.Type("2")
	d.Press("enter", "y")
	require.Equal(t, answer{confirmed: 1, given: tui.Answers{"reason": "lost phone"}}, *got)
}

func TestDialog_HidesSecretsAndSwitchesChoices(t *testing.T) {
	p := ban()
	p.Fields = []tui.Field{
		{Name: "password", Label: "Password", Kind: tui.FieldSecret},
		{Name: "how", Label: "How", Kind: tui.FieldChoice, Choices: []string{"merge", "replace"}, Value: "merge"},
	}
	d, got := ask(t, p, 100, 30)
	d.Type("hunter2 ")
	d.Lacks("hunter2")
	d.Has("••••••••")
	d.Press("enter")
	d.Has("● merge   ○ replace")
	d.Press("right")
	d.Paste("y")
	d.Press("enter", "y")
	require.Equal(t, tui.Answers{"password": "hunter2 ", "how": "replace"}, got.given)
}

func TestDialog_CannotBeConfirmedInATooSmallWindow(t *testing.T) {
	for _, p := range []tui.Prompt{unlock(), ban(), resetMFA()} {
		p.Fields = nil
		d, got := ask(t, p, 100, 30)
		d.Resize(39, 30)
		d.Press("y")
		d.Resize(100, 7)
		d.Press("y", "enter")
		require.Equal(t, answer{}, *got, p.Title)
		d.Has("frontdesk needs 40×8")
		d.Resize(100, 30)
		require.True(t, d.Asking(), "the question is still there")
	}
	p := ban()
	p.Fields = nil
	d, got := ask(t, p, 40, 8)
	d.Has("make the window larger")
	d.Press("y")
	require.Zero(t, got.confirmed)
	d.Resize(80, 24)
	d.Lacks("make the window larger")
	d.Press("y")
	require.Equal(t, 1, got.confirmed)
}

func TestDialog_ShrinkingTheWindowStopsTheCountdown(t *testing.T) {
	p := ban()
	p.Tier, p.CancelSeconds, p.Fields = tui.T4, 5, nil
	d, got := ask(t, p, 100, 30)
	d.Press("y")
	d.Resize(20, 5)
	d.Advance(10 * time.Second)
	d.Resize(100, 30)
	d.Advance(10 * time.Second)
	require.Equal(t, answer{}, *got)
	d.Has("Cancelled: the window is too small")
}

func TestDialog_FitsTheRequiredSizes(t *testing.T) {
	p := resetMFA()
	p.Tier, p.Picture = tui.T4, []string{"▀▀▀▀▀▀", "▀▀▀▀▀▀", "▀▀▀▀▀▀"}
	for _, size := range [][2]int{{120, 40}, {80, 24}, {60, 20}} {
		d, got := ask(t, p, size[0], size[1])
		d.Has("Reset MFA enrollments", "Sam Carter", "sam.c@pine.example", "on PRODUCTION", "signs out 2 sessions now",
			"This cannot be undone.", "The caller named the last order", "Reason", "Last four of the phone", "Reset", "Cancel")
		d.Press("space", "tab", "space", "tab")
		d.Type("x")
		d.Press("tab")
		d.Type("0142")
		d.Press("tab", "y")
		require.Equal(t, 1, got.confirmed, size)
	}
}

func TestDialog_CutsHostileNames(t *testing.T) {
	p := ban()
	long := strings.Repeat("Sam 王محمد👩‍👩‍👧 ", 60)
	p.Subject = []string{long, long, long}
	p.Context, p.Effects, p.WayBack, p.Title, p.Instance = []string{long}, []string{long, long}, long, long, long
	for _, size := range [][2]int{{120, 40}, {80, 24}, {60, 20}, {46, 12}, {40, 8}} {
		d, _ := ask(t, p, size[0], size[1]) // the driver checks that every frame fits
		d.Has("Cancel")
	}
	bar := unlock()
	bar.Subject = p.Subject
	d, _ := ask(t, bar, 60, 20)
	d.Has("y Unlock", "Cancel")
}

func TestDialog_DimsTheScreenBehindAndABarDoesNot(t *testing.T) {
	d, _ := ask(t, ban(), 100, 30)
	require.Equal(t, tuitest.Theme("").Backdrop, d.Cell("behind").Style.Fg)
	d, _ = ask(t, unlock(), 100, 30)
	require.Nil(t, d.Cell("behind").Style.Fg)
}

func TestDialog_CursorIsInTheField(t *testing.T) {
	d, _ := ask(t, ban(), 100, 30)
	d.Type("ab")
	c := d.Model.View().Cursor
	require.NotNil(t, c)
	require.Equal(t, "b", d.CellAt(c.X-1, c.Y).Content)
	d.Press("tab", "tab")
	require.Nil(t, d.Model.View().Cursor)
}
