package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// player plays scripts on the program, in a folder of its own.
type player struct {
	bin, dir   string
	look       look
	cols, rows int
	// draw receives a screen to draw.
	draw func(name string, s *screen)
	// after is called after every step that may change the screen. typing is set where a
	// text is typed letter by letter.
	after  func(s step, typing bool)
	letter bool // type letter by letter

	session   *session
	directory *directory
	names     []string // texts that a picture must not show, and what it shows instead, in pairs
}

// close ends everything that the scripts started.
func (p *player) close() {
	if p.session != nil {
		p.session.close()
	}
	if p.directory != nil {
		p.directory.close()
	}
}

// env is the program's environment.
func (p *player) env() []string {
	env := []string{
		"PATH=" + os.Getenv("PATH"), "HOME=" + filepath.Join(p.dir, "home"), "LANG=C.UTF-8", "TZ=" + filepath.Join(p.dir, "zone"),
		"XDG_DATA_HOME=" + filepath.Join(p.dir, "data"), "XDG_STATE_HOME=" + filepath.Join(p.dir, "state"), "XDG_CONFIG_HOME=" + filepath.Join(p.dir, "config"),
	}
	env = append(env, p.look.env...)
	if p.directory != nil {
		env = append(env, "FRONTDESK_INSTANCE=production", "HARBOR_KEY="+p.directory.key)
	}
	return env
}

// start starts the program anew.
func (p *player) start(args []string) (err error) {
	if p.session != nil {
		p.session.close()
		p.session = nil
	}
	p.session, err = startSession(p.bin, append(args, p.look.args...), p.env(), p.cols, p.rows)
	return err
}

// play plays a section. Its error names the line of the step that failed.
func (p *player) play(s section) error {
	for _, st := range s.steps {
		if err := p.step(st); err != nil {
			return fmt.Errorf("%s, line %d: %s %s: %w", s.name, st.line, st.verb, st.rest, err)
		}
	}
	return nil
}

func (p *player) step(s step) error {
	switch s.verb {
	case "narrow", "wide":
		if (s.verb == "wide") != (p.cols >= 100) {
			return nil
		}
		verb, rest, _ := strings.Cut(s.rest, " ")
		return p.step(step{s.line, verb, rest})
	case "start":
		return p.start(strings.Fields(s.rest))
	case "serve":
		return p.serve(strings.Fields(s.rest))
	case "fault":
		return p.directory.fault(s.rest)
	case "draw":
		p.session.still(restFor)
		p.draw(s.rest, p.screen())
	case "say", "hold":
		p.after(s, false)
	case "wait", "gone":
		return p.wait(s)
	default:
		return p.input(s)
	}
	return nil
}

// serve starts a directory, and a configuration that names it beside another instance.
func (p *player) serve(args []string) (err error) {
	if p.directory, err = serveDirectory(p.bin, args, p.env()); err != nil {
		return err
	}
	path := filepath.Join(p.dir, "config", "frontdesk", "config.toml")
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	return os.WriteFile(path, fmt.Appendf(nil, "[instance.production]\ntitle = \"Harbor & Pine\"\nkind = \"production\"\nurl = %q\nkey_env = \"HARBOR_KEY\"\n"+
		"[instance.staging]\ntitle = \"Harbor & Pine staging\"\nkind = \"development\"\nkey_env = \"STAGING_KEY\"\n", p.directory.base), 0o600)
}

// screen returns what is on the screen, without the names of this machine.
func (p *player) screen() *screen {
	s := p.session.screen()
	for i := 0; i+1 < len(p.names); i += 2 {
		s.replace(p.names[i], p.names[i+1])
	}
	return s
}

func (p *player) wait(s step) error {
	texts := strings.Split(p.look.spoken(s.rest), " | ")
	err := p.session.waitUntil(s.rest, func(screen string) bool {
		if s.verb == "gone" {
			return !strings.Contains(screen, texts[0])
		}
		for _, t := range texts {
			if !strings.Contains(screen, t) {
				return false
			}
		}
		return true
	})
	p.session.still(stillFor)
	p.after(s, false)
	return err
}

// input does the steps that write to the program.
func (p *player) input(s step) error {
	switch s.verb {
	case "key":
		for _, name := range strings.Fields(s.rest) {
			if err := p.key(name, stillFor); err != nil {
				return err
			}
			p.after(step{s.line, "key", name}, false)
		}
	case "type":
		if !p.letter {
			return p.session.send(s.rest, stillFor)
		}
		for _, letter := range s.rest {
			if err := p.session.send(string(letter), stillFor); err != nil {
				return err
			}
			p.after(s, true)
		}
	case "press":
		return p.press(s)
	case "tick":
		for range strings.Count(p.session.screen().text(), "[ ]") {
			for _, name := range []string{"space", "enter"} {
				if err := p.key(name, stillFor); err != nil {
					return err
				}
				p.after(step{s.line, "key", name}, false)
			}
		}
	}
	return nil
}

func (p *player) key(name string, d time.Duration) error {
	bytes, err := keyBytes(name)
	if err != nil {
		return err
	}
	return p.session.send(bytes, d)
}

// press presses a key until it has had its effect. The presses are further apart than
// the time in which a question takes no answer.
func (p *player) press(s step) error {
	name, until, ok := strings.Cut(s.rest, " until ")
	if !ok {
		return errors.New("press needs `until TEXT`")
	}
	for range 15 {
		before := p.session.screen().text()
		if err := p.key(name, 400*time.Millisecond); err != nil {
			return err
		}
		patience := time.Duration(0)
		if withoutTime(p.session.screen().text()) != withoutTime(before) {
			patience = 2 * time.Second // it has had an effect; more of it follows
		}
		if p.session.shows(p.look.spoken(until), patience) {
			p.session.still(stillFor)
			p.after(step{s.line, "key", name}, false)
			return nil
		}
	}
	return fmt.Errorf("it never shows; the screen:\n%s", p.session.screen().text())
}

// onList matches the list with nothing in its way: its search box is empty, and its own
// keys are in the last row.
var onList = regexp.MustCompile(`(?s)type / to .*\n[^\n]*of 1,2\d\d[^\n]*enter open[^\n]*$`)

// spoken returns a text of a script as the screen has it: in words where it is plain.
func (l look) spoken(text string) string {
	if !l.plain {
		return text
	}
	return strings.NewReplacer("›", ">", "✓", "+", "1 found", "1 of 1:").Replace(text)
}

// returnToList leaves whatever is open.
func (p *player) returnToList() error {
	for range 12 {
		text, name := p.session.screen().text(), "esc"
		switch {
		case onList.MatchString(text) && !strings.Contains(text, " marked"):
			return nil
		case strings.Contains(text, "y Discard"):
			name = "y"
		}
		if err := p.key(name, 450*time.Millisecond); err != nil {
			return err
		}
	}
	return fmt.Errorf("esc does not lead to the list; the screen:\n%s", p.session.screen().text())
}

// seconds reads the argument of hold.
func seconds(s string) float64 {
	v, err := strconv.ParseFloat(s, 64)
	if err != nil {
		return 1
	}
	return v
}
