package tui

import tea "charm.land/bubbletea/v2"

// Tier is how much asking an action deserves.
type Tier int

const (
	T0 Tier = iota // read: not asked
	T1             // gives access back: one inline question, y / N
	T2             // takes access away, reversible: dialog, Cancel focused
	T3             // destroys a factor or data: as T2, with a checklist and something to type
	T4             // delete or bulk: as T3, typed name and a cancel window
)

// Prompt asks the operator before something happens. All strings are cleaned
// text; the dialog never cleans, it only cuts.
type Prompt struct {
	Tier  Tier
	Title string // "Ban user"
	Tone  Tone   // colour of frame and verb
	// Who tells the person apart: name first, then e-mail, id, … each cut alone.
	Who []string
	// Context are dim lines below Who ("Pine Outfitters · last sign-in yesterday").
	Context []string
	// Where names the instance: "on PRODUCTION"; WhereTone colours it.
	Where     string
	WhereTone Tone
	Effects   []string // bullets: what will happen
	// EffectsOf are the Effects of what has been filled in so far; nil when they
	// do not depend on it.
	EffectsOf func(Answers) []string
	WayBack   string   // "z, or Unban user"; empty says "There is no way back."
	Picture   []string // drawn lines (half-blocks) shown beside Who; may be nil
	Checklist []string // T3: each must be ticked
	// Type is what must be typed to confirm (T3, T4); TypeLabel asks for it.
	Type, TypeLabel string
	Fields          []Field
	// Verb is the button: "Ban". Safe is the other one, "Cancel" when empty.
	Verb, Safe string
	// Wait is a cancel window in seconds after confirming (T4).
	Wait int
	// OnConfirm gives the wish to carry out; OnCancel may be nil.
	OnConfirm func(Answers) tea.Cmd
	OnCancel  func() tea.Cmd
}

// Answers are the fields' values by name.
type Answers map[string]string

// FieldKind is what a Field takes.
type FieldKind int

const (
	FieldText FieldKind = iota
	FieldSecret
	FieldJSON
	FieldChoice
)

// Field is one input of a Prompt.
type Field struct {
	Name, Label, Hint string
	Kind              FieldKind
	Value             string
	Choices           []string
	Required          bool
	// Check says in words what is wrong with a value, "" when nothing is.
	Check func(string) string
}

// Tone is a meaning that has a colour and always a word beside it.
type Tone int

const (
	ToneNone Tone = iota
	ToneOK
	ToneWarn
	ToneBad
	ToneInfo
	ToneAccent
)

// Toast is a short notice. Errors stay until dismissed; the rest fades.
type Toast struct {
	// ID gives the toast an identity: a later toast of the same ID replaces it.
	ID   string
	Tone Tone
	Text string // what happened
	Next string // what to do now; may be empty
	// Sticky keeps it until dismissed; ToneBad always is.
	Sticky bool
}
