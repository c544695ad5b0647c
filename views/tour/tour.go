// Package tour teaches the console in seven steps on the demo. A panel says what to press and
// why, and detects from the screen when a step is done.
//
// What may live here: the steps, the facts about the screens that they check, the panel,
// and the file with the operator's progress. What may not: key bindings (they are in the
// key map), and anything on an instance other than the demo.
package tour

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"frontdesk/api/profile"
	"frontdesk/tui"
	"frontdesk/views/action"
)

// Action ids, as used in the key map.
const (
	actTour = "app.tour"
	actSkip = "app.tour.skip"
)

// Config configures a Tour.
type Config struct {
	// State is the saved progress. File saves it; nil does not save.
	State State
	File  *File
	// Offers reports whether to mention the tour once, on the list.
	Offers bool
	// Starts reports whether to start or continue the tour at once.
	Starts bool
}

// Tour is the tour of one operator. It is the same on all instances they use; On is its
// panel on one of them.
type Tour struct {
	conf  Config
	state State
	// isRunning shows the panel; wasShown reports that what the step opens was there.
	isRunning, wasShown bool
}

// New returns a Tour.
func New(c Config) *Tour {
	return &Tour{conf: c, state: c.State.complete(), isRunning: c.Starts}
}

// On returns the panel on the instance of env.
func (t *Tour) On(env *action.Env) tui.Guide { return &guide{Tour: t, env: env} }

// Actions are what can be done with the tour on every screen of an instance.
func (t *Tour) Actions(env *action.Env) []tui.Action {
	a := tui.Action{ID: actTour, Alias: "tour", Group: tui.GroupEverywhere, Keywords: []string{"learn", "tutorial", "introduction"},
		Title: "Take the tour", Help: "Seven steps, five minutes: how calls are answered here.", Do: t.toggle}
	switch {
	case env.Instance.Kind != profile.Demo:
		a.Off = "it is on the demo only: frontdesk tour --instance demo"
		return []tui.Action{a}
	case !t.isRunning:
		if n := t.state.step(); n > 0 && n < len(steps) {
			a.Title = "Go on with the tour"
		}
		return []tui.Action{a}
	}
	a.Title, a.Help = "Leave the tour", "It goes on from the same step later."
	all := []tui.Action{a}
	if t.state.step() < len(steps) {
		all = append(all, tui.Action{ID: actSkip, Title: "Skip this step of the tour", Group: tui.GroupEverywhere, Help: "Goes on to the next step.", Do: t.skip})
	}
	return all
}

// toggle starts the tour, goes on with it or leaves it. One that was finished starts again.
func (t *Tour) toggle() tea.Cmd {
	t.isRunning, t.wasShown = !t.isRunning, false
	if t.state.step() == len(steps) {
		t.state.Steps = nil
	}
	t.state.Offered = true
	return t.save()
}

func (t *Tour) skip() tea.Cmd { return t.finish(skipped) }

// finish ends the present step.
func (t *Tour) finish(how rune) tea.Cmd {
	t.state.Steps, t.wasShown = append(t.state.Steps[:t.state.step():t.state.step()], how), false
	return t.save()
}

// save saves the progress. An error is ignored, because the tour can simply be repeated.
func (t *Tour) save() tea.Cmd {
	if t.conf.File == nil {
		return nil
	}
	write := t.conf.File.writer(t.state)
	return tui.Run(tui.Task{Key: "tour.save", Replace: true, Run: func(context.Context, func(tui.Progress)) tea.Msg {
		_ = write()
		return nil
	}})
}

// guide is the panel on one instance.
type guide struct {
	*Tour
	env *action.Env
}

// isShown reports whether the panel is there.
func (g *guide) isShown() bool { return g.isRunning && g.env.Instance.Kind == profile.Demo }

// Observe implements [tui.Guide].
func (g *guide) Observe(msg tea.Msg, now tui.Stage) tea.Cmd {
	if g.env.Instance.Kind != profile.Demo || !g.isRunning && !g.offers() {
		return nil
	}
	f := g.look(msg, now)
	if !g.isRunning {
		return g.noteOffer(msg, now, f)
	}
	n := g.state.step()
	if n == len(steps) {
		return nil
	}
	s := steps[n]
	switch {
	case s.isDone != nil:
		if s.isDone(f) {
			return g.finish(done)
		}
	case s.isShown(f):
		g.wasShown = true
	case g.wasShown && f.question == "":
		return g.finish(done)
	}
	return nil
}

// noteOffer takes the offer back once the operator has begun with something.
func (g *guide) noteOffer(msg tea.Msg, now tui.Stage, f facts) tea.Cmd {
	switch msg.(type) {
	case tea.KeyPressMsg, tea.PasteMsg, tea.MouseClickMsg:
	default:
		return nil
	}
	if f.isList && !now.IsTyping() && f.search == "" && f.marked == 0 {
		return nil // they look around
	}
	g.state.Offered = true
	return g.save()
}

func (g *guide) offers() bool { return g.conf.Offers && !g.state.Offered && !g.isRunning }
