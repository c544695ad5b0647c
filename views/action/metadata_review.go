package action

import (
	"encoding/json"
	"fmt"
	"strings"

	"frontdesk/api/ops"
	"frontdesk/views/action/wording"
	"frontdesk/views/userfmt"
)

// The signs of the review. Each has a word beside it and a colour of its own.
const (
	signAdded   = "+"
	signRemoved = "−"
	signChanged = "~"
)

// resultingChanges is what would change of what is stored now, which is not always what
// the operator changed: somebody else may have been at it.
func (v *metadataView) resultingChanges(d *draft) ([]ops.Change, json.RawMessage, error) {
	value, err := v.value(d)
	if err != nil {
		return nil, nil, err
	}
	after, err := v.op.Edit.Apply(d.stored, value)
	if err != nil {
		return nil, nil, err
	}
	changed, err := ops.DiffMetadata(d.stored, after)
	return changed, after, err
}

// drawReview is every change, under the field it is in.
func (v *metadataView) drawReview(p canvas) []string {
	var lines []string
	for _, d := range v.drafts {
		if !d.isTouched() || len(d.changes()) == 0 {
			continue
		}
		changed, after, err := v.resultingChanges(d)
		if err != nil {
			lines = append(lines, p.markedLines("✗ ", p.s.Bad, wording.Sentence(wording.Error(err)))...)
			continue
		}
		if len(lines) > 0 {
			lines = append(lines, "")
		}
		size, _ := describeSize(after)
		head := p.s.Heading.Render(strings.ToUpper(d.label)+" METADATA") + "   " + p.s.Text.Render(countChanges(changed))
		lines = append(lines, p.r.Cut(head+p.s.Dim.Render("   "+size), p.wide))
		if d.hasConflict() {
			lines = append(lines, p.markedLines("! ", p.s.Warn, "Somebody else changed it meanwhile; this is against how it is now.")...)
		}
		lines = append(lines, p.drawChanges(changed)...)
	}
	return lines
}

// drawChanges are the changed keys in columns: sign, key, word, values.
func (p canvas) drawChanges(changed []ops.Change) []string {
	const word = 9 // "removed" and air
	keys := 0
	for _, c := range changed {
		keys = max(keys, p.r.Width(displayWhole(c.Path)))
	}
	keys = min(keys, max(8, p.wide*2/5))
	indent := 2 + keys + 2 + word
	if p.wide-indent < 16 { // no room for columns
		indent = 4
	}
	var lines []string
	for _, c := range changed {
		sign, says, style := signChanged, "changed", p.s.Warn
		var parts []string
		switch {
		case c.Old == nil:
			sign, says, style = signAdded, "added", p.s.OK
			parts = []string{displayWhole(string(c.New))}
		case c.New == nil:
			sign, says, style = signRemoved, "removed", p.s.Bad
			parts = []string{displayWhole(string(c.Old))}
		default:
			parts = []string{displayWhole(string(c.Old)), displayWhole(string(c.New))}
		}
		lead := style.Bold(true).Render(sign) + " " + p.s.Text.Render(p.r.Pad(p.r.CutMiddle(displayWhole(c.Path), keys), keys)) + "  " + style.Render(p.r.Pad(says, word))
		lines = append(lines, p.drawValues(lead, parts, indent)...)
	}
	return lines
}

// drawValues stand behind the lead on one line where they fit, else below each other,
// with an arrow before the new one.
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

// window is the part of the review that the screen has room for; what is left of
// it is in the footer.
func (v *metadataView) window(lines []string, height int) []string {
	v.lines, v.rows = len(lines), max(1, height)
	from := max(0, min(v.offset, len(lines)-height))
	return lines[from:min(len(lines), from+height)]
}

// scrollPosition is which lines of the review are in sight.
func (v *metadataView) scrollPosition() string {
	from := max(0, min(v.offset, v.lines-v.rows))
	if v.lines <= v.rows {
		return userfmt.Count(v.lines, "line")
	}
	return fmt.Sprintf("%d–%d of %d lines", from+1, min(v.lines, from+v.rows), v.lines)
}

// countChanges counts the changes in words.
func countChanges(changed []ops.Change) string {
	var added, removed, other int
	for _, c := range changed {
		switch {
		case c.Old == nil:
			added++
		case c.New == nil:
			removed++
		default:
			other++
		}
	}
	var parts []string
	for _, n := range []struct {
		n    int
		word string
	}{{added, "added"}, {removed, "removed"}, {other, "changed"}} {
		if n.n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n.n, n.word))
		}
	}
	if len(parts) == 0 {
		return "no change"
	}
	return strings.Join(parts, " · ")
}
