package outputfilter_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/stretchr/testify/require"

	"frontdesk/tui/outputfilter"
)

// filterAll returns what comes out when the parts are written one after the other.
func filterAll(parts ...string) string {
	var b bytes.Buffer
	w := outputfilter.New(&b)
	for _, p := range parts {
		if n, err := io.WriteString(w, p); err != nil || n != len(p) {
			panic(fmt.Sprint(n, err))
		}
	}
	return b.String()
}

// passing are sequences that Bubble Tea emits; each comes out unchanged.
var passing = []string{
	"Maya Okafor\r\n\b\t", "é李小龍👨‍👩‍👧‍👦 محمد हिन्दी ไทย \ufffd ␛",
	ansi.CursorUp(1), ansi.CursorDown(3), ansi.CursorForward(12), ansi.CursorBackward(1), ansi.CursorPosition(3, 4), ansi.CursorHomePosition,
	ansi.CursorHorizontalAbsolute(9), ansi.VerticalPositionAbsolute(2), ansi.HorizontalPositionAbsolute(7), ansi.CursorHorizontalForwardTab(2), ansi.CursorBackwardTab(1),
	ansi.EraseLineLeft, ansi.EraseLineRight, ansi.EraseEntireLine, ansi.EraseScreenBelow, ansi.EraseEntireScreen, ansi.EraseCharacter(5),
	ansi.InsertLine(1), ansi.DeleteLine(2), ansi.InsertCharacter(2), ansi.DeleteCharacter(2), ansi.ScrollUp(2), ansi.ScrollDown(1), ansi.ReverseIndex,
	ansi.RepeatPreviousCharacter(40), ansi.SetTopBottomMargins(1, 20), ansi.SetTopBottomMargins(0, 0), ansi.SetTabEvery8Columns,
	ansi.SetModeInsertReplace, ansi.ResetModeInsertReplace, ansi.SetModeAutoWrap, ansi.ResetModeAutoWrap, ansi.SetModeTextCursorEnable, ansi.ResetModeTextCursorEnable,
	ansi.SetModeAltScreenSaveCursor, ansi.ResetModeAltScreenSaveCursor, ansi.SetModeBracketedPaste, ansi.ResetModeBracketedPaste, ansi.SetModeFocusEvent,
	ansi.ResetModeFocusEvent, ansi.SetModeMouseButtonEvent, ansi.SetModeMouseAnyEvent, ansi.SetModeMouseExtSgr, ansi.ResetModeMouseExtSgr,
	ansi.SetModeSynchronizedOutput, ansi.ResetModeSynchronizedOutput, ansi.SetModeUnicodeCore, ansi.ResetModeUnicodeCore,
	ansi.RequestModeSynchronizedOutput, ansi.RequestModeUnicodeCore, ansi.RequestModeFocusEvent, ansi.RequestCursorPositionReport,
	ansi.RequestPrimaryDeviceAttributes, ansi.RequestNameVersion, ansi.SetCursorStyle(0), ansi.SetCursorStyle(6),
	ansi.RequestKittyKeyboard, ansi.PushKittyKeyboard(1), ansi.PopKittyKeyboard(1), ansi.KittyKeyboard(3, 1), ansi.SetModifyOtherKeys2, ansi.ResetModifyOtherKeys,
	ansi.SetWindowTitle("frontdesk · 李小龍"), ansi.SetWindowTitle(""), "\x1b]0;x\x1b\\", ansi.RequestBackgroundColor, ansi.RequestForegroundColor, ansi.RequestCursorColor,
	ansi.SetBackgroundColor("#1a1b26"), ansi.SetForegroundColor("rgb:ff/ff/ff"), ansi.ResetBackgroundColor, ansi.ResetForegroundColor, ansi.ResetCursorColor,
	ansi.SetSystemClipboard("maya@pine.example"), ansi.SetPrimaryClipboard(""), ansi.SetSystemClipboard(strings.Repeat("x", 100_000)),
	ansi.TmuxPassthrough(ansi.SetSystemClipboard("user_2xk")), ansi.TmuxPassthrough("\x1b]52;c;dXNlcg==\x1b\\"),
	ansi.SetProgressBar(30), ansi.ResetProgressBar, ansi.RequestTermcap("RGB", "Tc"), ansi.RequestProgramStatusSupport,
	ansi.SetProgramStatus(ansi.ProgramStatus{State: ansi.ProgramStateWorking, App: "frontdesk", Title: "ban 37", Message: "12 of 37"}),
	ansi.ResetStyle, "\x1b[m", "\x1b[0m", "\x1b[1;3;38;2;227;178;97m", "\x1b[38;5;8m", "\x1b[48;2;8;8;8m", "\x1b[4:3;58:2::8:8:8m", "\x1b[38:5:8m", "\x1b[22;23;24;27;39;49;59m", "\x1b[97;107m",
}

