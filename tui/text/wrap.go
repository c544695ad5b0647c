package text

import "strings"

// Wrap breaks s at its spaces and line ends into rows of at most w cells. A longer word
// is broken between clusters, and a cluster wider than w becomes …. Nothing else is
// lost except the spaces at a break. s must not be styled.
func (r CellWidth) Wrap(s string, w int) []string {
	if w <= 0 || s == "" {
		return nil
	}
	var rows []string
	for line := range strings.SplitSeq(s, "\n") {
		rows = r.wrapLine(rows, line, w)
	}
	return rows
}

func (r CellWidth) wrapLine(rows []string, line string, w int) []string {
	for {
		at := r.prefixLength(line, w)
		switch {
		case at == len(line):
			return append(rows, strings.TrimRight(line, " "))
		case at == 0:
			cluster, _ := r.first(line)
			rows = append(rows, r.Cut(cluster, w))
			at = len(cluster)
		default:
			at = breakBefore(line, at)
			rows = append(rows, strings.TrimRight(line[:at], " "))
		}
		if line = strings.TrimLeft(line[at:], " "); line == "" {
			return rows
		}
	}
}

// breakBefore returns the index of the last space of a line up to at, else at: no word
// is broken that fits into a row of its own.
func breakBefore(line string, at int) int {
	if line[at] == ' ' {
		return at
	}
	sp := strings.LastIndexByte(line[:at], ' ')
	if sp < 0 || strings.Trim(line[:sp], " ") == "" {
		return at
	}
	return sp
}
