// Package ops is the catalogue of operations: one entry for each operation of Clerk's
// Users API. Menus, palette, help, dialogs, forms, toasts, journal lines, undo,
// subcommands and docs/operations.md are all generated from the entries.
//
// An entry says what an operation is called, what it does to a user, when it applies,
// which inputs it has, how it is sent and how its effect is recognized. Keys and colours
// belong to tui and views; the steps around a write, to api/desk.
package ops

import (
	"context"
	"encoding/json"
	"io"
	"time"

	"frontdesk/api"
	"frontdesk/api/clean"
)

// Tier is how strongly an operation is confirmed.
type Tier int

const (
	T0 Tier = iota // not confirmed
	T1             // one question
	T2             // a question with a reason
	T3             // also a checklist or typed characters
	T4             // also a typed phrase
)

// Retry is what may be done after a lost response.
type Retry int

const (
	RetryRead      Retry = iota // a GET: the client repeats it by itself
	RetryReadBack               // read back; if not done, it may be sent again
	RetryLookFirst              // read back before sending again: a repeat has effects of its own
	RetryGone                   // read back; a 404 after a lost response means done
	RetryNever                  // a repeat would use something up
)

// Operation is one entry of the catalogue.
type Operation struct {
	// ID is Clerk's name for it ("ban_user"), Title the dashboard's ("Ban user").
	ID    string
	Title string
	// Keywords are other words by which people look for it ("suspend" for a ban).
	Keywords []string
	// Verb labels the button ("Ban"). Doing and Done name the operation in progress and
	// done ("Banning", "Banned").
	Verb  string
	Doing string
	Done  string
	// Preposition joins Doing and Done to the user's name: "for" in "Reset MFA for
	// Sam Carter", empty in "Banned Sam Carter".
	Preposition string
	Group       Group
	// Scope is whether it is done to one user, to several or to the directory. Part is the
	// kind of a user's part that Request.PartID identifies.
	Scope Scope
	Part  Part
	// RelatedParts are other parts for which a screen offers the operation. Prefill
	// returns the values of Fields that such a part determines; it may be nil.
	RelatedParts []Part
	Prefill      func(u *api.User, part clean.Text) map[string]string
	Tier         Tier
	// ConfirmsRead marks a T0 operation that is confirmed and journaled all the same,
	// because it reveals or verifies a secret.
	ConfirmsRead bool
	// Destructive marks operations that remove access or data.
	Destructive bool
	// DeletesUser marks the operation after which there is no user to read.
	DeletesUser bool
	// Effects returns the sentences that the operator reads before confirming. They
	// promise no more than the API documents.
	Effects func(Subject) []string
	// WayBack says how to undo the operation, or is "" if that is not possible.
	WayBack string
	// Consumes is the effect of a T0 operation that uses something up, or "".
	Consumes string
	// Inverse is the id of the operation that undoes it, or "".
	Inverse string
	// RemovedBy is the id of an operation that removes what this one added without
	// restoring what was there before, or "".
	RemovedBy string
	// AddedBy is the id of an operation that adds again what this one removed, as far as
	// UndoRequest knows it, or "".
	AddedBy string
	// NewPart returns the part that the request added, which RemovedBy removes. The id is
	// empty if it is not there.
	NewPart func(after *api.User, r Request) clean.Text
	// MarkUnseen marks on a user that was just read what this operation removes and the
	// API does not report. It is nil if everything is reported.
	MarkUnseen func(*api.Client, *api.User)
	// UndoCaveat is what undoing with Inverse does not restore, as an effect, or "".
	UndoCaveat string
	// WhyNot returns why the operation does not apply to the user ("already banned"), or
	// "" if it does. Call [Catalogue.Unavailable] instead.
	WhyNot func(u *api.User, now time.Time) string
	// WhyNotPart is WhyNot for one part of the user ("already verified"). nil only
	// requires that the part exists.
	WhyNotPart func(u *api.User, part clean.Text, now time.Time) string
	// HasEligiblePart reports whether WhyNotPart is "" for some part of the user. It
	// avoids asking about each of thousands; nil asks about each.
	HasEligiblePart func(u *api.User) bool
	// Alternative is the id of an operation to offer instead, a less drastic one or one
	// that works if this one fails, or "".
	Alternative string
	// Fields are the inputs, in order.
	Fields []Field
	// Edit is set if the stored metadata is edited as a whole on its own screen.
	Edit *Edit
	// Validate returns what is wrong with the inputs taken together, or "".
	Validate func(Request) string
	// Conflict returns an input that contradicts the others and why, or "" and "".
	Conflict func(Subject) (field, what string)
	// Escalations raise the operation to T3 for certain inputs. The first that holds
	// counts.
	Escalations []Escalation
	// GivesAccess marks operations with which a stranger on the phone could take over the
	// account: their Checklist identifies the caller.
	GivesAccess bool
	// Checklist are the statements to tick at T3. See [Catalogue.WithIdentityChecks].
	Checklist []string
	// Call sends the request and returns the user of the response, nil if it has none.
	// Exactly one of Call, CallResult and CallAll is set.
	Call func(ctx context.Context, c *api.Client, r Request) (*api.User, error)
	// CallResult is Call for an operation whose response is a Result to show.
	CallResult func(ctx context.Context, c *api.Client, r Request) (Result, error)
	// CallAll is Call for an operation of ScopeUsers. One request takes at most MaxUsers.
	// It returns the users afterwards in any order; missing ones must be read separately.
	CallAll  func(ctx context.Context, c *api.Client, r Request) ([]api.User, error)
	MaxUsers int
	// SingleOp is the id of the operation that does the same to one user.
	SingleOp string
	// MustShowResult marks a CallResult whose lines are lost unless they are shown. A
	// screen that cannot show them must not offer it.
	MustShowResult bool
	// SecretNames are the names of values in Result.Objects that are secrets.
	SecretNames []string
	// CountAll counts the rows of a list whose response has no total. ItemNoun is the
	// singular of what is listed.
	CountAll func(ctx context.Context, c *api.Client, r Request) (int, error)
	ItemNoun string
	Retry    Retry
	// Applied reports whether after shows the effect of the request on before. It
	// determines the outcome after a lost response.
	Applied func(before, after *api.User, r Request) bool
	// ReadBack checks for the effect if GET /users/{id} does not show it (a session, a new
	// user). nil reads the user and calls Applied.
	ReadBack func(ctx context.Context, c *api.Client, before *api.User, r Request) (Found, error)
	// UndoRequest returns the request with which Inverse restores before; ok is false if
	// it cannot. nil uses the same user and part without values.
	UndoRequest func(before *api.User, r Request) (back Request, ok bool)
	// State describes the part of the user that matters to the operation. If it changed
	// since the operator saw the user, the desk asks again.
	State func(u *api.User, now time.Time) string
}

