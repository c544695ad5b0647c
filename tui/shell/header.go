package shell

import (
	"cmp"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
	"github.com/dustin/go-humanize"

	"frontdesk/tui"
)

// header returns the first row: product, instance, operator. In production the whole
// row is filled. The help hint can be clicked.
func (m *Model) header() (string, []clickTarget) {
	s, in := m.styles, m.conf.Instance
	plain, strong, name, quiet := lipgloss.NewStyle(), s.AccentBold, s.Dim, s.Dim
	badge, word := s.BadgeDemo, " "+in.Word+" "
	key := s.Key
	switch in.Kind {
	case tui.InstanceDevelopment:
		badge = s.BadgeDevelopment
	case tui.InstanceProduction:
		plain = s.HeaderProduction
		strong, badge, key, name, quiet = plain.Bold(true), plain.Bold(true), plain.Bold(true), plain, plain
		word = in.Word
	}
	left := plain.Render("  ") + strong.Render(m.conf.Brand) + plain.Render("  ") + badge.Render(word)
	help := ""
	if label := m.conf.Keys.Label(actHelp); label != "" {
		help = key.Render(label) + quiet.Render(" help")
	}
	// The instance's word is always shown; the rest is dropped by rank.
	room := m.width - m.cells.Width(left) - 2
	right := ""
	for _, part := range []string{help, quiet.Render(m.conf.Operator)} {
		if w := m.cells.Width(part) + 3; w > 3 && w <= room {
			right = part + ifNotEmpty(right, plain.Render("   ")+right)
			room -= w
		}
	}
	if room > 9 && m.isMasked() {
		left += plain.Render("  ") + quiet.Bold(true).Render("MASKED")
		room -= 8
	}
	if in.Name != "" && room > 8 {
		left += plain.Render("  ") + name.Render(m.cells.Cut(in.Name, room-2))
	}
	left = m.fitLine(left, m.width)
	gap := m.width - m.cells.Width(left) - m.cells.Width(right) - 1
	if gap < 1 {
		right, gap = "", m.width-m.cells.Width(left)-1
	}
	var click []clickTarget
	if w := m.cells.Width(help); w > 0 && strings.HasSuffix(right, help) {
		click = []clickTarget{{m.width - 1 - w, 0, w, func() tea.Cmd { return m.performID(actHelp) }}}
	}
	return m.fitLine(left+plain.Render(strings.Repeat(" ", max(0, gap)))+right+plain.Render(" "), m.width), click
}

func ifNotEmpty(test, then string) string {
	if test == "" {
		return ""
	}
	return then
}

// footer returns the last row: the status on the left, the keys that work on the right.
// The hints depend on the status alone; the running task gets the room they leave, so
// that nothing jumps. Clicking a hint does what its key does.
func (m *Model) footer(status string, hints []tui.Hint) (string, []clickTarget) {
	const margin, gap = 2, 3
	room := m.width - 2*margin
	if m.leaving {
		hints = nil
	}
	slot := max(min(room/3, 32), min(m.cells.Width(status), room))
	right, hints := m.fitHints(hints, room-slot-gap, gap)
	free := room
	if right != "" {
		free -= m.cells.Width(right) + gap
	}
	left := m.activityText(free)
	if left == "" {
		left = m.fitLine(status, free)
	}
	space := max(0, room-m.cells.Width(left)-m.cells.Width(right))
	var click []clickTarget
	for x, i := margin+m.cells.Width(left)+space, 0; i < len(hints); i++ {
		w := m.cells.Width(hints[i].Key + " " + hints[i].Label)
		click = append(click, m.hintTargets(hints[i], x, w)...)
		x += w + gap
	}
	return m.fitLine(strings.Repeat(" ", margin)+left+strings.Repeat(" ", space)+right, m.width), click
}

// fitHints returns as many hints as fit whole into width cells, drawn and as a list.
func (m *Model) fitHints(hints []tui.Hint, width, gap int) (string, []tui.Hint) {
	var out []string
	for _, h := range hints {
		hint := m.styles.Key.Render(h.Key) + m.styles.Dim.Render(" "+h.Label)
		if len(out) > 0 {
			width -= gap
		}
		if width -= m.cells.Width(hint); width < 0 {
			break
		}
		out = append(out, hint)
	}
	return strings.Join(out, strings.Repeat(" ", gap)), hints[:len(out)]
}

// activityText describes the slow task in progress in at most width cells, "" if there
// is none.
func (m *Model) activityText(width int) string {
	s := m.styles
	r := m.tasks.visible()
	if m.leaving {
		if r = m.tasks.oldestWrite(); r == nil {
			return ""
		}
	}
	if r == nil {
		return ""
	}
	title := r.task.Title
	switch {
	case m.leaving && r.task.Stop != nil: // it stops half way
		title = "finishing the current request, then stopping: " + title
	case m.leaving:
		title = "finishing: " + title
	case r.stopRequested:
		title = "stopping: " + title
	}
	text := m.masked(title+progressWords(r.currentProgress())) + "…"
	hint := ""
	switch {
	case m.leaving, r.stopRequested:
	case !r.task.Write:
		hint = "  " + s.Key.Render("esc") + s.Dim.Render(" cancel")
	case r.task.Stop != nil:
		hint = "  " + s.Key.Render("esc") + s.Dim.Render(" stop")
	}
	if r.task.Write && 2+m.cells.Width(text)+m.cells.Width(hint) > width {
		hint = "" // how far a change has come is more important
	}
	if 2+m.cells.Width(text)+m.cells.Width(hint) > width {
		text = m.cells.Cut(text, max(0, width-2-m.cells.Width(hint)))
	}
	return s.Accent.Render(m.spinMark()) + " " + s.Text.Render(text) + hint
}

func progressWords(p tui.Progress) string {
	switch {
	case p.Text != "":
		return ", " + p.Text
	case p.Total > 0:
		return " " + humanize.Comma(int64(p.Done)) + " of " + humanize.Comma(int64(p.Total))
	case p.Done > 0:
		return " " + humanize.Comma(int64(p.Done))
	}
	return ""
}

// footerHints returns the actions that work now and have a FooterRank, highest first.
func (m *Model) footerHints() []tui.Hint {
	typing := m.top().Typing()
	all := m.allActions()
	if typing {
		all = slices.Concat(m.top().Actions(), []tui.Action{m.backAction()})
	}
	all = slices.DeleteFunc(all, func(a tui.Action) bool { return a.FooterRank <= 0 || a.Off != "" })
	slices.SortStableFunc(all, func(a, b tui.Action) int { return cmp.Compare(b.FooterRank, a.FooterRank) })
	var out []tui.Hint
	for _, a := range all {
		label := m.usableLabel(a.ID, typing)
		if a.FooterUnlessKey != "" && m.usableLabel(a.FooterUnlessKey, typing) != "" {
			continue
		}
		if label == "" || slices.ContainsFunc(out, func(h tui.Hint) bool { return h.Key == label }) {
			continue
		}
		word := a.FooterLabel
		if word == "" {
			word = strings.ToLower(a.Title)
		}
		out = append(out, tui.Hint{Key: label, Label: word})
	}
	return out
}

// usableLabel returns the label of an action's first key that works now: in a text box
// a letter is text.
func (m *Model) usableLabel(id string, typing bool) string {
	for _, k := range m.conf.Keys.Keys(id) {
		if typing && (k == "space" || len([]rune(k)) == 1) {
			continue
		}
		return tui.KeyLabel(k)
	}
	return ""
}
