package action

import (
	"context"
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/api/desk"
	"frontdesk/api/ops"
	"frontdesk/api/profile"
	"frontdesk/tui"
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
			out = append(out, offerMany(env, op, c))
		}
	}
	return out
}

func offerMany(env *Env, op ops.Operation, c Selection) tui.Action {
	now := env.Now()
	a := tui.Action{ID: op.ID, Title: op.Title, Group: string(op.Group), Danger: op.Destructive,
		Help: firstEffect(op.Effects(ops.Subject{Sessions: -1, Now: now}))}
	if len(c.Users) == 0 {
		a.Off = "nobody is marked in the list"
		return a
	}
	m := newMany(env, op, c)
	n := len(m.due)
	a.Title, a.FooterLabel, a.Group = op.BulkTitle(n), lowerFirst(op.BulkPhrase(n)), marked(len(c.Users))
	if n == 0 {
		a.Title = op.Title
		a.Off = allOf(m.left)
		return a
	}
	a.Do = func() tea.Cmd { return tui.Ask(m.question(env)) }
	return a
}

func marked(n int) string { return userfmt.Count(n, "marked user") }

// many is one operation of several users on its way to the desk.
type many struct {
	op ops.Operation
	// seen is everybody, due those of them to whom it applies, and left how many
	// it does not, by the reason, in the order in which they come.
	seen, due []*api.User
	left      []reasonCount
	// hides says who of them is not on the screen's list.
	hides func(*api.User) bool
}

type reasonCount struct {
	reason string
	n      int
}

func newMany(env *Env, op ops.Operation, c Selection) many {
	m := many{op: op, seen: append([]*api.User(nil), c.Users...), hides: c.Hidden}
	now := env.Now()
	for _, u := range m.seen {
		if reason := env.Catalogue.Unavailable(op, u, clean.Text{}, now); reason != "" {
			m.left = counted(m.left, reason)
			continue
		}
		m.due = append(m.due, u)
	}
	return m
}

// counted adds one to a reason's count.
func counted(all []reasonCount, reason string) []reasonCount {
	for i := range all {
		if all[i].reason == reason {
			all[i].n++
			return all
		}
	}
	return append(all, reasonCount{reason, 1})
}

// allOf is why it applies to nobody.
func allOf(left []reasonCount) string {
	if len(left) == 1 && left[0].n == 1 {
		return left[0].reason
	}
	if len(left) == 1 {
		return fmt.Sprintf("all %d are %s", left[0].n, left[0].reason)
	}
	return "it applies to none of them"
}

// staysSo is "3 are already banned and stay so".
func (r reasonCount) staysSo() string {
	if r.n == 1 {
		return "1 is " + r.reason + " and stays so"
	}
	return fmt.Sprintf("%d are %s and stay so", r.n, r.reason)
}

// hidden is how many of those it applies to are out of sight.
func (m many) hidden() (n int) {
	for _, u := range m.due {
		if m.hides != nil && m.hides(u) {
			n++
		}
	}
	return n
}

// tier is how much asking it deserves here.
func (m many) tier(env *Env) tui.Tier {
	unusual := env.Instance.Kind == profile.Production || m.hidden() > 0
	for _, u := range m.due {
		unusual = unusual || organizationAdmin(u)
	}
	return tui.Tier(m.op.BulkTier(len(m.due), unusual))
}

// question is the prompt, drawn from the catalogue entry and the people.
func (m many) question(env *Env) tui.Prompt {
	n, tier := len(m.due), m.tier(env)
	p := tui.Prompt{
		Tier: tier, Title: m.op.BulkTitle(n), Tone: tone(m.op), Verb: m.op.Verb,
		Instance: "on " + env.Instance.Kind.String(), InstanceTone: whereTone(env.Instance.Kind),
		Subject: crowdWho(m.due), Context: crowdContext(m.due), Effects: m.effects(env.Now()), WayBack: "z, or " + m.op.WayBack,
		Fields: []tui.Field{reasonField("", false, tier)},
	}
	if tier >= tui.T3 {
		p.Checklist = m.op.Checklist
		p.TypeToConfirm = m.op.BulkPhrase(n)
		p.TypeLabel = "Type “" + p.TypeToConfirm + "”"
	}
	if tier >= tui.T4 {
		p.CancelSeconds = cancelWindow
	}
	p.OnConfirm = func(given tui.Answers) tea.Cmd {
		through := m.batches()
		return tea.Batch(tui.Run(m.task(env, given, through)), through.next())
	}
	return p
}

