package action

import (
	"cmp"
	"fmt"
	"maps"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/api/journal/recorder"
	"frontdesk/api/ops"
	"frontdesk/tui"
	"frontdesk/views/action/wording"
	"frontdesk/views/userfmt"
)

const (
	// undoHint names the key of Undo in the toast of a write.
	undoHint = "z undoes"
	// recreateHint is undoHint for a deletion.
	recreateHint = "z creates the user again, without password and second factors"
	// undoTopic is the topic of every toast that mentions Undo.
	undoTopic = "undo"
	// undoPrefix begins the title of the action Undo.
	undoPrefix = "Undo: "
	// redoHint is how an undo is undone.
	redoHint = "press z again"
	// recreateTitle is the title of creating a deleted user again.
	recreateTitle = "Create the user again"
)

// undoStep is a finished write and the operation that undoes it.
type undoStep struct {
	title string // of the write
	at    time.Time
	// inverse undoes it.
	inverse ops.Operation
	// users are the known users it changed. One without a ReadAt and a Body has only an id
	// and a name, and is read before asking.
	users   []*api.User
	itemID  clean.Text
	answers tui.Answers
	// before is the state of the user before the write, in the words of the
	// inverse's State; caveat is what the undo does not restore.
	before, caveat string
	record         string // of the journal, "" for none
	// journal is the journal's entry for the write; zero if the journal is off.
	journal recorder.Undo
}

// UndoAction is the action that undoes the operator's last undoable write on this
// instance. It asks the question of the inverse operation about the same users and,
// like every write, goes through the desk, which reads them again first.
func UndoAction(env *Env) tui.Action {
	last, newer, isRead := env.remembered().history.state()
	a := tui.Action{ID: "app.undo", Title: "Undo", FooterLabel: "undo", Group: tui.GroupEverywhere,
		Help: "Undoes your last change on this instance, even from an earlier day. Asks first."}
	switch err := env.JournalErr(); {
	case err != nil:
		a.Off = unwritable(err)
	case env.Journal != nil && !isRead:
		a.Off = "the journal is still being read"
	case last == nil && len(newer) > 0:
		a.Off = newer[0].why
	case last == nil:
		a.Off = "nothing to undo yet"
	default:
		last.fillAction(env, newer, &a)
	}
	return a
}

// fillAction completes the action. newer are the writes after it, which stay.
func (s *undoStep) fillAction(env *Env, newer []keptWrite, a *tui.Action) {
	if s.needsRead(env) {
		a.Title = undoPrefix + s.inverse.Title + ", " + s.called(env)
		a.Do = func() tea.Cmd { return tui.Run(s.readTask(env, newer)) }
		return
	}
	switch {
	case s.inverse.Scope == ops.ScopeUsers:
		s.fillBulkAction(env, newer, a)
	case s.inverse.Scope == ops.ScopeDirectory:
		s.fillRecreateAction(env, newer, a)
	default:
		s.fillUserAction(env, newer, a)
	}
}

// fillUserAction is fillAction for one user.
func (s *undoStep) fillUserAction(env *Env, newer []keptWrite, a *tui.Action) {
	after, now := s.users[0], env.Now()
	inverse := attempt{op: s.inverse, user: env.UserCache().Newest(after), answers: s.answers, note: s.olderNote(newer, now), undoes: s}
	who := userfmt.NameAndAddress(env.Shown(inverse.user))
	if !inverse.user.ReadAt.IsZero() {
		if reason := env.Catalogue.Unavailable(s.inverse, inverse.user, clean.Text{}, now); reason != "" {
			a.Off = s.inverse.Title + ", " + who + ": " + reason
			return
		}
	}
	if s.inverse.Part != ops.PartNone {
		item, found := s.inverse.Part.Find(inverse.user, s.itemID)
		if !found {
			a.Off = s.inverse.Title + ", " + who + ": that " + s.inverse.Part.String() + " no longer exists"
			return
		}
		inverse.item = item
	}
	if s.journal.IsZero() {
		if state := s.inverse.State; state != nil && !after.ReadAt.IsZero() {
			inverse.was, inverse.is = state(after, now), state(inverse.user, now)
		}
	} else {
		step, err := s.forUser(inverse.user, now)
		if err != nil {
			a.Off = s.inverse.Title + ", " + who + ": " + wording.Error(err)
			return
		}
		inverse.undoes, inverse.answers = step, step.answers
		inverse.since = s.journal.ChangedSince(inverse.user, now)
	}
	a.Title = undoPrefix + s.inverse.Title + ", " + who
	a.Do = func() tea.Cmd { return tui.Ask(newPrompt(env, inverse)) }
}

// forUser returns the step with what would go back given the user as they are now.
func (s *undoStep) forUser(u *api.User, now time.Time) (*undoStep, error) {
	if s.journal.IsZero() {
		return s, nil
	}
	values, err := s.journal.ValuesFor(u)
	if err != nil {
		return nil, err
	}
	step := *s
	step.answers = maps.Clone(tui.Answers(values))
	return &step, nil
}

