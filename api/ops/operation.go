// Package ops is the catalogue: one table with one entry per operation of the
// Users API, from which key hint, menu, palette, help, confirmation, form,
// toast, journal line, undo, subcommand and the README's table are drawn.
//
// What may live here: what an operation is called, what it does to a person,
// when it applies, how it is asked, called and read back. What may not: keys,
// colours, terminals (tui, views), the order of steps around a write (api/desk).
package ops

import (
	"context"
	"time"

	"frontdesk/api"
)

// Tier is how much asking an operation deserves (T0 not at all … T4 typed).
type Tier int

const (
	T0 Tier = iota
	T1
	T2
	T3
	T4
)

// Retry is what may be done after an answer was lost.
type Retry int

const (
	RetryRead      Retry = iota // GET: the client retries by itself
	RetryReadBack               // read back; if not done, may be sent again
	RetryLookFirst              // read back before anything; a blind repeat has effects (lock)
	RetryGone                   // read back; 404 after our own unknown is done
	RetryNever                  // a repeat spends something
)

// Operation is one entry of the catalogue.
type Operation struct {
	ID    string // Clerk's name: "ban_user"
	Title string // the dashboard's words: "Ban user"
	Verb  string // the button: "Ban"
	Doing string // "Banning"
	Done  string // "Banned"
	Group Group
	Tier  Tier
	// TakesAway marks what removes access or data; it is drawn in the bad colour.
	TakesAway bool
	// Effects are plain sentences the operator reads before agreeing; they
	// promise no more than the API does.
	Effects func(Subject) []string
	// WayBack says how to undo it, "" when there is none.
	WayBack string
	// Inverse is the operation that undoes it, "" when there is none.
	Inverse string
	// When answers "" when the operation applies to the user, else the reason
	// ("already banned").
	When func(u *api.User, now time.Time) string
	// Fields are the inputs, in order.
	Fields []Field
	// Checklist are the questions the caller was asked (T3).
	Checklist []string
	// Call sends the request. A nil user means that the answer carries none.
	Call  func(ctx context.Context, c *api.Client, r Request) (*api.User, error)
	Retry Retry
	// Applied reads the effect off a fresh user: the read-back after an unknown
	// outcome. before is the user as it was captured.
	Applied func(before, after *api.User, r Request) bool
	// State is the part of the user that matters to this operation, in words:
	// when it differs between what was seen and what is, the desk asks again.
	State func(u *api.User, now time.Time) string
}

// Group is the section of the action menu, in the dashboard's order.
type Group string

const (
	GroupAccess  Group = "Access"
	GroupSignIn  Group = "Sign-in"
	GroupProfile Group = "Profile"
	GroupData    Group = "Data"
	GroupDelete  Group = "Delete"
)

// Subject is what an effect text may be about.
type Subject struct {
	User *api.User
	// Sessions is the number of active sessions, -1 when not known.
	Sessions int
	Now      time.Time
}

// FieldKind is what a field takes.
type FieldKind int

const (
	FieldText FieldKind = iota
	FieldSecret
	FieldJSON
	FieldChoice
	FieldFile
)

// Field is one typed input of an operation.
type Field struct {
	Name, Label, Hint string
	Kind              FieldKind
	Choices           []string
	Required          bool
	// Check says in words what is wrong with a value, "" when nothing is.
	Check func(string) string
}

// Request is an operation asked of one user, addressed by id.
type Request struct {
	UserID api.Text
	Values map[string]string // by Field.Name
	// Image is the checked file of a FieldFile.
	Image  *api.ImageFile
	Reason string
}
