package journal

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"frontdesk/api/journal"
	"frontdesk/tui"
	"frontdesk/views/userfmt"
)

// section is a heading with facts.
type section struct {
	head  string
	facts []fact
}

// fact is a labeled value.
type fact struct {
	label, value string
	tone         tui.Tone
}

// add adds a fact unless its value is empty.
func (s *section) add(label, value string) {
	if value != "" {
		s.facts = append(s.facts, fact{label: label, value: value})
	}
}

// sections returns all information about an entry except its changes.
func (w Words) sections(e journal.Entry, now time.Time) []section {
	all := []section{w.why(e), w.ended(e, now), w.each(e), w.kernel(e), w.claimed(e), w.chain(e)}
	out := all[:0]
	for _, s := range all {
		if len(s.facts) > 0 {
			out = append(out, s)
		}
	}
	return out
}

func (w Words) why(e journal.Entry) section {
	s := section{head: "WHY"}
	s.add("Reason", w.show(e.Reason))
	s.add("Ticket", w.show(e.Ticket))
	s.add("Confirmed", w.show(e.Confirmed))
	s.add("Case", w.show(e.Case))
	return s
}

func (w Words) ended(e journal.Entry, now time.Time) section {
	s := section{head: "OUTCOME"}
	mark, word, tone := w.Outcome(e)
	s.facts = append(s.facts, fact{label: "Outcome", value: mark + " " + word, tone: tone})
	end := e.Record
	if e.Ending != nil {
		end = *e.Ending
	}
	s.add("Answer", w.show(end.Message))
	if end.ReadBack {
		s.add("Found", "by reading the user again")
	}
	status := ""
	if end.Status != 0 {
		status = strconv.Itoa(end.Status)
	}
	if end.Code != "" {
		status = strings.TrimSpace(status + " " + w.show(end.Code))
	}
	s.add("HTTP status", status)
	s.add("Trace id", w.show(end.TraceID))
	if end.Duration > 0 {
		s.add("Took", took(time.Duration(end.Duration)*time.Millisecond))
	}
	if e.Ending != nil && e.Ending.Time.Sub(e.Time) >= time.Minute {
		s.add("Known since", exactTime(e.Ending.Time, now))
	}
	if e.IsOpen() {
		s.add("", "The program ended before it could record the outcome. It is looked up at the next start.")
	}
	return s
}

func took(d time.Duration) string {
	if d < 10*time.Second {
		return fmt.Sprintf("%d ms", d.Milliseconds())
	}
	return userfmt.Duration(d)
}

// each returns the outcome for each of several users.
func (w Words) each(e journal.Entry) section {
	all := targets(e)
	if len(all) < 2 {
		return section{}
	}
	s := section{head: "PEOPLE"}
	for _, t := range all {
		name, address := w.target(t)
		f := fact{label: name, value: strings.TrimSpace(address + "  " + w.show(t.ID))}
		if t.Outcome != "" {
			f.value = strings.ReplaceAll(w.show(t.Outcome), "_", " ") + "  " + f.value
		}
		s.facts = append(s.facts, f)
	}
	return s
}

// kernel returns what the operating system reports about who made the change. The user
// cannot fake it.
func (w Words) kernel(e journal.Entry) section {
	k := e.Who.Kernel
	s := section{head: "BY, ACCORDING TO THE SYSTEM"}
	if k.User == "" && k.PID == 0 {
		return section{}
	}
	s.add("User", fmt.Sprintf("%s (uid %d)", w.user(e.Who), k.UID))
	if k.LoginUID != "" {
		s.add("Logged in as", "uid "+w.show(k.LoginUID))
	}
	s.add("Machine", w.show(k.Host))
	s.add("Terminal", w.show(k.TTY))
	process := strconv.Itoa(k.PID)
	if k.Session != "" {
		process += ", audit session " + w.show(k.Session)
	}
	s.add("Process", process)
	return s
}

// claimed returns what the environment says about who made the change. Anybody can set it.
func (w Words) claimed(e journal.Entry) section {
	c := e.Who.Claimed
	s := section{head: "BY, ACCORDING TO THE ENVIRONMENT (NOT CHECKED)"}
	s.add("Called sudo", w.show(c.SudoUser))
	s.add("SSH from", w.show(c.SSHConnection))
	s.add("SSH key", w.show(c.KeyFingerprint))
	return s
}

