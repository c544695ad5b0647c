package command

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/api/desk"
	"frontdesk/api/ops"
	"frontdesk/api/verdict"
	"frontdesk/api/wire"
	"frontdesk/views/action/wording"
	"frontdesk/views/export"
	"frontdesk/views/userfmt"
)

// answer is the outcome of an operation as it is printed: a sentence, or this object
// with --json.
type answer struct {
	Operation string    `json:"operation"`
	Instance  string    `json:"instance,omitempty"` // DEMO, DEVELOPMENT, PRODUCTION; absent where none was reached
	User      *userJSON `json:"user"`               // null if there is none or it is unknown
	State     string    `json:"state"`
	Message   string    `json:"message"`
	Next      string    `json:"next,omitempty"` // what to do now
	TraceID   string    `json:"trace_id,omitempty"`
	// Fields are the server's errors by field.
	Fields map[string]string `json:"fields,omitempty"`
	// Notes say how the input was changed, such as by leaving characters out.
	Notes []string `json:"notes,omitempty"`
	// ReadBack reports that the answer was lost and a later read showed the change.
	ReadBack bool `json:"read_back,omitempty"`
	// No reports a negative result, such as a wrong password or code.
	No      bool        `json:"no,omitempty"`
	Lines   []line      `json:"lines,omitempty"`
	Matches []*userJSON `json:"matches,omitempty"`
	// Read is the result of a read: the service's object, or an array of its
	// objects. Total is how many there are in all.
	Read  json.RawMessage `json:"read,omitempty"`
	Total *int            `json:"total,omitempty"`

	card []string // Read as text
}

// line is one labelled value. The value of a secret is dots unless it is revealed.
type line struct {
	Label  string `json:"label"`
	Value  string `json:"value"`
	Hidden bool   `json:"hidden,omitempty"`

	shown string
}

// userJSON identifies a user.
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

// addResult adds the result of an operation to the answer.
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
		// Display would cut an otpauth URI to the width of a row.
		a.Lines = append(a.Lines, line{Label: l.Label, Value: value.Raw(), Hidden: !l.Secret.Empty() && !reveal, shown: value.Clipboard()})
	}
	if a.Read = resultJSON(op, out.Result, reveal); out.Result.IsList && out.Result.Total >= 0 {
		a.Total = &out.Result.Total
	}
	if op.IsRead() && op.Call != nil && out.State == desk.Done && out.User != nil {
		a.Read, a.card = out.User.Body, card(out.User)
	}
}

// nameRefusedFlags rewords the message so that it names the flags that the server
// refused.
func (r *run) nameRefusedFlags(err error) {
	refusal := r.op.ReadRefusal(err)
	var refused *api.Error
	if len(refusal.Fields) == 0 || !errors.As(err, &refused) {
		return
	}
	reasons := refusal.General
	for _, in := range r.inputs {
		if reason := refusal.Fields[in.field.Name]; reason != "" {
			reasons = append(reasons, in.flag()+": "+reason)
		}
	}
	r.answer.Fields = refusal.Fields
	r.answer.Message = "Could not " + refused.Op + ": " + strings.Join(reasons, "; ") + ". Nothing was done"
}

// card describes a user in a few rows.
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
	v := userfmt.VerdictOf(verdict.Facts{User: u}, u.ReadAt)
	rows = append(rows, "sign-in   "+v.Title)
	for _, s := range v.Sentences {
		rows = append(rows, "          "+s)
	}
	return rows
}

// sentence returns the message and what to do next.
func (a *answer) sentence() string { return wording.Join(a.Message, a.Next) }

// onInstance appends the instance to a message, so that nobody mistakes the demo for
// a real one.
func (r *run) onInstance(message string) string {
	return strings.TrimRight(message, ". ") + " · on " + r.session.Instance.Kind.String()
}

// report prints the answer on stdout, as a JSON object or a sentence. Unless --json
// is set, a failure is left to the returned error.
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
			r.answer.Lines = nil // the objects contain them
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

// reportPrintError handles a failure to print message, such as a closed pipe or a
// full disk. It says so on stderr and returns err, because the exit code is that of
// the outcome. A read, however, has failed.
func (r *run) reportPrintError(failure error, message string, err error) error {
	if failure == nil || err != nil && err.Error() != "" {
		return err
	}
	lost := ""
	if r.answer != nil && len(r.answer.Lines) > 0 {
		lost = " Its result is lost."
	}
	if r.op.IsRead() {
		return failed("the answer could not be printed: " + plain(systemReason(failure)))
	}
	r.warn("frontdesk: " + strings.TrimRight(message, ". ") + ". This could not be printed: " + plain(systemReason(failure)) + "." + lost)
	return err
}

// systemReason returns the system's error without the name of the file.
func systemReason(err error) string {
	var path *fs.PathError
	if errors.As(err, &path) {
		err = path.Err
	}
	return err.Error()
}

func (r *run) warn(message string) { fmt.Fprintln(r.Stderr, message) }

// writeJSON writes v as one line of ASCII, so that no name can affect a terminal.
func writeJSON(w io.Writer, v any) error {
	raw, err := wire.Encode(v)
	if err != nil {
		return err
	}
	_, err = w.Write(append(export.ASCII(raw), '\n'))
	return err
}
