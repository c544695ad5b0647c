package action

import (
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/api/desk"
	"frontdesk/api/input"
	"frontdesk/api/ops"
	"frontdesk/tui"
	"frontdesk/views/action/wording"
)

// Case is one guided sequence of operations on one user, as far as it has come in this
// session. Only Update and View may use it.
type Case struct {
	// ID is in the journal's records of the case, "" where nothing is recorded.
	ID string
	// Runbook names the sequence.
	Runbook string
	User    clean.Text
	Started time.Time
	// Resumed is when an earlier session started the case, zero if this one did.
	Resumed time.Time
	// Asked reports that this session has asked about one of its steps, so that an earlier
	// session's case no longer takes its place.
	Asked bool
	Steps []CaseStep
	// given are the reason and the ticket last given in it.
	given tui.Answers
}

// CaseStep is one step of a Case: an operation, on a part of the user if it takes one, or
// what the operator does without the API.
type CaseStep struct {
	// Row is the step's place in the table of its sequence, NoRow for an operation that is
	// not in it, such as one that a question offered instead.
	Row       int
	Operation string // "" for a step without the API
	Item      ops.Item
	// Why is what was known when the step was planned, such as when an address was added.
	Why   string
	State StepState
	// At is when the step ended, Record the journal's record of it.
	At     time.Time
	Record string
	// Reason says more: why it failed, where a file is.
	Reason string
}

// NoRow is the Row of a step that is not in the table of the sequence.
const NoRow = -1

// StepState is how far a step has come.
type StepState int

const (
	StepWaiting StepState = iota
	StepDone
	StepSkipped
	StepFailed
	StepUnknown // it may or may not have been done
)

// CaseStepMsg reports that a step of a case ended.
type CaseStepMsg struct {
	Case      *Case
	Operation string
	Part      clean.Text
}

// caseKey identifies the case of a sequence for a user.
type caseKey struct {
	runbook string
	user    clean.Text
}

// Case returns the case of a sequence for a user in this session, and begins one if there
// is none.
func (e *Env) Case(runbook string, user clean.Text) *Case {
	known := e.remembered().cases[caseKey{runbook, user}]
	if known == nil {
		return e.BeginCase(runbook, user)
	}
	return known
}

// BegunCase returns the case of a sequence for a user in which this session has done, skipped
// or asked about a step, nil if there is none.
func (e *Env) BegunCase(runbook string, user clean.Text) *Case {
	if c := e.remembered().cases[caseKey{runbook, user}]; c != nil && c.IsBegun() {
		return c
	}
	return nil
}

// IsBegun reports whether a step was done, skipped or asked about.
func (c *Case) IsBegun() bool {
	return c.Asked || slices.ContainsFunc(c.Steps, func(s CaseStep) bool { return s.State != StepWaiting })
}

// BeginCase begins a new case in place of the one so far.
func (e *Env) BeginCase(runbook string, user clean.Text) *Case {
	c := &Case{Runbook: runbook, User: user, Started: e.Now()}
	if e.Journal != nil {
		if id, err := e.Journal.NewID(); err == nil {
			c.ID = runbook + "-" + id
		}
	}
	e.remembered().cases[caseKey{runbook, user}] = c
	return c
}

// AskCaseStep opens the question of a case's operation, and of a part of the user if item
// has an id. What comes of it is reported in a CaseStepMsg.
// The reason and the ticket of the step before are filled in, to be edited or left; whatever
// else the question demands, it demands again.
func AskCaseStep(env *Env, c *Case, op ops.Operation, u *api.User, item ops.Item) tea.Cmd {
	return tui.Ask(newPrompt(env, attempt{op: op, user: u, item: item, inCase: c, answers: c.filledIn(env)}))
}

// filledIn are the answers with which the question of a step opens. A reason that names
// somebody is left out while the mask is on.
func (c *Case) filledIn(env *Env) tui.Answers {
	out := tui.Answers{}
	for name, value := range c.given {
		if env.Mask.Text(value) == value {
			out[name] = value
		}
	}
	return out
}

// noteGiven keeps the reason and the ticket for the steps that follow.
func (c *Case) noteGiven(given tui.Answers) {
	if c == nil {
		return
	}
	for _, name := range []string{fieldReason, fieldTicket} {
		if value := input.CleanReason(given[name]); value != "" {
			if c.given == nil {
				c.given = tui.Answers{}
			}
			c.given[name] = value
		}
	}
}

// caseID is the ID of the case to which the attempt belongs, "" for none.
func (a attempt) caseID() string {
	if a.inCase == nil {
		return ""
	}
	return a.inCase.ID
}

// endCaseStep notes in the attempt's case how it ended, and returns the message that says
// so; nil if it belongs to none or is asked about again.
func endCaseStep(env *Env, a attempt, out desk.Outcome) tea.Msg {
	if a.inCase == nil || out.State == desk.Changed {
		return nil
	}
	s := a.inCase.step(a.op, a.item)
	s.State, s.At, s.Reason = StepDone, env.Now(), ""
	if out.Record != "" {
		s.Record = out.Record
	}
	switch out.State {
	case desk.AlreadyGone:
		s.Reason = "it was gone already"
	case desk.Unknown, desk.Partly:
		s.State, s.Reason = StepUnknown, wording.Error(out.Err)
	case desk.Refused:
		s.State, s.Reason = StepFailed, wording.Error(out.Err)
	}
	return CaseStepMsg{a.inCase, a.op.ID, a.item.ID}
}

// step returns the step of an operation on a part; one that was not planned is added.
func (c *Case) step(op ops.Operation, item ops.Item) *CaseStep {
	for i := range c.Steps {
		if s := &c.Steps[i]; s.Operation == op.ID && s.Item.ID == item.ID {
			return s
		}
	}
	c.Steps = append(c.Steps, CaseStep{Row: NoRow, Operation: op.ID, Item: item})
	return &c.Steps[len(c.Steps)-1]
}
