package main

import (
	"fmt"
	"strings"
)

// How long the walk shows a frame before the next one, in seconds.
const (
	afterLetter  = 0.2
	afterKey     = 0.7
	afterCaption = 1.5
)

// frame is one picture of the walk.
type frame struct {
	screen  *screen
	caption string
	key     string // what was pressed for it
	seconds float64
}

// walk records the frames of a script.
type walk struct {
	player *player
	frames []frame
}

// newWalk lets a player record.
func newWalk(p *player) *walk {
	w := &walk{player: p}
	p.letter = true
	p.after = w.record
	return w
}

// record adds what a step has changed. Waiting only completes the last frame.
func (w *walk) record(s step, typing bool) {
	now := frame{screen: w.player.screen(), seconds: afterKey}
	n := len(w.frames)
	if n > 0 {
		now.caption = w.frames[n-1].caption
	}
	switch s.verb {
	case "say":
		now.caption, now.seconds = s.rest, afterCaption
	case "hold":
		if n > 0 {
			w.frames[n-1].screen = now.screen
			w.frames[n-1].seconds += seconds(s.rest)
		}
		return
	case "wait", "gone":
		if n > 0 {
			w.frames[n-1].screen = now.screen
			return
		}
	case "type":
		now.seconds = afterLetter
		now.key = s.rest
	default:
		now.key = s.rest
	}
	w.frames = append(w.frames, now)
}

// length returns how long the walk takes, in seconds.
func (w *walk) length() (total float64) {
	for _, f := range w.frames {
		total += f.seconds
	}
	return total
}

const (
	captionHeight = 40.0
	captionStyle  = ".say{font:600 15px system-ui,-apple-system,'Segoe UI',sans-serif;fill:%s}.key{font-weight:700;fill:%s}.cap{fill:none;stroke:%s}"
)

// svg returns the walk as one animated picture: the frames stand one below another, and
// the strip is moved by style sheet alone. Rows that occur again are drawn once.
func (w *walk) svg(title string, still int) string {
	first := w.frames[0].screen
	c := newCanvas(w.player.look)
	width, height := size(first.cols, first.rows)
	height += captionHeight
	var strip, times strings.Builder
	at, total := 0.0, w.length()
	for i, f := range w.frames {
		fmt.Fprintf(&strip, "<g transform=\"translate(0 %s)\">", num(float64(i)*height))
		for y := range f.screen.rows {
			if id := c.rowID(f.screen.row(y)); id != "" {
				fmt.Fprintf(&strip, `<use href="#%s" y="%s"/>`, id, num(float64(y)*cellHeight))
			}
		}
		strip.WriteString(c.cursor(f.screen) + w.captionOf(f, width, height) + "</g>\n")
		fmt.Fprintf(&times, "%s%%{transform:translateY(-%spx)}", num(at/total*100), num(float64(i)*height))
		at += f.seconds
	}
	accent := mix(w.player.look.text, w.player.look.background, 0.75)
	style := c.style() + fmt.Sprintf(captionStyle, hex(w.player.look.text), hex(accent), hex(c.edge())) +
		"@keyframes walk{" + times.String() + "}.film{animation:walk " + num(total) + "s step-end infinite}" +
		"@media(prefers-reduced-motion:reduce){.film{animation:none;transform:translateY(-" + num(float64(still)*height) + "px)}}"
	return fmt.Sprintf("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%s\" height=\"%s\" viewBox=\"0 0 %[1]s %[2]s\" role=\"img\"><title>%s</title>\n<style>%s</style>\n<defs>%s</defs>\n%s\n<svg x=\"%[7]s\" y=\"%[7]s\" width=\"%[8]s\" height=\"%[9]s\"><g class=\"film\">\n%[10]s</g></svg></svg>\n",
		num(width), num(height), escape(title), style, c.defs.String(), c.window(width, height), num(padding), num(width-2*padding), num(height-2*padding), strip.String())
}

// captionOf draws the caption below the cells, and the key at its right.
func (w *walk) captionOf(f frame, width, height float64) string {
	var b strings.Builder
	y := height - 2*padding - 9
	fmt.Fprintf(&b, `<path class="cap" d="M0 %sh%s"/>`, num(y-25), num(width-2*padding))
	if f.caption != "" {
		fmt.Fprintf(&b, `<text class="say" x="%s" y="%s">%s</text>`, num(2*cellWidth), num(y), escape(f.caption))
	}
	if f.key != "" {
		wide := float64(len([]rune(f.key)))*cellWidth + 16
		x := width - 2*padding - wide - cellWidth
		fmt.Fprintf(&b, `<rect class="cap" x="%s" y="%s" width="%s" height="24" rx="5"/><text class="key" x="%s" y="%s">%s</text>`,
			num(x), num(y-17), num(wide), num(x+8), num(y), escape(f.key))
	}
	return b.String()
}
