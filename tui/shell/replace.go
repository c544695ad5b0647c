package shell

import (
	"cmp"
	"context"
	"reflect"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"frontdesk/tui"
)

// The instance can be replaced while the program runs, when messages that the old views
// requested are still on their way. Every message that a command returns therefore
// carries the generation of the stack at the time of the command, and a message of an
// old generation reaches no view. The shell's own timers count in every generation.

// generationMsg is a message with the generation of its command.
type generationMsg struct {
	generation int
	msg        tea.Msg
}

// withGeneration marks a message, unless Bubble Tea must see its type.
func withGeneration(msg tea.Msg, generation int) tea.Msg {
	if msg == nil || reflect.TypeOf(msg).PkgPath() == teaPackage {
		return msg
	}
	if marked, is := msg.(generationMsg); is {
		return marked
	}
	return generationMsg{generation, msg}
}

const teaPackage = "charm.land/bubbletea/v2"

// Unwrap returns the message that a command of the Model returned without its mark, for
// a caller between the commands and Update. Update must be passed the marked message.
func Unwrap(msg tea.Msg) tea.Msg {
	if marked, is := msg.(generationMsg); is {
		return marked.msg
	}
	return msg
}

// replacedInstance is an instance that was replaced and may still have writes in
// progress.
type replacedInstance struct {
	name  string
	close func()
}

// handleOld handles a message of an instance that was replaced. Of a notice only what
// happened is shown: what to do next was meant for the old screens.
func (m *Model) handleOld(msg tea.Msg, generation int) tea.Cmd {
	if cmd, ok := m.handleTimer(msg); ok {
		return cmd
	}
	switch msg := msg.(type) {
	case RequestQuitMsg:
		return m.beginQuit()
	case RequestSuspendMsg:
		return m.perform(m.suspendAction())
	case tui.NotifyMsg:
		name := m.leftInstances[generation]
		return m.notify(tui.Toast{ID: name + " " + msg.Toast.ID, Tone: msg.Toast.Tone, Text: onInstance(name, msg.Toast.Text)})
	}
	return nil
}

// leave leaves at once, or asks first if work is in progress or the step cannot be undone.
func (m *Model) leave(msg tui.LeaveMsg) tea.Cmd {
	if m.leaving || msg.Leave == nil {
		return nil
	}
	work := m.work()
	if len(work) == 0 && len(msg.Effects) == 0 {
		return msg.Leave(nil)
	}
	q := m.leaveQuestion(msg.Title, msg.Verb, work, func() tea.Cmd { return msg.Leave(work) }, nil)
	q.Effects, q.ReadOnly = slices.Concat(msg.Effects, work), len(msg.Effects) == 0
	return m.openQuestion(q)
}

func (m *Model) leaveQuestion(title, verb string, work []string, leave, cancel func() tea.Cmd) tui.Prompt {
	return tui.Prompt{
		Tier: tui.T2, Title: title, Tone: tui.ToneWarn, Verb: verb, ReadOnly: true, Effects: work,
		Instance: "on " + m.conf.Instance.Word, InstanceTone: m.instanceTone(),
		OnConfirm: func(tui.Answers) tea.Cmd { return leave() }, OnCancel: cancel,
	}
}

func (m *Model) instanceTone() tui.Tone {
	if m.conf.Instance.Kind == tui.InstanceProduction {
		return tui.ToneBad
	}
	return tui.ToneNone
}

// work describes the work in progress.
func (m *Model) work() (out []string) {
	for _, r := range m.tasks.titled() {
		switch {
		case !r.task.Write || r.instance != nil:
		case r.task.Stop != nil:
			out = append(out, r.task.Title+" continues, and its result is shown")
		default:
			out = append(out, r.task.Title+" finishes first, and its result is shown")
		}
	}
	for _, v := range m.stack {
		if k, is := v.(tui.UnsavedWork); is && k.UnsavedWork() != "" {
			out = append(out, v.Title()+": what you typed is not saved, and is lost")
		}
		if k, is := v.(tui.WorkReporter); is && k.Work() != "" {
			out = append(out, k.Work())
		}
	}
	for _, q := range m.questions() {
		out = append(out, "“"+q.Prompt().Title+"” is closed without an answer")
	}
	return out
}

