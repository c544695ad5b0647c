package tui

import tea "charm.land/bubbletea/v2"

// Tier is how strongly an action must be confirmed.
type Tier int

const (
	T0 Tier = iota // reads: not confirmed
	T1             // gives access back: one question on one line, y / N
	T2             // takes access away, can be undone: a dialog with Cancel focused
	T3             // removes a factor or data: as T2, with a checklist and a text to type
	T4             // deletion or bulk: as T3, with a countdown before it starts
)

// Prompt is a question the operator answers before something happens. All its strings
// are cleaned text: the dialog cuts them and never cleans them.
type Prompt struct {
	// ActionID identifies what is asked about for a Guide: an operation's id. It is not
	// shown.
	ActionID string

	Tier  Tier
	Title string // "Ban user"
	// Heading, unless empty, is shown in place of Title and of the question in a bar:
	// "Undo your ban: unban Sam Carter".
	Heading string
	Tone    Tone // colour of frame and verb
	// Subject identifies the user: name, then e-mail, id and so on. Each part is cut
	// separately.
	Subject []string
	// Tile stands for the Subject where no Picture is shown; zero for none.
	Tile Tile
	// Context holds dim lines below Subject ("Pine Outfitters · last sign-in
	// yesterday").
	Context []string
	// Namesakes says who else has the name of the Subject; nil says nothing.
	Namesakes *Namesakes
	// Warnings are what to check before confirming, in the warning colour. Unlike
	// Context they stay visible in a small window.
	Warnings []string
	// Errors are the reasons for the last refusal that name no Field; Note says why a
	// question opened without being asked for. Both are shown at the top.
	Errors []string
	Note   string
	// Instance names the instance: "on PRODUCTION". InstanceTone is its colour.
	Instance     string
	InstanceTone Tone
	Effects      []string // bullets: what will happen
	// EffectsFor returns the Effects for the answers so far; nil if they do not depend
	// on the answers.
	EffectsFor func(Answers) []string
	WayBack    string // "z, or Unban user"; empty says "This cannot be undone."
	// ReadOnly marks a question about something that changes nothing: no way back is
	// mentioned.
	ReadOnly bool
	// Lookup reads details for Effects and Context in the background while the question
	// is already open. It answers with a LookupMsg.
	Lookup    *Task
	Picture   []string // drawn lines (half-blocks) shown beside Subject; may be nil
	Checklist []string // T3: each must be ticked
	// TypeToConfirm is what must be typed to confirm (T3, T4); TypeLabel is the label
	// of that field.
	TypeToConfirm, TypeLabel string
	// TypeSource shows where to read what must be typed ("id user_2xk…9aQ" in full).
	// Unlike Context it stays visible in a small window.
	TypeSource string
	// Stricter is asked for in place of Checklist, TypeToConfirm and CancelSeconds while
	// StricterWhen holds for the answers; nil where the answers do not matter. Its
	// checklist is below the fields.
	Stricter     *Demands
	StricterWhen func(Answers) bool
	Fields       []Field
	// Validate returns what is wrong with the answers as a whole, "" if nothing is.
	Validate func(Answers) string
	// FindConflict returns the name of a field whose answer contradicts the others, and
	// why; both are "" if there is none. It may be nil.
	FindConflict func(Answers) (field, what string)
	// Alternative is something to do instead; nil if there is nothing.
	Alternative *Alternative
	// Unprompted marks a question that opens without the operator asking for it. It
	// waits below a question that is already open.
	Unprompted bool
	// Verb is the confirming button, "Ban". CancelLabel is the other one, "Cancel" if
	// empty.
	Verb, CancelLabel string
	// CancelSeconds is how many seconds the operator can still cancel after confirming
	// (T4).
	CancelSeconds int
	// OnConfirm returns the request to carry out; OnCancel may be nil.
	OnConfirm func(Answers) tea.Cmd
	OnCancel  func() tea.Cmd
}

// Tile is a person's initials on a colour.
type Tile struct {
	Initials string // at most two cells wide; cleaned text
	Color    uint32 // chooses one of the Theme's Tiles
}

// Demands are what a Prompt asks for beside the fields, as its own fields of the same
// names describe.
type Demands struct {
	Checklist                            []string
	TypeToConfirm, TypeLabel, TypeSource string
	CancelSeconds                        int
}

