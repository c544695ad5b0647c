package user

import (
	"context"
	"fmt"
	"time"

	tea "charm.land/bubbletea/v2"

	"frontdesk/api"
	"frontdesk/tui"
	"frontdesk/views/action"
	"frontdesk/views/person"
	"frontdesk/views/seen"
)

// most is how many rows a list is asked for: what the API gives at once.
const most = 500

// reading is a list that hangs on a user without being part of them. It is read
// when its tab opens; what was known stays in sight, with its age, until then.
type reading[T any] struct {
	env  *action.Env
	of   *detail
	noun string // "session"; names the task too
	kept func() *seen.List[T]
	call func(context.Context, *api.Client, api.Text) (api.Page[T], error)

	opened, running bool
	failed          error // why it could not be read last, nil when it could
}

// readMsg is what came of reading a list, asked for at asked.
type readMsg[T any] struct {
	key   string
	page  api.Page[T]
	err   error
	asked time.Time
	at    time.Time
}

func (l *reading[T]) key() string { return "user." + l.noun + "s " + l.of.user.ID.Display() }

// open reads the list, also in the place of a reading that is under way.
func (l *reading[T]) open() tea.Cmd {
	l.opened, l.running = true, true
	key, id, env, call := l.key(), l.of.user.ID, l.env, l.call
	return tui.Run(tui.Task{
		Key: key, Title: "Reading the " + l.noun + "s of " + l.of.Title(), Replace: true,
		Run: func(ctx context.Context, report func(tui.Progress)) tea.Msg {
			asked := env.Now()
			page, err := call(env.Held(ctx, report), env.Client, id)
			if ctx.Err() != nil {
				return nil // the end of the task says why
			}
			return readMsg[T]{key: key, page: page, err: err, asked: asked, at: env.Now()}
		},
	})
}

// again reads a list that was looked at, after something that may have changed it.
func (l *reading[T]) again() tea.Cmd {
	if !l.opened {
		return nil
	}
	return l.open()
}

// learn takes what was read, and the end of a reading that brought nothing.
func (l *reading[T]) learn(msg tea.Msg) {
	switch msg := msg.(type) {
	case readMsg[T]:
		if msg.key != l.key() {
			return
		}
		l.running, l.failed = false, msg.err
		if msg.err == nil {
			l.kept().Take(msg.page, msg.asked, msg.at)
		}
	case tui.TaskMsg:
		if msg.Key == l.key() && !msg.Running && l.running {
			l.running, l.failed = false, msg.Err
		}
	}
}

// waits says that the age of the list is on the screen.
func (l *reading[T]) waits() bool { return l.kept().Known() && (l.running || l.failed != nil) }

// head writes the heading with how much there is, how old it is and what is
// wrong, all in its one line, so that no answer moves the rows. What stands for
// rows that are not there it writes too, and gives those that are.
func (l *reading[T]) head(p *sheet, title, none string) []T {
	list := l.kept()
	p.gap()
	switch {
	case !list.Known() && l.failed != nil:
		p.add(span{title, p.s.Heading}, p.warn("   ! not read"))
		p.prose(problem(l.failed), p.s.Text)
		p.add(p.hint("user.refresh", "reads again")...)
	case !list.Known():
		p.add(span{title, p.s.Heading}, p.dim("   reading…"))
	default:
		p.add(append([]span{{title, p.s.Heading}, p.dim("   " + total(len(list.Rows), list.Total))}, l.age(p)...)...)
		p.none(len(list.Rows), none)
	}
	return list.Rows
}

// age is how old the rows are, where that is not a matter of course.
func (l *reading[T]) age(p *sheet) []span {
	at := l.kept().ReadAt
	switch {
	case l.failed != nil:
		return []span{p.warn("   ! as of " + person.Ago(at, p.now) + ": "), p.plain(brief(l.failed))}
	case l.running && old(at, p.now):
		return []span{p.dim("   as of " + person.Ago(at, p.now) + ", reading again")}
	}
	return nil
}

// old says that what was read at has an age worth saying.
func old(at, now time.Time) bool { return now.Sub(at) >= time.Minute }

// total is how many rows there are, and of how many.
func total(rows, of int) string {
	switch {
	case of > rows:
		return fmt.Sprintf("%d of %d, the newest", rows, of)
	case of < 0:
		return fmt.Sprintf("%d or more", rows)
	case rows == 0:
		return ""
	}
	return fmt.Sprint(rows)
}
