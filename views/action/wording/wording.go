// Package wording puts operations into sentences: what one will do, how it
// ended, for whom, and how it is undone. The screens of views/action and the
// command line (views/command) say the same things in the same words.
//
// What may live here: pure functions from operations, users and outcomes to
// text. What may not: anything that reads, waits, draws or keeps state.
package wording

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/api/desk"
	"frontdesk/api/ops"
	"frontdesk/views/userfmt"
)

// Call is one call of an operation, as far as sentences speak of it.
type Call struct {
	Op ops.Operation
	// User is whom it is about, nil for an operation of the directory.
	User *api.User
	// Item is the part of the user it is about; without an ID it is about the
	// user as a whole.
	Item ops.Item
	// RowPart and RowItem are the row at which an operation without a part of its
	// own was chosen; PartNone is none.
	RowPart ops.Part
	RowItem ops.Item
	// Values are the values of the request, by field.
	Values map[string]string
	Reason string
}

// ID is the user's id for display, "" without a user.
func (c Call) ID() string {
	if c.User == nil {
		return ""
	}
	return c.User.ID.Display()
}

// Name is the user's name, "" without a user.
func (c Call) Name() string {
	if c.User == nil {
		return ""
	}
	return userfmt.Name(c.User)
}

// called is the name with what tells the user from others of the same name.
func (c Call) called() string {
	if c.User == nil {
		return ""
	}
	return userfmt.NameAndAddress(c.User)
}

// calledAfter is called by what is known after the call, which may have changed
// the name.
func (c Call) calledAfter(out desk.Outcome) string {
	if out.State == desk.Done && out.User != nil {
		return userfmt.NameAndAddress(out.User)
	}
	return c.called()
}

// Error is an error as cleaned text without a full stop, "" for nil.
func Error(err error) string {
	if err == nil {
		return ""
	}
	return clean.Sentence(err.Error())
}

// Sentence is s with a capital and a full stop; "" stays "".
func Sentence(s string) string {
	s = trimEnd(s)
	if s == "" {
		return ""
	}
	return UpperFirst(s) + "."
}

// Join is what happened and, where there is something, what to do next.
func Join(message, next string) string {
	if next == "" {
		return message
	}
	return trimEnd(message) + ". " + next
}

// Dotted joins the parts that are not empty with dots between them.
func Dotted(parts ...string) string {
	var kept []string
	for _, p := range parts {
		if p != "" {
			kept = append(kept, p)
		}
	}
	return strings.Join(kept, " · ")
}

// Value is a field's value for display, "(none)" for an empty one.
func Value(value string) string {
	if value == "" {
		return "(none)"
	}
	return clean.NewText(value).Display()
}

// UpperFirst is s with its first letter in upper case.
func UpperFirst(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(first)) + s[size:]
}

// LowerFirst is s with its first letter in lower case.
func LowerFirst(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToLower(first)) + s[size:]
}

// appendName is what, followed by the name where there is one.
func appendName(what, between, name string) string {
	if name == "" {
		return what
	}
	return what + between + name
}

// appendID is says with the id in parentheses.
func appendID(says, id string) string {
	says = trimEnd(says)
	if id == "" {
		return says
	}
	return says + " (" + id + ")"
}

// appendReason is says with the operator's reason at its end.
func appendReason(says, reason string) string {
	if reason = clean.NewText(reason).Display(); reason == "" {
		return says
	}
	return says + "; reason: " + reason
}

func trimEnd(s string) string { return strings.TrimRight(s, ". ") }

// verb is the form of a verb for n people.
func verb(n int, one, more string) string {
	if n == 1 {
		return one
	}
	return more
}
