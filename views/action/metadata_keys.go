package action

import (
	tea "charm.land/bubbletea/v2"

	"frontdesk/tui"
	"frontdesk/views/action/wording"
)

// Actions implements [tui.View].
func (v *metadataView) Actions() []tui.Action {
	const group = "Metadata"
	off := ""
	switch {
	case v.busy:
		off = "the change is being sent"
	case v.inEditor:
		off = "the text is open in your editor"
	case v.gone:
		off = "this user no longer exists"
	}
	back := tui.Action{ID: "metadata.back", Title: "Back", FooterLabel: "back", Group: group, FooterRank: 2, Help: "Goes back; asks before it discards what you typed.", Do: v.leave}
	if v.inEditor {
		back.Off = off
	}
	if v.reviewing {
		back.FooterLabel = "keep editing"
		return append([]tui.Action{
			{ID: "metadata.ask", Title: v.op.Verb, FooterLabel: wording.LowerFirst(v.op.Verb) + " …", Group: group, FooterRank: 9, Off: off, Help: "Asks before anything is sent.", Do: v.ask},
			back,
		}, v.scrollActions()...)
	}
	show := func(by int) func() tea.Cmd {
		return func() tea.Cmd { v.showDraft(v.current + by); return nil }
	}
	editorOff := off
	if editorOff == "" && v.env.Editor == nil {
		editorOff = "neither $VISUAL nor $EDITOR is set"
	}
	return []tui.Action{
		{ID: "metadata.review", Title: "Review the changes", FooterLabel: "review", Group: group, FooterRank: 9, Off: off, Help: "Shows what would change, line by line, before anything is sent.", Do: v.review},
		{ID: "metadata.next", Title: "Next metadata", FooterLabel: "next", Group: group, FooterRank: 8, Help: "Switches between public, private and unsafe metadata.", Do: show(1)},
		{ID: "metadata.prev", Title: "Previous metadata", Group: group, Do: show(-1)},
		{ID: "metadata.editor", Title: "Open in your editor", FooterLabel: "editor", Group: group, FooterRank: 7, Off: editorOff, Help: "Opens the text in $VISUAL or $EDITOR; the temporary file is removed afterwards.", Do: v.openEditor},
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
