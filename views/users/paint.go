package users

import (
	"strings"
	"time"

	"charm.land/lipgloss/v2"

	"frontdesk/api"
	"frontdesk/api/search"
	"frontdesk/tui"
	"frontdesk/tui/table"
	"frontdesk/tui/text"
	"frontdesk/views/userfmt"
	"frontdesk/views/users/localsearch"
)

// painter draws one frame.
type painter struct {
	geometry
	view  *View
	s     tui.Screen
	ruler text.CellWidth
	list  listing
	lines []string

	text, dim, faint, line, bold, match, accent table.StyleSeq
	tones                                       [tui.ToneAccent + 1]table.StyleSeq

	isMasked bool                // people are shown by their masks
	shownOf  [2]*localsearch.Row // the last row, and how it is shown: the cells of a row need it

	hitRow *localsearch.Row // the row of hit, which two of its cells need
	hit    localsearch.Hit
}

// View draws the list.
func (v *View) View(s tui.Screen) tui.Frame {
	list := v.feed.listing()
	g := layout(s.Width, s.Height, v.previewMode == previewAuto && v.feed.mayShowUsers() && !s.Styles.Plain, v.foundCount(), v.feed.shownOrder())
	if s.Styles.Plain {
		g.slots, g.isPlain = plainSlots(s.Width), true
	}
	v.keys, v.lastLayout, v.feed.height = s.Keys, g, g.rows
	list.win = list.win.Keep(list.len(), g.rows)
	seq := func(st lipgloss.Style) table.StyleSeq { return table.NewStyleSeq(st) }
	p := &painter{
		geometry: g, view: v, s: s, ruler: text.CellWidth(s.Cells), list: list, lines: make([]string, g.height),
		text: seq(s.Styles.Text), dim: seq(s.Styles.Dim), faint: seq(s.Styles.Faint), line: seq(s.Styles.Line),
		isMasked: v.env.Mask.On(),
		bold:     seq(s.Styles.Bold), match: seq(s.Styles.Match), accent: seq(s.Styles.Accent),
	}
	for tone := range p.tones {
		p.tones[tone] = seq(s.Styles.Tone(tui.Tone(tone)))
	}
	frame := tui.Frame{Status: v.markStatus() + v.positionStatus(list, g.rows) + p.countFailedHint()}
	if s.Styles.Plain {
		frame.Status = v.markStatus() + v.plainStatus(list, v.positionStatus(list, g.rows))
	}
	if g.height < 1 || g.width < 1 {
		return frame
	}
	v.hits = v.hits[:0]
	p.drawNotice()
	frame.Cursor = p.drawBox()
	p.drawRule()
	p.drawHelp()
	p.drawBody()
	p.drawPreview()
	if g.width < tinyWidth {
		for i, l := range p.lines {
			p.lines[i] = p.ruler.Cut(l, g.width)
		}
	}
	frame.Content = strings.Join(p.lines, "\n")
	return frame
}

// set replaces a line if it exists.
func (p *painter) set(y int, line string) {
	if y >= 0 && y < len(p.lines) {
		p.lines[y] = line
	}
}

func (p *painter) drawRule() {
	if p.rule < 0 {
		return
	}
	rule := strings.Repeat("─", p.width)
	if p.card > 0 {
		rule = strings.Repeat("─", p.geometry.list) + "┬" + strings.Repeat("─", p.card)
	}
	p.set(p.rule, p.line.Render(rule))
}

// drawBody draws column heads and rows, or the text in their place.
func (p *painter) drawBody() {
	stage := p.view.feed.stage()
	switch stage {
	case stageRows, stageLocal, stageStale, stageFirst:
		t := table.Table{Slots: p.slots, CursorMark: table.Span{Text: tui.CursorMark, Style: p.accent}, CursorMarkX: markX, CellWidth: p.ruler, Cell: p.cell, Gutter: p.markCells()}
		if p.s.Styles.Plain {
			t.Total = p.view.total(p.list)
		} else {
			p.set(p.heads, t.Head(p.columns, p.dim, p.accent))
		}
		rows := min(p.rows, p.list.len()-p.list.win.Top)
		if stage == stageFirst {
			rows = p.rows
		}
		width := 0
		if p.card > 0 || p.s.Styles.Plain {
			width = p.geometry.list
		}
		for i := range max(rows, 0) {
			row := p.list.win.Top + i
			area := hitArea{y: p.top + i, width: p.geometry.list, row: row}
			if r := p.list.at(row); r != nil {
				area.id = r.ID
			}
			p.view.hits = append(p.view.hits, area)
			p.set(p.top+i, t.Row(row, p.list.hasCursor && row == p.list.win.Cursor, width))
		}
	default:
		for i, line := range p.emptyLines(stage) {
			if i+1 < p.rows {
				p.set(p.top+1+i, strings.Repeat(" ", gutter)+line)
			}
		}
	}
}

// cell draws one cell of a row.
func (p *painter) cell(dst []table.Span, i, col, width int) []table.Span {
	r, c := p.list.at(i), column(col)
	if r == nil {
		if c == colName || c == colMail || c == colStatus {
			return append(dst, table.Span{Text: p.notRead(), Style: p.faint})
		}
		return dst
	}
	name, text, dim, match := p.text, p.text, p.dim, p.match
	switch {
	case p.list.isStale, p.isStaleMatch(r) && !(p.list.hasCursor && i == p.list.win.Cursor):
		name, text, dim, match = p.faint, p.faint, p.faint, p.faint
	case p.list.hasCursor && i == p.list.win.Cursor:
		name = p.bold
	}
	switch c {
	case colName:
		return p.nameCell(dst, r, width, name, match)
	case colMail:
		return p.mailCell(dst, r, width, dim, match)
	case colStatus:
		return p.statusCell(dst, r, width, text, dim)
	case colFactors:
		return append(dst, table.Span{Text: userfmt.FactorsInShort(r.User), Style: dim})
	}
	return append(dst, table.Span{Text: p.plainCell(r, c), Style: dim})
}

