package user

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"

	"charm.land/lipgloss/v2"

	"frontdesk/api"
	"frontdesk/api/clean"
)

const (
	// jsonBytes and jsonLines bound what is drawn of an answer that is not a user any more.
	jsonBytes = 256 << 10
	jsonLines = 8000
	jsonDeep  = 40
)

// drawJSON is the answer as it came.
func drawJSON(p *sheet, u *api.User) {
	if len(u.Body) == 0 {
		p.add(p.dim("The answer itself was not kept."))
		return
	}
	pretty, cut := indented(u.Body)
	for _, line := range clean.NewText(pretty).Lines(jsonLines) {
		p.jsonLine(line)
	}
	if cut {
		p.addGap()
		p.add(p.warn(fmt.Sprintf("! the answer is %d KB: only its beginning is shown", len(u.Body)/1000)))
	}
}

// indented is the answer with one value a line; an answer that is too deep or
// too large for that stays as it came, cut.
func indented(body []byte) (pretty string, cut bool) {
	if len(body) > jsonBytes {
		return string(body[:jsonBytes]), true
	}
	var out bytes.Buffer
	if nestingDepth(body) > jsonDeep || json.Indent(&out, body, "", "  ") != nil {
		return string(body), false
	}
	return out.String(), false
}

// nestingDepth is how far brackets nest, strings left out.
func nestingDepth(body []byte) int {
	deep, most, quoted := 0, 0, false
	for i := 0; i < len(body); i++ {
		switch c := body[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '{' || c == '[':
			deep++
			most = max(most, deep)
		case c == '}' || c == ']':
			deep--
		}
	}
	return most
}

// jsonLine draws one line in faint colours, wrapped under its own indent.
func (p *sheet) jsonLine(line string) {
	body := strings.TrimLeft(line, " ")
	indent := min(len(line)-len(body), p.width/2)
	room := max(1, p.width-indent)
	row, used := "", 0
	flush := func() {
		p.lines = append(p.lines, strings.Repeat(" ", indent)+row)
		row, used = "", 0
	}
	for _, sp := range p.tokens(body) {
		for sp.text != "" {
			piece := p.takeWidth(sp.text, room-used)
			if piece == "" {
				if used > 0 {
					flush()
					continue
				}
				piece = sp.text // a cluster wider than the row: let it be cut
				row += sp.style.Render(p.cells.Cut(piece, room))
				break
			}
			row += sp.style.Render(piece)
			used += p.cells.Width(piece)
			sp.text = sp.text[len(piece):]
		}
	}
	flush()
}

// takeWidth is the start of s that fits into w cells.
func (p *sheet) takeWidth(s string, w int) string {
	if p.cells.Width(s) <= w {
		return s
	}
	rows := p.cells.Wrap(strings.ReplaceAll(s, " ", "x"), max(1, w)) // never at a space: JSON is shown byte for byte
	if w < 1 || len(rows) == 0 || len(rows[0]) > len(s) || rows[0] == "…" {
		return ""
	}
	return s[:len(rows[0])]
}

// tokens are the key, the value and the punctuation of one line of indented JSON.
func (p *sheet) tokens(line string) []span {
	key, value := "", line
	if strings.HasPrefix(line, `"`) {
		if end := literalEnd(line); end > 0 && strings.HasPrefix(line[end:], `: `) {
			key, value = line[:end], line[end+2:]
		}
	}
	var out []span
	if key != "" {
		out = append(out, p.dim(key), p.faint(": "))
	}
	tail := ""
	if v, ok := strings.CutSuffix(value, ","); ok {
		value, tail = v, ","
	}
	return append(out, span{value, p.jsonStyle(value)}, p.faint(tail))
}

func (p *sheet) jsonStyle(value string) lipgloss.Style {
	switch {
	case strings.HasPrefix(value, `"`):
		return p.styles.Text
	case value == "null" || strings.Trim(value, "{}[]") == "":
		return p.styles.Faint
	}
	return p.styles.Info
}

// literalEnd is where the string literal that begins the line ends, 0 where it does not.
func literalEnd(line string) int {
	for i := 1; i < len(line); i++ {
		switch line[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return 0
}
