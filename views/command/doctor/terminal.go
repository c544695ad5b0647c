package doctor

import (
	"context"
	"slices"
	"strings"

	"github.com/charmbracelet/colorprofile"

	"frontdesk/api/clean"
)

// terminal are the checks of the terminal, as far as the environment says: asking it
// would swallow what is typed meanwhile.
func (x *examination) terminal() {
	x.check("terminal", x.terminalKind)
	x.check("colours", x.colours)
	x.check("clipboard", x.clipboard)
	x.check("keyboard", x.keyboard)
	x.check("characters", x.characters)
}

func (x *examination) terminalKind(context.Context) Finding {
	kind := x.value("TERM")
	switch {
	case !x.StdinIsTerminal || !x.StdoutIsTerminal:
		return warn("this is no terminal: the console cannot run here", "frontdesk users and frontdesk do work without one")
	case kind == "" || kind == "dumb":
		return fail("TERM is "+quoted(kind)+": the console cannot be shown", "set TERM to what this terminal is, such as xterm-256color")
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
		return ok("none, as NO_COLOR asks; every state is a word and a mark as well")
	}
	switch colorprofile.Env(x.Environ) {
	case colorprofile.TrueColor:
		return ok("16 million")
	case colorprofile.ANSI256:
		return ok("256; with COLORTERM=truecolor pictures are finer, where the terminal can")
	case colorprofile.ANSI:
		return warn("16: pictures are drawn as initials", "set TERM to one with 256 colours, such as xterm-256color, where the terminal can")
	}
	return warn("none, as far as TERM says", "every state is a word and a mark as well; set TERM if the terminal can do more")
}

// programs that are known to take the clipboard over OSC 52, and the keyboard protocol
// that tells alt and ctrl apart in full.
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
		return warn("goes through tmux, which must pass it on", "in tmux.conf: set -g set-clipboard on")
	case x.isKnownGood():
		return ok("this terminal takes it (OSC 52)")
	case strings.HasPrefix(x.value("TERM_PROGRAM"), "Apple_Terminal"):
		return warn("this terminal does not take it (OSC 52)", "y also shows what it copies; select it with the mouse")
	}
	return ok("not known without asking; y also shows what it copies")
}

func (x *examination) keyboard(context.Context) Finding {
	switch mode := x.value("FRONTDESK_KEYBOARD"); {
	case mode == "plain":
		return ok("plain, as FRONTDESK_KEYBOARD asks")
	case x.value("WT_SESSION") != "":
		return warn("Windows Terminal: in version 1.25 AltGr types nothing under its keyboard protocol", "if @ or \\ cannot be typed: --keyboard plain")
	case x.isInTmux():
		return ok("through tmux: ctrl and alt with some keys may not arrive; every action has another key")
	case x.isKnownGood():
		return ok("this terminal tells all keys apart")
	}
	return ok("not known without asking; every action has a key that all terminals send")
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
		return warn("the locale is "+quoted(locale)+", which is not UTF-8: names and lines may be drawn wrong", "set LANG to a UTF-8 locale, such as C.UTF-8")
	}
	return ok("UTF-8; the console asks how wide emoji are (mode 2027) when it starts")
}
