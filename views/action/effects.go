package action

import (
	"context"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"frontdesk/api/ops"
	"frontdesk/tui"
	"frontdesk/views/action/wording"
)

// learnDeadline bounds the counting of sessions; a question is seldom open longer.
const learnDeadline = 10 * time.Second

// effectsOf are the effects that follow what is typed, nil where nothing is.
func effectsOf(a attempt, sessions int, now time.Time) func(tui.Answers) []string {
	if len(a.op.Fields) == 0 && sessions == wording.SessionsUnknown {
		return nil
	}
	return func(given tui.Answers) []string { return a.withAnswers(given).effects(sessions, now) }
}

// learnTask counts the person's sessions where the effects would name them, and reads
// which organization they are in where nobody has looked and something is taken
// away from them. The question does not wait for it: what is said of "every
// session" until then is true as well, and is as long.
func learnTask(env *Env, a attempt, stands []string) *tui.Task {
	if a.user == nil {
		return nil
	}
	counts, looks := dependsOnSessions(a, env.Now()), a.op.Destructive && !knownMembership(env, a.user).known
	if !counts && !looks {
		return nil
	}
	key := "learn " + a.key()
	return &tui.Task{
		Key: key, Replace: true, Deadline: learnDeadline,
		Run: func(ctx context.Context, _ func(tui.Progress)) tea.Msg {
			found := tui.LookupMsg{Key: key}
			if looks {
				if m := readMembership(ctx, env, a.user).shown(env); m.known {
					found.Context = slices.Concat(wording.Background(env.Shown(a.user), m.names(), env.Now()), stands[1:])
				}
			}
			if counts {
				// Where they cannot be counted, every session is what it stays.
				if page, err := env.Client.Sessions(ctx, a.user.ID, "active", 1, 0); err == nil {
					found.EffectsFor = effectsOf(a.shown(env), page.Total, env.Now())
				}
			}
			return found
		},
	}
}

// effects are what would happen with what is filled in.
func (a attempt) effects(sessions int, now time.Time) []string {
	out := wording.Effects(a.call(), sessions, now)
	if a.undoes != nil {
		out = append(wording.UndoEffects(a.call(), a.answers, a.undoes.before, a.undoes.caveat, now), out...)
	}
	if a.was != a.is {
		out = append([]string{wording.ChangedSince(a.was, a.is)}, out...)
	}
	return out
}

// dependsOnSessions reports whether the effects differ with the number of
// sessions for some choice.
func dependsOnSessions(a attempt, now time.Time) bool {
	const some = 2
	all := tui.Answers{}
	for _, f := range a.op.Fields {
		if f.Kind == ops.FieldChoice {
			all[f.Name] = f.Choices[len(f.Choices)-1]
		}
	}
	a = a.withAnswers(all)
	return !slices.Equal(a.effects(wording.SessionsUnknown, now), a.effects(some, now))
}
