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

// resultView shows the result of an operation, line by line. Secrets are hidden
// until they are revealed, and dropped when the screen is left.
type resultView struct {
	env    *Env
	title  string
	user   *api.User // whom it is about, nil for nobody
	result ops.Result

	cursor   int
	revealed bool
	// code is the QR code while it is shown, else nil.
	code qrCodes
	// keysFrom is when keys take effect; earlier ones were meant for the previous
	// screen.
	keysFrom    time.Time
	opened      bool
	isForgotten bool
}

// resultHold is for how long after the screen opens nothing is revealed or copied.
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

// Init implements [tui.View]. A result with secrets is dropped when the screen is
// returned to.
func (v *resultView) Init() tea.Cmd {
	if v.opened && v.result.HasSecret() {
		v.forget()
	}
	v.opened, v.keysFrom = true, v.env.Now().Add(resultHold)
	return nil
}

// Update implements [tui.View]. It ignores every message, because a result does not
// change.
func (v *resultView) Update(tea.Msg) tea.Cmd { return nil }

// forget drops the result.
func (v *resultView) forget() {
	v.result, v.code, v.revealed, v.cursor, v.isForgotten = ops.Result{}, nil, false, 0, true
}

// Actions implements [tui.View].
func (v *resultView) Actions() []tui.Action {
	const group = "Result"
	reveal := tui.Action{ID: "result.reveal", Title: "Reveal", FooterLabel: "reveal", Group: group, FooterRank: 9,
		Help: "Shows the hidden values; press again to hide them.", Off: v.revealOff(), Do: v.afterHold(v.reveal)}
	if v.revealed {
		reveal.Title, reveal.FooterLabel = "Hide", "hide"
	}
	code := tui.Action{ID: "result.qr", Title: "QR code", FooterLabel: "QR code", Group: group, Off: v.codeOff(),
		Help: "Shows the QR code for an authenticator app; anyone who scans it can generate the codes.", Do: v.afterHold(v.toggleCode)}
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
			Help: "Copies the value on the current line, even while it is hidden.", Do: v.afterHold(v.copy)},
		code,
		{ID: "result.close", Title: "Close", Group: group, Help: "Goes back; secrets are forgotten.", Do: v.close},
		move("list.down", "Down", 1), move("list.up", "Up", -1), move("list.pagedown", "Page down", page),
		move("list.pageup", "Page up", -page), move("list.bottom", "Last", end), move("list.top", "First", -end),
	}
}

// afterHold returns do with no effect before keysFrom.
func (v *resultView) afterHold(do func() tea.Cmd) func() tea.Cmd {
	return func() tea.Cmd {
		if v.env.Now().Before(v.keysFrom) {
			return nil
		}
		return do()
	}
}

const forgottenNote = "this was shown once and has been forgotten"

func (v *resultView) copyOff() string {
	off := v.offUnless(len(v.result.Lines) > 0, "there is nothing here")
	if off != "" || v.result.Lines[v.cursor].Secret.Empty() {
		return off
	}
	return v.offWhileMasked("")
}

func (v *resultView) revealOff() string {
	return v.offWhileMasked(v.offUnless(v.result.HasSecret(), "nothing is hidden here"))
}

func (v *resultView) codeOff() string {
	return v.offWhileMasked(v.offUnless(!v.scannable().Empty(), "there is nothing to scan"))
}

// offWhileMasked is off, or why a secret is not shown or copied: addresses and ids may
// be a part of it.
func (v *resultView) offWhileMasked(off string) string {
	if off == "" && v.env.Mask.On() {
		return maskOff
	}
	return off
}

// offUnless returns why an action is off: the result has been dropped, or it is not
// possible for the given reason.
func (v *resultView) offUnless(possible bool, reason string) string {
	switch {
	case v.isForgotten:
		return forgottenNote
	case !possible:
		return reason
	}
	return ""
}

// scannable returns the otpauth:// URI in the result, if there is one.
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

// copy copies the current value. The toast names its label, never the value.
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

// hiddenValue stands for a secret without showing its length.
const hiddenValue = "••••••"

// displayValue returns the value of a line, or hiddenValue for a hidden one.
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

// groupSecret splits the secret of an authenticator app into groups of four, the
// form in which apps ask for it. Other values stay as they are.
func (v *resultView) groupSecret(value string) string {
	uri, err := url.Parse(v.scannable().Reveal())
	if err != nil || uri.Query().Get("secret") != value {
		return value
	}
	return strings.TrimSpace(regexp.MustCompile(`.{4}`).ReplaceAllString(value, "$0 "))
}

// displayWhole cleans a value in pieces. A [clean.Text] is cut to what fits one row,
// and half a token is of no use.
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
