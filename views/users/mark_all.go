package users

import (
	tea "charm.land/bubbletea/v2"

	"frontdesk/tui"
	"frontdesk/views/userfmt"
	"frontdesk/views/users/localsearch"
	"frontdesk/views/users/selection"
)

// markAllAction marks every user whom the search has found.
func (v *View) markAllAction() tui.Action {
	a := tui.Action{ID: "list.markall", Title: "Mark all found", FooterLabel: "mark all", Group: groupMarks,
		Help: "Marks every user whom the search has found, on all pages.", Off: v.markAllOffReason(), Do: v.synced(v.markAll)}
	if a.Off == "" {
		a.Title = "Mark all " + userfmt.Number(v.feed.shown.pages.Len()) + " found"
		a.FooterRank = v.hintIf(!v.marks.IsRanging(), 7)
	}
	return a
}

func (v *View) markAllOffReason() string {
	r := v.feed.shown
	switch {
	case v.feed.want.query.needle.Empty():
		return "nothing is searched for"
	case v.feed.isScanning():
		return "the scan is still running"
	case !v.isSearchShown():
		return "nothing is found"
	case r.scan != nil && r.scan.isFull:
		return "more users match than are shown"
	case r.canResume():
		return "the scan stopped before its end"
	case !r.pages.IsExact():
		return "the total is not known yet"
	}
	return ""
}

// isSearchShown reports whether the rows on the screen are those of the search, and
// keys are not text.
func (v *View) isSearchShown() bool {
	return !v.box.IsOpen() && v.feed.stage() == stageRows && v.feed.want == v.feed.shown && !v.feed.want.query.needle.Empty()
}

// markAll marks the users of the whole result, except those who do not match any more.
// It reads rows that are not loaded.
func (v *View) markAll() tea.Cmd {
	r := v.feed.shown
	n := r.pages.Len()
	if !v.marks.HasRoom(n) {
		return notifyTooManyMarks(n + v.marks.Len())
	}
	if !r.pages.IsComplete() {
		reader := selection.Reader{Rows: n}
		if first := r.pages.At(0); first != nil {
			reader.Top = first.ID
		}
		return v.fetchMarks("Reading all matches", reader)
	}
	var rows []*localsearch.Row
	r.pages.Each(func(one *localsearch.Row) {
		if !r.staleMatches[one.ID] {
			rows = append(rows, one)
		}
	})
	return notifyMarked(v.marks.Add(rows...))
}

func notifyMarked(n int) tea.Cmd {
	return tui.Notify(tui.Toast{ID: "list.mark", Tone: tui.ToneInfo, Text: "Marked " + userfmt.Count(n, "user")})
}

// rangeToEndLabel names the keys that mark from the cursor to the last row, after the
// one that begins a range.
func (v *View) rangeToEndLabel() string {
	if v.keys == nil || v.keys.Label("list.bottom") == "" {
		return "range"
	}
	return v.keys.Label("list.bottom") + " " + v.keys.Label("list.range") + " to the end"
}
