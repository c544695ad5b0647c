package main

import (
	"embed"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"sync"
	"time"
)

//go:embed scripts/*.txt
var scripts embed.FS

// sizes are the windows of the matrix, columns by rows.
var sizes = [][2]int{{120, 40}, {80, 24}, {60, 20}, {200, 50}}

// matrix draws every screen in every theme and size.
type matrix struct {
	bin, out string
	looks    []look
	sizes    [][2]int
	sections *regexp.Regexp // of these names only
	names    []string       // as in player

	mu       sync.Mutex
	drawn    map[string]bool // pictures, as SCREEN/THEME-SIZE
	screens  []string        // in the order of the scripts
	problems []string
	weak     map[string][]string // pictures with weak text, by what is wrong with it
}

// sessions is how many programs run side by side.
const sessions = 2

// run draws the matrix and returns what is wrong with it.
func (m *matrix) run() error {
	m.drawn, m.weak = map[string]bool{}, map[string][]string{}
	limit := make(chan struct{}, sessions)
	var group sync.WaitGroup
	for _, size := range m.sizes {
		for _, l := range m.looks {
			limit <- struct{}{}
			group.Go(func() {
				defer func() { <-limit }()
				if err := m.visit(l, size[0], size[1]); err != nil {
					m.report(fmt.Sprintf("%s-%dx%d: %v", l.Name, size[0], size[1], err))
				}
			})
		}
	}
	group.Wait()
	for _, what := range sortedKeys(m.weak) {
		m.report(fmt.Sprintf("%s, in %d pictures, as %s", what, len(m.weak[what]), m.weak[what][0]))
	}
	return os.WriteFile(filepath.Join(m.out, "index.html"), []byte(m.index()), 0o644)
}

func (m *matrix) report(problem string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.problems = append(m.problems, problem)
	fmt.Fprintln(os.Stderr, problem)
}

// visit draws all screens in one theme and size.
func (m *matrix) visit(l look, cols, rows int) error {
	for _, name := range []string{"screens", "tour", "production"} {
		text, err := scripts.ReadFile("scripts/" + name + ".txt")
		if err != nil {
			return err
		}
		all, err := parseScript(name, string(text))
		if err != nil {
			return err
		}
		if m.sections != nil {
			all = slices.DeleteFunc(all, func(s section) bool { return s.name != "begin" && !m.sections.MatchString(s.name) })
			if len(all) == 1 && all[0].name == "begin" {
				continue
			}
		}
		if err := m.playAll(l, cols, rows, all); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return nil
}

// playAll plays the sections of one script, in a home of their own.
func (m *matrix) playAll(l look, cols, rows int, all []section) error {
	dir, err := os.MkdirTemp("", "frontdesk-pictures-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	p, err := newPlayer(m.bin, dir, l, cols, rows, m.names)
	if err != nil {
		return err
	}
	defer p.close()
	p.draw = func(name string, s *screen) { m.keep(p, name, s) }
	for _, s := range all {
		if p.session != nil {
			if err := p.returnToList(); err != nil {
				m.report(fmt.Sprintf("%s-%dx%d, before %s: %v", l.Name, cols, rows, s.name, err))
				if err := p.start(nil); err != nil {
					return err
				}
				p.session.still(time.Second)
			}
		}
		if err := p.play(s); err != nil {
			m.report(fmt.Sprintf("%s-%dx%d: %v", l.Name, cols, rows, err))
		}
	}
	return nil
}

// keep draws a screen, and checks it.
func (m *matrix) keep(p *player, name string, s *screen) {
	id := fmt.Sprintf("%s/%s-%dx%d", name, p.look.Name, p.cols, p.rows)
	for _, wrong := range check(name, p.look, s) {
		m.report(id + ": " + wrong)
	}
	if err := p.session.send("\x0c", stillFor); err == nil { // ctrl-l draws everything anew
		if wrong := leftover(p.look, s, p.screen()); wrong != "" {
			m.report(id + ": " + wrong)
		}
	}
	path := filepath.Join(m.out, filepath.FromSlash(id))
	err := os.MkdirAll(filepath.Dir(path), 0o755)
	if err == nil {
		err = os.WriteFile(path+".svg", []byte(picture(p.look, s, "frontdesk: "+name)), 0o644)
	}
	if err == nil {
		err = os.WriteFile(path+".txt", []byte(s.text()+"\n"), 0o644)
	}
	if err != nil {
		m.report(id + ": " + err.Error())
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.drawn[id] = true
	for _, w := range checkContrast(p.look, s) {
		what := fmt.Sprintf("%s: %s has a contrast of %.1f", p.look.Name, w.colors, w.ratio)
		m.weak[what] = append(m.weak[what], fmt.Sprintf("%s: %q", id, w.sample))
	}
	if !slices.Contains(m.screens, name) {
		m.screens = append(m.screens, name)
	}
}
