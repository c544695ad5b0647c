package journal

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"frontdesk/api/journal"
	"frontdesk/tui"
	"frontdesk/tui/table"
	"frontdesk/tui/text"
	"frontdesk/views/userfmt"
)

const (
	colTime = iota
	colWhat
	colWhom
	colOutcome
	colBy
	colWhy
)

// columns returns the columns from left to right. Rank decides which are hidden first in a
// narrow window; no column is wider than its most, so that the rest goes to the reasons.
func columns(width int, most widths) []table.Column {
	clock := timeWidth
	if width < 100 {
		clock = shortTime
	}
	return []table.Column{
		colTime:    {Head: "TIME", Min: clock, Rank: 1},
		colWhat:    {Head: "WHAT", Min: 11, Max: max(11, min(most.what, 28)), Share: 2},
		colWhom:    {Head: "WHOM", Min: 12, Max: max(12, min(most.whom, 44)), Share: 9},
		colOutcome: {Head: "OUTCOME", Min: 9, Max: 12, Share: 1},
		colBy:      {Head: "BY", Min: 10, Max: max(10, min(most.by, 18)), Share: 2, Rank: 2},
		colWhy:     {Head: "TICKET, REASON", Min: 16, Share: 4, Rank: 3},
	}
}

// widths are how wide cells are.
type widths struct{ what, whom, by int }

// measuredRows is how many of the newest rows are measured: no column moves while older
// ones are read.
const measuredRows = 100

// widest returns the widths of the widest cells.
func (l *list) widest(r text.CellWidth) widths {
	var most widths
	for _, row := range l.rows[:min(len(l.rows), measuredRows)] {
		e := l.words.Shown(row)
		name, more := l.words.Whom(e)
		if more != "" {
			name += "  " + more
		}
		most.what = max(most.what, r.Width(l.words.What(e)))
		most.whom = max(most.whom, r.Width(name))
		most.by = max(most.by, r.Width(l.words.By(e.Who)))
	}
	return most
}

const gutter = 3

// View draws the filter, the heads and the rows.
func (l *list) View(s tui.Screen) tui.Frame {
	r := text.CellWidth(s.Cells)
	box, cursor := l.drawBox(s, r)
	p := newPainter(l, s, r)
	lines := append(breadcrumb(s, r), box, l.rule(s, r), p.head())
	l.headRows = len(lines)
	foot := l.footLines(s, r)
	l.height = max(1, s.Height-len(lines)-len(foot))
	l.win = l.win.Keep(len(l.rows), l.height)
	first, end := l.win.Rows(len(l.rows), l.height)
	for i := first; i < end; i++ {
		lines = append(lines, p.row(i, i == l.win.Cursor))
	}
	if len(l.rows) == 0 {
		for _, words := range l.emptyWords(s) {
			for _, line := range r.Wrap(words, max(10, s.Width-2*gutter)) {
				lines = append(lines, strings.Repeat(" ", gutter)+s.Styles.Dim.Render(line))
			}
		}
	}
	if len(foot) > 0 {
		for len(lines) < s.Height-len(foot) {
			lines = append(lines, "")
		}
		lines = append(lines[:max(0, min(len(lines), s.Height-len(foot)))], foot...)
	}
	return tui.Frame{Content: strings.Join(lines[:min(len(lines), s.Height)], "\n"), Cursor: cursor, Status: l.status()}
}

func breadcrumb(s tui.Screen, r text.CellWidth) []string {
	return r.BreadcrumbLines(s.Breadcrumb, s.Width, s.Height, s.Styles.Dim, s.Styles.Bold)
}

// drawBox draws the filter, with a cursor if it has the focus.
func (l *list) drawBox(s tui.Screen, r text.CellWidth) (string, *tea.Cursor) {
	room := max(1, s.Width-8)
	box, cursor := l.box.View(room, r, s.Styles)
	slash := s.Styles.Dim
	switch {
	case l.typing:
		slash = s.Styles.AccentBold
		cursor.X, cursor.Y = cursor.X+4, len(breadcrumb(s, r))
	case l.box.Value() == "":
		hint := "everybody's changes, newest first"
		if label := s.Keys.Label(actFilter); label != "" {
			hint = "everybody's changes; " + label + " filters: a name, reason, ticket, by:jo, op:ban, since:7d"
		}
		box, cursor = s.Styles.Faint.Render(r.Cut(hint, room)), nil
	default:
		cursor = nil
	}
	return "  " + slash.Render("/") + " " + box, cursor
}

// rule draws the line below the filter, or the error in the filter.
func (l *list) rule(s tui.Screen, r text.CellWidth) string {
	if l.query.problem != "" {
		return "  " + s.Styles.Warn.Render("! ") + s.Styles.Text.Render(r.Cut(l.words.show(l.query.problem), max(1, s.Width-6)))
	}
	return s.Styles.Line.Render(strings.Repeat("─", s.Width))
}

