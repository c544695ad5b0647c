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

// While the list follows, what others do to people shows as well: the rows on the
// screen are read again in one request a beat, and the total is counted again with
// every few looks for arrivals. All of it together is at most a request in two
// seconds, a twentieth of what a development instance may be asked.

const (
	rereadKey = "users.follow.rows"
	// rereadInterval is the beat while the rows change; it gets slower while they do not,
	// and when that fails.
	rereadInterval        = 10 * time.Second
	rereadIntervalMax     = 20 * time.Second
	rereadIntervalFailing = time.Minute
	// maxReread is how many people one request asks for by id.
	maxReread = 100
	// maxGoneLookups is how many of those that an answer leaves out are asked for alone at
	// a beat: a server that does not know the filter proves nothing.
	maxGoneLookups = 3
	// recountEvery is how often the total is counted; a count that takes long comes
	// at most a twentieth of the time.
	recountEvery = 20 * time.Second
	recountShare = 20
)

// rereadDueMsg is the moment to read the rows on the screen again.
type rereadDueMsg struct{ serial int }

// rereadMsg is what came of it.
type rereadMsg struct {
	serial int
	asked  time.Time
	users  []api.User
	gone   []clean.Text
	err    error
}

// rereadVisible reads the rows on the screen again.
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

// visibleIDs are the ids of the rows that are looked at.
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

// readUsers reads people as they are, and says who of them is not there any more.
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

// takeReread tells every screen who is another than they were, and looks again later.
// Nothing moves: a row that changed keeps its place.
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

// takeNewer takes a person who was read again; nil where they are as they were. What
// is known since it was asked is better.
func (f *feed) takeNewer(u *api.User, asked time.Time) tea.Cmd {
	old := f.findShown(u.ID.Raw())
	switch {
	case old == nil, old.User.ReadAt.After(asked):
		return nil
	case bytes.Equal(old.User.Body, u.Body):
		f.replaceUser(localsearch.NewRow(u)) // for its age
		return nil
	}
	return func() tea.Msg { return action.UserChangedMsg{User: u} }
}

// findShown is the row of somebody who is here, nil for nobody.
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

// isRecountDue says that the total is to be counted with the next look.
func (f *feed) isRecountDue(r *result) bool {
	return r.scan == nil && f.follow.after == "" && !f.env.Now().Before(f.follow.recountAt)
}

// takeRecount takes a total that was counted beside a look for arrivals, after those
// were taken in. Who went since shows in it; where all rows are here, they are read
// again to find out who.
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
