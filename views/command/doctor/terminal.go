package doctor

import (
	"cmp"
	"context"
	"reflect"
	"slices"
	"strings"

	"github.com/charmbracelet/colorprofile"

	"frontdesk/api/clean"
)

// terminal checks the terminal based on the environment. It does not query the terminal,
// because that could swallow typed input.
func (x *examination) terminal() {
	x.check("terminal", x.terminalKind)
	x.check("colours", x.colours)
	if x.all != nil && x.WeakColours != nil && !reflect.ValueOf(x.all.Resolver.Config.Theme).IsZero() {
		x.check("theme", x.theme)
	}
	x.check("clipboard", x.clipboard)
	x.check("keyboard", x.keyboard)
	x.check("characters", x.characters)
}

func (x *examination) terminalKind(context.Context) Finding {
	kind := x.value("TERM")
	switch {
	case !x.StdinIsTerminal || !x.StdoutIsTerminal:
		return warn("not a terminal, so the console cannot run here", "frontdesk users and frontdesk do work without a terminal")
	case kind == "" || kind == "dumb":
		return fail("TERM is "+quoted(kind)+", so the console cannot be shown", "set TERM to match your terminal, for example xterm-256color")
	}
	says := clean.NewText(kind).Display()
	if program := x.value("TERM_PROGRAM"); program != "" {
		says += ", " + clean.NewText(program).Display()
	}
	if x.isInTmux() {
		says += ", in tmux"
	}
	if x.value("SSH_CONNECTION") != "" {
		says += ", over SSH"
	}
	return ok(says)
}

func quoted(s string) string {
	if s == "" {
		return "not set"
	}
	return "“" + clean.NewText(s).Display() + "”"
}

func (x *examination) isInTmux() bool {
	return x.value("TMUX") != "" || strings.HasPrefix(x.value("TERM"), "tmux") || strings.HasPrefix(x.value("TERM"), "screen")
}

func (x *examination) colours(context.Context) Finding {
	if x.value("NO_COLOR") != "" {
		return ok("off, because NO_COLOR is set; every state is also shown as a word and a symbol")
	}
	switch colorprofile.Env(x.Environ) {
	case colorprofile.TrueColor:
		return ok("16 million")
	case colorprofile.ANSI256:
		return ok("256; set COLORTERM=truecolor for better pictures if your terminal supports it")
	case colorprofile.ANSI:
		return warn("16: pictures are drawn as initials", "if your terminal supports 256 colours, set TERM to xterm-256color")
	}
	return warn("none, according to TERM", "every state is also shown as a word and a symbol; set TERM if your terminal supports colours")
}

// leastContrast is the contrast below which text is hard to read.
const leastContrast = 3

func (x *examination) theme(context.Context) Finding {
	own := x.all.Resolver.Config.Theme
	says := cmp.Or(own.Name, "auto")
	if n := len(own.Colours()); n > 0 {
		says += ", with " + count(n, "colour") + " of your own"
	}
	if weak := x.WeakColours(own, leastContrast); len(weak) > 0 {
		return warn("hard to read: "+strings.Join(weak, "; "), "change these colours under [theme] in config.toml; text is easy to read at a contrast of 4.5 or more")
	}
	return ok(says)
}

// goodPrograms returns the terminals known to support the clipboard (OSC 52) and the
// keyboard protocol that reports all combinations with alt and ctrl.
func goodPrograms() []string {
	return []string{"kitty", "ghostty", "wezterm", "foot", "alacritty", "iterm", "rio"}
}

// isKnownGood reports whether the terminal is one of goodPrograms.
func (x *examination) isKnownGood() bool {
	named := strings.ToLower(x.value("TERM_PROGRAM") + " " + x.value("TERM") + " " + x.value("LC_TERMINAL"))
	return slices.ContainsFunc(goodPrograms(), func(p string) bool { return strings.Contains(named, p) })
}

func (x *examination) clipboard(context.Context) Finding {
	switch {
	case x.isInTmux():
		return warn("goes through tmux, which must be set up to pass it on", "add to tmux.conf: set -g set-clipboard on")
	case x.isKnownGood():
		return ok("supported by this terminal (OSC 52)")
	case strings.HasPrefix(x.value("TERM_PROGRAM"), "Apple_Terminal"):
		return warn("not supported by this terminal (OSC 52)", "y also shows the copied text; select it with the mouse")
	}
	return ok("unknown; y also shows the copied text, in case it does not work")
}

func (x *examination) keyboard(context.Context) Finding {
	switch mode := x.value("FRONTDESK_KEYBOARD"); {
	case mode == "plain":
		return ok("plain, because FRONTDESK_KEYBOARD is set")
	case x.value("WT_SESSION") != "":
		return warn("Windows Terminal 1.25 ignores AltGr when its keyboard protocol is on", "if you cannot type @ or \\, start with --keyboard plain")
	case x.isInTmux():
		return ok("tmux may not pass on some keys with ctrl or alt; every action has another key")
	case x.isKnownGood():
		return ok("all key combinations are supported by this terminal")
	}
	return ok("unknown; every action has a key that works in all terminals")
}

func (x *examination) characters(context.Context) Finding {
	locale := ""
	for _, name := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		if locale = x.value(name); locale != "" {
			break
		}
	}
	upper := strings.ToUpper(locale)
	if !strings.Contains(upper, "UTF-8") && !strings.Contains(upper, "UTF8") {
		return warn("the locale is "+quoted(locale)+", which is not UTF-8: names and lines may be garbled", "set LANG to a UTF-8 locale, for example C.UTF-8")
	}
	return ok("UTF-8; the console checks the width of emoji (mode 2027) when it starts")
}
