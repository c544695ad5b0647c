package outputfilter_test

import (
	"bytes"
	"context"
	"fmt"
	"image/color"
	"io"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/term"
	"github.com/charmbracelet/x/vt"
	"github.com/creack/pty"
	"github.com/stretchr/testify/require"

	"frontdesk/tui/outputfilter"
)

// above is what Bubble Tea writes to: it keeps a copy and passes it to the filter.
// Bubble Tea prints above its frame from another goroutine than it draws from.
type above struct {
	*outputfilter.Writer
	mu    sync.Mutex
	seen  bytes.Buffer
	wrote chan struct{}
}

func (a *above) Write(p []byte) (int, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.seen.Write(p)
	n, err := a.Writer.Write(p)
	select {
	case a.wrote <- struct{}{}:
	default:
	}
	return n, err
}

// below is the terminal's file: it keeps a copy of what reaches it.
type below struct {
	*os.File
	seen bytes.Buffer
}

func (b *below) Write(p []byte) (int, error) {
	b.seen.Write(p)
	return b.File.Write(p)
}

type stepMsg struct{}

// show is a program that does everything Bubble Tea can do to a terminal, one frame per
// write that arrives.
type show struct {
	frame int
	wrote chan struct{}
}

func (s *show) Init() tea.Cmd { return s.wait }

func (s *show) wait() tea.Msg { <-s.wrote; return stepMsg{} }

const frames = 40

func (s *show) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if _, ok := msg.(stepMsg); !ok {
		return s, nil
	}
	if s.frame++; s.frame == frames {
		return s, tea.Quit
	}
	return s, tea.Batch(s.wait, map[int]tea.Cmd{
		2: tea.RequestBackgroundColor, 3: tea.SetClipboard("maya@pine.example"), 4: tea.RequestCapability("RGB"), 5: tea.RequestTerminalVersion,
		6: tea.Println("above"), 7: tea.RequestCursorPosition, 9: tea.ClearScreen, 11: tea.RequestForegroundColor, 12: tea.RequestCursorColor,
		13: tea.SetPrimaryClipboard("x"), 14: tea.RequestProgramStatusSupport,
	}[s.frame])
}

func (s *show) View() tea.View {
	var rows []string
	for y := range 20 {
		style := lipgloss.NewStyle().Foreground(lipgloss.Color(fmt.Sprintf("#%02x%02x8f", y*12, s.frame*6))).Bold(y%3 == 0).Italic(y%5 == 0)
		if y%4 == 0 {
			style = style.Underline(true).Background(lipgloss.Color("#112233"))
		}
		name := []string{"Maya Okafor", "李小龍", "José Núñez", "👨‍👩‍👧‍👦 हिन्दी", strings.Repeat("─", 30), "   ", "محمد علي"}[(y+s.frame)%7]
		rows = append(rows, style.Render(fmt.Sprintf("%-3d%s", (y+s.frame)*3, name))+strings.Repeat(" ", (y*s.frame)%20)+"end")
	}
	v := tea.NewView(strings.Join(rows, "\n"))
	v.AltScreen = s.frame > 7 && s.frame < 35
	v.WindowTitle = fmt.Sprintf("frame %d · 李", s.frame/4)
	v.ReportFocus = s.frame > 10
	v.MouseMode = tea.MouseMode(s.frame / 5 % 3)
	v.DisableBracketedPasteMode = s.frame%9 == 3
	v.KeyboardEnhancements.ReportEventTypes = s.frame > 20
	if s.frame%3 == 0 {
		v.Cursor = tea.NewCursor(s.frame%30, 2)
		v.Cursor.Shape = tea.CursorShape(s.frame % 3)
		v.Cursor.Color = color.RGBA{200, uint8(s.frame), 0, 255}
	}
	if s.frame > 15 && s.frame < 25 {
		v.BackgroundColor, v.ForegroundColor = color.Black, color.White
		v.ProgressBar = tea.NewProgressBar(tea.ProgressBarDefault, s.frame)
		v.ProgramStatus = &tea.ProgramStatus{State: tea.ProgramStateWorking, App: "frontdesk", Title: "ban 37"}
	}
	return v
}

