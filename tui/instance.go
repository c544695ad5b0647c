package tui

import tea "charm.land/bubbletea/v2"

// InstanceKind is the kind of instance; it colours the header.
type InstanceKind int

const (
	InstanceDemo InstanceKind = iota
	InstanceDevelopment
	InstanceProduction
)

// Instance is the badge in the header: a word, a colour and a name.
type Instance struct {
	Kind InstanceKind
	Word string // "DEMO", "DEVELOPMENT", "PRODUCTION"
	Name string // "Harbor & Pine"; cleaned text, may be empty
}

// String names the instance in a sentence: "Harbor & Pine (DEMO)".
func (i Instance) String() string {
	if i.Name == "" {
		return i.Word
	}
	return i.Name + " (" + i.Word + ")"
}

// LeaveMsg requests leaving all screens for something else. If work is in progress, or
// there are Effects, the operator is asked first.
type LeaveMsg struct {
	// Title and Verb are those of the question: "Switch to staging", "Switch".
	Title, Verb string
	// Effects are what happens besides, which cannot be undone.
	Effects []string
	// Leave carries it out; work is the work in progress that the operator agreed to
	// leave.
	Leave func(work []string) tea.Cmd
}

// ReplaceRootMsg requests that another instance replace the current one, with its root
// view, badge and actions. The screens, questions and reads of the current one are
// closed, and nothing they have requested reaches the new views. Its writes are waited
// for, and their outcomes are reported with the name of their instance.
type ReplaceRootMsg struct {
	Root          View
	Instance      Instance
	Operator      string
	GlobalActions func() []Action
	// Guide accompanies the operator on the new instance; nil for none.
	Guide Guide
	// Notice is what is said once it is there, "" for its name.
	Notice string
	// LeftWork is the work that the operator has agreed to leave. If there is other
	// work by now, they are asked again with Title and Verb, and Cancel is called if
	// they decline.
	LeftWork    []string
	Title, Verb string
	Cancel      func() tea.Cmd
	// CloseOld closes the replaced instance. It runs outside the loop, after its last
	// write has ended.
	CloseOld func()
}

// WorkReporter is implemented by Views with work, other than unsaved input, that ends
// when the instance is replaced. Work describes it, "" if there is none.
type WorkReporter interface{ Work() string }
