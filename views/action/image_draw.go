package action

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"syscall"

	"frontdesk/tui"
	"frontdesk/tui/text"
	"frontdesk/views/action/wording"
	"frontdesk/views/userfmt"
)

// View implements [tui.View].
func (v *imageView) View(s tui.Screen) tui.Frame {
	const margin, label = 2, 6
	r := text.CellWidth(s.Cells)
	wide := s.Width - 2*margin
	if wide < label+4 || s.Height < 4 {
		return tui.Frame{Content: r.Cut(v.op.Title, s.Width)}
	}
	pad := strings.Repeat(" ", margin)
	st := s.Styles
	lines := []string{screenPath(s, pad), pad + r.Cut(v.userLine(st), wide)}
	if s.Height >= 14 {
		lines = []string{"", lines[0], "", lines[1], ""}
	}
	boxRow := len(lines)
	drawn, cursor := v.box.View(wide-label, r, st)
	lines = append(lines, pad+st.Bold.Render(r.Pad("File", label))+drawn)
	lines = append(lines, pad+strings.Repeat(" ", label)+st.Line.Render(strings.Repeat("─", wide-label)))
	cursor.X, cursor.Y = cursor.X+margin+label, boxRow
	room := s.Height - len(lines)
	if room > 8 {
		hint := ""
		if wide >= minWidthBeside {
			hint = pad + strings.Repeat(" ", label) + st.Faint.Render(r.Cut(v.hint(), wide-label))
		}
		lines = append(lines, hint, "")
		room -= 2
	}
	for _, l := range v.drawBelow(r, wide, room, st) {
		lines = append(lines, pad+l)
	}
	return tui.Frame{Content: strings.Join(lines, "\n"), Cursor: cursor, Status: v.status()}
}

// minWidthBeside is the width from which on the preview fits beside the folder.
const minWidthBeside = 64

// drawBelow draws the folder and the checked file: beside it or, in a narrow
// window, in the last row.
func (v *imageView) drawBelow(r text.CellWidth, wide, height int, s *tui.Styles) []string {
	if wide < minWidthBeside {
		lines := v.drawFolder(r, wide, height-1, s)
		for len(lines) < height-1 {
			lines = append(lines, "")
		}
		return append(lines, r.Cut(v.checkLine(s), wide))
	}
	right := previewWidth + 2
	left := wide - right - 2
	folder, check := v.drawFolder(r, left, height, s), v.drawCheck(r, right, height, s)
	lines := make([]string, min(height, max(len(folder), len(check))))
	for i := range lines {
		if i < len(folder) {
			lines[i] = folder[i]
		}
		if i < len(check) {
			lines[i] = r.Pad(lines[i], left) + "  " + check[i]
		}
	}
	return lines
}

// drawFolder draws the entries around the cursor.
func (v *imageView) drawFolder(r text.CellWidth, width, height int, s *tui.Styles) []string {
	if height < 1 {
		return nil
	}
	v.folderRows = height // for page up and down; drawing does not depend on it
	m := v.matches()
	switch {
	case v.loading != "":
		return []string{s.Dim.Render(r.Cut("Reading the folder…", width))}
	case v.list.err != nil:
		return renderLines(s.Bad, wrap(r, folderProblem(v.list.err), width, height))
	case len(v.list.entries) == 0:
		return []string{s.Dim.Render(r.Cut("This folder is empty.", width))}
	case len(m) == 0 && v.isFolderOnly():
		return []string{s.Dim.Render(r.Cut("Only hidden files here; type a dot to see them.", width))}
	case len(m) == 0:
		return []string{s.Dim.Render(r.Cut("No names match what you typed.", width))}
	}
	if v.list.more {
		height--
	}
	top := max(0, min(v.cursor-height/2, len(m)-height))
	var out []string
	for i := top; i < min(top+height, len(m)); i++ {
		out = append(out, drawEntry(r, m[i], i == v.cursor, width, s))
	}
	if v.list.more {
		out = append(out, s.Warn.Render(r.Cut(fmt.Sprintf("! only the first %d entries are shown; type the rest of the path", maxEntries), width)))
	}
	return out
}

