package action

import (
	"encoding/json"
	"fmt"
	"strings"

	"frontdesk/api/ops"
	"frontdesk/views/action/wording"
	"frontdesk/views/userfmt"
)

// The signs of the review, which a word and a colour repeat.
const (
	signAdded   = "+"
	signRemoved = "−"
	signChanged = "~"
)

// resultingChanges returns what saving would change in the stored object, and the
// result. That may differ from the operator's edits if someone else has changed the
// object.
func (v *metadataView) resultingChanges(d *draft) ([]ops.Change, json.RawMessage, error) {
	value, err := v.value(d)
	if err != nil {
		return nil, nil, err
	}
	after, err := v.op.Edit.Apply(d.stored, value)
	if err != nil {
		return nil, nil, err
	}
	changes, err := ops.DiffMetadata(d.stored, after)
	return changes, after, err
}

// drawReview draws the changes, under a heading for each object.
func (v *metadataView) drawReview(p canvas) []string {
	var lines []string
	for _, d := range v.drafts {
		if !d.isTouched() || len(d.changes()) == 0 {
			continue
		}
		changes, after, err := v.resultingChanges(d)
		if err != nil {
			lines = append(lines, p.markedLines("✗ ", p.s.Bad, wording.Sentence(wording.Error(err)))...)
			continue
		}
		if len(lines) > 0 {
			lines = append(lines, "")
		}
		size, _ := describeSize(after)
		head := p.s.Heading.Render(strings.ToUpper(d.label)+" METADATA") + "   " + p.s.Text.Render(countChanges(changes))
		lines = append(lines, p.r.Cut(head+p.s.Dim.Render("   "+size), p.wide))
		if d.hasConflict() {
			lines = append(lines, p.markedLines("! ", p.s.Warn, "Someone else changed it meanwhile; this compares with the current value.")...)
		}
		lines = append(lines, p.drawChanges(changes)...)
	}
	return lines
}

// drawChanges draws the changed keys in columns: sign, key, kind of change, values.
func (p canvas) drawChanges(changes []ops.Change) []string {
	const word = 9 // "removed" and a margin
	keys := 0
	for _, c := range changes {
		keys = max(keys, p.r.Width(displayWhole(c.Path)))
	}
	keys = min(keys, max(8, p.wide*2/5))
	indent := 2 + keys + 2 + word
	if p.wide-indent < 16 { // no room for columns
		indent = 4
	}
	var lines []string
	for _, c := range changes {
		sign, kind, style := signChanged, "changed", p.s.Warn
		var parts []string
		switch {
		case c.Old == nil:
			sign, kind, style = signAdded, "added", p.s.OK
			parts = []string{displayWhole(string(c.New))}
		case c.New == nil:
			sign, kind, style = signRemoved, "removed", p.s.Bad
			parts = []string{displayWhole(string(c.Old))}
		default:
			parts = []string{displayWhole(string(c.Old)), displayWhole(string(c.New))}
		}
		lead := style.Bold(true).Render(sign) + " " + p.s.Text.Render(p.r.Pad(p.r.CutMiddle(displayWhole(c.Path), keys), keys)) + "  " + style.Render(p.r.Pad(kind, word))
		lines = append(lines, p.drawValues(lead, parts, indent)...)
	}
	return lines
}

// drawValues draws the values after the lead: on one line if they fit, else one
// below the other, with an arrow before the new one.
func (p canvas) drawValues(lead string, parts []string, indent int) []string {
	room := p.wide - indent
	var rows []string
	if joined := strings.Join(parts, " → "); p.r.Width(joined) <= room {
		rows = []string{joined}
	} else {
		rows = p.r.Wrap(parts[0], room)
		arrow := "→ "
		for _, part := range parts[1:] {
			for _, row := range p.r.Wrap(part, room-2) {
				rows = append(rows, arrow+row)
				arrow = "  "
			}
		}
	}
	if p.r.Width(lead) > indent {
		rows = append([]string{""}, rows...)
	}
	out := make([]string, len(rows))
	for i, row := range rows {
		if i > 0 {
			lead = strings.Repeat(" ", indent)
		}
		out[i] = lead + p.s.Text.Render(row)
	}
	return out
}

// window returns the lines of the review that fit the screen.
func (v *metadataView) window(lines []string, height int) []string {
	v.lines, v.rows = len(lines), max(1, height)
	from := max(0, min(v.offset, len(lines)-height))
	return lines[from:min(len(lines), from+height)]
}

// scrollPosition says which lines of the review are visible.
func (v *metadataView) scrollPosition() string {
	from := max(0, min(v.offset, v.lines-v.rows))
	if v.lines <= v.rows {
		return userfmt.Count(v.lines, "line")
	}
	return fmt.Sprintf("%d–%d of %d lines", from+1, min(v.lines, from+v.rows), v.lines)
}

// countChanges counts the changes by kind: "2 added · 1 removed".
func countChanges(changes []ops.Change) string {
	var added, removed, changed int
	for _, c := range changes {
		switch {
		case c.Old == nil:
			added++
		case c.New == nil:
			removed++
		default:
			changed++
		}
	}
	var parts []string
	for _, kind := range []struct {
		n    int
		word string
	}{{added, "added"}, {removed, "removed"}, {changed, "changed"}} {
		if kind.n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", kind.n, kind.word))
		}
	}
	if len(parts) == 0 {
		return "no change"
	}
	return strings.Join(parts, " · ")
}