// fillRecreateAction is fillAction for a user who was deleted.
func (s *undoStep) fillRecreateAction(env *Env, newer []keptWrite, a *tui.Action) {
	who := userfmt.NameAndAddress(env.Shown(s.journal.Recreates))
	a.Title = undoPrefix + recreateTitle + ", " + who
	if a.Off = env.Catalogue.Unavailable(s.inverse, nil, clean.Text{}, env.Now()); a.Off != "" {
		return
	}
	again := attempt{op: s.inverse, answers: s.answers, note: s.olderNote(newer, env.Now()), undoes: s}
	a.Do = func() tea.Cmd { return tui.Ask(newPrompt(env, again)) }
}

// Recreation says what Undo does about a user who was deleted, "" if it does nothing.
func Recreation(env *Env, u *api.User) string {
	last, _, _ := env.remembered().history.state()
	if last == nil || last.journal.Recreates == nil || last.journal.Recreates.ID != u.ID || UndoAction(env).Off != "" {
		return ""
	}
	return recreateTitle + ", without password and second factors"
}

// fillBulkAction is fillAction for several users.
func (s *undoStep) fillBulkAction(env *Env, newer []keptWrite, a *tui.Action) {
	c := Selection{}
	for _, u := range s.users {
		c.Users = append(c.Users, env.UserCache().Newest(u))
	}
	m := newBulk(env, s.inverse, c)
	m.undoes, m.undoesWhen = s.record, s.when(env.Now())
	if len(m.applicable) == 0 {
		a.Off = s.inverse.Title + ": " + cmp.Or(m.skipped.WhyNone(), "none of the users exists any more")
		return
	}
	a.Title = undoPrefix + s.inverse.BulkTitle(len(m.applicable))
	a.Do = func() tea.Cmd {
		p := m.prompt(env)
		p.Note, p.Heading, p.WayBack = s.olderNote(newer, env.Now()), s.heading(p.Title, env.Now()), redoHint
		return tui.Ask(p)
	}
}

// sets reports whether the undo determines a field, so that the form does not ask for it.
func (s *undoStep) sets(f ops.Field) bool {
	_, given := s.answers[f.Name]
	return given || f.Current != nil || f.IsAdvanced || s.journal.Recreates != nil
}

// heading is the title of the question: "Undo your ban: unban Sam Carter", where what is
// what the inverse does. Of an operation whose name has no such noun it names the write.
func (s *undoStep) heading(what string, now time.Time) string {
	did, back := deedOf(s.title), deedOf(s.inverse.Title)
	if did == "" || back == "" || did == back || s.inverse.Scope == ops.ScopeDirectory {
		return "Undo “" + s.title + "” of " + userfmt.Moment(s.at, now)
	}
	return "Undo your " + did + ": " + wording.LowerFirst(what)
}

// deedOf returns "ban" of "Ban user" or "Ban users", "" of a longer title.
func deedOf(title string) string {
	verb, whom, _ := strings.Cut(title, " ")
	if whom != "user" && whom != "users" {
		return ""
	}
	return strings.ToLower(verb)
}

// when names the write that is undone: "undoes “Ban user” of today 10:42".
func (s *undoStep) when(now time.Time) string {
	return "undoes “" + s.title + "” of " + userfmt.Moment(s.at, now) + s.agoNote(now)
}

// agoNote adds how long ago the write was, where its time alone is hard to place.
func (s *undoStep) agoNote(now time.Time) string {
	if ago := userfmt.Ago(s.at, now); strings.HasSuffix(ago, "ago") {
		return " (" + ago + ")"
	}
	return ""
}

// olderNote says that an older write is undone, because newer ones cannot be; "" if
// there are none.
func (s *undoStep) olderNote(newer []keptWrite, now time.Time) string {
	if len(newer) == 0 {
		return ""
	}
	stays := "It stays"
	if n := len(newer) - 1; n > 0 {
		stays = fmt.Sprintf("It and %d more stay", n)
	}
	return wording.UpperFirst(newer[0].why) + ". " + stays + "; this undoes the older “" + s.title + "” of " + userfmt.Moment(s.at, now) + "."
}

// wayBack describes how to undo an operation, including the key of Undo if it applies.
func wayBack(env *Env, a attempt) string {
	_, ok := env.Catalogue.Get(cmp.Or(a.op.Inverse, a.op.RemovedBy, a.op.AddedBy))
	if ok && a.op.Part != ops.PartNone { // for the others it depends on what is filled in
		_, _, ok = a.op.Undo(env.Catalogue, a.user, a.request())
	}
	if !ok {
		return a.op.WayBack
	}
	return "z, or " + a.op.WayBack
}
