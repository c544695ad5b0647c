// Package wording describes operations in sentences: what an operation will do, its
// outcome, and how it is undone. The screens (views/action) and the command line
// (views/command) share it.
//
// It holds only pure functions from operations, users and outcomes to text, nothing
// that reads, waits, draws or keeps state.
package wording

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/api/desk"
	"frontdesk/api/ops"
	"frontdesk/views/userfmt"
)

// Call is one call of an operation.
type Call struct {
	Op ops.Operation
	// User is the target, nil for an operation on the directory.
	User *api.User
	// Item is the part of the user that is the target, if it has an ID.
	Item ops.Item
	// RowPart and RowItem are the row on which an operation without a Part was
	// chosen; RowPart is PartNone if there is none.
	RowPart ops.Part
	RowItem ops.Item
	// Values are the values of the request by field.
	Values map[string]string
	Reason string
	Ticket string
}

// ID returns the user's id for display, "" without a user.
func (c Call) ID() string {
	if c.User == nil {
		return ""
	}
	return c.User.ID.Display()
}

// Name returns the user's name, "" without a user.
func (c Call) Name() string {
	if c.User == nil {
		return ""
	}
	return userfmt.Name(c.User)
}

// called returns the user's name and address, "" without a user.
func (c Call) called() string {
	if c.User == nil {
		return ""
	}
	return userfmt.NameAndAddress(c.User)
}

// calledAfter is called for the user after the call, which may have changed the
// name.
func (c Call) calledAfter(out desk.Outcome) string {
	if out.State == desk.Done && out.User != nil {
		return userfmt.NameAndAddress(out.User)
	}
	return c.called()
}

// Error returns the text of an error, cleaned and without a full stop; "" for nil.
func Error(err error) string {
	if err == nil {
		return ""
	}
	return clean.Sentence(err.Error())
}

// Sentence returns s with a capital letter and a full stop; "" stays "".
func Sentence(s string) string {
	s = trimEnd(s)
	if s == "" {
		return ""
	}
	return UpperFirst(s) + "."
}

// Join returns message followed by next, if there is a next.
func Join(message, next string) string {
	if next == "" {
		return message
	}
	return trimEnd(message) + ". " + next
}

// Dotted joins the parts that are not empty with dots between them.
func Dotted(parts ...string) string {
	return strings.Join(slices.DeleteFunc(slices.Clone(parts), func(p string) bool { return p == "" }), " · ")
}

// Value returns a field's value for display, "(none)" for an empty one.
func Value(value string) string {
	if value == "" {
		return "(none)"
	}
	return clean.NewText(value).Display()
}

// UpperFirst returns s with its first letter in upper case.
func UpperFirst(s string) string { return mapFirst(s, unicode.ToUpper) }

// LowerFirst returns s with its first letter in lower case.
func LowerFirst(s string) string { return mapFirst(s, unicode.ToLower) }

func mapFirst(s string, f func(rune) rune) string {
	if s == "" {
		return ""
	}
	first, size := utf8.DecodeRuneInString(s)
	return string(f(first)) + s[size:]
}

// appendName appends the name, if there is one, to s.
func appendName(s, between, name string) string {
	if name == "" {
		return s
	}
	return s + between + name
}

// appendID appends the id, if there is one, to s in parentheses.
func appendID(s, id string) string {
	s = trimEnd(s)
	if id == "" {
		return s
	}
	return s + " (" + id + ")"
}

// Why returns the operator's reason with the ticket, for the end of a sentence.
func Why(reason, ticket string) string {
	switch {
	case ticket == "":
		return reason
	case reason == "":
		return "ticket " + ticket
	}
	return reason + " (ticket " + ticket + ")"
}

// appendReason appends the operator's reason, if there is one, to s.
func appendReason(s, reason string) string {
	if reason = clean.NewText(reason).Display(); reason == "" {
		return s
	}
	return s + "; reason: " + reason
}

func trimEnd(s string) string { return strings.TrimRight(s, ". ") }

// verb returns the form of a verb for n users.
func verb(n int, singular, plural string) string {
	if n == 1 {
		return singular
	}
	return plural
}
