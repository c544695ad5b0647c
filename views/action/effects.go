package action

import (
	"context"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"frontdesk/api/ops"
	"frontdesk/tui"
)

// unknown is the number of sessions that nobody has counted.
const unknown = -1

// learnWithin bounds the counting of sessions; a question is seldom open longer.
const learnWithin = 10 * time.Second

// effects are what would happen with what is filled in.
func effects(a asked, sessions int, now time.Time) []string {
	out := a.op.Effects(ops.Subject{User: a.seen, Sessions: sessions, Now: now, PartID: a.part.ID, Values: a.request().Values})
	out = withPart(out, a)
	if a.given != nil {
		out = append([]string{"is about the " + a.row.Part.String() + " " + joined(partName(a.row.Part, a.row.Item), a.row.Item.Note)}, out...)
	}
	if a.back != nil {
		out = append(a.back.puts(a, now), out...)
	}
	if a.was != a.is {
		out = append([]string{"changed since you looked: was “" + a.was + "”, is “" + a.is + "” now"}, out...)
	}
	return out
}

// effectsOf are the effects that follow what is typed, nil where nothing is.
func effectsOf(a asked, sessions int, now time.Time) func(tui.Answers) []string {
	if len(a.op.Fields) == 0 && sessions == unknown {
		return nil
	}
	return func(given tui.Answers) []string { return effects(a.filled(given), sessions, now) }
}

// learn counts the person's sessions where the effects would name them, and reads
// which organization they are in where nobody has looked and something is taken
// away from them. The question does not wait for it: what is said of "every
// session" until then is true as well, and is as long.
func learn(env *Env, a asked, stands []string) *tui.Task {
	if a.seen == nil {
		return nil
	}
	counts, looks := speaksOfSessions(a, env.Now()), a.op.Destructive && !memberOf(env, a.seen).known
	if !counts && !looks {
		return nil
	}
	key := "learn " + a.key()
	return &tui.Task{
		Key: key, Replace: true, Deadline: learnWithin,
		Run: func(ctx context.Context, _ func(tui.Progress)) tea.Msg {
			found := tui.LookupMsg{Key: key}
			if looks {
				if m := readMembership(ctx, env, a.seen); m.known {
					found.Context = slices.Concat(background(a.seen, m, env.Now()), stands[1:])
				}
			}
			if counts {
				// Where they cannot be counted, every session is what it stays.
				if page, err := env.Client.Sessions(ctx, a.seen.ID, "active", 1, 0); err == nil {
					found.EffectsFor = effectsOf(a, page.Total, env.Now())
				}
			}
			return found
		},
	}
}

// speaksOfSessions says that the effects differ with the number of sessions,
// whatever is chosen.
func speaksOfSessions(a asked, now time.Time) bool {
	const some = 2
	all := tui.Answers{}
	for _, f := range a.op.Fields {
		if f.Kind == ops.FieldChoice {
			all[f.Name] = f.Choices[len(f.Choices)-1]
		}
	}
	a = a.filled(all)
	return !slices.Equal(effects(a, unknown, now), effects(a, some, now))
}
