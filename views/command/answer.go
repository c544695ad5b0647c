package command

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/api/desk"
	"frontdesk/api/ops"
	"frontdesk/api/wire"
	"frontdesk/views/action/wording"
	"frontdesk/views/userfmt"
)

// answer is how an operation ended, as it is printed: a sentence, or with
// --json this object.
type answer struct {
	Operation string    `json:"operation"`
	Instance  string    `json:"instance,omitempty"` // DEMO, DEVELOPMENT, PRODUCTION; absent where none was reached
	User      *userJSON `json:"user"`               // null where there is none, or it is not known
	State     string    `json:"state"`
	Message   string    `json:"message"`
	Next      string    `json:"next,omitempty"` // what to do now
	TraceID   string    `json:"trace_id,omitempty"`
	// Fields are the server's words by the field they are about.
	Fields map[string]string `json:"fields,omitempty"`
	// Notes say what was done to what was given, such as characters that were left out.
	Notes []string `json:"notes,omitempty"`
	// ReadBack says that done was found by looking, after the answer was lost.
	ReadBack bool `json:"read_back,omitempty"`
	// No says that the question was answered with no: a wrong password or code.
	No      bool        `json:"no,omitempty"`
	Lines   []line      `json:"lines,omitempty"`
	Matches []*userJSON `json:"matches,omitempty"`
	// Read is what a read gave: the service's own object, or an array of its
	// objects, of which Total says how many there are in all.
	Read  json.RawMessage `json:"read,omitempty"`
	Total *int            `json:"total,omitempty"`

	card []string // Read for people
}

// line is one labelled value; that of a secret is dots unless it is revealed.
type line struct {
	Label  string `json:"label"`
	Value  string `json:"value"`
	Hidden bool   `json:"hidden,omitempty"`

	shown string
}

// userJSON is who it was about.
type userJSON struct {
	ID    string `json:"id"`
	Name  string `json:"name"`
	Email string `json:"email,omitempty"`
	Phone string `json:"phone,omitempty"`
}

func newUserJSON(u *api.User) *userJSON {
	if u == nil || u.ID.Empty() {
		return nil
	}
	return &userJSON{ID: u.ID.Raw(), Name: u.Name().Raw(), Email: u.Email().Raw(), Phone: u.Phone().Raw()}
}

func stateWord(s desk.State) string { return strings.ReplaceAll(s.String(), " ", "_") }

// addResult takes over what an operation has to show.
func (a *answer) addResult(op ops.Operation, out desk.Outcome, reveal bool) {
	a.No = out.Result.IsNo
	for _, l := range out.Result.Lines {
		value := l.Value
		if !l.Secret.Empty() {
			value = clean.NewText(l.Secret.String())
			if reveal {
				value = clean.NewText(l.Secret.Reveal())
			}
		}
		// An otpauth URI is longer than a row of a screen; it must not be cut.
		a.Lines = append(a.Lines, line{Label: l.Label, Value: value.Raw(), Hidden: !l.Secret.Empty() && !reveal, shown: value.Clipboard()})
	}
	if a.Read = resultJSON(op, out.Result, reveal); out.Result.IsList && out.Result.Total >= 0 {
		a.Total = &out.Result.Total
	}
	if op.IsRead() && op.Call != nil && out.State == desk.Done && out.User != nil {
		a.Read, a.card = out.User.Body, card(out.User)
	}
}

// nameRefusedFlags names the flags that the server refused, each with its words.
func (r *run) nameRefusedFlags(err error) {
	refusal := r.op.ReadRefusal(err)
	var refused *api.Error
	if len(refusal.Fields) == 0 || !errors.As(err, &refused) {
		return
	}
	said := refusal.General
	for _, in := range r.inputs {
		if words := refusal.Fields[in.field.Name]; words != "" {
			said = append(said, "--"+in.flags.Lookup(in.name).Name+": "+words)
		}
	}
	r.answer.Fields = refusal.Fields
	r.answer.Message = "Could not " + refused.Op + ": " + strings.Join(said, "; ") + ". Nothing was done"
}

