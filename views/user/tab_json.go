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
	// jsonBytes and jsonLines bound what is drawn of an unusually large answer.
	jsonBytes = 256 << 10
	jsonLines = 8000
	jsonDeep  = 40
)

// drawJSON draws the answer as it was received.
func drawJSON(p *sheet, u *api.User) {
	if len(u.Body) == 0 {
		p.add(p.dim("The server's answer is not available."))
		return
	}
	pretty, cut := indented(u.Body)
	for _, line := range clean.NewText(pretty).Lines(jsonLines) {
		p.addJSONLine(line)
	}
	if cut {
		p.addGap()
		p.add(p.warn(fmt.Sprintf("! the answer is %d KB; only the beginning is shown", len(u.Body)/1000)))
	}
}

// indented returns the answer with one value on each line. An answer nested too deeply
// or too large for that is returned as received, cut off.
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

// nestingDepth returns how deeply brackets are nested outside strings.
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

// addJSONLine adds one line in syntax colours, wrapped below its own indent.
func (p *sheet) addJSONLine(line string) {
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
				piece = sp.text // a cluster wider than the row is cut
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

// takeWidth returns the start of s that fits into w cells.
func (p *sheet) takeWidth(s string, w int) string {
	if p.cells.Width(s) <= w {
		return s
	}
	rows := p.cells.Wrap(strings.ReplaceAll(s, " ", "x"), max(1, w)) // break anywhere, not at spaces: JSON is shown byte for byte
	if w < 1 || len(rows) == 0 || len(rows[0]) > len(s) || rows[0] == "…" {
		return ""
	}
	return s[:len(rows[0])]
}

// tokens splits a line of indented JSON into key, value and punctuation.
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

// literalEnd returns the end of the string literal that begins line, 0 if none does.
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
