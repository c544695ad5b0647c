package runbook

import (
	"context"
	"errors"
	"slices"

	tea "charm.land/bubbletea/v2"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/api/verdict"
	"frontdesk/tui"
	"frontdesk/views/action"
)

// The actions' ids in the key map.
const (
	actDo       = "runbook.do"
	actMarkDone = "runbook.done"
	actSkip     = "runbook.skip"
	actCopy     = "runbook.copy"
	actRefresh  = "runbook.refresh"
	actAgain    = "runbook.new"
	group       = "Steps"
)

// maxLive is how many sessions are read.
const maxLive = 100

// stepKey identifies a step while others are added around it.
type stepKey struct {
	row       int
	operation string
	part      clean.Text
}

func keyOf(s action.CaseStep) stepKey { return stepKey{s.Row, s.Operation, s.Item.ID} }

// View is the screen of a sequence for one user.
type View struct {
	env  *action.Env
	q    sequence
	user *api.User
	c    *action.Case
	// live are the sessions of the user; sessionsRead reports that they were read.
	live         []api.Session
	sessionsRead bool
	isGone       bool
	readErr      error
	// cursor is the step that the operator moved to; while isAuto it follows the sequence.
	// onSummary reports that it is below the steps.
	cursor    stepKey
	onSummary bool
	isAuto    bool
}

// New returns the screen of a sequence for a user. A case that was begun goes on.
func New(env *action.Env, id string, u *api.User) *View {
	v := &View{env: env, q: find(id), user: env.UserCache().Update(u).User, c: env.Case(id, u.ID), isAuto: true}
	env.Mask.Note(v.user)
	v.plan()
	return v
}

// Title is the sequence's name.
func (v *View) Title() string { return v.q.title }

// Typing is false: every key is an action.
func (v *View) Typing() bool { return false }

// ReadOnly lets the palette leave this screen for another; the case stays.
func (v *View) ReadOnly() {}

// Init reads the user and their sessions, and looks for the case of an earlier session.
func (v *View) Init() tea.Cmd {
	return tea.Batch(v.read(), v.findEarlier())
}

func (v *View) facts() facts {
	f := factsOf(v.env, v.user)
	f.live, f.sessionsRead = v.live, v.sessionsRead
	return f
}

// factsOf are the facts without the sessions.
func factsOf(env *action.Env, u *api.User) facts {
	now := env.Now()
	return facts{user: u, verdict: verdict.Of(env.Facts(u), now), now: now, catalogue: env.Catalogue}
}

// shownFacts are the facts as sentences may speak of them.
func (v *View) shownFacts() facts {
	f := v.facts()
	f.user = v.env.Shown(f.user)
	return f
}

// plan brings the steps up to date with the facts.
func (v *View) plan() {
	if !v.isGone {
		v.c.Steps = v.q.plan(v.c.Steps, v.facts())
	}
}

func (v *View) status(s action.CaseStep) status {
	f := v.facts()
	if v.env.Mask.On() && v.q.row(s).export {
		f = v.shownFacts()
	}
	how := v.q.statusOf(s, f, v.isGone)
	how.words = v.env.Mask.Text(how.words)
	return how
}

func (v *View) readKey() string { return "runbook.read " + v.user.ID.Display() }

// readMsg is what was read of the user.
type readMsg struct {
	user     *api.User
	live     []api.Session
	err      error
	sessions error
}

// read reads the user and the sessions again.
func (v *View) read() tea.Cmd {
	if v.isGone {
		return nil
	}
	env, id := v.env, v.user.ID
	return tui.Run(tui.Task{Key: v.readKey(), Title: "Reading " + v.env.Shown(v.user).Name().Display(), Replace: true,
		Run: func(ctx context.Context, report func(tui.Progress)) tea.Msg {
			ctx = env.ReportWaits(ctx, report)
			var msg readMsg
			msg.user, msg.err = env.Client.GetUser(ctx, id)
			page, err := env.Client.Sessions(ctx, id, "active", maxLive, 0)
			msg.live, msg.sessions = page.Rows, err
			if ctx.Err() != nil {
				return nil
			}
			return msg
		},
		Then: v.takeRead,
	})
}

func (v *View) takeRead(m tea.Msg) tea.Cmd {
	msg := m.(readMsg)
	if msg.sessions == nil {
		v.live, v.sessionsRead = msg.live, true
	}
	var failed *api.Error
	if errors.As(msg.err, &failed) && failed.Kind == api.KindNotFound {
		v.isGone = true
		return func() tea.Msg { return action.UserGoneMsg{ID: v.user.ID} }
	}
	v.readErr = msg.err
	if msg.user == nil {
		return nil
	}
	v.plan()
	return func() tea.Msg { return action.UserChangedMsg{User: msg.user} }
}

// Update takes facts; every key is an action.
func (v *View) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case action.UserChangedMsg:
		if msg.User != nil && msg.User.ID == v.user.ID && !msg.User.ReadAt.Before(v.user.ReadAt) {
			v.user, v.readErr = v.env.UserCache().Update(msg.User).User, nil
			v.env.Mask.Note(v.user)
			v.plan()
		}
	case action.UserWrittenMsg:
		if msg.ID == v.user.ID {
			return v.read()
		}
	case action.UserGoneMsg:
		if msg.ID == v.user.ID {
			v.isGone = true
		}
	case action.CaseStepMsg:
		if msg.Case == v.c {
			v.isAuto = true
		}
	case earlierMsg:
		v.takeEarlier(msg)
	case exportedMsg:
		v.takeExport(msg)
	case tea.MouseWheelMsg:
		v.move(map[tea.MouseButton]int{tea.MouseWheelUp: -1, tea.MouseWheelDown: 1}[msg.Button])
	case tui.ClickMsg:
		v.goTo(msg.ID - 1)
	}
	return nil
}

// next returns the index of the step that is to be done next; len(Steps) is the summary.
func (v *View) next() int {
	for i, s := range v.c.Steps {
		if v.status(s).kind.isPending() {
			return i
		}
	}
	return len(v.c.Steps)
}

// at returns the index of the step under the cursor; len(Steps) is the summary.
func (v *View) at() int {
	if v.isAuto {
		return v.next()
	}
	if !v.onSummary {
		if i := slices.IndexFunc(v.c.Steps, func(s action.CaseStep) bool { return keyOf(s) == v.cursor }); i >= 0 {
			return i
		}
	}
	return len(v.c.Steps)
}

func (v *View) goTo(i int) {
	i = max(0, min(i, len(v.c.Steps)))
	v.isAuto, v.onSummary = false, i == len(v.c.Steps)
	if !v.onSummary {
		v.cursor = keyOf(v.c.Steps[i])
	}
}

func (v *View) move(by int) { v.goTo(v.at() + by) }

// current returns the step under the cursor, nil for the summary.
func (v *View) current() *action.CaseStep {
	if i := v.at(); i < len(v.c.Steps) {
		return &v.c.Steps[i]
	}
	return nil
}