// notRead stands for what was not read yet.
func (p *painter) notRead() string {
	if p.s.Styles.Plain {
		return "reading"
	}
	return "·····"
}

// shown is a row as it may be shown.
func (p *painter) shown(r *localsearch.Row) *localsearch.Row {
	if !p.isMasked {
		return r
	}
	if p.shownOf[0] != r {
		p.shownOf = [2]*localsearch.Row{r, p.view.shownRow(r)}
	}
	return p.shownOf[1]
}

// rowHits returns what to highlight in a row: scattered letters if it is only similar.
func (p *painter) rowHits(r *localsearch.Row) localsearch.Hit {
	if p.hitRow == r {
		return p.hit
	}
	if p.isMasked {
		return localsearch.Hit{}
	}
	p.hitRow, p.hit = r, r.FindHits(p.list.needle.Highlights())
	if p.list.isFuzzy {
		p.hit = localsearch.Hit{Name: p.list.needle.FuzzySpans(r.Name.Fold)}
	}
	return p.hit
}

// nameCell draws the name and, if there is no column for it, the field that matched.
func (p *painter) nameCell(dst []table.Span, r *localsearch.Row, width int, plain, lit table.StyleSeq) []table.Span {
	h := p.rowHits(r)
	isNew := p.view.feed.isNew(r)
	r = p.shown(r)
	matched, at := h.Other, h.At
	if h.Mail != nil && h.Name == nil {
		matched, at = &r.Mail, h.Mail
	}
	if matched == nil || p.hasColumn(colMail) {
		arrived := table.Span{Text: " new", Style: p.accent}
		fits := p.ruler.Width(r.Name.Shown)+len(arrived.Text) <= width
		if isNew && !fits {
			arrived.Text = "new "
			dst, width = append(dst, arrived), max(0, width-len(arrived.Text))
		}
		shown, at := localsearch.CutAroundMatch(p.ruler, r.Name.Shown, h.Name, width)
		if r.Name.Kind == search.Phone && h.Name == nil {
			shown = p.ruler.CutLeft(r.Name.Shown, width) // the last digits tell numbers apart
		}
		if dst = localsearch.AppendHighlighted(dst, shown, at, plain, lit); isNew && fits {
			dst = append(dst, arrived)
		}
		return dst
	}
	name := p.ruler.Cut(r.Name.Shown, max(width/2-2, width-2-p.ruler.Width(matched.Shown)))
	dst = append(dst, table.Span{Text: name, Style: plain}, table.Span{Text: "  "})
	shown, at := localsearch.CutAroundMatch(p.ruler, matched.Shown, at, width-2-p.ruler.Width(name))
	return localsearch.AppendHighlighted(dst, shown, at, p.dim, lit)
}

// statusCell draws mark and status; only trouble has colour. Where it is narrow, the
// factor and then the status give way to the mark of what could not be read.
func (p *painter) statusCell(dst []table.Span, r *localsearch.Row, width int, text, dim table.StyleSeq) []table.Span {
	st := userfmt.StatusOf(r.User, p.s.Now)
	shape, word := text, dim
	if p.isStaleMatch(r) {
		return append(dst, table.Span{Text: "no match · " + st.Word, Style: p.faint}) // some terminals do not show faint
	}
	if !p.list.isStale {
		tone := p.tones[st.Tone]
		switch st.Tone {
		case tui.ToneNone, tui.ToneOK:
			shape = dim
		default:
			shape, word = tone, tone
		}
	}
	unread := ""
	if len(r.User.Problems) > 0 && !r.HasNoID() && !p.list.isStale {
		unread = " !"
	}
	room := width - len(unread)
	if !p.s.Styles.Plain {
		dst, room = append(dst, table.Span{Text: st.Shape + " ", Style: shape}), room-p.ruler.Width(st.Shape)-1
	}
	switch {
	case p.hasColumn(colFactors):
		st.Extra = userfmt.WithoutFactors(r.User, st.Extra)
	case p.ruler.Width(st.Word+st.Extra) > room:
		st.Extra = userfmt.ShortFactor(r.User, st.Extra)
	}
	if p.ruler.Width(st.Word+st.Extra) > room && userfmt.WithoutFactors(r.User, st.Extra) == "" {
		st.Extra = ""
	}
	if unread != "" {
		st.Word = p.ruler.Cut(st.Word, max(1, room-p.ruler.Width(st.Extra)))
	}
	dst = append(dst, table.Span{Text: st.Word, Style: word}, table.Span{Text: st.Extra, Style: dim})
	if unread != "" {
		dst = append(dst, table.Span{Text: unread, Style: p.tones[tui.ToneWarn]})
	}
	return dst
}

// plainCell returns the text of the other columns.
func (p *painter) plainCell(r *localsearch.Row, c column) string {
	u, now := r.User, p.s.Now
	when := time.Time{}
	switch {
	case c == colPhone:
		return userfmt.Phone(p.shown(r).User.Phone())
	case c == colJoined:
		when = u.CreatedAt.Time
		if !when.IsZero() {
			return userfmt.RecentTime(when, now)
		}
	case p.view.feed.order.by == api.OrderLastSignInAt:
		when = u.LastSignInAt.Time
	default:
		when = u.LastActiveAt.Time
	}
	if when.IsZero() {
		return "–"
	}
	return userfmt.Ago(when, now)
}