// Demands returns what the answers need.
func (p Prompt) Demands(given Answers) Demands {
	if p.Stricter != nil && p.StricterWhen(given) {
		return *p.Stricter
	}
	return Demands{p.Checklist, p.TypeToConfirm, p.TypeLabel, p.TypeSource, p.CancelSeconds}
}

// Alternative is an action that a Prompt offers in place of its own. One key reaches it
// from anywhere in the dialog.
type Alternative struct {
	Title string // "Ban user"
	Why   string // "keeps them out too, and can be undone"
	// Do receives the answers given so far.
	Do func(Answers) tea.Cmd
}

// Link is a screen to look at before answering. One key opens it, and the question
// waits meanwhile.
type Link struct {
	Name string // whom or what it shows ("Elin Berg"); cleaned text
	Open func() View
}

// Namesakes are the others who could be taken for the Subject.
type Namesakes struct {
	Lines []string // how many there are, then one line for each
	Tone  Tone     // ToneWarn if there are any
	// Rows are kept in the question for the Lines, so that nothing moves when a Lookup
	// brings others. With fewer rows than lines, the lines follow each other.
	Rows int
}

// LookupMsg carries the result of a Prompt's Lookup: the open question with that Lookup
// replaces its effects, context and namesakes with these, each if not nil. Key is the Task's.
type LookupMsg struct {
	Key        string
	EffectsFor func(Answers) []string
	Context    []string
	Namesakes  *Namesakes // Rows stays as it is
}

// Answers are the fields' values by name. A choice that was not made is absent.
type Answers map[string]string

// FieldKind is the kind of input a Field takes.
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
	// Value is the initial value. Until it is edited, it is the answer byte for byte.
	// It is the one string here that is not cleaned text.
	Value string
	// Display is how Value is drawn if it contains characters that must not be: cleaned
	// text with marks in their place. Empty draws Value itself. Since nobody wrote the
	// marks, the first edit replaces the whole value.
	Display  string
	Choices  []string
	Required bool
	// Advanced hides the field behind a line "more" until that is opened or the field
	// has a value.
	Advanced bool
	// SkipOnEnter makes enter skip the field; tab still stops there.
	SkipOnEnter bool
	// FreeText marks a field for a sentence. An e-mail address typed into it was
	// probably meant for something else.
	FreeText bool
	// Templates are values that a key fills in: typed alone and left with tab or enter,
	// or one after the other with a key of the dialog. Those used last come first.
	Templates []Template
	// Edited marks a Value that was typed in an earlier attempt, so that discarding it
	// asks first.
	Edited bool
	// ServerError is the server's message about this Value and disappears when it is
	// edited. Link is the screen that the message refers to, nil for none; it
	// disappears with it.
	ServerError string
	Link        *Link
	// Validate returns what is wrong with a value, "" if nothing is.
	Validate func(string) string
}

// Template is a value that a Field can be filled with; both are cleaned text.
type Template struct {
	Key  string // one character; "" if the value has no key of its own
	Text string
}

// Tone is a meaning shown by a colour, always together with a word.
type Tone int

const (
	ToneNone Tone = iota
	ToneOK
	ToneWarn
	ToneBad
	ToneInfo
	ToneAccent
)

// Toast is a short notice. Errors stay until dismissed; others fade.
type Toast struct {
	// ID identifies the toast: a later toast with the same ID replaces it.
	ID   string
	Tone Tone
	Text string // what happened
	Next string // what to do now; may be empty
	// NextExpires marks a Next that is true only now; the history omits it.
	NextExpires bool
	// CollapseRepeats keeps one entry in the history for repeats within a minute, at
	// the place of the last one.
	CollapseRepeats bool
	// Transient keeps the toast out of the history, for replies to a key that are of no
	// interest later.
	Transient bool
	// Update replaces a toast with the same ID if that is still shown, and the latest
	// such entry of the history. If it was dismissed, nothing is shown.
	Update bool
	// Topic names what Next refers to if only the newest Next can be right: a later
	// toast with the same Topic removes this one from the screen.
	Topic string
	// Sticky keeps the toast until it is dismissed, as ToneBad always does.
	Sticky bool
}