func TestWriter_PassesWhatBubbleTeaEmits(t *testing.T) {
	for _, s := range passing {
		require.Equal(t, s, filterAll(s), "%q", clip(s))
		require.Equal(t, s, filterAll(strings.Split(s, "")...), "%q by characters", clip(s))
		require.Equal(t, s, filterAll(bytewise(s)...), "%q by bytes", clip(s))
	}
	all := strings.Join(passing, "")
	require.Equal(t, all, filterAll(all))
}

func bytewise(s string) (parts []string) {
	for i := range len(s) {
		parts = append(parts, s[i:i+1])
	}
	return parts
}

func clip(s string) string { return s[:min(len(s), 60)] }

// refused maps output that must not pass to what is left of it.
var refused = map[string]string{
	"a\x1b]8;;http://evil.example\x1b\\link\x1b]8;;\x1b\\b": "alinkb",
	"a\x1b]8;;x\alink":                             "alink",
	"a\x1b]1337;File=x\ab":                         "ab",
	"a\x1b]9;hello\ab":                             "ab",
	"a\x1b]777;notify;x\ab":                        "ab",
	"a\x1b]7;file:///\ab":                          "ab",
	"a\x1b]4;1;rgb:00/00/00\ab":                    "ab",
	"a\x1b]133;A\ab":                               "ab",
	"a\x1b]52;c;?\ab":                              "ab", // reads the clipboard
	"a\x1b]52;c;not base64\ab":                     "ab",
	"a\x1b]52;U;eA==\ab":                           "ab",
	"a\x1b]52;c\ab":                                "ab",
	"a\x1b]2;x\x1b[31mb\a":                         "a\x1b[31mb",
	"a\x1b]2;x\u202ey\ab":                          "ab",
	"a\x1b]2;x\u009by\ab":                          "ab",
	"a\x1b]2;\xff\ab":                              "ab",
	"a\x1b]2;x\nb":                                 "a\nb",
	"a\x1b]2;" + strings.Repeat("x", 2000) + "\ab": "ab",
	"a\x1b]110;#fff\ab":                            "ab",
	"a\x1b]0\ab":                                   "ab",
	"a\x1bP1$r0m\x1b\\b":                           "ab",
	"a\x1bPq#0;2;0;0;0\x1b\\b":                     "ab", // sixel
	"a\x1bPtmux;\x1b\x1b[2J\x1b\\b":                "ab",
	"a\x1bPtmux;\x1b\x1b]52;c;?\a\x1b\\b":          "ab",
	"a\x1bPtmux;\x1b\x1b]52;c;eA==\a\x1b\x1b]2;x\a\x1b\\b": "ab",
	"a\x1bPx\x1b\x1b\x1b\\b":                               "ab",
	"a\x1b_Gf=100;AAAA\x1b\\b":                             "ab",
	"a\x1b^pm\x1b\\b":                                      "ab",
	"a\x1bXsos\x1b\\b":                                     "ab",
	"a\x1bktitle\x1b\\b":                                   "ab",
	"a\x1b_open\x1b[1mb":                                   "a\x1b[1mb",
	"a\x1b_open\x18b":                                      "ab",
	"a\x1bcb":                                              "ab",
	"a\x1b(0b":                                             "ab",
	"a\x1b#8b":                                             "ab",
	"a\x1b7\x1b8\x1b=\x1b>b":                               "ab",
	"a\x1b\x1b[1mb":                                        "a\x1b[1mb",
	"a\x1b[3Jb":                                            "ab",
	"a\x1b[5ib":                                            "ab", // prints
	"a\x1b[21tb":                                           "ab", // reports the title
	"a\x1b[8;1;1tb":                                        "ab",
	"a\x1b[!pb":                                            "ab",
	"a\x1b[?1000hb":                                        "ab",
	"a\x1b[?9hb":                                           "ab",
	"a\x1b[?25;47hb":                                       "ab",
	"a\x1b[20hb":                                           "ab",
	"a\x1b[>cb":                                            "ab",
	"a\x1b[=cb":                                            "ab",
	"a\x1b[5nb":                                            "ab",
	"a\x1b[?6nb":                                           "ab",
	"a\x1b[1;2;3Hb":                                        "ab",
	"a\x1b[123456Ab":                                       "ab",
	"a\x1b[1:2Ab":                                          "ab",
	"a\x1b[1 Ab":                                           "ab",
	"a\x1b[ 1qb":                                           "ab",
	"a\x1b[1\x07mb":                                        "amb",
	"a\x1b[" + strings.Repeat("1;", 500) + "mb": "ab",
	"a\x1b[8mb":     "ab", // conceal
	"a\x1b[1;8mb":   "a\x1b[1mb",
	"a\x1b[08;31mb": "a\x1b[31mb",
	"a\x1b[1" + strings.Repeat(";1", 40) + "mb": "ab",
	"a\x1b[38:5::8mb":                         "ab",
	"a\x1b[38:2:8mb":                          "ab",
	"a\x1b[38:8mb":                            "ab",
	"a\x1b[8:1mb":                             "ab",
	"a\x1b[38;5;8;8mb":                        "a\x1b[38;5;8mb",
	"a\x1b[38;2;1;8mb":                        "ab",
	"a\x1b[38;8mb":                            "ab",
	"a\x1b[11;26;51mb":                        "ab",
	"a\x1b[?1mb":                              "ab",
	"a\x1b[>4;9mb":                            "ab",
	"a\u009b2Jb":                              "a2Jb",
	"a\x9b2Jb":                                "a2Jb",
	"a\x90q\x9cb":                             "aqb",
	"a\u0085b\u2028c\u2029d":                  "abcd",
	"a\x00\x07\x0b\x0c\x0e\x0f\x7fb":          "ab",
	"a\xc2\x1b[1mb":                           "a\x1b[1mb",
	"a\xffb\xc0\x80\xed\xa0\x80\xf5":          "ab",
	"a\xe2\x80\x1b[m\xaeb":                    "a\x1b[mb",
	"Sam\u202eretraC\u2066\u2069\u200e\u200f": "SamretraC",
	"a\U000E0041\U000E007Fb":                  "ab",
	"a\x1b":                                   "a",
	"a\x1b[12":                                "a",
	"a\x1b]2;x":                               "a",
	"a\xe6\x9d":                               "a",
}

