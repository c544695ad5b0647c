package tui

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"
)

// Task is work off the loop: every network call and file read is one. The
// message Run returns goes to every View on the stack.
type Task struct {
	// Key names the work; one task a key runs at a time ("ban_user user_2x").
	Key string
	// Title is shown beside the spinner once it takes longer than a moment
	// ("Searching"); empty keeps it silent.
	Title string
	// Replace cancels a running task of the same key and starts this one;
	// without it a second start of the key is refused with a toast.
	Replace bool
	// Deadline ends the task's context; 0 is the shell's default (30 s).
	Deadline time.Duration
	// Write marks work that must not be abandoned half way: esc and quitting
	// wait for it, up to its deadline.
	Write bool
	// Stop asks a Write that has several steps to end after the one under way; esc
	// and quitting do. It may be called at any time, and again. nil cannot be asked.
	Stop func()
	// LostText is one sentence (cleaned text) that says of a Write that nobody knows how
	// it ended; it is said when the program ends before the Write does.
	LostText string
	// Run must return soon after ctx ends. A nil message is not delivered.
	// report may be called at any time with a progress line. It runs beside the
	// loop: it returns facts, and touches nothing that a View or Update does.
	Run func(ctx context.Context, report func(Progress)) tea.Msg
	// Then turns what Run returned into requests and facts, in the loop, where prompts
	// and Views may be built; it is given what would else go to the Views. nil
	// leaves that to them.
	Then func(tea.Msg) tea.Cmd
}

// Progress is how far a task has come; Total 0 is "not known".
type Progress struct {
	Done, Total int
	Text        string
}
