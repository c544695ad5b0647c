package user

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"frontdesk/api"
	"frontdesk/tui"
	"frontdesk/views/action"
	"frontdesk/views/usercache"
	"frontdesk/views/userfmt"
)

// pageSize is how many rows a request asks for, the API's maximum.
const pageSize = 500

// remoteList is a list of the user's that is not part of the user object. Its first
// page is read when its tab opens, more as the operator scrolls near the end. Old rows
// stay visible, with their age, until the answer.
type remoteList[T any] struct {
	env    *action.Env
	detail *detail
	noun   string // "session", for task titles and keys
	list   func() *usercache.List[T]
	source listSource[T]

	isOpened, isReading bool
	readErr             error // why the last read failed, nil if it did not
	isReadingMore       bool  // the read in progress continues behind Rows
	readMoreErr         error // why that read failed, nil if it did not
	isExhausted         bool  // the server counts more rows than it returns
}

// readMsg is the result of reading a list.
type readMsg[T any] struct {
	key           string
	page          api.Page[T]
	isRereadWhole bool // the whole list was read anew
	err           error
	continues     time.Time // AskedAt of the rows that page continues
	asked         time.Time
	at            time.Time
}

func (l *remoteList[T]) key() string { return "user." + l.noun + "s " + l.detail.user.ID.Display() }

// open reads the list, at least as many rows as are shown, and replaces a read in
// progress.
func (l *remoteList[T]) open() tea.Cmd {
	l.isOpened, l.isReadingMore, l.readMoreErr, l.isExhausted = true, false, nil, false
	return l.read("Reading the ", nil, max(pageSize, len(l.list().Rows)))
}

// readMore reads the rows behind the first n. It does nothing if the list has another
// length by now.
func (l *remoteList[T]) readMore(n int) tea.Cmd {
	list := l.list()
	if l.isReading || l.readMoreErr != nil || l.readErr != nil || l.isExhausted || !list.HasMore() || len(list.Rows) != n {
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
				return nil // the TaskMsg says why
			}
			return readMsg[T]{key: key, page: page, isRereadWhole: moved, err: err, continues: to, asked: asked, at: env.Now()}
		},
	})
}

// reread reads the list again if it was opened, after a change that may affect it.
func (l *remoteList[T]) reread() tea.Cmd {
	if !l.isOpened {
		return nil
	}
	return l.open()
}

// cancel cancels the read in progress.
func (l *remoteList[T]) cancel() tea.Cmd {
	if !l.isReading {
		return nil
	}
	return tui.Cancel(l.key())
}

// takeFact handles the result of a read, or its end without one.
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
	case l.isReadingMore && !msg.isRereadWhole:
		list.Extend(msg.page, msg.continues)
		l.isExhausted = len(list.Rows) <= before
	default:
		list.SetIfNewer(msg.page, msg.asked, msg.at)
		l.detail.heights = nil // the rows may have changed
	}
}

func (l *remoteList[T]) endRead(err error) {
	l.isReading = false
	if l.isReadingMore {
		l.readMoreErr = err
	} else {
		l.readErr = err
	}
}

// showsAge reports whether the age of the list is on the screen.
func (l *remoteList[T]) showsAge() bool {
	return l.list().IsRead() && (l.isReading && !l.isReadingMore || l.readErr != nil)
}

// drawHead draws the heading with the number of rows, their age and any error, in one line
// so that an answer does not move the rows. It returns the rows.
func (l *remoteList[T]) drawHead(p *sheet, title, none string) []T {
	list := l.list()
	p.addGap()
	switch {
	case !list.IsRead() && l.readErr != nil:
		p.add(span{title, p.styles.Heading}, p.warn("   ! not read"))
		p.addWrapped(l.env.Mask.Text(describeError(l.readErr)), p.styles.Text)
		p.add(p.hint("user.refresh", "retry")...)
	case !list.IsRead():
		p.add(span{title, p.styles.Heading}, p.dim("   reading…"))
	default:
		p.add(append([]span{{title, p.styles.Heading}, p.dim("   " + totalText(len(list.Rows), list.Total))}, l.age(p)...)...)
		p.addIfNone(len(list.Rows), none)
	}
	return list.Rows
}

// age says how old the rows are if they could not be refreshed, or are being.
func (l *remoteList[T]) age(p *sheet) []span {
	at := l.list().ReadAt
	switch {
	case l.readErr != nil:
		return []span{p.warn("   ! as of " + userfmt.Ago(at, p.now) + ": "), p.plain(l.env.Mask.Text(shortReason(l.readErr)))}
	case l.isReading && !l.isReadingMore && isOld(at, p.now):
		return []span{p.dim("   as of " + userfmt.Ago(at, p.now) + ", reading again")}
	}
	return nil
}

// isOld reports whether data read at that time is old enough to say so.
func isOld(at, now time.Time) bool { return now.Sub(at) >= time.Minute }

// totalText returns how many rows are loaded, and of how many.
func totalText(rows, of int) string {
	switch {
	case of > rows:
		return userfmt.Number(rows) + " of " + userfmt.Number(of)
	case of < 0:
		return userfmt.Number(rows) + " or more"
	case rows == 0:
		return ""
	}
	return userfmt.Number(rows)
}
