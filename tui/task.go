package tui

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"
)

// Task is work outside the update loop: every network call and file read is one. The
// message that Run returns goes to every View on the stack.
type Task struct {
	// Key names the work ("ban_user user_2x"). One task per key runs at a time.
	Key string
	// Title is shown beside the spinner if the task takes longer than a moment
	// ("Searching"); empty shows nothing.
	Title string
	// Replace cancels a running task with the same key and starts this one. Without it,
	// starting a key twice is refused with a toast.
	Replace bool
	// Deadline ends the task's context; 0 means the shell's default (30 s).
	Deadline time.Duration
	// Write marks work that must not be abandoned half way: esc and quitting wait for
	// it, up to its deadline.
	Write bool
	// KeepsQuestion leaves the question that started the task on the screen, read-only,
	// until the task ends, so that keys typed meanwhile reach no other screen. esc closes
	// the question: a Write goes on, anything else is cancelled. What Then requests takes
	// its place at once, so the commands of Then must not block.
	KeepsQuestion bool
	// Stop asks a Write of several steps to end after the current one; esc and quitting
	// call it. It may be called at any time and more than once. nil means that the
	// Write cannot be stopped.
	Stop func()
	// LostText is a sentence of cleaned text saying that the outcome of a Write is
	// unknown. It is shown if the program ends before the Write does.
	LostText string
	// Run does the work. It must return soon after ctx ends; a nil message is not
	// delivered. It may call report at any time to show progress. It runs concurrently
	// with the loop, so it returns facts and must not touch the state of a View.
	Run func(ctx context.Context, report func(Progress)) tea.Msg
	// Then turns what Run returned into requests and messages. It runs in the loop,
	// where prompts and Views may be built, and receives the message instead of the
	// Views. nil delivers the message to the Views.
	Then func(tea.Msg) tea.Cmd
}

// Progress is how far a task has come; Total is 0 if unknown.
type Progress struct {
	Done, Total int
	Text        string
}