func TestWriter_DropsEverythingElse(t *testing.T) {
	for in, want := range refused {
		require.Equal(t, want, filterAll(in), "%q", clip(in))
		require.Equal(t, want, filterAll(bytewise(in)...), "%q by bytes", clip(in))
		require.Empty(t, unwelcome(filterAll(in)), "%q", clip(in))
	}
}

// failing is a terminal that is gone after a number of bytes.
type failing struct{ left int }

func (f *failing) Write(p []byte) (int, error) {
	if len(p) > f.left {
		return f.left, errors.New("input/output error")
	}
	f.left -= len(p)
	return len(p), nil
}

type short struct{}

func (short) Write(p []byte) (int, error) { return len(p) - 1, nil }

func TestWriter_ReturnsErrors(t *testing.T) {
	w := outputfilter.New(&failing{left: 5})
	_, err := io.WriteString(w, "12345")
	require.NoError(t, err)
	n, err := io.WriteString(w, "6")
	require.EqualError(t, err, "input/output error")
	require.Zero(t, n)
	n, err = io.WriteString(w, "\x1b_nothing left to write\x1b\\")
	require.NoError(t, err)
	require.Equal(t, 25, n)
	_, err = io.WriteString(outputfilter.New(short{}), "xy")
	require.ErrorIs(t, err, io.ErrShortWrite)
}

// counting counts writes.
type counting struct{ writes int }

func (c *counting) Write(p []byte) (int, error) { c.writes++; return len(p), nil }

func TestWriter_WritesOncePerWrite(t *testing.T) {
	var c counting
	w := outputfilter.New(&c)
	_, _ = io.WriteString(w, "a\x1b[1mb\x1b]8;;x\aé\x1b[0m\r\n")
	require.Equal(t, 1, c.writes)
	_, _ = io.WriteString(w, "\x1b_G\x1b\\")
	require.Equal(t, 1, c.writes)
}

func TestWriter_WorksWithoutAFile(t *testing.T) {
	w := outputfilter.New(&counting{})
	n, err := w.Read(make([]byte, 1))
	require.Zero(t, n)
	require.ErrorIs(t, err, io.EOF)
	require.NoError(t, w.Close())
	require.Equal(t, ^uintptr(0), w.Fd())
	f, err := os.CreateTemp(t.TempDir(), "")
	require.NoError(t, err)
	w = outputfilter.New(f)
	require.Equal(t, f.Fd(), w.Fd())
	require.NoError(t, w.Close())
	_, err = f.Write([]byte("x"))
	require.ErrorIs(t, err, os.ErrClosed)
}

func TestWriter_MemoryIsBounded(t *testing.T) {
	var c counting
	w := outputfilter.New(&c)
	chunk := strings.Repeat("A", 64<<10)
	for _, open := range []string{"\x1b]52;c;", "\x1bP+q", "\x1b[", "\x1b_", "\x1b]2;"} {
		_, _ = io.WriteString(w, open)
		used := testing.AllocsPerRun(20, func() { _, _ = io.WriteString(w, chunk) })
		require.Less(t, used, 30.0, "%q", open)
	}
}

func BenchmarkWriter(b *testing.B) {
	frame := []byte(strings.Repeat("\x1b[3;10H\x1b[1;38;2;227;178;97mMaya Okafor\x1b[m          maya@harborpine.example José 李小龍\x1b[K", 40))
	w := outputfilter.New(io.Discard)
	b.SetBytes(int64(len(frame)))
	b.ReportAllocs()
	for b.Loop() {
		_, _ = w.Write(frame)
	}
}
