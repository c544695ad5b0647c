package shell

import (
	"context"
	"errors"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"frontdesk/tui"
)

// startTask runs a task, unless a task with the same key is running that may not be
// replaced.
func (m *Model) startTask(task tui.Task) tea.Cmd {
	if m.leaving || task.Run == nil {
		return nil
	}
	if old := m.tasks.byKey[task.Key]; old != nil {
		if !m.tasks.isStuck(old) && (!task.Replace || old.task.Write) {
			what := old.task.Title
			if what == "" {
				what = task.Key
			}
			return m.notify(tui.Toast{ID: "shell.busy", Tone: tui.ToneWarn, Text: "Already running: " + what})
		}
		m.tasks.drop(old)
		m.closeQuestion(old)
	}
	r := m.tasks.add(task)
	return tea.Batch(m.keepQuestion(r), m.broadcast(tui.TaskMsg{Key: task.Key, Running: true}), m.conf.WrapTask(m.tasks.run(r)))
}

// cancelRead cancels a read and drops its result. A write is not cancelled.
func (m *Model) cancelRead(key string) tea.Cmd {
	r := m.tasks.byKey[key]
	if r == nil || r.task.Write {
		return nil
	}
	m.tasks.drop(r)
	m.closeQuestion(r)
	return m.broadcastEnd(r, context.Canceled)
}

// finishTask delivers what a task returned, then reports that it ended.
func (m *Model) finishTask(done doneMsg) tea.Cmd {
	r := m.tasks.remove(done)
	if r == nil {
		return nil
	}
	if r.task.Write && !m.leaving {
		m.tasks.ends.markReported(r.id, m.conf.Clock())
	}
	wasOpen := m.closeQuestion(r)
	var result tea.Cmd
	switch {
	case r.instance != nil:
		return tea.Batch(m.finishReplaced(r, done), m.quitIfDone())
	case done.msg == nil:
	case r.task.Then != nil:
		if result = r.task.Then(done.msg); wasOpen { // so that no frame is without a question
			result = m.runNow(result)
		}
	default:
		result = m.handle(done.msg)
	}
	cmd := tea.Batch(result, m.broadcastEnd(r, done.err), m.reportTaskError(r, done.err))
	return tea.Batch(cmd, m.quitIfDone())
}

// quitIfDone ends the program where it was leaving and waited only for writes.
func (m *Model) quitIfDone() tea.Cmd {
	if m.leaving && m.tasks.oldestWrite() == nil {
		return tea.Quit
	}
	return nil
}

func (m *Model) broadcastEnd(r *running, err error) tea.Cmd {
	return m.broadcast(tui.TaskMsg{Key: r.task.Key, Err: err, Elapsed: m.tasks.clock().Sub(r.started)})
}

// reportTaskError reports an error that the task could not report itself.
func (m *Model) reportTaskError(r *running, err error) tea.Cmd {
	var fault PanicError
	toast := tui.Toast{ID: "task " + r.task.Key, Tone: tui.ToneBad}
	title := r.task.Title
	if title == "" {
		title = "A background task"
	}
	switch {
	case r.task.Write && r.task.LostText != "" && (errors.As(err, &fault) || errors.Is(err, context.DeadlineExceeded)):
		toast.Text, toast.Sticky = r.task.LostText, true // it may have been done: do not suggest repeating it
	case errors.As(err, &fault):
		toast.Text, toast.Next = title+" failed: "+fault.Error(), "Try again, and report it if it happens again."
	case errors.Is(err, context.DeadlineExceeded) && r.task.Title != "":
		toast.Text, toast.Next = title+" took longer than "+r.task.Deadline.String(), "Try again."
	default:
		return nil
	}
	return m.notify(toast)
}

// dropStuckTasks drops tasks that have outlived their deadline.
func (m *Model) dropStuckTasks() tea.Cmd {
	var cmds []tea.Cmd
	for _, r := range m.tasks.byKey {
		if m.tasks.isStuck(r) {
			m.tasks.drop(r)
			m.closeQuestion(r)
			if r.instance != nil {
				cmds = append(cmds, m.dropReplaced(r))
				continue
			}
			cmds = append(cmds, m.broadcastEnd(r, context.DeadlineExceeded), m.reportTaskError(r, context.DeadlineExceeded))
		}
	}
	return tea.Batch(cmds...)
}

// titled returns the tasks with a title, oldest first.
func (t *tasks) titled() []*running {
	var out []*running
	for _, r := range t.byKey {
		if r.task.Title != "" {
			out = append(out, r)
		}
	}
	slices.SortFunc(out, func(a, b *running) int { return a.id - b.id })
	return out
}

// slow returns the titled tasks that have run for more than a moment.
func (t *tasks) slow() []*running {
	now := t.clock()
	return slices.DeleteFunc(t.titled(), func(r *running) bool { return now.Sub(r.started) < slowAfter })
}

// visible returns the task that the footer shows: a slow write, else the newest slow
// read.
func (t *tasks) visible() *running {
	slow := t.slow()
	for _, r := range slow {
		if r.task.Write {
			return r
		}
	}
	if len(slow) == 0 {
		return nil
	}
	return slow[len(slow)-1]
}

// slowRead returns the newest slow read, or nil.
func (t *tasks) slowRead() *running {
	for _, r := range slices.Backward(t.slow()) {
		if !r.task.Write {
			return r
		}
	}
	return nil
}

// noteNamed records since when the footer has named the task that it names.
func (t *tasks) noteNamed() {
	if r := t.visible(); r != t.named {
		t.named, t.namedSince = r, t.clock()
	}
}

// wasReadable reports whether the footer has named a task long enough for a key to be an
// answer to that.
func (t *tasks) wasReadable(r *running) bool {
	return r == t.named && t.clock().Sub(t.namedSince) >= reactionTime
}

// oldestWrite returns the oldest write in progress, or nil.
func (t *tasks) oldestWrite() *running {
	var oldest *running
	for _, r := range t.byKey {
		if r.task.Write && (oldest == nil || r.id < oldest.id) {
			oldest = r
		}
	}
	return oldest
}

// stopWrites asks every write that can stop half way to do so.
func (t *tasks) stopWrites() {
	for _, r := range t.byKey {
		if r.task.Write && r.task.Stop != nil {
			r.task.Stop()
		}
	}
}

// longestWriteWait returns how long quitting may have to wait; busy is false if nothing
// is being written.
func (t *tasks) longestWriteWait() (limit time.Duration, busy bool) {
	now := t.clock()
	for _, r := range t.byKey {
		if r.task.Write {
			busy = true
			limit = max(limit, r.started.Add(r.task.Deadline+deadlineSlack).Sub(now), 0)
		}
	}
	return limit, busy
}

// nextSpin returns when the spinner moves next; false if there is nothing to show.
func (t *tasks) nextSpin() (time.Duration, bool) {
	shown := t.titled()
	if len(shown) == 0 {
		return 0, false
	}
	if t.visible() != nil {
		return spinEvery, true
	}
	return max(slowAfter-t.clock().Sub(shown[0].started), time.Millisecond), true
}
