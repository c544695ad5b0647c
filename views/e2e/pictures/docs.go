package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
)

// The sizes of the README's pictures and of its walk.
const docsCols, docsRows, walkCols, walkRows = 120, 40, 100, 30

const walkTitle = "frontdesk: two calls at the desk"

// drawDocs draws the README's pictures, for dark and for light pages, and its walk.
func drawDocs(bin, dir string, all []look) error {
	for _, l := range all {
		suffix := ""
		switch l.Name {
		case "dark":
		case "light":
			suffix = "-light"
		default:
			continue
		}
		err := drawScript(bin, l, "readme", docsCols, docsRows, func(p *player) {
			p.draw = func(name string, s *screen) {
				write(filepath.Join(dir, name+suffix+".svg"), picture(l, s, "frontdesk: "+name))
			}
		})
		if err != nil {
			return err
		}
	}
	dark := all[slices.IndexFunc(all, func(l look) bool { return l.Name == "dark" })]
	var w *walk
	if err := drawScript(bin, dark, "walk", walkCols, walkRows, func(p *player) { w = newWalk(p) }); err != nil {
		return err
	}
	// Where nothing may move, the frame with the most to read is shown.
	longest := 0
	for i, f := range w.frames {
		if f.seconds > w.frames[longest].seconds {
			longest = i
		}
	}
	cast, err := w.cast(walkTitle)
	if err != nil {
		return err
	}
	drawn := w.svg(walkTitle, longest)
	fmt.Printf("the walk takes %.0f s in %d frames, %d kB\n", w.length(), len(w.frames), len(drawn)/1000)
	return errors.Join(write(filepath.Join(dir, "walk.svg"), drawn), write(filepath.Join(dir, "walk.cast"), cast))
}

// drawScript plays a script in a home of its own. set sets what is done with its screens.
func drawScript(bin string, l look, name string, cols, rows int, set func(*player)) error {
	text, err := scripts.ReadFile("scripts/" + name + ".txt")
	if err != nil {
		return err
	}
	sections, err := parseScript(name, string(text))
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "frontdesk-pictures-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	p, err := newPlayer(bin, dir, l, cols, rows, machineNames())
	if err != nil {
		return err
	}
	defer p.close()
	set(p)
	for _, s := range sections {
		if p.session != nil {
			if err := p.returnToList(); err != nil {
				return err
			}
		}
		if err := p.play(s); err != nil {
			return err
		}
	}
	return nil
}

func write(path, text string) error { return os.WriteFile(path, []byte(text), 0o644) }