// replaceRoot switches to another instance, asking first if there is work that the
// operator has not agreed to leave.
func (m *Model) replaceRoot(msg tui.ReplaceRootMsg) tea.Cmd {
	refuse := func() tea.Cmd {
		if msg.Cancel == nil {
			return nil
		}
		return msg.Cancel()
	}
	if m.leaving || msg.Root == nil {
		return refuse()
	}
	work := m.work()
	if slices.ContainsFunc(work, func(one string) bool { return !slices.Contains(msg.LeftWork, one) }) {
		msg.LeftWork = work
		return m.openQuestion(m.leaveQuestion(msg.Title, msg.Verb, work, func() tea.Cmd {
			return func() tea.Msg { return msg }
		}, refuse))
	}
	closeOld := m.leaveInstance(msg.CloseOld)
	m.generation++
	m.stack, m.last = []tui.View{msg.Root}, nil
	m.overlays, m.stashes = nil, nil
	m.acceptLetters()
	m.conf.Root, m.conf.Instance, m.conf.Operator, m.conf.GlobalActions = msg.Root, msg.Instance, msg.Operator, msg.GlobalActions
	m.conf.Guide = msg.Guide
	if m.conf.GlobalActions == nil {
		m.conf.GlobalActions = func() []tui.Action { return nil }
	}
	notice := m.notify(tui.Toast{ID: "shell.instance", Tone: tui.ToneInfo, Text: cmp.Or(msg.Notice, "Now on "+msg.Instance.String())})
	var colors tea.Cmd
	if m.colors != nil { // the terminal reports them only once
		colors = m.broadcast(*m.colors)
	}
	return tea.Batch(closeOld, msg.Root.Init(), colors, notice)
}

// leaveInstance cancels the reads of the current instance and sets its writes apart.
// The command it returns closes the instance if it has none.
func (m *Model) leaveInstance(closeOld func()) tea.Cmd {
	old := &replacedInstance{name: m.conf.Instance.String(), close: closeOld}
	m.toasts.Leave(old.name)
	m.leftInstances = append(m.leftInstances, old.name)
	for _, r := range m.tasks.setApart(old) {
		m.tasks.drop(r)
	}
	return m.closeIfIdle(old)
}

// setApart marks the running writes as the old instance's, which frees their keys, and
// returns the reads.
func (t *tasks) setApart(old *replacedInstance) (reads []*running) {
	all := t.byKey
	t.byKey = map[string]*running{}
	for _, r := range all {
		switch {
		case r.instance != nil:
			t.byKey[r.task.Key] = r
		case r.task.Write:
			r.instance = old
			r.task.Key = old.name + " " + r.task.Key + " " + strings.Repeat("'", r.id)
			r.task.Title += " on " + old.name
			t.byKey[r.task.Key] = r
			t.instances[r.id] = old.name
		default:
			reads = append(reads, r)
		}
	}
	return reads
}

// closeIfIdle closes a replaced instance once none of its writes is in progress.
func (m *Model) closeIfIdle(old *replacedInstance) tea.Cmd {
	for _, r := range m.tasks.byKey {
		if r.instance == old {
			return nil
		}
	}
	end := old.close
	if old.close = nil; end == nil {
		return nil
	}
	return func() tea.Msg { end(); return nil }
}

// finishReplaced reports how a write of a replaced instance ended.
func (m *Model) finishReplaced(r *running, done doneMsg) tea.Cmd {
	var cmds []tea.Cmd
	for _, end := range (writeEnd{lostText: r.task.LostText, msg: done.msg}).outcomes() {
		cmds = append(cmds, m.notify(replacedToast(r, end)))
	}
	if r.task.Stop != nil {
		r.task.Stop()
	}
	return tea.Batch(append(cmds, m.closeIfIdle(r.instance))...)
}

func replacedToast(r *running, end tui.OutcomeMsg) tui.Toast {
	t := tui.Toast{ID: "task " + r.task.Key, Tone: tui.ToneOK, Sticky: true, Text: onInstance(r.instance.name, end.Text)}
	switch end.Kind {
	case tui.OutcomeIncomplete:
		t.Tone = tui.ToneBad
	case tui.OutcomeUnknown:
		t.Tone, t.Next = tui.ToneWarn, "Check the account on "+r.instance.name+" before you try again."
	}
	return t
}

// onInstance returns a sentence about an instance other than the current one.
func onInstance(name, text string) string { return "On " + name + ": " + text }

// dropReplaced reports that the outcome of a write of a replaced instance is unknown
// because it did not end in time.
func (m *Model) dropReplaced(r *running) tea.Cmd {
	return m.finishReplaced(r, doneMsg{err: context.DeadlineExceeded})
}