// chain returns the facts about the record itself.
func (w Words) chain(e journal.Entry) section {
	s := section{head: "RECORD"}
	s.add("Instance", w.instanceAndKey(e.Instance))
	s.add("Operation", w.show(e.Operation))
	s.add("Part", w.show(e.Part))
	if e.Undoes != "" {
		s.add("Undoes", "record "+w.show(e.Undoes))
	}
	number := "number " + strconv.FormatUint(e.Seq, 10)
	if e.ID != "" {
		number = w.show(e.ID) + ", " + number
	}
	s.add("Record", number)
	if !e.Time.IsZero() {
		s.add("Written", e.Time.UTC().Format("2006-01-02 15:04:05.000")+" UTC")
	}
	s.add("Hash", w.show(e.Hash))
	if e.Ending != nil {
		s.add("Hash of the outcome", w.show(e.Ending.Hash))
	}
	if e.Snapshot {
		s.add("Snapshot", "kept for 30 days, to undo it")
	}
	if e.Cut {
		s.add("Cut", "long values of this record were truncated")
	}
	return s
}

func (w Words) instanceAndKey(in journal.Instance) string {
	if in.Kind == "" {
		return ""
	}
	if in.Key == "" {
		return w.instance(in)
	}
	return w.instance(in) + ", key " + w.show(in.Key)
}

// exactTime formats a time to the second in the time zone of now.
func exactTime(t, now time.Time) string {
	return t.In(now.Location()).Format("Mon 2 Jan 2006 15:04:05 MST")
}

// changedField is a changed field with its value before, the requested value, and the value
// after. An empty text means that the value is unknown.
type changedField struct{ label, before, asked, after string }

const (
	notKnown    = "–"
	notRecorded = "not recorded"
)

// changes returns the changed fields of an entry.
func (w Words) changes(e journal.Entry) []changedField {
	changes := e.Changes
	if e.Ending != nil && len(e.Ending.Changes) > 0 {
		changes = e.Ending.Changes
	}
	var out []changedField
	for _, c := range changes {
		f := changedField{label: w.show(c.Label), before: w.value(c.Before), asked: w.value(c.Requested), after: w.value(c.After)}
		if f.label == "" {
			f.label = w.show(c.Field)
		}
		if c.Hidden {
			f.before, f.asked, f.after = notRecorded, notRecorded, notRecorded
		} else if c.Before != nil && f.before == f.after && c.Requested == nil { // another picture, for example
			continue
		}
		out = append(out, f)
	}
	return out
}

// value describes a recorded value, including an empty one.
func (w Words) value(s *string) string {
	switch {
	case s == nil:
		return notKnown
	case *s == "":
		return "empty"
	}
	return w.show(*s)
}

// Text returns an entry as plain text, for a ticket.
func (w Words) Text(e journal.Entry, now time.Time) string {
	name, more := w.Whom(e)
	var lines []string
	line := func(label, value string) {
		if value = strings.TrimSpace(value); value != "" {
			if label != "" {
				value = label + ": " + value
			}
			lines = append(lines, plain(value))
		}
	}
	line("", w.What(e))
	line("Whom", strings.TrimSpace(name+"  "+more))
	if people := targets(e); len(people) == 1 {
		line("User id", w.show(people[0].ID))
	}
	line("When", exactTime(e.Time, now))
	line("By", w.By(e.Who))
	for _, f := range w.changes(e) {
		line(f.label, f.words())
	}
	for _, s := range w.sections(e, now) {
		for _, f := range s.facts {
			line(f.label, f.value)
		}
	}
	return strings.Join(lines, "\n")
}

// words returns a field on one line: before → requested → after.
func (f changedField) words() string {
	if f.before == notRecorded {
		return notRecorded
	}
	var parts []string
	for _, v := range []string{f.before, f.asked, f.after} {
		if v != notKnown {
			parts = append(parts, v)
		}
	}
	return strings.Join(parts, " → ")
}
