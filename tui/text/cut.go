package text

import "strings"

// Cut returns the start of s in at most w cells, with … if something is missing. A
// styled s keeps its sequences.
func (r CellWidth) Cut(s string, w int) string {
	switch {
	case r.fits(s, w):
		return s
	case w <= 0:
		return ""
	case styled(s):
		// Truncate returns a string unchanged if it fits when counted by clusters,
		// whatever the method; what is added here is cut off again.
		return r.method().Truncate(s+blank(w+1), w, ellipsis)
	case ascii(s):
		return s[:w-1] + ellipsis
	}
	dots := r.Width(ellipsis)
	if dots > w {
		return ""
	}
	return s[:r.prefixLength(s, w-dots)] + ellipsis
}

// CutLeft returns the end of s in at most w cells, after a … if something is missing.
// It is for paths, whose ends differ. s must not be styled.
func (r CellWidth) CutLeft(s string, w int) string {
	if r.fits(s, w) {
		return s
	}
	dots := r.Width(ellipsis)
	if dots > w {
		return ""
	}
	return ellipsis + s[r.suffixStart(s, w-dots):]
}

// CutMiddle returns s in at most w cells without its middle. It is for ids, of which
// people read the start and compare the end (user_2xk…9aQ). A quarter of the width goes
// to the end. s must not be styled.
func (r CellWidth) CutMiddle(s string, w int) string {
	if r.fits(s, w) {
		return s
	}
	dots := r.Width(ellipsis)
	if dots > w {
		return ""
	}
	end := (w - dots + 3) / 4
	at := r.prefixLength(s, w-dots-end)
	return s[:at] + ellipsis + s[at+r.suffixStart(s[at:], end):]
}

// Pad returns s in exactly w cells: cut, or with spaces after it.
func (r CellWidth) Pad(s string, w int) string {
	s, rest := r.fill(s, w)
	return s + blank(rest)
}

// PadLeft returns s in exactly w cells: cut, or with spaces before it.
func (r CellWidth) PadLeft(s string, w int) string {
	s, rest := r.fill(s, w)
	return blank(rest) + s
}

// fill returns s cut to w cells and the number of cells left over.
func (r CellWidth) fill(s string, w int) (string, int) {
	has := r.Width(s)
	if has > w || w <= 0 {
		s = r.Cut(s, w)
		has = r.Width(s)
	}
	return s, w - has
}

func (r CellWidth) fits(s string, w int) bool {
	if s == "" {
		return true
	}
	return w > 0 && r.Width(s) <= w
}

// prefixLength returns how many bytes of s fit into w cells.
func (r CellWidth) prefixLength(s string, w int) int {
	at := 0
	for at < len(s) {
		cluster, cells := r.first(s[at:])
		if w -= cells; w < 0 {
			break
		}
		at += len(cluster)
	}
	return at
}

// suffixStart returns where the longest end of s that fits into w cells begins.
func (r CellWidth) suffixStart(s string, w int) int {
	over := r.Width(s) - w
	at := 0
	for at < len(s) && over > 0 {
		cluster, cells := r.first(s[at:])
		over -= cells
		at += len(cluster)
	}
	return at
}

const spaces = "                                                                                                                                "

func blank(n int) string {
	switch {
	case n <= 0:
		return ""
	case n <= len(spaces):
		return spaces[:n]
	}
	return strings.Repeat(" ", n)
}
