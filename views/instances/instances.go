// Package instances lets the operator switch to another instance while the console runs.
//
// What may live here: the menu of instances, opening one, building its screens, and
// resetting the demo. What may not: which instances exist and where their keys come from
// (api/session, api/profile), and replacing the screens (tui/shell).
package instances

import (
	"cmp"
	"context"
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"

	"frontdesk/api/clean"
	"frontdesk/api/profile"
	"frontdesk/api/session"
	"frontdesk/tui"
	"frontdesk/views/action"
)

// openDeadline limits opening an instance. It is long because a key command may ask for a
// password or fingerprint.
const openDeadline = 2 * time.Minute

const (
	actSwitch = "app.instance"
	openKey   = "instance.open"
)

// Config configures a Switcher. All fields except ResetDemo and Guide are required.
type Config struct {
	Instances session.Instances
	// Root returns the first screen of an instance. Actions returns the actions available
	// on all its screens, in addition to switching.
	Root    func(*action.Env) tui.View
	Actions func(*action.Env) []tui.Action
	// ResetDemo resets the demo data; nil disables resetting.
	ResetDemo func(context.Context) error
	// Guide returns the guide for an instance; nil means no guide.
	Guide func(*action.Env) tui.Guide
}

// Switcher opens other instances and closes those no longer in use.
type Switcher struct {
	conf Config

	mu   sync.Mutex
	open map[*openSession]bool
}

// openSession is a session that must be closed exactly once.
type openSession struct {
	close func()
	once  sync.Once
}

// New returns a Switcher. Pass the first session to Adopt.
func New(c Config) *Switcher { return &Switcher{conf: c, open: map[*openSession]bool{}} }

// Adopt builds the screens for a session that is already open. The Switcher becomes
// responsible for closing it.
func (s *Switcher) Adopt(env *action.Env) tui.ReplaceRootMsg {
	return s.screens(env, s.hold(env.Close))
}

// screens builds the screens for a session.
func (s *Switcher) screens(env *action.Env, held *openSession) tui.ReplaceRootMsg {
	msg := tui.ReplaceRootMsg{
		Root: s.conf.Root(env), Instance: Badge(env.Instance), Operator: env.Instance.OperatorLine(),
		GlobalActions: func() []tui.Action {
			return append(append(s.conf.Actions(env), s.switchAction(env, held)), s.resetActions(env, held)...)
		},
	}
	if s.conf.Guide != nil {
		msg.Guide = s.conf.Guide(env)
	}
	return msg
}

// Close closes all open sessions. Call it when the program ends.
func (s *Switcher) Close() {
	s.mu.Lock()
	left := s.open
	s.open = map[*openSession]bool{}
	s.mu.Unlock()
	for one := range left {
		one.once.Do(one.close)
	}
}

func (s *Switcher) hold(end func()) *openSession {
	if end == nil {
		end = func() {}
	}
	held := &openSession{close: end}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.open[held] = true
	return held
}

// release closes a session. It may block, so call it outside Update.
func (s *Switcher) release(held *openSession) {
	s.mu.Lock()
	delete(s.open, held)
	s.mu.Unlock()
	held.once.Do(held.close)
}

// switchAction returns the action that opens the menu of instances.
func (s *Switcher) switchAction(env *action.Env, held *openSession) tui.Action {
	return tui.Action{
		ID: actSwitch, Title: "Switch instance…", Alias: "instance", Group: tui.GroupEverywhere,
		Help: "Switches to another instance. Asks first if work is in progress.",
		Do:   func() tea.Cmd { return tui.OpenMenu(s.menu(env, held)) },
	}
}

func (s *Switcher) menu(env *action.Env, held *openSession) tui.Menu {
	m := tui.Menu{Title: "Switch instance", Context: []string{"Now on " + Badge(env.Instance).String()}}
	for _, in := range s.conf.Instances.List() {
		a := tui.Action{ID: "instance " + in.ID, Title: in.Name, Tag: in.Kind.String(), TagTone: kindTone(in.Kind), Note: address(in)}
		if isSame(in, env.Instance) {
			a.Off = "this is the current instance"
		}
		a.Do = func() tea.Cmd { return s.request(env, held, in) }
		m.Items = append(m.Items, a)
	}
	return m
}

