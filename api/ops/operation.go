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
	"encoding/json"
	"io"
	"time"

	"frontdesk/api"
	"frontdesk/api/clean"
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
	// Preposition joins Doing and Done to the person's name: empty where the person is
	// the object ("Banned Sam Carter"), else "for" ("Reset MFA for Sam Carter").
	Preposition string
	Group       Group
	// Scope says whether it is asked of one user, of several at once or of the
	// whole directory, and Part of which part of the user, named by Request.PartID.
	Scope Scope
	Part  Part
	// RelatedParts are the parts at whose row a screen offers the operation, although
	// it is not addressed to one of them. Given fills in of the Fields what that
	// row says; nil fills in nothing.
	RelatedParts []Part
	Prefill      func(u *api.User, part clean.Text) map[string]string
	Tier         Tier
	// ConfirmsRead marks a T0 that needs one y and is journaled all the same: it reveals
	// a secret or tries one.
	ConfirmsRead bool
	// Destructive marks what removes access or data; it is drawn in the bad colour.
	Destructive bool
	// DeletesUser marks the one thing after which there is no user to read.
	DeletesUser bool
	// Effects are plain sentences the operator reads before agreeing; they
	// promise no more than the API does.
	Effects func(Subject) []string
	// WayBack says how to undo it, "" when there is none.
	WayBack string
	// Consumes is what a harmless check uses up, as an effect; "" for nothing.
	Consumes string
	// Inverse is the operation that undoes it, "" when there is none.
	Inverse string
	// RemovedBy is the operation that takes away what this one gave, where that does
	// not put back what was there before and so is no Inverse; "" when there is none.
	RemovedBy string
	// MarkUnseen is called with the user as read, where the operation was asked for by
	// name: it marks what the operation takes away and the service does not show,
	// and who asks may know of. nil where everything shows.
	MarkUnseen func(*api.Client, *api.User)
	// UndoCaveat is in what the way back by Inverse leaves it otherwise than it was, as an
	// effect of the way back; "" where it does not.
	UndoCaveat string
	// WhyNot answers "" when the operation applies to the user, else the reason
	// ("already banned").
	WhyNot func(u *api.User, now time.Time) string
	// WhyNotPart is When for one part of the user ("already verified"); nil asks
	// only that the part is there.
	WhyNotPart func(u *api.User, part clean.Text, now time.Time) string
	// HasEligiblePart says that there is a part of the user for which WhenPart answers "": to ask
	// it of each of thousands would take as long as to look for each. nil asks.
	HasEligiblePart func(u *api.User) bool
	// Alternative is another operation to offer: a gentler one, or one that works
	// where this fails; "" when there is none.
	Alternative string
	// Fields are the inputs, in order.
	Fields []Field
	// Edit is how the stored metadata is edited whole, on a screen of its own; nil
	// where the fields are filled in.
	Edit *Edit
	// Validate says what is wrong with the inputs together, "" when nothing is; nil
	// finds nothing.
	Validate func(Request) string
	// Conflict names the input that does not go with the others, and says why; both
	// are "" where all go together. nil finds nothing.
	Conflict func(Subject) (field, what string)
	// Escalation is what makes it weigh more when it is filled in, nil for nothing.
	Escalation *Escalation
	// Checklist are the questions the caller was asked (T3).
	Checklist []string
	// ForcesChecklist says that these inputs take the operator's word for something, so that
	// the Checklist is asked at every tier; nil never does.
	ForcesChecklist func(values map[string]string) bool
	// Call sends the request. A nil user means that the answer carries none.
	Call func(ctx context.Context, c *api.Client, r Request) (*api.User, error)
	// CallResult is Call for an operation whose answer is something to show; exactly
	// one of Call, Tell and CallAll is set. Send calls whichever it is.
	CallResult func(ctx context.Context, c *api.Client, r Request) (Result, error)
	// CallAll is Call for an operation of several users, Request.UserIDs, of whom
	// one request takes at most Most. The answer is the users afterwards, in any
	// order; whom it leaves out has to be looked up.
	CallAll  func(ctx context.Context, c *api.Client, r Request) ([]api.User, error)
	MaxUsers int
	// SingleOp is the operation that does the same to one user, for ScopeUsers.
	SingleOp string
	// MustShowResult marks a Tell whose Result has lines that are lost unless they are
	// shown; a screen without a place for them must not offer it.
	MustShowResult bool
	// SecretNames are the names in the objects of a Result whose values are secrets.
	SecretNames []string
	// CountAll counts what a list has in all, by a request of its own, where the
	// answer does not tell it; Noun is what it lists, in the singular.
	CountAll func(ctx context.Context, c *api.Client, r Request) (int, error)
	ItemNoun string
	Retry    Retry
	// Applied reads the effect off a fresh user: the read-back after an unknown
	// outcome. before is the user as it was captured.
	Applied func(before, after *api.User, r Request) bool
	// ReadBack is the read-back where the effect does not show in GET /users/{id}
	// (a session, a user just created); nil is that GET and Applied.
	ReadBack func(ctx context.Context, c *api.Client, before *api.User, r Request) (Found, error)
	// UndoRequest is the request that makes Inverse put back what was there before; ok
	// is false where it cannot. nil asks Inverse of the same user and part.
	UndoRequest func(before *api.User, r Request) (back Request, ok bool)
	// State is the part of the user that matters to this operation, in words:
	// when it differs between what was seen and what is, the desk asks again.
	State func(u *api.User, now time.Time) string
}