// card is a user in a few rows.
func card(u *api.User) []string {
	rows := []string{"id        " + u.ID.Display()}
	for _, e := range u.EmailAddresses {
		rows = append(rows, "e-mail    "+e.EmailAddress.Display())
		if reads := userfmt.ReadsAs(e.EmailAddress); reads != "" {
			rows = append(rows, "          "+reads)
		}
	}
	for _, p := range u.PhoneNumbers {
		rows = append(rows, "phone     "+userfmt.Phone(p.PhoneNumber))
	}
	if !u.Username.Empty() {
		rows = append(rows, "username  "+u.Username.Display())
	}
	v := userfmt.VerdictOf(u, u.ReadAt)
	rows = append(rows, "sign-in   "+v.Title)
	for _, says := range v.Sentences {
		rows = append(rows, "          "+says)
	}
	return rows
}

// sentence is what happened and what to do now.
func (a *answer) sentence() string { return wording.Join(a.Message, a.Next) }

// onInstance names the instance behind what was done there, so that nobody takes the
// demo for another.
func (r *run) onInstance(message string) string {
	return strings.TrimRight(message, ". ") + " · on " + r.session.Instance.Kind.String()
}

// report prints the answer: one JSON object, or what was done on stdout. What
// was not done is the error's to say.
func (r *run) report(err error) error {
	if r.answer != nil && r.session != nil {
		r.answer.Instance = r.session.Instance.Kind.String()
	}
	if r.answer != nil {
		r.answer.Notes = r.notes
	}
	switch {
	case r.answer == nil:
		return err
	case r.json:
		if r.answer.Read != nil {
			r.answer.Lines = nil // the objects say it
		}
		return r.reportPrintError(writeJSON(r.Stdout, r.answer), r.answer.sentence(), err)
	case err != nil && err.Error() != "":
		return err
	}
	rows := []string{wording.Join(r.onInstance(r.answer.Message), r.answer.Next)}
	hidden := false
	for _, l := range r.answer.Lines {
		rows = append(rows, l.Label+": "+l.shown)
		hidden = hidden || l.Hidden
	}
	rows = append(rows, r.answer.card...)
	if hidden {
		rows = append(rows, "The secrets are hidden; --reveal prints them.")
	}
	_, failure := io.WriteString(r.Stdout, strings.Join(rows, "\n")+"\n")
	return r.reportPrintError(failure, rows[0], err)
}

// reportPrintError says on stderr what could not be printed: a pipe that was closed or a
// disk that is full does not undo what was done, and the code stays the outcome's.
// Of a read that is nothing, so it failed.
func (r *run) reportPrintError(failure error, says string, err error) error {
	if failure == nil || err != nil && err.Error() != "" {
		return err
	}
	lost := ""
	if r.answer != nil && len(r.answer.Lines) > 0 {
		lost = " What it was to show is lost."
	}
	if r.op.IsRead() {
		return failed("the answer could not be printed: " + plain(systemReason(failure)))
	}
	r.warn("frontdesk: " + strings.TrimRight(says, ". ") + ". This could not be printed: " + plain(systemReason(failure)) + "." + lost)
	return err
}

// systemReason is what the system says of a failure, without the name of the file.
func systemReason(err error) string {
	var path *fs.PathError
	if errors.As(err, &path) {
		err = path.Err
	}
	return err.Error()
}

func (r *run) warn(says string) { fmt.Fprintln(r.Stderr, says) }

// writeJSON writes v as one line of ASCII, in which no name can act on a terminal.
func writeJSON(w io.Writer, v any) error {
	raw, err := wire.Encode(v)
	if err != nil {
		return err
	}
	_, err = w.Write(append(ascii(raw), '\n'))
	return err
}

// ascii is JSON with everything outside of printable ASCII escaped. Such
// characters stand only in its strings, so the values stay what they are.
func ascii(raw []byte) []byte {
	out := make([]byte, 0, len(raw))
	for len(raw) > 0 {
		c, size := utf8.DecodeRune(raw)
		raw = raw[size:]
		switch {
		case c < 0x7f:
			out = append(out, byte(c))
		case c > 0xffff:
			high, low := utf16.EncodeRune(c)
			out = fmt.Appendf(out, `\u%04x\u%04x`, high, low)
		default:
			out = fmt.Appendf(out, `\u%04x`, c)
		}
	}
	return out
}
