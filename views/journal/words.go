package journal

import (
	"strconv"
	"strings"
	"time"

	"frontdesk/api/clean"
	"frontdesk/api/journal"
	"frontdesk/tui"
	"frontdesk/views/action"
	"frontdesk/views/userfmt"
)

// Words describes records in the words of the screens, with the privacy mask applied.
type Words struct{ Env *action.Env }

// Shown returns an entry with the privacy mask applied.
func (w Words) Shown(e journal.Entry) journal.Entry { return w.Env.Mask.Entry(e) }

// show makes text from a record safe to display.
func (w Words) show(s string) string { return clean.NewText(s).Display() }

// plain makes text from a record safe for the clipboard.
func plain(s string) string { return clean.NewText(s).Clipboard() }

// Outcome returns the outcome of an entry as a symbol, a word and a tone.
func (w Words) Outcome(e journal.Entry) (mark, word string, tone tui.Tone) {
	return outcomeWords(e.State())
}

func outcomeWords(state string) (mark, word string, tone tui.Tone) {
	switch state {
	case journal.OK:
		return "✓", "done", tui.ToneOK
	case journal.Denied:
		return "✗", "refused", tui.ToneBad
	case journal.Unknown:
		return "?", "unknown", tui.ToneWarn
	case journal.AlreadyGone:
		return "○", "already gone", tui.ToneInfo
	case journal.Partly:
		return "◐", "partly done", tui.ToneWarn
	case openState:
		return "…", "open", tui.ToneWarn
	case string(journal.Recovered):
		return "!", "cut off", tui.ToneWarn
	case string(damaged):
		return "!", "damaged", tui.ToneBad
	}
	return "·", strings.ReplaceAll(state, "_", " "), tui.ToneNone
}

// What returns the title of the operation.
func (w Words) What(e journal.Entry) string {
	switch {
	case e.Kind == damaged:
		return "Damaged record"
	case e.Kind == journal.Recovered:
		return "Journal recovered"
	case e.Title == "":
		return w.show(e.Operation)
	case e.Undoes != "":
		return "Undo: " + w.show(e.Title)
	}
	return w.show(e.Title)
}

// targets returns the users of an entry. For a new user they are only in the outcome.
func targets(e journal.Entry) []journal.Target {
	if e.Ending != nil && (len(e.Targets) == 0 || len(e.Ending.Targets) == len(e.Targets)) {
		return e.Ending.Targets
	}
	return e.Targets
}

// Whom returns the name and address of the user, or for several users their number and the
// first name.
func (w Words) Whom(e journal.Entry) (name, more string) {
	all := targets(e)
	switch {
	case len(all) == 0 && (e.Kind == journal.Intent || e.Kind == journal.Refused):
		return "the instance", ""
	case len(all) == 0:
		return "", ""
	case len(all) > 1:
		first, _ := w.target(all[0])
		return userfmt.Number(len(all)) + " people", first + " …"
	}
	return w.target(all[0])
}

// target returns a user's name and address, or their id if they have neither.
func (w Words) target(t journal.Target) (name, address string) {
	switch {
	case t.Name == "" && t.Address == "":
		return w.show(t.ID), ""
	case t.Name == "" || t.Name == t.Address:
		return w.show(t.Address), ""
	}
	return w.show(t.Name), w.show(t.Address)
}

// By returns the system user who made the change and the identity they claim.
func (w Words) By(who journal.Who) string {
	if claim := w.claim(who); claim != "" {
		return w.user(who) + " (" + claim + ")"
	}
	return w.user(who)
}

// claim returns the identity that a user claims, or "" if it is the same user.
func (w Words) claim(who journal.Who) string {
	if sudo := who.Claimed.SudoUser; sudo != "" && sudo != who.Kernel.User {
		return "sudo: " + w.show(sudo)
	}
	return ""
}

func (w Words) user(who journal.Who) string {
	if who.Kernel.User == "" && who.Kernel.PID == 0 {
		return ""
	}
	if who.Kernel.User == "" {
		return "uid " + strconv.Itoa(who.Kernel.UID)
	}
	return w.show(who.Kernel.User)
}

// Why returns the ticket and the reason, or, for a change that was not made, what prevented
// it.
func (w Words) Why(e journal.Entry) string {
	var parts []string
	for _, s := range []string{e.Ticket, e.Reason} {
		if s != "" {
			parts = append(parts, w.show(s))
		}
	}
	if s := message(e); s != "" && (len(parts) == 0 || e.State() == journal.Denied) {
		parts = append(parts, w.show(s))
	}
	return strings.Join(parts, " · ")
}

// message returns the message of the outcome, or else of the record.
func message(e journal.Entry) string {
	if e.Ending != nil {
		return e.Ending.Message
	}
	return e.Message
}

// at formats a time in at most width cells (timeWidth or shortTime): the time of day if it
// is today, else the date, with the time of day if there is room.
func at(t, now time.Time, width int) string {
	t = t.In(now.Location())
	switch {
	case t.IsZero():
		return ""
	case userfmt.TimeOfDay(t, now) == t.Format("15:04"):
		return t.Format("15:04")
	case userfmt.Day(t, now) != t.Format("2 Jan"):
		return t.Format("2 Jan 06")
	case width < timeWidth:
		return t.Format("2 Jan")
	}
	return t.Format("2 Jan 15:04")
}

const (
	timeWidth = len("29 Nov 14:02")
	shortTime = len("29 Nov 24")
)

// isHere reports whether an entry concerns the open instance. Several instances may share a
// journal.
func (w Words) isHere(e journal.Entry) bool {
	in := w.Env.Instance
	return e.Instance.Name == in.Name && strings.EqualFold(e.Instance.Kind, in.Kind.String())
}

// instance returns the name of the instance of an entry.
func (w Words) instance(in journal.Instance) string {
	if in.Name == "" {
		return w.show(strings.ToUpper(in.Kind))
	}
	return w.show(in.Name) + " (" + w.show(strings.ToUpper(in.Kind)) + ")"
}