func drawEntry(r text.CellWidth, e dirEntry, here bool, width int, s *tui.Styles) string {
	name, style := displayName(e.name), s.Faint
	switch {
	case e.dir:
		name, style = name+"/", s.Info
	case e.looksLikeImage():
		style = s.Text
	}
	gutter := "  "
	if here {
		gutter, style = s.AccentBold.Render("▌")+" ", style.Bold(true)
		if s.Theme.Accent == nil {
			gutter = "› "
		}
	}
	return gutter + style.Render(r.Cut(name, width-2))
}

// drawCheck draws the preview and the result of the check.
func (v *imageView) drawCheck(r text.CellWidth, width, height int, s *tui.Styles) []string {
	if width < 1 {
		return nil
	}
	path, folder := v.selected()
	if folder || v.check.path != path {
		return nil
	}
	var out []string
	if s.Theme.Accent != nil && !s.Plain && v.env.Avatars().ShowsPictures() {
		for _, preview := range [][]string{v.check.preview, v.check.thumbnail} {
			if n := len(preview); n > 0 && n+3 <= height {
				out = append(append(out, preview...), "")
				break
			}
		}
	}
	switch {
	case !v.check.done:
		return []string{s.Dim.Render("Checking the file…")}
	case v.check.problem != "":
		return append(out, renderLines(s.Bad, wrap(r, "✗ "+wording.Sentence(v.check.problem), width, max(1, height)))...)
	}
	out = append(out, s.OK.Render("✓ ")+s.Text.Render(r.Cut(v.check.summary(), width-2)))
	return append(out, s.Dim.Render(r.Cut(displayName(v.check.file.Name), width)))
}

// checkLine is drawCheck in one row.
func (v *imageView) checkLine(s *tui.Styles) string {
	path, folder := v.selected()
	switch {
	case folder || v.check.path != path:
		return s.Faint.Render(v.hint())
	case !v.check.done:
		return s.Dim.Render("Checking the file…")
	case v.check.problem != "":
		return s.Bad.Render("✗ " + wording.Sentence(v.check.problem))
	}
	return s.OK.Render("✓ ") + s.Text.Render(v.check.summary())
}

func (v *imageView) hint() string {
	for _, f := range v.op.Fields {
		if f.Hint != "" {
			return f.Hint
		}
	}
	return ""
}

func (v *imageView) status() string {
	if m := len(v.matches()); m > 0 {
		return fmt.Sprintf("%d of %d", v.cursor+1, m)
	}
	return ""
}

// screenPath draws the breadcrumb after a margin.
func screenPath(s tui.Screen, margin string) string {
	r := text.CellWidth(s.Cells)
	return margin + r.Breadcrumb(s.Breadcrumb, max(0, s.Width-2*len(margin)), s.Styles.Dim, s.Styles.Bold)
}

func renderLines(s interface{ Render(...string) string }, lines []string) []string {
	out := make([]string, len(lines))
	for i, l := range lines {
		out[i] = s.Render(l)
	}
	return out
}

// wrap wraps text into at most the given number of rows and cuts the last one.
func wrap(r text.CellWidth, t string, width, rows int) []string {
	out := r.Wrap(t, width)
	if len(out) > rows {
		out = out[:rows]
		out[rows-1] = r.Cut(out[rows-1]+"…", width)
	}
	return out
}

// folderProblem says why a folder cannot be read.
func folderProblem(err error) string {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "This folder does not exist."
	case errors.Is(err, fs.ErrPermission):
		return "You do not have permission to read this folder."
	case errors.Is(err, syscall.ENOTDIR):
		return "This is a file, not a folder."
	}
	return "This folder cannot be read: " + wording.Sentence(wording.Error(err))
}

// userLine identifies the user, with the name in bold.
func (v *imageView) userLine(s *tui.Styles) string {
	who := userfmt.Identify(v.env.Shown(v.user))
	return s.Bold.Render(who[0]) + s.Dim.Render("   "+strings.Join(who[1:], "   "))
}