// footLines returns notices about the whole list.
func (l *list) footLines(s tui.Screen, r text.CellWidth) []string {
	var out []string
	add := func(tone tui.Tone, mark, words string) {
		for i, line := range r.Wrap(words, max(10, s.Width-2*gutter)) {
			if i > 0 {
				mark = " "
			}
			out = append(out, " "+s.Styles.Tone(tone).Render(mark)+" "+s.Styles.Text.Render(line))
		}
	}
	switch {
	case l.problem == nil:
	case l.problem.IsCutOff:
		add(tui.ToneWarn, "!", "The last write to the journal was cut off: "+l.words.show(l.problem.String())+".")
	default:
		add(tui.ToneBad, "!", "The journal was altered: "+l.words.show(l.problem.String())+".")
	}
	if l.read.err != nil && len(l.rows) > 0 {
		add(tui.ToneWarn, "!", "Last read "+userfmt.Ago(l.read.readAt, s.Now)+"; the journal cannot be read now: "+l.words.show(l.read.err.Error())+".")
	}
	if l.isFull() && !l.read.isComplete {
		add(tui.ToneInfo, "i", "The newest "+userfmt.Number(maxRows)+" are listed; the filter finds older ones.")
	}
	if len(out) > 0 && s.Height > 16 {
		out = append([]string{""}, out...)
	}
	return out[:min(len(out), max(0, s.Height-len(breadcrumb(s, r))-6))]
}

// emptyWords returns the sentences shown if there are no rows.
func (l *list) emptyWords(s tui.Screen) []string {
	switch {
	case l.read.err != nil:
		again := ""
		if label := s.Keys.Label(actRefresh); label != "" {
			again = label + " tries again."
		}
		return []string{"The journal cannot be read: " + l.words.show(l.read.err.Error()) + ".", again}
	case l.read.isReading || !l.read.isRead:
		return []string{"Reading…"}
	case !l.query.isEmpty():
		return []string{"Nothing in the journal matches.", "Words match a name, an address, a reason, a ticket or a value; by:, op:, user:, is: and since: narrow it."}
	}
	return []string{"No changes yet.", "Every change is recorded here before it is sent, even if it fails."}
}

// status returns the position in the list and the number of rows.
func (l *list) status() string {
	n := len(l.rows)
	reading := ""
	if l.read.isReading && l.read.isRead {
		reading = ", reading…"
	}
	if n == 0 {
		return strings.TrimPrefix(reading, ", ")
	}
	more := ""
	if !l.read.isComplete {
		more = "+"
	}
	return fmt.Sprintf("%s of %s%s%s", userfmt.Number(l.win.Cursor+1), userfmt.Number(n), more, reading)
}

// painter draws rows.
type painter struct {
	list    *list
	s       tui.Screen
	columns []table.Column
	table   table.Table

	text, dim, bold table.StyleSeq

	shown    journal.Entry // entry of shownRow, cached for its cells
	shownRow int
}

func newPainter(l *list, s tui.Screen, r text.CellWidth) *painter {
	p := &painter{list: l, s: s, columns: columns(s.Width, l.widest(r)), text: table.NewStyleSeq(s.Styles.Text), dim: table.NewStyleSeq(s.Styles.Dim), bold: table.NewStyleSeq(s.Styles.Bold)}
	p.table = table.Table{
		Slots: table.Fit(p.columns, gutter, s.Width-1, 2), CellWidth: r, Cell: p.cell,
		CursorMark: table.Span{Text: tui.CursorMark, Style: table.NewStyleSeq(s.Styles.Accent)}, CursorMarkX: 1,
	}
	if s.Styles.Plain {
		p.table.Total = userfmt.Number(len(l.rows))
		p.table.Slots = []table.Slot{{Column: colTime}, {Column: colWhat}, {Column: colOutcome}, {Column: colWhom}, {Column: colWhy}, {Column: colBy}}
	}
	return p
}

func (p *painter) head() string {
	if p.s.Styles.Plain {
		return ""
	}
	return p.table.Head(p.columns, table.NewStyleSeq(p.s.Styles.Heading), table.NewStyleSeq(p.s.Styles.Accent))
}

func (p *painter) row(i int, isHere bool) string { return p.table.Row(i, isHere, p.s.Width) }

func (p *painter) cell(dst []table.Span, row, column, width int) []table.Span {
	w := p.list.words
	if row != p.shownRow || p.shown.Seq == 0 {
		p.shown, p.shownRow = w.Shown(p.list.rows[row]), row
	}
	e := p.shown
	switch column {
	case colTime:
		return append(dst, table.Span{Text: at(e.Time, p.s.Now, width), Style: p.dim})
	case colWhat:
		return append(dst, table.Span{Text: w.What(e), Style: p.bold})
	case colWhom:
		name, more := w.Whom(e)
		if e.Kind == damaged || e.Kind == journal.Recovered {
			name = w.show(e.Message)
		}
		dst = append(dst, table.Span{Text: name, Style: p.text})
		if more != "" {
			between := "  "
			if p.s.Styles.Plain {
				between = ", "
			}
			dst = append(dst, table.Span{Text: between + more, Style: p.dim})
		}
		return dst
	case colOutcome:
		mark, word, tone := w.Outcome(e)
		if p.s.Styles.Plain {
			return append(dst, table.Span{Text: word, Style: p.text})
		}
		return append(dst, table.Span{Text: mark + " " + word, Style: table.NewStyleSeq(p.s.Styles.Tone(tone))})
	case colBy:
		by := w.By(e.Who)
		if claim := w.claim(e.Who); claim != "" && p.table.CellWidth.Width(by) > width {
			by = claim // tells apart people who share an account
		}
		return append(dst, table.Span{Text: by, Style: p.text})
	}
	if !w.isHere(e) && e.Instance.Name != "" {
		dst = append(dst, table.Span{Text: "on " + w.instance(e.Instance) + "  ", Style: p.dim})
	}
	if e.Kind == damaged || e.Kind == journal.Recovered {
		return dst
	}
	return append(dst, table.Span{Text: w.Why(e), Style: p.dim})
}
