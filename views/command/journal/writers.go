package journal

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"frontdesk/api/clean"
	"frontdesk/api/desk"
	"frontdesk/api/journal"
	"frontdesk/views/mask"
)

// entryWriter writes entries in some format.
type entryWriter interface {
	write(journal.Entry) error
	close() error
}

func (o *showOptions) newWriter(env Env) entryWriter {
	if o.mask {
		return maskedWriter{o.newWriterOf(env), mask.New(true)}
	}
	return o.newWriterOf(env)
}

func (o *showOptions) newWriterOf(env Env) entryWriter {
	switch {
	case o.json:
		return jsonWriter{env.Stdout}
	case o.csv:
		return &csvWriter{w: csv.NewWriter(env.Stdout), zone: o.zone(env)}
	}
	return textWriter{env.Stdout, o.zone(env)}
}

// jsonWriter writes an intent and its outcome as one object, in ASCII.
type jsonWriter struct{ w io.Writer }

func (s jsonWriter) write(e journal.Entry) error {
	raw, err := json.Marshal(struct {
		State  string          `json:"state"`
		Record journal.Record  `json:"record"`
		Ending *journal.Record `json:"outcome,omitempty"`
	}{e.State(), e.Record, e.Ending})
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(s.w, "%s\n", journal.ToASCII(raw))
	return err
}

func (jsonWriter) close() error { return nil }

// csvWriter writes CSV. It escapes cells that a spreadsheet would treat as formulas.
type csvWriter struct {
	w     *csv.Writer
	zone  *time.Location
	begun bool
}

func (s *csvWriter) begin() error {
	if s.begun {
		return nil
	}
	s.begun = true
	return s.w.Write([]string{"time", "by", "sudo_user", "ssh_connection", "host", "instance", "instance_kind", "operation", "user_id", "name", "address",
		"state", "message", "reason", "ticket", "changes", "confirmed", "status", "trace_id", "duration_ms", "undoes", "case", "record"})
}

// write writes one line per user.
func (s *csvWriter) write(e journal.Entry) error {
	if err := s.begin(); err != nil {
		return err
	}
	end := e.Record
	if e.Ending != nil {
		end = *e.Ending
	}
	targets := e.Targets
	if len(end.Targets) > 0 {
		targets = end.Targets
	}
	if len(targets) == 0 {
		targets = []journal.Target{{}}
	}
	for _, t := range targets {
		state := e.State()
		if t.Outcome != "" {
			state = t.Outcome
		}
		row := []string{e.Time.In(s.zone).Format(time.RFC3339), e.Who.Kernel.User, e.Who.Claimed.SudoUser, e.Who.Claimed.SSHConnection, e.Who.Kernel.Host,
			e.Instance.Name, e.Instance.Kind, e.Operation, t.ID, t.Name, t.Address, state, end.Message, e.Reason, e.Ticket,
			strings.Join(describeChanges(e), "; "), e.Confirmed, number(int64(end.Status)), end.TraceID, number(end.Duration), e.Undoes, e.Case, e.ID}
		for i, cell := range row {
			row[i] = clean.NewText(cell).CSV()
		}
		if err := s.w.Write(row); err != nil {
			return err
		}
	}
	return nil
}

func (s *csvWriter) close() error {
	if err := s.begin(); err != nil {
		return err
	}
	s.w.Flush()
	return s.w.Error()
}

// number formats a number, "" for 0.
func number(n int64) string {
	if n == 0 {
		return ""
	}
	return strconv.FormatInt(n, 10)
}

// textWriter writes one line per entry, followed by its changes.
type textWriter struct {
	w    io.Writer
	zone *time.Location
}

func (s textWriter) write(e journal.Entry) error {
	lines := []string{e.Time.In(s.zone).Format("2006-01-02 15:04:05") + "  " + describe(e)}
	for _, change := range describeChanges(e) {
		lines = append(lines, "    "+change)
	}
	if e.Ending != nil && e.Ending.Message != "" {
		lines = append(lines, "    "+display(e.Ending.Message))
	}
	_, err := fmt.Fprintln(s.w, strings.Join(lines, "\n"))
	return err
}

func (textWriter) close() error { return nil }

// describe returns an entry on one line.
func describe(e journal.Entry) string {
	if e.Kind == journal.Recovered {
		return "journal  " + display(e.Message)
	}
	parts := []string{describeWho(e.Who), display(e.Title)}
	if len(e.Targets) > 0 {
		parts = append(parts, describeTargets(e.Targets))
	} else if e.Ending != nil && len(e.Ending.Targets) > 0 {
		parts = append(parts, describeTargets(e.Ending.Targets))
	}
	parts = append(parts, strings.ReplaceAll(e.State(), "_", " "))
	if e.Kind == journal.Refused && e.Message != "" {
		parts = append(parts, display(e.Message))
	}
	if e.Reason != "" {
		parts = append(parts, "“"+display(e.Reason)+"”")
	}
	if e.Ticket != "" {
		parts = append(parts, display(e.Ticket))
	}
	if e.Instance.Kind != "" {
		parts = append(parts, "on "+display(e.Instance.Name)+" ("+display(strings.ToUpper(e.Instance.Kind))+")")
	}
	return strings.Join(parts, "  ")
}

// describeWho names the system user and the identity they claim.
func describeWho(w journal.Who) string {
	name := w.Kernel.User
	if name == "" {
		name = "uid " + strconv.Itoa(w.Kernel.UID)
	}
	if w.Claimed.SudoUser != "" && w.Claimed.SudoUser != name {
		name += " (sudo by " + w.Claimed.SudoUser + ")"
	}
	return display(name)
}

// describeTargets names one user, or the first and the number of others.
func describeTargets(targets []journal.Target) string {
	if len(targets) == 0 {
		return "the directory"
	}
	t := targets[0]
	says := display(t.Name)
	switch {
	case t.Name == "" || t.Name == t.ID:
		says = display(t.ID)
	case t.Address != "" && t.Address != t.Name:
		says += " · " + display(t.Address)
	}
	if n := len(targets) - 1; n > 0 {
		says += fmt.Sprintf(" and %d more", n)
	}
	return says
}

// describeChanges returns the changes, one line per field.
func describeChanges(e journal.Entry) []string {
	changes := e.Changes
	if e.Ending != nil && len(e.Ending.Changes) > 0 {
		changes = e.Ending.Changes
	}
	var lines []string
	for _, c := range changes {
		before, after := c.Before, c.Requested
		if e.Ending != nil && c.After != nil {
			after = c.After
		}
		switch {
		case c.Hidden:
			lines = append(lines, display(c.Label)+": not recorded")
		case c.Requested == nil && before != nil && after != nil && *before == *after: // another picture, for example
		case before != nil && after != nil:
			lines = append(lines, display(c.Label)+": "+value(*before)+" → "+value(*after))
		case after != nil:
			lines = append(lines, display(c.Label)+": "+value(*after))
		}
	}
	return lines
}

func value(s string) string {
	if s == "" {
		return "(empty)"
	}
	return display(s)
}

func describeOutcome(o desk.Outcome) string {
	if o.Err != nil {
		return o.State.String() + ", " + clean.Sentence(o.Err.Error())
	}
	return o.State.String()
}

func display(s string) string { return clean.NewText(s).Display() }
