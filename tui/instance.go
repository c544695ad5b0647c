package tui

import tea "charm.land/bubbletea/v2"

// InstanceKind is what sort of instance is worked on; it colours the header.
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

// String is how a sentence names the instance: "Harbor & Pine (DEMO)".
func (i Instance) String() string {
	if i.Name == "" {
		return i.Word
	}
	return i.Name + " (" + i.Word + ")"
}

// LeaveMsg requests to leave all screens for something else. Where work is under way
// the operator is asked first.
type LeaveMsg struct {
	// Title and Verb are the question's: "Switch to staging", "Switch".
	Title, Verb string
	// Leave does it; work is what is under way and is left with the operator's consent.
	Leave func(work []string) tea.Cmd
}

// ReplaceRootMsg requests that another instance take the place of the present one: its
// root view, badge and actions. Screens, questions and reads of the present one go, and
// nothing they have asked for reaches the new views. Its writes are waited for, and how
// they ended is said with the name of their instance.
type ReplaceRootMsg struct {
	Root          View
	Instance      Instance
	Operator      string
	GlobalActions func() []Action
	// LeftWork is the work that the operator has agreed to leave. Where there is other
	// work by now they are asked again, by Title and Verb; Cancel then gives up.
	LeftWork    []string
	Title, Verb string
	Cancel      func() tea.Cmd
	// CloseOld ends what is replaced; it runs off the loop, once its last write has ended.
	CloseOld func()
}

// WorkReporter is implemented by Views with work that ends when they are left for
// another instance, beside unsaved input. Work says in words what it is, "" for none.
type WorkReporter interface{ Work() string }