// isSame reports whether two instances are the same.
func isSame(a, b profile.Instance) bool {
	return a.ID == b.ID && a.Kind == b.Kind && a.Name == b.Name && a.URL == b.URL
}

// address returns the host of an instance, or "" if its name is the host.
func address(in profile.Instance) string {
	where := clean.NewText(in.URL).Display()
	switch {
	case in.Kind == profile.Demo:
		return "nothing leaves this machine"
	case where == "" && in.Name != clerkHost:
		return clerkHost
	}
	return where
}

const clerkHost = "api.clerk.com"

func kindTone(k profile.Kind) tui.Tone {
	return map[profile.Kind]tui.Tone{profile.Demo: tui.ToneInfo, profile.Development: tui.ToneAccent, profile.Production: tui.ToneBad}[k]
}

// request opens an instance, asking first if work is in progress.
func (s *Switcher) request(env *action.Env, held *openSession, in profile.Instance) tea.Cmd {
	return func() tea.Msg {
		return tui.LeaveMsg{Title: switchTitle(in), Verb: "Switch", Leave: func(work []string) tea.Cmd {
			return tui.Run(s.openTask(env, held, in, work))
		}}
	}
}

func switchTitle(in profile.Instance) string { return "Switch to " + Badge(in).String() }

// openedMsg is the result of opening an instance.
type openedMsg struct {
	session session.Session
	held    *openSession
	err     error
}

// openTask returns the task that opens an instance. It can be cancelled with esc.
func (s *Switcher) openTask(env *action.Env, held *openSession, in profile.Instance, work []string) tui.Task {
	return tui.Task{
		Key: openKey, Title: "Opening " + in.Name, Replace: true, Deadline: openDeadline,
		Run: func(ctx context.Context, _ func(tui.Progress)) tea.Msg {
			opened, err := s.openSession(ctx, in)
			if ctx.Err() != nil {
				if err == nil {
					s.release(opened.held)
				}
				return nil
			}
			opened.err = err
			return opened
		},
		Then: func(msg tea.Msg) tea.Cmd { return s.goOn(env, held, in, work, msg.(openedMsg)) },
	}
}

// openSession opens an instance and, for a demo, waits until its database is open.
func (s *Switcher) openSession(ctx context.Context, in profile.Instance) (openedMsg, error) {
	next, err := s.conf.Instances.Open(ctx, in.ID)
	if err != nil {
		return openedMsg{}, err
	}
	opened := openedMsg{session: *next, held: s.hold(next.Close)}
	if err := next.Demo.Wait(ctx); err != nil {
		s.release(opened.held)
		return openedMsg{}, err
	}
	return opened, nil
}

// goOn switches to the opened instance, or reports why it could not be opened.
func (s *Switcher) goOn(env *action.Env, held *openSession, in profile.Instance, work []string, opened openedMsg) tea.Cmd {
	if opened.err != nil {
		return tui.Notify(tui.Toast{ID: openKey, Tone: tui.ToneBad, Text: in.Name + " cannot be opened: " + clean.Sentence(opened.err.Error()),
			Next: "You are still on " + Badge(env.Instance).String() + "."})
	}
	msg := s.replacement(env, held, work, opened)
	msg.Title, msg.Verb = switchTitle(in), "Switch"
	return func() tea.Msg { return msg }
}

// replacement returns the message that replaces the session of env by an opened one.
func (s *Switcher) replacement(env *action.Env, held *openSession, work []string, opened openedMsg) tui.ReplaceRootMsg {
	msg := s.screens(env.ForSession(opened.session), opened.held)
	msg.LeftWork = work
	msg.Cancel = func() tea.Cmd { return s.closing(opened.held) }
	msg.CloseOld = func() { s.release(held) }
	return msg
}

// closing returns a command that closes a session.
func (s *Switcher) closing(held *openSession) tea.Cmd {
	return func() tea.Msg { s.release(held); return nil }
}

// Badge returns an instance in the form shown in the header.
func Badge(in profile.Instance) tui.Instance {
	kind := map[profile.Kind]tui.InstanceKind{
		profile.Demo: tui.InstanceDemo, profile.Development: tui.InstanceDevelopment, profile.Production: tui.InstanceProduction,
	}[in.Kind]
	return tui.Instance{Kind: kind, Word: in.Kind.String(), Name: cmp.Or(in.Name, in.ID)}
}
