package users

import (
	"bytes"
	"context"
	"errors"
	"time"

	tea "charm.land/bubbletea/v2"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/tui"
	"frontdesk/views/action"
	"frontdesk/views/users/localsearch"
)

// While the list follows, changes made elsewhere show too: every so often one request
// reads the visible rows again, and the total is counted with every few requests for
// arrivals. Together these are at most one request in two seconds, a twentieth of what
// a development instance may be sent.

const (
	rereadKey = "users.follow.rows"
	// rereadInterval is how often the rows are read again while they change; it grows
	// while they do not, and after errors.
	rereadInterval        = 10 * time.Second
	rereadIntervalMax     = 20 * time.Second
	rereadIntervalFailing = time.Minute
	// maxReread is how many users one request asks for by id.
	maxReread = 100
	// maxGoneLookups is how many of the users missing from an answer are looked up one
	// by one each time: a server that ignores the filter proves nothing.
	maxGoneLookups = 3
	// recountEvery is how often the total is counted; counting uses at most a
	// twentieth of the time.
	recountEvery = 20 * time.Second
	recountShare = 20
)

// rereadDueMsg says that it is time to read the visible rows again.
type rereadDueMsg struct{ serial int }

// rereadMsg is the answer.
type rereadMsg struct {
	serial int
	asked  time.Time
	users  []api.User
	gone   []clean.Text
	err    error
}

// rereadVisible reads the visible rows again.
func (f *feed) rereadVisible(msg rereadDueMsg) tea.Cmd {
	if !f.follow.on || msg.serial != f.follow.serial {
		return nil
	}
	ids := f.visibleIDs()
	if len(ids) == 0 {
		return tui.Later(rereadInterval, msg)
	}
	client, asked := f.env.Client, f.env.Now()
	return tui.Run(tui.Task{Key: rereadKey, Replace: true, Run: func(ctx context.Context, _ func(tui.Progress)) tea.Msg {
		out := rereadMsg{serial: msg.serial, asked: asked}
		out.users, out.gone, out.err = readUsers(ctx, client, ids)
		if ctx.Err() != nil && out.err == nil {
			out.err = ctx.Err()
		}
		return out
	}})
}

// visibleIDs returns the ids of the rows on the screen.
func (f *feed) visibleIDs() []string {
	if f.shown == nil || f.stage() != stageRows {
		return nil
	}
	first, end := f.shown.win.Rows(f.shown.pages.Len(), f.visibleRows())
	var ids []string
	for i := first; i < end && len(ids) < maxReread; i++ {
		if r := f.shown.pages.At(i); r != nil && !r.HasNoID() {
			ids = append(ids, r.ID)
		}
	}
	return ids
}

// readUsers reads users by id and returns those who were deleted separately.
func readUsers(ctx context.Context, client *api.Client, ids []string) (users []api.User, gone []clean.Text, err error) {
	users, err = client.ListUsers(ctx, api.Query{UserID: ids, Limit: len(ids)})
	if err != nil {
		return nil, nil, err
	}
	here := map[string]bool{}
	for i := range users {
		here[users[i].ID.Raw()] = true
	}
	asked := 0
	for _, raw := range ids {
		if here[raw] || asked == maxGoneLookups {
			continue
		}
		asked++
		id := clean.NewText(raw)
		u, err := client.GetUser(ctx, id)
		var failed *api.Error
		switch {
		case err == nil:
			users = append(users, *u)
		case errors.As(err, &failed) && failed.Kind == api.KindNotFound:
			gone = append(gone, id)
		}
	}
	return users, gone, nil
}

// takeReread reports changed users to every screen and schedules the next read. Rows
// keep their place even if they changed.
func (f *feed) takeReread(msg rereadMsg) tea.Cmd {
	if !f.follow.on || msg.serial != f.follow.serial {
		return nil
	}
	fol := &f.follow
	var cmds []tea.Cmd
	for i := range msg.users {
		if cmd := f.takeNewer(&msg.users[i], msg.asked); cmd != nil {
			cmds = append(cmds, cmd)
		}
	}
	for _, id := range msg.gone {
		cmds = append(cmds, func() tea.Msg { return action.UserGoneMsg{ID: id} })
	}
	if len(msg.gone) > 0 {
		fol.recountAt = f.env.Now()
	}
	switch {
	case msg.err != nil:
		fol.rereadInterval = min(2*max(fol.rereadInterval, rereadInterval), rereadIntervalFailing)
	case len(cmds) > 0:
		fol.rereadInterval = rereadInterval
	default:
		fol.rereadInterval = min(max(fol.rereadInterval, rereadInterval)*5/4, rereadIntervalMax)
	}
	return tea.Batch(append(cmds, tui.Later(max(fol.rereadInterval, f.env.Client.RateLimitWait()), rereadDueMsg{fol.serial}))...)
}

// takeNewer stores a user who was read again; nil if nothing changed, or if a newer
// state is known.
func (f *feed) takeNewer(u *api.User, asked time.Time) tea.Cmd {
	old := f.findShown(u.ID.Raw())
	switch {
	case old == nil, old.User.ReadAt.After(asked):
		return nil
	case bytes.Equal(old.User.Body, u.Body):
		f.replaceUser(localsearch.NewRow(u)) // for its ReadAt
		return nil
	}
	return func() tea.Msg { return action.UserChangedMsg{User: u} }
}

// findShown returns the row of a user in the result on the screen, nil if there is
// none.
func (f *feed) findShown(id string) *localsearch.Row {
	if f.shown == nil {
		return nil
	}
	at, here := f.shown.pages.Find(id)
	if !here {
		return nil
	}
	return f.shown.pages.At(at)
}

// isRecountDue reports whether to count all users with the next request.
func (f *feed) isRecountDue(r *result) bool {
	return r.scan == nil && f.follow.after == "" && !f.env.Now().Before(f.follow.recountAt)
}

// takeRecount stores a total counted beside a request for arrivals, after those were
// added. A lower number means that users were deleted; if all rows are loaded they are
// read again to find out who.
func (f *feed) takeRecount(r *result, n int, took time.Duration) tea.Cmd {
	f.follow.recountAt = f.env.Now().Add(max(recountEvery, recountShare*took))
	apart := r.arrivedUnplaced + len(r.unplacedCreated())
	if r.query.needle.Empty() {
		f.total = userTotal{n: n, isKnown: true}
	}
	n = max(0, n-apart)
	r.countFailed, r.countedTotal = false, n
	if r.pages.IsComplete() && n < r.pages.Len() {
		if r == f.want && r == f.shown {
			return f.reload("")
		}
		return nil
	}
	r.pages.SetTotal(n)
	return nil
}
