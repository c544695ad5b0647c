package action

import (
	tea "charm.land/bubbletea/v2"

	"frontdesk/tui"
	"frontdesk/views/action/wording"
)

// Actions are the keys beside typing; of the review, those to read and go on.
func (v *metadataView) Actions() []tui.Action {
	const group = "Metadata"
	waits := ""
	switch {
	case v.busy:
		waits = "the change is on its way"
	case v.inEditor:
		waits = "the text is in your editor"
	case v.gone:
		waits = "this user is not there any more"
	}
	back := tui.Action{ID: "metadata.back", Title: "Back", FooterLabel: "back", Group: group, FooterRank: 2, Help: "Back; what was typed is thrown away only when you agree.", Do: v.leave}
	if v.inEditor {
		back.Off = waits
	}
	if v.reviewing {
		back.FooterLabel = "edit on"
		return append([]tui.Action{
			{ID: "metadata.ask", Title: v.op.Verb, FooterLabel: wording.LowerFirst(v.op.Verb) + " …", Group: group, FooterRank: 9, Off: waits, Help: "Asks before anything is sent.", Do: v.ask},
			back,
		}, v.scrollActions()...)
	}
	turn := func(by int) func() tea.Cmd {
		return func() tea.Cmd { v.showDraft(v.current + by); return nil }
	}
	editor := waits
	if editor == "" && v.env.Editor == nil {
		editor = "neither $VISUAL nor $EDITOR names one"
	}
	return []tui.Action{
		{ID: "metadata.review", Title: "Review the changes", FooterLabel: "review", Group: group, FooterRank: 9, Off: waits, Help: "What would change, line by line, before anything is sent.", Do: v.review},
		{ID: "metadata.next", Title: "Next metadata", FooterLabel: "next", Group: group, FooterRank: 8, Help: "Public, private, unsafe.", Do: turn(1)},
		{ID: "metadata.prev", Title: "Previous metadata", Group: group, Do: turn(-1)},
		{ID: "metadata.editor", Title: "Open in your editor", FooterLabel: "editor", Group: group, FooterRank: 7, Off: editor, Help: "The text in $VISUAL or $EDITOR; the file is removed afterwards.", Do: v.openEditor},
		back,
	}
}

// scrollActions scroll the review.
func (v *metadataView) scrollActions() []tui.Action {
	move := func(id, title string, by int) tui.Action {
		return tui.Action{ID: id, Title: title, Group: "Move", Do: func() tea.Cmd {
			last := max(0, v.lines-v.rows)
			v.offset = max(0, min(min(v.offset, last)+by, last))
			return nil
		}}
	}
	page := max(1, v.rows-1)
	return []tui.Action{
		move("list.down", "Down", 1), move("list.up", "Up", -1), move("list.pagedown", "Page down", page),
		move("list.pageup", "Page up", -page), move("list.bottom", "Last", v.lines), move("list.top", "First", -v.lines),
	}
}
