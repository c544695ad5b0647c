package action

import (
	"context"
	"slices"
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"

	"frontdesk/api/ops"
	"frontdesk/tui"
	"frontdesk/views/action/wording"
)

// learnDeadline bounds learnTask; a question is seldom open longer.
const learnDeadline = 10 * time.Second

// effectsOf returns a function that computes the effects from the answers, nil if
// they do not depend on anything.
func effectsOf(env *Env, a attempt, sessions int, now time.Time) func(tui.Answers) []string {
	if len(a.op.Fields) == 0 && sessions == wording.SessionsUnknown {
		return nil
	}
	return func(given tui.Answers) []string { return a.withAnswers(given).shown(env).effects(sessions, now) }
}

// learnTask reads what the question shows but does not wait for: the number of
// sessions, if the effects mention it; the user's organizations, if they are unknown and
// the operation takes or gives access; and who else has the name. Until then the effects
// speak of all sessions, which is just as true. current is the context of the question so
// far, said whether its namesakes are complete.
func learnTask(env *Env, a attempt, current []string, said bool) *tui.Task {
	if a.user == nil {
		return nil
	}
	needsCount := dependsOnSessions(a, env.Now())
	needsMembership := (a.op.Destructive || a.op.GivesAccess) && !knownMembership(env, a.user).known
	if !needsCount && !needsMembership && said {
		return nil
	}
	key, cache := "learn "+a.key(), env.remembered().namesakes
	return &tui.Task{
		Key: key, Replace: true, Deadline: learnDeadline,
		Run: func(ctx context.Context, _ func(tui.Progress)) tea.Msg {
			found := tui.LookupMsg{Key: key}
			var all sync.WaitGroup
			if needsMembership {
				all.Go(func() {
					if m := readMembership(ctx, env.Client, a.user).shown(env); m.known {
						found.Context = slices.Concat(wording.Background(env.Shown(a.user), m.names(), env.Now()), current[1:])
					}
				})
			}
			if needsCount {
				all.Go(func() {
					if page, err := env.Client.Sessions(ctx, a.user.ID, "active", 1, 0); err == nil {
						found.EffectsFor = effectsOf(env, a, page.Total, env.Now())
					}
				})
			}
			if !said {
				all.Go(func() { found.Namesakes = cache.look(ctx, env, a.user) })
			}
			all.Wait()
			return found
		},
	}
}

// effects returns what the attempt would do, given the answers so far.
func (a attempt) effects(sessions int, now time.Time) []string {
	if saved := a.recreates(); saved != nil {
		return append([]string{a.undoes.when(now)}, wording.RecreateEffects(saved)...)
	}
	out := wording.Effects(a.call(), sessions, now)
	if a.undoes != nil {
		undone := wording.UndoEffects(a.call(), a.answers, a.undoes.before, a.undoes.caveat, now)
		if len(undone) > 0 && a.op.Edit != nil { // it names the keys, which says more
			out = nil
		}
		out = slices.Concat([]string{a.undoes.when(now)}, undone, out)
	}
	if a.undoes == nil && a.typed {
		out = slices.Concat(wording.Changes(a.call(), a.request().Values), out)
	}
	for _, line := range slices.Backward(a.since) {
		out = append([]string{"changed since then: " + line}, out...)
	}
	if a.was != a.is {
		out = append([]string{wording.ChangedSince(a.was, a.is)}, out...)
	}
	return out
}

// dependsOnSessions reports whether the effects mention the number of sessions for
// at least one choice.
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
