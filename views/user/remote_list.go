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

// pageSize is how many rows a list is asked for: what the API gives at once.
const pageSize = 500

// remoteList is a list of the user's that the user object does not carry. Its first
// page is read when its tab opens, more as the end comes near; old rows stay
// visible, with their age, until then.
type remoteList[T any] struct {
	env    *action.Env
	detail *detail
	noun   string // "session"; names the task too
	list   func() *usercache.List[T]
	source listSource[T]

	isOpened, isReading bool
	failed              error // why it could not be read last, nil when it could
	isReadingMore       bool  // what is being read is what comes behind Rows
	moreFailed          error // why that could not be read, nil when it could
	isExhausted         bool  // the server counts more than it gives
}

// readMsg is the result of reading a list.
type readMsg[T any] struct {
	key   string
	page  api.Page[T]
	moved bool // all of it was read anew
	err   error
	to    time.Time // when what it was added to had been asked for
	asked time.Time
	at    time.Time
}

func (l *remoteList[T]) key() string { return "user." + l.noun + "s " + l.detail.user.ID.Display() }

// open reads the list, at least as much as is shown, replacing a read in progress.
func (l *remoteList[T]) open() tea.Cmd {
	l.isOpened, l.isReadingMore, l.moreFailed, l.isExhausted = true, false, nil, false
	return l.read("Reading the ", nil, max(pageSize, len(l.list().Rows)))
}

// readMore reads on behind the rows; n is their number when that was found to be
// needed.
func (l *remoteList[T]) readMore(n int) tea.Cmd {
	list := l.list()
	if l.isReading || l.moreFailed != nil || l.failed != nil || l.isExhausted || !list.HasMore() || len(list.Rows) != n {
		return nil
	}
	l.isReadingMore = true
	return l.read("Reading more of the ", list.Rows, n+1)
}

func (l *remoteList[T]) read(doing string, have []T, want int) tea.Cmd {
	l.isReading = true
	key, id, env, part, to := l.key(), l.detail.user.ID, l.env, l.source, l.list().AskedAt()
	return tui.Run(tui.Task{
		Key: key, Title: doing + l.noun + "s of " + l.detail.Title(), Replace: true,
		Run: func(ctx context.Context, report func(tui.Progress)) tea.Msg {
			asked := env.Now()
			page, moved, err := part.readFrom(env.ReportWaits(ctx, report), env.Client, id, have, want)
			if ctx.Err() != nil {
				return nil // the end of the task says why
			}
			return readMsg[T]{key: key, page: page, moved: moved, err: err, to: to, asked: asked, at: env.Now()}
		},
	})
}

// reread reads a list that was opened, after something that may have changed it.
func (l *remoteList[T]) reread() tea.Cmd {
	if !l.isOpened {
		return nil
	}
	return l.open()
}

// takeFact takes the result of a read, or its end without one.
func (l *remoteList[T]) takeFact(msg tea.Msg) {
	switch msg := msg.(type) {
	case readMsg[T]:
		if msg.key == l.key() {
			l.takeRows(msg)
		}
	case tui.TaskMsg:
		if msg.Key == l.key() && !msg.Running && l.isReading {
			l.endRead(msg.Err)
		}
	}
}

func (l *remoteList[T]) takeRows(msg readMsg[T]) {
	list, before := l.list(), len(l.list().Rows)
	l.endRead(msg.err)
	switch {
	case msg.err != nil:
	case l.isReadingMore && !msg.moved:
		list.Extend(msg.page, msg.to)
		l.isExhausted = len(list.Rows) <= before
	default:
		list.SetIfNewer(msg.page, msg.asked, msg.at)
		l.detail.heights = nil // of the same rows, as they were
	}
}

func (l *remoteList[T]) endRead(err error) {
	l.isReading = false
	if l.isReadingMore {
		l.moreFailed = err
	} else {
		l.failed = err
	}
}

// showsAge says that the list's age is on the screen.
func (l *remoteList[T]) showsAge() bool {
	return l.list().IsRead() && (l.isReading && !l.isReadingMore || l.failed != nil)
}

// head writes the heading with the number of rows, their age and what is wrong, in
// one line so that no answer moves the rows, and returns the rows.
func (l *remoteList[T]) head(p *sheet, title, none string) []T {
	list := l.list()
	p.addGap()
	switch {
	case !list.IsRead() && l.failed != nil:
		p.add(span{title, p.styles.Heading}, p.warn("   ! not read"))
		p.prose(l.env.Mask.Text(describeError(l.failed)), p.styles.Text)
		p.add(p.hint("user.refresh", "reads again")...)
	case !list.IsRead():
		p.add(span{title, p.styles.Heading}, p.dim("   reading…"))
	default:
		p.add(append([]span{{title, p.styles.Heading}, p.dim("   " + totalText(len(list.Rows), list.Total))}, l.age(p)...)...)
		p.addIfNone(len(list.Rows), none)
	}
	return list.Rows
}

// age is how old the rows are, where that is not a matter of course.
func (l *remoteList[T]) age(p *sheet) []span {
	at := l.list().ReadAt
	switch {
	case l.failed != nil:
		return []span{p.warn("   ! as of " + userfmt.Ago(at, p.now) + ": "), p.plain(l.env.Mask.Text(shortReason(l.failed)))}
	case l.isReading && !l.isReadingMore && isOld(at, p.now):
		return []span{p.dim("   as of " + userfmt.Ago(at, p.now) + ", reading again")}
	}
	return nil
}

// isOld says that what was read at has an age worth saying.
func isOld(at, now time.Time) bool { return now.Sub(at) >= time.Minute }

func comma(n int) string { return humanize.Comma(int64(n)) }

// totalText is how many rows there are, and of how many.
func totalText(rows, of int) string {
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