// effects are the entry's, and what else is so about these people.
func (m many) effects(now time.Time) []string {
	out := m.op.Effects(ops.Subject{Sessions: -1, Now: now})
	for _, left := range m.left {
		out = append(out, left.staysSo())
	}
	if n := m.hidden(); n > 0 {
		out = append(out, fmt.Sprintf("%d of them %s not in the list on the screen now", n, verb(n, "is", "are")))
	}
	return out
}

// A question names so many people on one line, and so many in all; of the others
// it says how many they are.
const namedRow, namedMost = 3, 6

// crowdWho is how many there are and who, the first few by name; two of one name
// are told apart by their address.
func crowdWho(people []*api.User) []string {
	who := []string{userfmt.Count(len(people), "user")}
	same := map[string]int{}
	for _, u := range people {
		same[userfmt.Name(u)]++
	}
	var names []string
	for _, u := range people[:min(len(people), namedMost)] {
		parts := userfmt.Who(u)
		name := parts[0]
		if same[name] > 1 && len(parts) > 1 {
			name += " (" + parts[1] + ")"
		}
		names = append(names, name)
	}
	who = append(who, strings.Join(names[:min(len(names), namedRow)], ", "))
	switch {
	case len(people) > namedMost:
		return append(who, fmt.Sprintf("and %d more", len(people)-namedRow))
	case len(people) > namedRow:
		return append(who, strings.Join(names[namedRow:], ", "))
	}
	return who
}

// crowdContext is what they have in common, where that is something.
func crowdContext(people []*api.User) []string {
	if len(people) < 2 {
		return nil
	}
	domain := ""
	for i, u := range people {
		mail := u.Email().Display()
		at := strings.LastIndex(mail, "@")
		if at < 0 || i > 0 && mail[at+1:] != domain {
			return nil
		}
		domain = mail[at+1:]
	}
	return []string{fmt.Sprintf("all %d have an address at %s", len(people), domain)}
}

// lost says that nobody knows how far it came.
func (m many) lost() string {
	return lookFirst("It is not known how far “"+m.op.BulkTitle(len(m.due))+"” came", "")
}

// task carries it out. It is stopped between two requests, never in one.
func (m many) task(env *Env, given tui.Answers, through batches) tui.Task {
	over, stop := context.WithCancel(context.Background())
	return tui.Task{
		Key: m.op.ID, Title: m.op.Doing, Write: true, Stop: stop, Deadline: through.within,
		LostText: m.lost(),
		Run: func(ctx context.Context, report func(tui.Progress)) tea.Msg {
			defer stop()
			defer close(through.fates)
			ctx, cancel := context.WithCancel(ctx)
			defer cancel()
			defer context.AfterFunc(over, cancel)()
			in := desk.Bulk{Op: m.op, Seen: m.seen, Reason: strings.TrimSpace(given[fieldReason]), OnBatch: through.tell}
			out := env.Desk.DoBulk(ctx, in, func(done, total int) { report(tui.Progress{Done: done, Total: total}) })
			return manyEndedMsg{env, out, in.Reason, through.told}
		},
		Then: func(msg tea.Msg) tea.Cmd { return settleMany(msg.(manyEndedMsg)) },
	}
}

// DescribeSelection is a crowd in one line: how many, and the first few by name.
func DescribeSelection(c Selection) string { return strings.Join(crowdWho(c.Users), "   ") }
