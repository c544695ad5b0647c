package main

import (
	"encoding/json"
	"fmt"
	"image/color"
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// cast returns the walk as a recording for asciinema, version 2. Each frame writes the
// rows that it changes; captions are markers.
func (w *walk) cast(title string) (string, error) {
	var b strings.Builder
	first := w.frames[0].screen
	head, err := json.Marshal(map[string]any{"version": 2, "width": first.cols, "height": first.rows, "title": title, "env": map[string]string{"TERM": "xterm-256color"}})
	if err != nil {
		return "", err
	}
	b.Write(append(head, '\n'))
	event := func(at float64, kind, data string) error {
		line, err := json.Marshal([]any{json.Number(fmt.Sprintf("%.3f", at)), kind, data})
		b.Write(append(line, '\n'))
		return err
	}
	at, shown := 0.0, make([]string, first.rows)
	for i, f := range w.frames {
		out := ""
		if i == 0 {
			out = "\x1b[2J"
		}
		for y := range f.screen.rows {
			if row := styled(f.screen.row(y)); row != shown[y] {
				shown[y] = row
				out += fmt.Sprintf("\x1b[%d;1H%s\x1b[m\x1b[K", y+1, row)
			}
		}
		if f.screen.cursorX >= 0 {
			out += fmt.Sprintf("\x1b[%d;%dH\x1b[?25h", f.screen.cursorY+1, f.screen.cursorX+1)
		} else {
			out += "\x1b[?25l"
		}
		if i == 0 || f.caption != w.frames[i-1].caption {
			if err := event(at, "m", f.caption); err != nil {
				return "", err
			}
		}
		if err := event(at, "o", out); err != nil {
			return "", err
		}
		at += f.seconds
	}
	err = event(at, "o", "") // how long the last frame shows
	return b.String(), err
}

// styled returns a row as a terminal is sent it, without the blanks at its end.
func styled(cells []cell) string {
	end := len(cells)
	for end > 0 && cells[end-1].blank() && cells[end-1].bg == nil && !cells[end-1].reverse && !cells[end-1].underline {
		end--
	}
	var b strings.Builder
	before := "\x1b[0m"
	for _, c := range cells[:end] {
		if c.width == 0 {
			continue
		}
		if now := sgr(c); now != before {
			b.WriteString(now)
			before = now
		}
		b.WriteString(c.text)
	}
	return b.String()
}

// sgr returns the sequence that sets a cell's style.
func sgr(c cell) string {
	out := "\x1b[0"
	for _, on := range []struct {
		set  bool
		code string
	}{{c.bold, "1"}, {c.faint, "2"}, {c.italic, "3"}, {c.underline, "4"}, {c.reverse, "7"}, {c.strike, "9"}} {
		if on.set {
			out += ";" + on.code
		}
	}
	return out + colorCode(c.fg, 30) + colorCode(c.bg, 40) + "m"
}

// colorCode returns the parameters of a colour, base being 30 for text and 40 for background.
func colorCode(c color.Color, base int) string {
	switch c := c.(type) {
	case nil:
		return ""
	case ansi.BasicColor:
		if c >= 8 {
			return fmt.Sprintf(";%d", base+60+int(c)-8)
		}
		return fmt.Sprintf(";%d", base+int(c))
	case ansi.IndexedColor:
		return fmt.Sprintf(";%d;5;%d", base+8, c)
	}
	shown := rgb(c, color.RGBA{})
	return fmt.Sprintf(";%d;2;%d;%d;%d", base+8, shown.R, shown.G, shown.B)
}
