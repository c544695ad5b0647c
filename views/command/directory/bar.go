package directory

import (
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/charmbracelet/x/term"
	"github.com/dustin/go-humanize"

	"frontdesk/api/sandbox/host"
)

const (
	// quietFor is how long work may take before progress is shown.
	quietFor = time.Second
	// redrawEvery limits how often the bar is redrawn, to spare a slow connection.
	redrawEvery = 250 * time.Millisecond
	barCells    = 24
)

// progressBar shows the progress of long work: one line that is redrawn on a terminal,
// elsewhere a new line for every tenth.
type progressBar struct {
	out   io.Writer
	width func() int
	now   func() time.Time

	started, lastDrawn time.Time
	tenth              int
	usersTime          time.Duration // spent on users
}

func newProgressBar(env Env) *progressBar {
	return &progressBar{out: env.Stderr, width: env.Width, now: env.Now, started: env.Now()}
}

// TerminalWidth returns a function that measures the terminal f, 0 if f is none.
func TerminalWidth(f *os.File) func() int {
	return func() int {
		width, _, err := term.GetSize(f.Fd())
		if err != nil {
			return 0
		}
		return width
	}
}

// report shows the progress.
func (b *progressBar) report(p host.Progress) {
	now := b.now()
	spent := now.Sub(b.started)
	if p.Stage == host.StageUsers {
		b.usersTime = spent
	}
	width := b.width()
	over := p.Share >= 1
	switch {
	case spent < quietFor:
	case width == 0:
		if tenth := int(p.Share * 10); tenth > b.tenth {
			b.tenth = tenth
			fmt.Fprintln(b.out, strings.Join(b.words(p, spent), ", "))
		}
	case over:
		fmt.Fprint(b.out, "\r\x1b[K")
	case now.Sub(b.lastDrawn) >= redrawEvery:
		b.lastDrawn = now
		fmt.Fprint(b.out, "\r", b.line(p, spent, width-1), "\x1b[K")
	}
}

// words returns the share, the stage, the time left and the speed.
func (b *progressBar) words(p host.Progress, spent time.Duration) []string {
	words := []string{fmt.Sprintf("%3.0f %%", 100*p.Share)}
	if p.Stage == host.StageIndexes {
		words = append(words, fmt.Sprintf("index %d of %d", p.Done, p.Total))
	} else {
		words = append(words, humanize.Comma(int64(p.Done))+" of "+humanize.Comma(int64(p.Total))+" users")
	}
	if left := time.Duration(float64(spent) * (1 - p.Share) / max(p.Share, 0.001)); p.Share < 1 {
		words = append(words, left.Round(time.Second).String()+" left")
	}
	if p.Stage == host.StageUsers && spent > 0 {
		words = append(words, humanize.Comma(int64(float64(p.Done)/spent.Seconds()))+" a second")
	}
	return words
}

// line returns the bar and as many of the words as fit.
func (b *progressBar) line(p host.Progress, spent time.Duration, width int) string {
	full := int(p.Share * barCells)
	line := strings.Repeat("█", full) + strings.Repeat("░", barCells-full)
	cells := barCells
	if cells+6 > width {
		line, cells = "", 0
	}
	for _, word := range b.words(p, spent) {
		if cells+2+len(word) > width {
			break
		}
		line, cells = line+"  "+word, cells+2+len(word)
	}
	return line
}