// Edit turns an edited object into the value of its field, and back.
type Edit struct {
	// Diff is what makes was into is; it fails, in words, where the operation
	// cannot.
	Diff func(was, is json.RawMessage) (json.RawMessage, error)
	// Apply is what a value makes of was.
	Apply func(was, value json.RawMessage) (json.RawMessage, error)
}

// Group is the section of the action menu, in the dashboard's order.
type Group string

const (
	GroupAccess  Group = "Access"
	GroupSignIn  Group = "Sign-in"
	GroupContact Group = "Contact"
	GroupProfile Group = "Profile"
	GroupData    Group = "Data"
	GroupDelete  Group = "Delete"
	// GroupSeveral is what is asked of several users at once.
	GroupSeveral Group = "Several users"
	// GroupUsers is what is asked of the directory, not of one user.
	GroupUsers Group = "Users"
)

// Subject is what an effect text may be about.
type Subject struct {
	User *api.User
	// Sessions is the number of active sessions, -1 when not known.
	Sessions int
	Now      time.Time
	// PartID and Values are the part and the inputs asked about, where known.
	PartID clean.Text
	Values map[string]string
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
	// Suggestions are values that are known beforehand, where others are taken too.
	Suggestions []string
	// IsList marks a list: its values stand in one, with commas between them.
	IsList   bool
	Required bool
	// Current is what stands there now, to be edited; nil offers an empty field.
	Current func(u *api.User) string
	// CurrentJSON is the JSON object that is there now, of the fields that Edit is about.
	CurrentJSON func(u *api.User) json.RawMessage
	// IsAdvanced marks what few need; a form may keep it behind the others.
	IsAdvanced bool
	// IsUnrecorded marks a value that is shown while it is typed and recorded nowhere,
	// as a FieldSecret's is too.
	IsUnrecorded bool
	// Check says in words what is wrong with a value, "" when nothing is.
	Check func(string) string
	// Canonical is a value in the one form in which it is sent; nil leaves it as it is.
	Canonical func(string) string
}

// Request is an operation asked of users, addressed by id.
type Request struct {
	UserID clean.Text
	// UserIDs are whom an operation of ScopeUsers is about, each once.
	UserIDs []clean.Text
	// PartID is the passkey, wallet, address, number, account or session that an
	// operation with a Part is about.
	PartID clean.Text
	Values map[string]string // by Field.Name; a field left out is not sent
	// Restored are values that the service had before, for a way back: they are not
	// tidied.
	Restored map[string]string
	// Image is the checked file of a FieldFile.
	Image  *api.ImageFile
	Reason string
	// Random feeds the secrets that are made here; nil is crypto/rand.
	Random io.Reader
}