// A real program in a real PTY: the filter drops none of its bytes, and Bubble Tea
// finds the terminal behind it.
func TestWriter_PassesARealProgramUnchanged(t *testing.T) {
	master, tty, err := pty.Open()
	require.NoError(t, err)
	defer master.Close()
	require.NoError(t, pty.Setsize(tty, &pty.Winsize{Rows: 24, Cols: 80}))
	go func() { _, _ = io.Copy(io.Discard, master) }()

	under := &below{File: tty}
	over := &above{Writer: outputfilter.New(under), wrote: make(chan struct{}, 1)}
	require.True(t, term.IsTerminal(over.Fd()))
	require.True(t, term.IsTerminal(outputfilter.New(tty).Fd()))

	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	p := tea.NewProgram(&show{wrote: over.wrote}, tea.WithContext(ctx), tea.WithInput(tty), tea.WithOutput(over), tea.WithoutSignalHandler(),
		tea.WithEnvironment([]string{"TERM=xterm-256color", "COLORTERM=truecolor"}), tea.WithColorProfile(colorprofile.TrueColor), tea.WithFPS(120))
	// The terminal's answers: it supports synchronized output and grapheme clusters.
	_, err = master.WriteString("\x1b[?2026;2$y\x1b[?2027;2$y")
	require.NoError(t, err)
	_, err = p.Run()
	require.NoError(t, err)

	require.Equal(t, over.seen.String(), under.seen.String())
	for _, must := range []string{"\x1b[?1049h", "\x1b[?2026h", "\x1b[?2027h", "\x1b]2;", "\x1b]52;", "\x1bP+q", "\x1b[?1003h", "\x1b]11;", "\x1b]7501;", "\x1b]9;4;"} {
		require.Contains(t, over.seen.String(), must, "the program shows less than it should")
	}
	require.Equal(t, screen(t, over.seen.Bytes()), screen(t, under.seen.Bytes()))
}

// forgetful is a program that shows names without cleaning them.
type forgetful struct {
	frame int
	wrote chan struct{}
	names []string
	above bool // also prints them above its frame
}

func (f *forgetful) Init() tea.Cmd { return f.wait }

func (f *forgetful) wait() tea.Msg { <-f.wrote; return stepMsg{} }

func (f *forgetful) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if _, ok := msg.(stepMsg); !ok {
		return f, nil
	}
	if f.frame++; f.frame == len(f.names) {
		return f, tea.Quit
	}
	if f.above {
		return f, tea.Batch(f.wait, tea.Println(f.names[f.frame]))
	}
	return f, f.wait
}

func (f *forgetful) View() tea.View {
	name := f.names[min(f.frame, len(f.names)-1)]
	v := tea.NewView(fmt.Sprintf("frame %d\n%s\n%s", f.frame, name, lipgloss.NewStyle().Bold(true).Render(name)))
	v.WindowTitle = name
	return v
}

// Of what a program shows without cleaning, nothing dangerous reaches the terminal,
// whatever the renderer lets through.
func TestWriter_StopsUncleanedText(t *testing.T) {
	var names []string
	for name := range refused {
		if strings.Count(name, ";") < 30 { // x/ansi's parser panics at 32 parameters
			names = append(names, name)
		}
	}
	for _, printed := range []bool{false, true} {
		f := &forgetful{wrote: make(chan struct{}, 1), names: names, above: printed}
		var under bytes.Buffer
		over := &above{Writer: outputfilter.New(&under), wrote: f.wrote}
		ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
		defer cancel()
		_, err := tea.NewProgram(f, tea.WithContext(ctx), tea.WithInput(nil), tea.WithOutput(over), tea.WithoutSignalHandler(), tea.WithWindowSize(80, 24),
			tea.WithEnvironment([]string{"TERM=xterm-256color"}), tea.WithColorProfile(colorprofile.TrueColor), tea.WithFPS(120)).Run()
		require.NoError(t, err)
		require.NotEmpty(t, unwelcome(over.seen.String()), "the renderer drops all of it, so this test proves nothing")
		require.Empty(t, unwelcome(under.String()))
	}
}

// screen returns what an emulated terminal shows after this output.
func screen(t *testing.T, out []byte) string {
	t.Helper()
	e := vt.NewEmulator(80, 24)
	done := make(chan struct{})
	go func() { defer close(done); _, _ = io.Copy(io.Discard, e) }()
	_, err := e.Write(out)
	require.NoError(t, err)
	shown := e.Render()
	// Closing the emulator itself would race with reading its replies.
	require.NoError(t, e.InputPipe().(io.Closer).Close())
	<-done
	return shown
}