// IsIrreversible reports whether the operation removes something and cannot be undone.
func (o Operation) IsIrreversible() bool { return o.Destructive && o.WayBack == "" }

// Edit converts between an edited object and the value of its field.
type Edit struct {
	// Diff returns the value that turns was into is. Its error is a sentence.
	Diff func(was, is json.RawMessage) (json.RawMessage, error)
	// Apply returns the result of applying the value to was.
	Apply func(was, value json.RawMessage) (json.RawMessage, error)
}

// Group is a section of the action menu, in the dashboard's order.
type Group string

const (
	GroupAccess  Group = "Access"
	GroupSignIn  Group = "Sign-in"
	GroupContact Group = "Contact"
	GroupProfile Group = "Profile"
	GroupData    Group = "Data"
	GroupDelete  Group = "Delete"
	GroupSeveral Group = "Several users" // operations of ScopeUsers
	GroupUsers   Group = "Users"         // operations of ScopeDirectory
)

// Subject is the user, the part and the inputs that Effects and Conflict are about.
type Subject struct {
	User     *api.User // nil on help pages
	Sessions int       // active sessions, -1 if unknown
	Now      time.Time
	PartID   clean.Text        // the part, if chosen
	Values   map[string]string // the inputs by Field.Name, if known
}

// FieldKind is the kind of value that a field takes.
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
	// Suggestions are known values of a field that accepts others too.
	Suggestions []string
	// IsList marks a comma-separated list.
	IsList   bool
	Required bool
	// Current returns the stored value for editing; nil starts empty.
	Current func(u *api.User) string
	// CurrentJSON returns the stored object of a field that Operation.Edit edits.
	CurrentJSON func(u *api.User) json.RawMessage
	// IsAdvanced marks rarely needed fields, which a form may collapse.
	IsAdvanced bool
	// IsUnrecorded marks a value that is visible while typed but, like a FieldSecret's,
	// never recorded.
	IsUnrecorded bool
	// Check returns what is wrong with a value, or "".
	Check func(string) string
	// Canonical returns the canonical form in which a value is sent; nil changes nothing.
	Canonical func(string) string
}

// Request is an operation with its users, addressed by id, and its inputs.
type Request struct {
	UserID  clean.Text
	UserIDs []clean.Text // of ScopeUsers, each once
	PartID  clean.Text   // of an operation with a Part
	// Values are the inputs by Field.Name. An absent field is not sent.
	Values map[string]string
	// Restored are previous values of the user. They are sent unchanged, not normalized.
	Restored map[string]string
	Image    *api.ImageFile // the checked file of a FieldFile
	Reason   string
	Ticket   string    // of the help desk, where one is named
	Random   io.Reader // feeds generated secrets; nil is crypto/rand
}
