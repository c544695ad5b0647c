package action

import (
	"context"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/api/desk"
	"frontdesk/api/input"
	"frontdesk/api/ops"
	"frontdesk/api/profile"
	"frontdesk/tui"
	"frontdesk/views/action/wording"
	"frontdesk/views/userfmt"
)

// Selection are several people who were chosen one by one, as they were seen last.
type Selection struct {
	Users []*api.User
	// Hidden says of one of them that the list on the screen leaves them out; nil
	// says so of nobody.
	Hidden func(*api.User) bool
}

// SelectionActions are the catalogue's operations of several users as actions, asked of
// all of them for whom each applies, who are captured by id when it is chosen.
func SelectionActions(env *Env, c Selection) []tui.Action {
	var out []tui.Action
	for _, op := range env.Catalogue.All() {
		if op.Scope == ops.ScopeUsers {
			out = append(out, bulkAction(env, op, c))
		}
	}
	return out
}

func bulkAction(env *Env, op ops.Operation, c Selection) tui.Action {
	now := env.Now()
	a := tui.Action{ID: op.ID, Title: op.Title, Group: string(op.Group), Danger: op.Destructive,
		Help: wording.Help(op.Effects(ops.Subject{Sessions: -1, Now: now}))}
	if len(c.Users) == 0 {
		a.Off = "nobody is marked in the list"
		return a
	}
	m := newBulk(env, op, c)
	n := len(m.applicable)
	a.Title, a.FooterLabel, a.Group = op.BulkTitle(n), wording.LowerFirst(op.BulkPhrase(n)), selectionGroup(len(c.Users))
	if n == 0 {
		a.Title = op.Title
		a.Off = m.skipped.WhyNone()
		return a
	}
	a.Do = func() tea.Cmd { return tui.Ask(m.prompt(env)) }
	return a
}

func selectionGroup(n int) string { return userfmt.Count(n, "marked user") }

// bulk is one operation of several users on its way to the desk.
type bulk struct {
	op ops.Operation
	// users is everybody, due those of them to whom it applies, and left how many
	// it does not, by the reason, in the order in which they come.
	users, applicable []*api.User
	skipped           wording.Skipped
	// isHidden says who of them is not on the screen's list.
	isHidden func(*api.User) bool
}

func newBulk(env *Env, op ops.Operation, c Selection) bulk {
	m := bulk{op: op, users: append([]*api.User(nil), c.Users...), isHidden: c.Hidden}
	now := env.Now()
	for _, u := range m.users {
		if reason := env.Catalogue.Unavailable(op, u, clean.Text{}, now); reason != "" {
			m.skipped.Add(reason)
			continue
		}
		m.applicable = append(m.applicable, u)
	}
	return m
}

// hiddenCount is how many of those it applies to are out of sight.
func (m bulk) hiddenCount() (n int) {
	for _, u := range m.applicable {
		if m.isHidden != nil && m.isHidden(u) {
			n++
		}
	}
	return n
}

// tier is how much asking it deserves here.
func (m bulk) tier(env *Env) tui.Tier {
	unusual := env.Instance.Kind == profile.Production || m.hiddenCount() > 0
	for _, u := range m.applicable {
		unusual = unusual || isOrganizationAdmin(u)
	}
	return tui.Tier(m.op.BulkTier(len(m.applicable), unusual))
}

// prompt is the prompt, drawn from the catalogue entry and the people.
func (m bulk) prompt(env *Env) tui.Prompt {
	n, tier, shown := len(m.applicable), m.tier(env), env.Mask.Users(m.applicable)
	env.Mask.Note(m.applicable...)
	p := tui.Prompt{
		Tier: tier, Title: m.op.BulkTitle(n), Tone: promptTone(m.op), Verb: m.op.Verb,
		Instance: "on " + env.Instance.Kind.String(), InstanceTone: whereTone(env.Instance.Kind),
		Subject: wording.Users(shown), Context: wording.SharedDomain(shown), Effects: m.effects(env.Now()), WayBack: "z, or " + m.op.WayBack,
		Fields: []tui.Field{reasonField("", false, tier)},
	}
	if tier >= tui.T3 {
		p.Checklist = m.op.Checklist
		if p.TypeToConfirm = m.op.BulkPhrase(n); n == 1 { // as the operation of one user asks
			requireTyping(&p, m.applicable[0], shown[0], tier)
		} else {
			p.TypeLabel = "Type “" + p.TypeToConfirm + "”"
		}
	}
	if tier >= tui.T4 {
		p.CancelSeconds = cancelWindow
	}
	p.OnConfirm = func(given tui.Answers) tea.Cmd {
		through := m.batchFeed()
		return tea.Batch(tui.Run(m.task(env, given, through)), through.wait())
	}
	return p
}

// effects are the entry's, and what else is so about these people.
func (m bulk) effects(now time.Time) []string {
	out := m.op.Effects(ops.Subject{Sessions: -1, Now: now})
	out = append(out, m.skipped.Effects()...)
	if n := m.hiddenCount(); n > 0 {
		out = append(out, wording.NotListed(n))
	}
	return out
}

// task carries it out. It is stopped between two requests, never in one.
func (m bulk) task(env *Env, given tui.Answers, through batchFeed) tui.Task {
	over, stop := context.WithCancel(context.Background())
	return tui.Task{
		Key: m.op.ID, Title: m.op.Doing, Write: true, Stop: stop, Deadline: through.timeout,
		LostText: wording.BulkUnknown(m.op, len(m.applicable)),
		Run: func(ctx context.Context, report func(tui.Progress)) tea.Msg {
			defer stop()
			defer close(through.outcomes)
			ctx, cancel := context.WithCancel(ctx)
			defer cancel()
			defer context.AfterFunc(over, cancel)()
			in := desk.Bulk{Op: m.op, Seen: m.users, Reason: input.CleanReason(given[fieldReason]), OnBatch: through.report}
			out := env.Desk.DoBulk(ctx, in, func(done, total int) { report(tui.Progress{Done: done, Total: total}) })
			return bulkOutcomeMsg{env, out, in.Reason, through.reported}
		},
		Then: func(msg tea.Msg) tea.Cmd { return settleBulk(msg.(bulkOutcomeMsg)) },
	}
}

// DescribeSelection is a crowd in one line: how many, and the first few by name.
func DescribeSelection(env *Env, c Selection) string {
	return strings.Join(wording.Users(env.Mask.Users(c.Users)), "   ")
}
