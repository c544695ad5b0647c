package users

import (
	"context"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"frontdesk/tui"
)

const (
	previewTask = "users.preview"
	// restDelay is how soon after a move another one counts as running through the
	// list. Meanwhile the preview is blank: nobody reads it, and to draw it at every
	// step costs more than to scroll the list.
	restDelay = 150 * time.Millisecond
)

// restedMsg says that the cursor has stayed where it is for restDelay.
type restedMsg struct{}

// syncPreview shows the user under the cursor in the preview, also if the window is
// too narrow for one: that may change, and the detail view needs the picture too. While
// the cursor runs through the list, the preview waits until it rests.
func (v *View) syncPreview() tea.Cmd {
	r := v.feed.currentRow()
	if v.previewMode == previewOff || r == v.previewed {
		return nil
	}
	if r == nil || r.HasNoID() { // an entry without an id cannot be looked up
		v.previewed, v.previewWanted = r, ""
		return v.card.Show(nil)
	}
	if v.previewed != nil && v.previewed.ID == r.ID { // newer data
		v.previewed = r
		return v.card.Show(r.User)
	}
	if v.previewWanted == r.ID {
		return nil
	}
	now := v.env.Now()
	isRunning := now.Sub(v.previewMovedAt).Abs() < restDelay
	v.previewMovedAt, v.previewWanted = now, r.ID
	if !isRunning {
		v.previewed = r
		return v.card.Show(r.User)
	}
	pause := v.env.Pause
	return tui.Run(tui.Task{Key: previewTask, Replace: true, Run: func(ctx context.Context, _ func(tui.Progress)) tea.Msg {
		if pause(ctx, restDelay) != nil {
			return nil
		}
		return restedMsg{}
	}})
}

// showRested shows the user under the cursor, which has stayed there.
func (v *View) showRested() tea.Cmd {
	r := v.feed.currentRow()
	if r == nil || r.HasNoID() || v.previewMode == previewOff || r.ID != v.previewWanted {
		return nil
	}
	v.previewed = r
	return v.card.Show(r.User)
}

// foundCount returns how many people a search found, 0 if there may be more or nothing
// is searched for.
func (v *View) foundCount() int {
	if v.feed.stage() != stageRows || v.feed.want.query.needle.Empty() || v.feed.shown.state == running {
		return 0
	}
	return v.feed.listing().len()
}

// drawPreview draws the preview beside the list behind its line, or below it.
func (p *painter) drawPreview() {
	switch {
	case p.card > 0:
		p.drawPreviewBeside()
	case p.below >= 0:
		p.set(p.below, p.line.Render(strings.Repeat("─", p.width)))
		card := p.previewLines(p.width-2*gutter, p.height-p.below-1)
		for i, l := range card {
			if l != "" {
				p.set(p.below+1+i, strings.Repeat(" ", gutter)+l)
			}
		}
	}
}

func (p *painter) drawPreviewBeside() {
	const air = 2
	from := max(p.rule+1, p.box+1)
	card := p.previewLines(p.card-air-1, p.height-from-1)
	edge := p.line.Render("│")
	for y := from; y < p.height; y++ {
		left := p.lines[y]
		left += strings.Repeat(" ", max(0, p.geometry.list-p.ruler.Width(left)))
		left += edge
		if i := y - from - 1; i >= 0 && i < len(card) && card[i] != "" {
			left += strings.Repeat(" ", air) + card[i]
		}
		p.lines[y] = left
	}
}

// previewLines draws the user under the cursor; nothing while the cursor runs.
func (p *painter) previewLines(width, height int) []string {
	v := p.view
	if v.previewed == nil || v.previewed != v.feed.currentRow() {
		return nil
	}
	s := p.s
	s.Width, s.Height = max(0, width), max(0, height)
	return strings.Split(v.card.View(s), "\n")
}
