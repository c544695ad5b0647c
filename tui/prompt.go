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
	// TitlePrefix stands before Title, and before the question of a bar: "Undo: ".
	TitlePrefix string
	Tone        Tone // colour of frame and verb
	// Subject tells the person apart: name first, then e-mail, id, … each cut alone.
	Subject []string
	// Context are dim lines below Who ("Pine Outfitters · last sign-in yesterday").
	Context []string
	// Warnings are what deserves a second look before agreeing, in the warning colour.
	// They stay where a small window leaves the Context out.
	Warnings []string
	// Errors are why the last try was refused, where no Field is named; Note says
	// why the question comes up by itself. Both stand on top.
	Errors []string
	Note   string
	// Instance names the instance: "on PRODUCTION"; WhereTone colours it.
	Instance     string
	InstanceTone Tone
	Effects      []string // bullets: what will happen
	// EffectsFor are the Effects of what has been filled in so far; nil when they
	// do not depend on it.
	EffectsFor func(Answers) []string
	WayBack    string // "z, or Unban user"; empty says "This cannot be undone."
	// ReadOnly says that nothing is changed, so that no way back is spoken of.
	ReadOnly bool
	// Lookup reads what Effects and Context would like to know; it starts with the question
	// and nobody waits for it. It answers with a LearnedMsg.
	Lookup    *Task
	Picture   []string // drawn lines (half-blocks) shown beside Who; may be nil
	Checklist []string // T3: each must be ticked
	// ChecklistWhen says for which answers the Checklist is asked, below the fields then;
	// nil asks it always, above them.
	ChecklistWhen func(Answers) bool
	// TypeToConfirm is what must be typed to confirm (T3, T4); TypeLabel asks for it.
	TypeToConfirm, TypeLabel string
	// TypeSource is where what must be typed can be read ("id user_2xk…9aQ" in full);
	// it stays where a small window leaves the Context out.
	TypeSource string
	Fields     []Field
	// Validate says in words what is wrong with the answers together, "" when nothing is.
	Validate func(Answers) string
	// FindConflict names the field whose answer does not go with the others, and says why;
	// both are "" where all go together. nil finds nothing.
	FindConflict func(Answers) (field, what string)
	// Alternative is something else to do than this; nil where there is nothing.
	Alternative *Alternative
	// Unprompted says that the question comes up by itself: it waits below one that is
	// already open.
	Unprompted bool
	// Verb is the button: "Ban". Safe is the other one, "Cancel" when empty.
	Verb, CancelLabel string
	// CancelSeconds is a cancel window in seconds after confirming (T4).
	CancelSeconds int
	// OnConfirm returns the request to carry out; OnCancel may be nil.
	OnConfirm func(Answers) tea.Cmd
	OnCancel  func() tea.Cmd
}

// Alternative is what a Prompt offers in place of itself: one key away, from
// everywhere in the dialog.
type Alternative struct {
	Title string // "Ban user"
	Why   string // "keeps them out too, and can be undone"
	// Do gets what was filled in so far.
	Do func(Answers) tea.Cmd
}

// Link is a screen to look at before answering: one key away, and the question
// waits meanwhile.
type Link struct {
	Name string // whom or what it shows ("Elin Berg"); cleaned text
	Open func() View
}

// LookupMsg is what a Prompt's Learn found out: the open question of that Learn
// shows these effects and this context from now on, each where it is not nil. Key
// is the Task's.
type LookupMsg struct {
	Key        string
	EffectsFor func(Answers) []string
	Context    []string
}

// Answers are the fields' values by name. A choice that nobody made is not there.
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
	// Value is what the field holds at first: the answer, byte for byte, until
	// somebody edits it. It is the one string here that is not cleaned text.
	Value string
	// Display is how Value stands in the box where it holds what must not be drawn,
	// as cleaned text with marks; "" is Value as it is. Marks are not what anybody
	// wrote, so the first edit replaces the whole.
	Display  string
	Choices  []string
	Required bool
	// Advanced keeps the field behind a line "more", until it is opened or filled in.
	Advanced bool
	// SkipOnEnter is a field that enter does not stop at: tab does.
	SkipOnEnter bool
	// FreeText is a field for a sentence: an address that is typed into it was hardly
	// meant for it.
	FreeText bool
	// Edited says that Value was typed in a try before, so that it is not thrown
	// away without asking either.
	Edited bool
	// ServerError are the server's words on this Value; they go when it is edited. About is
	// a screen that they speak of, nil for none; it goes with them.
	ServerError string
	Link        *Link
	// Validate says in words what is wrong with a value, "" when nothing is.
	Validate func(string) string
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
	// NextExpires says that Next holds only now: the history leaves it out.
	NextExpires bool
	// CollapseRepeats says that the history has it once in a minute, where it was said last.
	CollapseRepeats bool
	// Transient keeps it out of the history: it answers a key and is no news later.
	Transient bool
	// Update takes the place of a toast of the same ID that is still shown, and of the
	// last one in the history; where that was dismissed, nothing is shown.
	Update bool
	// Topic is what Next speaks of, where only the newest can be right: a later toast
	// of the same Topic takes this one off the screen.
	Topic string
	// Sticky keeps it until dismissed; ToneBad always is.
	Sticky bool
}
