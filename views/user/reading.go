package user

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/dustin/go-humanize"

	"frontdesk/api"
	"frontdesk/tui"
	"frontdesk/views/action"
	"frontdesk/views/usercache"
	"frontdesk/views/userfmt"
)

// most is how many rows a list is asked for: what the API gives at once.
const most = 500

// reading is a list that hangs on a user without being part of them. Its beginning
// is read when its tab opens, and more as one comes near the end of that; what was
// known stays in sight, with its age, until then.
type reading[T any] struct {
	env  *action.Env
	of   *detail
	noun string // "session"; names the task too
	kept func() *usercache.List[T]
	part part[T]

	opened, running bool
	failed          error // why it could not be read last, nil when it could
	on              bool  // what is being read is what comes behind Rows
	stuck           error // why that could not be read, nil when it could
	dry             bool  // the server counts more than it gives
}

// readMsg is what came of reading a list, asked for at asked.
type readMsg[T any] struct {
	key   string
	page  api.Page[T]
	moved bool // all of it was read anew
	err   error
	to    time.Time // when what it was added to had been asked for
	asked time.Time
	at    time.Time
}

func (l *reading[T]) key() string { return "user." + l.noun + "s " + l.of.user.ID.Display() }

// open reads the list, as much of it as was there before, also in the place of a
// reading that is under way.
func (l *reading[T]) open() tea.Cmd {
	l.opened, l.on, l.stuck, l.dry = true, false, nil, false
	return l.read("Reading the ", nil, max(most, len(l.kept().Rows)))
}

// more reads on behind the rows there are, n when that was found to be needed.
func (l *reading[T]) more(n int) tea.Cmd {
	list := l.kept()
	if l.running || l.stuck != nil || l.failed != nil || l.dry || !list.HasMore() || len(list.Rows) != n {
		return nil
	}
	l.on = true
	return l.read("Reading more of the ", list.Rows, n+1)
}

func (l *reading[T]) read(doing string, have []T, want int) tea.Cmd {
	l.running = true
	key, id, env, part, to := l.key(), l.of.user.ID, l.env, l.part, l.kept().AskedAt()
	return tui.Run(tui.Task{
		Key: key, Title: doing + l.noun + "s of " + l.of.Title(), Replace: true,
		Run: func(ctx context.Context, report func(tui.Progress)) tea.Msg {
			asked := env.Now()
			page, moved, err := part.gather(env.ReportWaits(ctx, report), env.Client, id, have, want)
			if ctx.Err() != nil {
				return nil // the end of the task says why
			}
			return readMsg[T]{key: key, page: page, moved: moved, err: err, to: to, asked: asked, at: env.Now()}
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
		if msg.key == l.key() {
			l.take(msg)
		}
	case tui.TaskMsg:
		if msg.Key == l.key() && !msg.Running && l.running {
			l.ended(msg.Err)
		}
	}
}

func (l *reading[T]) take(msg readMsg[T]) {
	list, before := l.kept(), len(l.kept().Rows)
	l.ended(msg.err)
	switch {
	case msg.err != nil:
	case l.on && !msg.moved:
		list.Extend(msg.page, msg.to)
		l.dry = len(list.Rows) <= before
	default:
		list.SetIfNewer(msg.page, msg.asked, msg.at)
		l.of.heights = nil // of the same rows, as they were
	}
}

func (l *reading[T]) ended(err error) {
	l.running = false
	if l.on {
		l.stuck = err
	} else {
		l.failed = err
	}
}

// waits says that the age of the list is on the screen.
func (l *reading[T]) waits() bool {
	return l.kept().IsRead() && (l.running && !l.on || l.failed != nil)
}

// head writes the heading with how much there is, how old it is and what is
// wrong, all in its one line, so that no answer moves the rows. What stands for
// rows that are not there it writes too, and gives those that are.
func (l *reading[T]) head(p *sheet, title, none string) []T {
	list := l.kept()
	p.gap()
	switch {
	case !list.IsRead() && l.failed != nil:
		p.add(span{title, p.s.Heading}, p.warn("   ! not read"))
		p.prose(problem(l.failed), p.s.Text)
		p.add(p.hint("user.refresh", "reads again")...)
	case !list.IsRead():
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
		return []span{p.warn("   ! as of " + userfmt.Ago(at, p.now) + ": "), p.plain(brief(l.failed))}
	case l.running && !l.on && old(at, p.now):
		return []span{p.dim("   as of " + userfmt.Ago(at, p.now) + ", reading again")}
	}
	return nil
}

// old says that what was read at has an age worth saying.
func old(at, now time.Time) bool { return now.Sub(at) >= time.Minute }

func comma(n int) string { return humanize.Comma(int64(n)) }

// total is how many rows there are, and of how many.
func total(rows, of int) string {
	switch {
	case of > rows:
		return comma(rows) + " of " + comma(of)
	case of < 0:
		return comma(rows) + " or more"
	case rows == 0:
		return ""
	}
	return comma(rows)
}
