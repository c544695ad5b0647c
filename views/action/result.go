package action

import (
	"net/url"
	"regexp"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/api/ops"
	"frontdesk/api/wire"
	"frontdesk/tui"
	"frontdesk/views/userfmt"
)

// resultView shows an answer that is not a user, line by line. Secrets are dots
// until they are asked for, and forgotten when the screen is left.
type resultView struct {
	env    *Env
	title  string
	user   *api.User // whom it is about, nil for nobody
	result ops.Result

	cursor   int
	revealed bool
	// code is the QR code while it is shown, else nil.
	code qrCodes
	// keysFrom is when keys begin to count: those in flight were meant for what was
	// there before.
	keysFrom    time.Time
	opened      bool
	isForgotten bool
}

// resultHold is how long after opening nothing is revealed or copied.
const resultHold = 250 * time.Millisecond

func newResult(env *Env, a attempt, res ops.Result) tui.View {
	v := &resultView{env: env, title: a.op.Title, result: res}
	if a.user != nil {
		v.user = a.user
	}
	return v
}

func (v *resultView) Title() string { return v.title }

func (v *resultView) Typing() bool { return false }

// Init opens the screen once. Whoever comes back to it finds it empty.
func (v *resultView) Init() tea.Cmd {
	if v.opened && v.result.HasSecret() {
		v.forget()
	}
	v.opened, v.keysFrom = true, v.env.Now().Add(resultHold)
	return nil
}

// Update has nothing to learn: what is shown was true when it was asked.
func (v *resultView) Update(tea.Msg) tea.Cmd { return nil }

// forget lets go of everything that is secret, and of what stands with it.
func (v *resultView) forget() {
	v.result, v.code, v.revealed, v.cursor, v.isForgotten = ops.Result{}, nil, false, 0, true
}

// Actions are what can be done with the lines.
func (v *resultView) Actions() []tui.Action {
	const group = "This answer"
	reveal := tui.Action{ID: "result.reveal", Title: "Reveal", FooterLabel: "reveal", Group: group, FooterRank: 9,
		Help: "Shows what is hidden; once more hides it again.", Off: v.revealOff(), Do: v.afterHold(v.reveal)}
	if v.revealed {
		reveal.Title, reveal.FooterLabel = "Hide", "hide"
	}
	code := tui.Action{ID: "result.qr", Title: "QR code", FooterLabel: "QR code", Group: group, Off: v.codeOff(),
		Help: "Draws the code that an authenticator app scans; whoever sees it can make the codes.", Do: v.afterHold(v.toggleCode)}
	if code.Off == "" {
		code.FooterRank = 7
	}
	move := func(id, title string, by int) tui.Action {
		return tui.Action{ID: id, Title: title, Group: "Move", Do: func() tea.Cmd { v.move(by); return nil }}
	}
	const page = 10
	end := len(v.result.Lines)
	return []tui.Action{
		reveal,
		{ID: "result.copy", Title: "Copy the line", FooterLabel: "copy", Group: group, FooterRank: 8, Off: v.copyOff(),
			Help: "The value at the mark onto your clipboard, also while it is hidden.", Do: v.afterHold(v.copy)},
		code,
		{ID: "result.close", Title: "Close", Group: group, Help: "Back; secrets are forgotten.", Do: v.close},
		move("list.down", "Down", 1), move("list.up", "Up", -1), move("list.pagedown", "Page down", page),
		move("list.pageup", "Page up", -page), move("list.bottom", "Last", end), move("list.top", "First", -end),
	}
}

// afterHold is a key that only counts once the screen has been seen.
func (v *resultView) afterHold(do func() tea.Cmd) func() tea.Cmd {
	return func() tea.Cmd {
		if v.env.Now().Before(v.keysFrom) {
			return nil
		}
		return do()
	}
}

const forgottenNote = "this was shown once and is forgotten now"

func (v *resultView) copyOff() string {
	if v.isForgotten {
		return forgottenNote
	}
	if len(v.result.Lines) == 0 {
		return "there is nothing here"
	}
	if !v.result.Lines[v.cursor].Secret.Empty() && v.env.Mask.On() {
		return maskOff
	}
	return ""
}

func (v *resultView) revealOff() string {
	if v.isForgotten {
		return forgottenNote
	}
	if !v.result.HasSecret() {
		return "nothing is hidden here"
	}
	if v.env.Mask.On() && !v.revealed {
		return maskOff
	}
	return ""
}

func (v *resultView) codeOff() string {
	if v.isForgotten {
		return forgottenNote
	}
	if v.scannable().Empty() {
		return "there is nothing to scan"
	}
	if v.env.Mask.On() && v.code == nil {
		return maskOff
	}
	return ""
}

// scannable is the address that an authenticator app reads.
func (v *resultView) scannable() wire.Secret {
	for _, l := range v.result.Lines {
		if l.QR {
			return l.Secret
		}
	}
	return wire.Secret{}
}

func (v *resultView) reveal() tea.Cmd {
	v.revealed = !v.revealed
	return nil
}

func (v *resultView) toggleCode() tea.Cmd {
	if v.code != nil {
		v.code = nil
		return nil
	}
	code, err := newQRCodes(v.scannable())
	if err != nil {
		return tui.Notify(tui.Toast{ID: "result.qr", Tone: tui.ToneWarn, Text: "This does not fit into a QR code", Next: "Type the secret into the app instead."})
	}
	v.code = code
	return nil
}

// copy takes the line at the mark. The notice names the line, never the value.
func (v *resultView) copy() tea.Cmd {
	l := v.result.Lines[v.cursor]
	value := l.Value
	if !l.Secret.Empty() {
		value = clean.NewText(l.Secret.Reveal())
	}
	return tui.Copy(v.env.Mask.Value(value.Clipboard()), "“"+v.env.Mask.Value(l.Label)+"”")
}

func (v *resultView) move(by int) {
	v.cursor = max(0, min(v.cursor+by, len(v.result.Lines)-1))
}

func (v *resultView) close() tea.Cmd {
	v.forget()
	return tui.Pop()
}

// hiddenValue stand for a secret and say nothing of its length.
const hiddenValue = "••••••"

// displayValue is a line's value as the screen may show it now.
func (v *resultView) displayValue(l ops.Line) string {
	switch {
	case !l.Time.IsZero():
		return userfmt.Until(l.Time, v.env.Now())
	case l.Secret.Empty():
		return v.env.Mask.Value(l.Value.Display())
	case !v.revealed || v.env.Mask.On():
		return hiddenValue
	}
	return displayWhole(v.groupSecret(l.Secret.Reveal()))
}

// groupSecret is the secret of an authenticator app in fours, as apps ask for it to
// be typed; anything else is left as it is.
func (v *resultView) groupSecret(value string) string {
	uri, err := url.Parse(v.scannable().Reveal())
	if err != nil || uri.Query().Get("secret") != value {
		return value
	}
	return strings.TrimSpace(regexp.MustCompile(`.{4}`).ReplaceAllString(value, "$0 "))
}

// displayWhole is a value cleaned for the screen in pieces, because a token is longer
// than what one row may be, and half of one is of no use.
func displayWhole(value string) string {
	const piece = 256
	var b strings.Builder
	for runes := []rune(value); len(runes) > 0; {
		n := min(piece, len(runes))
		b.WriteString(clean.NewText(string(runes[:n])).Display())
		runes = runes[n:]
	}
	return b.String()
}
