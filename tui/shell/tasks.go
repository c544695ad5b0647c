package shell

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"

	"frontdesk/tui"
	"frontdesk/tui/dialog"
)

const (
	defaultDeadline = 30 * time.Second
	// slowAfter is how long a task runs before it is shown and esc cancels it.
	slowAfter = 300 * time.Millisecond
	// reactionTime is what an answer to the screen takes at least: a key that comes sooner
	// was meant for what the screen showed before.
	reactionTime = 200 * time.Millisecond
	// deadlineSlack is how long after its deadline a task may take to notice it.
	deadlineSlack = 2 * time.Second
)

// running is a task in progress.
type running struct {
	id            int
	task          tui.Task
	ctx           context.Context
	cancel        context.CancelFunc
	started       time.Time
	stopRequested bool              // it was asked to stop
	instance      *replacedInstance // whose it is, nil for the present one
	question      *dialog.Model     // the question that stays until it ends, nil for none

	mu       sync.Mutex
	progress tui.Progress
}

// doneMsg is the end of a task. It is ignored if no running task has its id.
type doneMsg struct {
	id  int
	msg tea.Msg
	err error
}

// tasks holds the running tasks by key. Only Update touches it; a task's goroutine sees
// only its own running.
type tasks struct {
	clock     func() time.Time
	base      context.Context
	reads     context.Context
	stopReads context.CancelFunc
	byKey     map[string]*running
	serial    int
	writes    sync.WaitGroup
	ends      writeEnds
	instances map[int]string // the names of replaced instances, by the id of their writes

	named      *running // the task that the footer names, nil for none
	namedSince time.Time
}

func newTasks(base context.Context, clock func() time.Time) *tasks {
	t := &tasks{clock: clock, base: base, byKey: map[string]*running{}, instances: map[int]string{}}
	t.reads, t.stopReads = context.WithCancel(base)
	return t
}

// add registers a task and makes its context. Only its deadline ends the context of a
// write.
func (t *tasks) add(task tui.Task) *running {
	if task.Deadline <= 0 {
		task.Deadline = defaultDeadline
	}
	parent := t.reads
	if task.Write {
		parent = context.WithoutCancel(t.base)
		t.writes.Add(1)
	}
	t.serial++
	r := &running{id: t.serial, task: task, started: t.clock()}
	r.ctx, r.cancel = context.WithTimeout(parent, task.Deadline)
	t.byKey[task.Key] = r
	return r
}

// remove removes the task that ended; it returns nil if that was replaced or cancelled.
func (t *tasks) remove(done doneMsg) *running {
	for key, r := range t.byKey { // a write of a replaced instance has another key by now
		if r.id == done.id {
			delete(t.byKey, key)
			return r
		}
	}
	return nil
}

// drop forgets a task and ends its context; what it returns later is not delivered.
func (t *tasks) drop(r *running) {
	r.cancel()
	delete(t.byKey, r.task.Key)
}

// isStuck reports whether a task is still running well past its deadline.
func (t *tasks) isStuck(r *running) bool {
	return t.clock().Sub(r.started) > r.task.Deadline+deadlineSlack
}

func (t *tasks) wait(ctx context.Context) {
	over := make(chan struct{})
	go func() { t.writes.Wait(); close(over) }()
	select {
	case <-over:
	case <-ctx.Done():
	}
}

// run returns the command that does the work, outside the loop.
func (t *tasks) run(r *running) tea.Cmd {
	return func() (out tea.Msg) {
		if r.task.Write {
			defer t.writes.Done()
			defer func() { t.ends.add(r, out) }()
		}
		defer r.cancel()
		defer func() {
			if p := recover(); p != nil {
				out = doneMsg{id: r.id, err: panicError(p)}
			}
		}()
		msg := r.task.Run(r.ctx, r.report)
		done := doneMsg{id: r.id, msg: msg}
		if msg == nil {
			done.err = r.ctx.Err()
		}
		return done
	}
}

func (r *running) report(p tui.Progress) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.progress = p
}

func (r *running) currentProgress() tui.Progress {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.progress
}

// PanicError is the error of a task that panicked. It has the panic's message only if
// that is the runtime's: any other could contain a secret.
type PanicError struct{ Reason string }

func (e PanicError) Error() string { return "internal error" + e.Reason }

func panicError(p any) error {
	var fault runtime.Error
	if err, ok := p.(error); ok && errors.As(err, &fault) {
		return PanicError{fmt.Sprintf(": %v", fault)}
	}
	return PanicError{}
}
