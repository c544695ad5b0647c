package users

import (
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"frontdesk/api/input"
	"frontdesk/api/search"
	"frontdesk/tui"
	"frontdesk/views/userfmt"
	"frontdesk/views/users/localsearch"
)

// goToEdge moves the cursor to the first or the last row.
func (v *View) goToEdge(end bool) tea.Cmd {
	if !end {
		return v.goToRow(0)
	}
	// From the end, the rows above are needed next.
	win := v.feed.beginMove(-1)
	if win == nil {
		return nil
	}
	rows := v.feed.listing().len()
	*win = win.Go(rows-1, rows, v.feed.visibleRows())
	if v.feed.stage() == stageRows && !v.feed.shown.pages.IsExact() {
		v.feed.shown.goesToEnd = true
	}
	return nil
}

// goToRow moves the cursor to a row, counted from 0.
func (v *View) goToRow(row int) tea.Cmd {
	by := 1
	if win := v.feed.activeWindow(); win != nil && row < win.Cursor {
		by = -1
	}
	if win := v.feed.beginMove(by); win != nil {
		*win = win.Go(row, v.feed.listing().len(), v.feed.visibleRows())
	}
	return nil
}

// Interpret offers what a text typed into the palette may mean: the number of a row, a
// user by id or address, or a search.
func (v *View) Interpret(text string) []tui.Meaning {
	var out []tui.Meaning
	if a, ok := v.rowAction(text); ok {
		out = append(out, tui.Meaning{Action: a, Certain: true})
	}
	for _, one := range splitPeople(input.FindPeople(text)) {
		_, who, _ := strings.Cut(search.PeopleText(one), ":")
		out = append(out, tui.Meaning{Certain: !one.Ambiguous, Action: tui.Action{ID: "list.person", Title: "Open " + localsearch.Printable(who), Group: groupFind,
			Do: v.synced(func() tea.Cmd { one.Ambiguous = false; return v.searchPeople(one) })}})
		if !one.Ambiguous {
			return out
		}
	}
	return append(out, tui.Meaning{Action: tui.Action{ID: "list.find", Title: "Find “" + localsearch.Printable(text) + "” among users", Group: groupFind,
		Do: v.synced(func() tea.Cmd { v.closeBox(); return v.setBox(text) })}})
}

// splitPeople returns each user that a text may name, if it names one or may mean
// several.
func splitPeople(found input.People) (out []input.People) {
	const most = 4
	if n := found.Count(); n != 1 && !found.Ambiguous || n > most {
		return nil
	}
	for _, id := range found.IDs {
		out = append(out, input.People{IDs: []string{id}, Ambiguous: found.Ambiguous})
	}
	for _, mail := range found.Emails {
		out = append(out, input.People{Emails: []string{mail}, Ambiguous: found.Ambiguous})
	}
	for _, phone := range found.Phones {
		out = append(out, input.People{Phones: []string{phone}, Ambiguous: found.Ambiguous})
	}
	return out
}

// rowAction goes to the row that a number names.
func (v *View) rowAction(text string) (tui.Action, bool) {
	n, ok := parseRowNumber(text)
	if !ok || v.feed.activeWindow() == nil {
		return tui.Action{}, false
	}
	rows, all := v.feed.listing().len(), userfmt.Number(v.feed.listing().len())
	if v.feed.stage() == stageRows && !v.feed.shown.pages.IsExact() {
		all += "+"
	}
	a := tui.Action{ID: "list.row", Title: "Go to row " + userfmt.Number(n) + " of " + all, Group: groupMove,
		Do: v.synced(func() tea.Cmd { return v.goToRow(n - 1) })}
	switch {
	case n < 1:
		a.Off = "the first row is 1"
	case n > rows && all != userfmt.Number(rows):
		a.Off = "the total is not known yet"
	case n > rows:
		a.Off = "the last row is " + userfmt.Number(rows)
	}
	if a.Off != "" {
		a.Title = "Go to row " + userfmt.Number(n)
	}
	return a, true
}

// parseRowNumber parses "1234", "1,234", "1.234", "1 234" and "1'234".
func parseRowNumber(text string) (int, bool) {
	plain := strings.Map(func(r rune) rune {
		if strings.ContainsRune(",.' \u00a0\u202f", r) {
			return -1
		}
		return r
	}, text)
	n, err := strconv.ParseUint(plain, 10, 31)
	return int(n), err == nil
}
