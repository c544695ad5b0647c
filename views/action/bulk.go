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

// Selection is a set of users that were marked one by one, as last read.
type Selection struct {
	Users []*api.User
	// Hidden reports whether a user is missing from the list on the screen; nil
	// means that none is.
	Hidden func(*api.User) bool
}

// SelectionActions returns an action for each operation of the catalogue on several
// users. It applies to those of the selection for whom it is available.
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
	a := tui.Action{ID: op.ID, Title: op.Title, Keywords: op.Keywords, Group: string(op.Group), Danger: op.IsIrreversible(),
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

// bulk is one operation on several users that is being asked about or carried out.
type bulk struct {
	op ops.Operation
	// users is the whole selection, applicable those for whom the operation is
	// available, and skipped the others by reason.
	users, applicable []*api.User
	skipped           wording.Skipped
	isHidden          func(*api.User) bool // Selection.Hidden
	// undoes are the journal's records that Undo reverts by it, undoesWhen names the
	// change in words.
	undoes, undoesWhen string
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

// hiddenCount counts the applicable users that are not in the list on the screen.
func (m bulk) hiddenCount() (n int) {
	for _, u := range m.applicable {
		if m.isHidden != nil && m.isHidden(u) {
			n++
		}
	}
	return n
}

// tier returns the tier of the question.
func (m bulk) tier(env *Env) tui.Tier {
	unusual := env.Instance.Kind == profile.Production || m.hiddenCount() > 0
	for _, u := range m.applicable {
		unusual = unusual || isOrganizationAdmin(u)
	}
	return tui.Tier(m.op.BulkTier(len(m.applicable), unusual))
}

// prompt returns the question.
func (m bulk) prompt(env *Env) tui.Prompt {
	n, tier, shown := len(m.applicable), m.tier(env), env.Mask.Users(m.applicable)
	env.Mask.Note(m.applicable...)
	p := tui.Prompt{
		ActionID: m.op.ID, Tier: tier, Title: m.op.BulkTitle(n), Tone: promptTone(m.op, m.op.WayBack), Verb: m.op.Verb,
		Instance: "on " + env.Instance.Kind.String(), InstanceTone: whereTone(env.Instance.Kind),
		Subject: wording.Users(shown), Context: wording.SharedDomain(shown), Effects: m.effects(env.Now()), WayBack: "z, or " + m.op.WayBack,
		Fields: append([]tui.Field{reasonField(env, "", false, tier)}, ticketFields(env, m.op, "", false, tier)...),
	}
	if tier >= tui.T3 {
		p.Checklist = m.op.Checklist
		m.requireTyping(env, &p, tier)
	}
	if tier >= tui.T4 {
		p.CancelSeconds = cancelWindow
	}
	p.OnConfirm = func(given tui.Answers) tea.Cmd {
		env.noteReason(given)
		feed := m.batchFeed()
		return tea.Batch(tui.Run(m.task(env, given, feed)), feed.wait())
	}
	return p
}

// requireTyping asks for the phrase of the operation, "ban 37"; for a single user
// it asks as the operation on one user does.
func (m bulk) requireTyping(env *Env, p *tui.Prompt, tier tui.Tier) {
	if len(m.applicable) == 1 {
		requireTyping(p, m.applicable[0], env.Shown(m.applicable[0]), tier)
		return
	}
	phrase := m.op.BulkPhrase(len(m.applicable))
	p.TypeToConfirm, p.TypeLabel = phrase, "Type “"+phrase+"”"
}

// effects returns the effects of the operation, and how many users are skipped or
// not in the list on the screen.
func (m bulk) effects(now time.Time) []string {
	out := m.op.Effects(ops.Subject{Sessions: -1, Now: now})
	if m.undoesWhen != "" {
		out = append([]string{m.undoesWhen}, out...)
	}
	out = append(out, m.skipped.Effects()...)
	if n := m.hiddenCount(); n > 0 {
		out = append(out, wording.NotListed(n))
	}
	return out
}

// task returns the task that carries the operation out. Stopping it takes effect
// between two requests.
func (m bulk) task(env *Env, given tui.Answers, feed batchFeed) tui.Task {
	stopped, stop := context.WithCancel(context.Background())
	return tui.Task{
		Key: m.op.ID, Title: m.op.Doing, Write: true, Stop: stop, Deadline: feed.timeout,
		LostText: wording.BulkUnknown(m.op, len(m.applicable)),
		Run: func(ctx context.Context, report func(tui.Progress)) tea.Msg {
			defer stop()
			defer close(feed.outcomes)
			ctx, cancel := context.WithCancel(ctx)
			defer cancel()
			defer context.AfterFunc(stopped, cancel)()
			in := desk.Bulk{Op: m.op, Seen: m.users, Reason: input.CleanReason(given[fieldReason]), Ticket: input.CleanReason(given[fieldTicket]), Audit: m.audit(env), OnBatch: feed.report}
			out := env.Desk.DoBulk(ctx, in, func(done, total int) { report(tui.Progress{Done: done, Total: total}) })
			return bulkOutcomeMsg{env, out, wording.Why(in.Reason, in.Ticket), feed.reported, env.readUndo(ctx)}
		},
		Then: func(msg tea.Msg) tea.Cmd { return settleBulk(msg.(bulkOutcomeMsg)) },
	}
}

// DescribeSelection is one line on a selection: how many users, and the first names.
func DescribeSelection(env *Env, c Selection) string {
	return strings.Join(wording.Users(env.Mask.Users(c.Users)), "   ")
}
