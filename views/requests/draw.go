package requests

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"frontdesk/api/exchange"
	"frontdesk/tui"
	"frontdesk/tui/table"
	tuitext "frontdesk/tui/text"
)

const (
	colTime = iota
	colMethod
	colPath
	colStatus
	colTook
	colSize
	colTrace
)

// wideEnough is the width from which there is room for trace ids beside whole paths.
const wideEnough = 132

// columns returns the columns in a window of the given width, from left to right.
func columns(width int) []table.Column {
	all := []table.Column{
		colTime:   {Head: "SENT", Min: 8, Rank: 1},
		colMethod: {Head: "METHOD", Min: 6, Rank: 0},
		colPath:   {Head: "PATH", Min: 18, Share: 4, Rank: 0},
		colStatus: {Head: "ANSWER", Min: 15, Max: 18, Share: 1, Rank: 0},
		colTook:   {Head: "TOOK", Min: 7, Rank: 2},
		colSize:   {Head: "SIZE", Min: 7, Rank: 3},
		colTrace:  {Head: "TRACE ID", Min: 32, Rank: 4},
	}
	if width < wideEnough {
		return all[:colTrace]
	}
	return all
}

const gutter = 3

// View draws the filter, the column heads and the rows.
func (l *list) View(s tui.Screen) tui.Frame {
	r := tuitext.CellWidth(s.Cells)
	box, cursor := l.box.View(max(1, s.Width-8), r, s.Styles)
	above := breadcrumb(s, r)
	cursor.X, cursor.Y = cursor.X+4, len(above)
	if !l.typing {
		cursor = nil
		if l.box.Value() == "" {
			box = s.Styles.Faint.Render(r.Cut("requests of this session, newest first", max(1, s.Width-8)))
		}
	}
	heads := columns(s.Width)
	t := table.Table{
		Slots: table.Fit(heads, gutter, s.Width-1, 2), CellWidth: r,
		CursorMark: table.Span{Text: tui.CursorMark, Style: table.NewStyleSeq(s.Styles.AccentBold)}, CursorMarkX: 1,
		Cell: func(dst []table.Span, row, column, _ int) []table.Span {
			return append(dst, cell(maskAddress(l.mask, l.shown[row]), column, s.Styles, s.Now))
		},
	}
	lines := append(above, "  "+s.Styles.Key.Render("/")+" "+box, s.Styles.Line.Render(strings.Repeat("─", s.Width)),
		strings.Repeat(" ", gutter)+strings.TrimLeft(t.Head(heads, table.NewStyleSeq(s.Styles.Heading), table.NewStyleSeq(s.Styles.Accent)), " "))
	if s.Styles.Plain {
		t.Total, lines = strconv.Itoa(len(l.shown)), lines[:len(lines)-1]
		t.Slots = []table.Slot{{Column: colMethod}, {Column: colStatus}, {Column: colPath}, {Column: colTime}, {Column: colTook}, {Column: colSize}}
	}
	l.rows = max(1, s.Height-len(lines))
	l.win = l.win.Keep(len(l.shown), l.rows)
	first, end := l.win.Rows(len(l.shown), l.rows)
	for i := first; i < end; i++ {
		lines = append(lines, t.Row(i, i == l.win.Cursor, s.Width))
	}
	if len(l.shown) == 0 {
		lines = append(lines, "   "+s.Styles.Dim.Render(l.emptyWords()))
	}
	return tui.Frame{Content: strings.Join(lines, "\n"), Cursor: cursor, Status: l.status()}
}

func breadcrumb(s tui.Screen, r tuitext.CellWidth) []string {
	return r.BreadcrumbLines(s.Breadcrumb, s.Width, s.Height, s.Styles.Dim, s.Styles.Bold)
}

func (l *list) emptyWords() string {
	if l.box.Value() != "" {
		return "No request matches."
	}
	return "No requests yet."
}

func (l *list) status() string {
	if len(l.shown) == 0 {
		return ""
	}
	if len(l.shown) < len(l.all) {
		return fmt.Sprintf("%d of %d found among %d", l.win.Cursor+1, len(l.shown), len(l.all))
	}
	return fmt.Sprintf("%d of %d", l.win.Cursor+1, len(l.shown))
}

func cell(e exchange.Exchange, column int, s *tui.Styles, now time.Time) table.Span {
	dim := table.NewStyleSeq(s.Dim)
	switch column {
	case colTime:
		return table.Span{Text: e.Sent.Format("15:04:05"), Style: dim}
	case colMethod:
		style := table.NewStyleSeq(s.Text)
		if e.Method != "GET" {
			style = table.NewStyleSeq(s.Bold)
		}
		return table.Span{Text: e.Method, Style: style}
	case colPath:
		return table.Span{Text: text(path(e)), Style: table.NewStyleSeq(s.Text)}
	case colStatus:
		words, tone := outcomeWords(e)
		return table.Span{Text: words, Style: table.NewStyleSeq(s.Tone(tone))}
	case colTook:
		return table.Span{Text: tookWords(e, now), Style: dim}
	case colSize:
		return table.Span{Text: sizeWords(e.Answer), Style: dim}
	}
	return table.Span{Text: text(e.TraceID), Style: dim}
}
