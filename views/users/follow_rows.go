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
	followRowsKey = "users.follow.rows"
	// rowsOften is the beat while the rows change; it gets slower while they do not,
	// and when that fails.
	rowsOften  = 10 * time.Second
	rowsSeldom = 20 * time.Second
	rowsPoorly = time.Minute
	// rowsMost is how many people one request asks for by id.
	rowsMost = 100
	// goneMost is how many of those that an answer leaves out are asked for alone at
	// a beat: a server that does not know the filter proves nothing.
	goneMost = 3
	// recountEvery is how often the total is counted; a count that takes long comes
	// at most a twentieth of the time.
	recountEvery = 20 * time.Second
	recountShare = 20
)

// followRowsMsg is the moment to read the rows on the screen again.
type followRowsMsg struct{ serial int }

// followedMsg is what came of it.
type followedMsg struct {
	serial int
	asked  time.Time
	users  []api.User
	gone   []clean.Text
	err    error
}

// lookAtRows reads the rows on the screen again.
func (v *View) lookAtRows(msg followRowsMsg) tea.Cmd {
	if !v.follow.on || msg.serial != v.follow.serial {
		return nil
	}
	ids := v.onScreen()
	if len(ids) == 0 {
		return tui.Later(rowsOften, msg)
	}
	client, asked := v.env.Client, v.env.Now()
	return tui.Run(tui.Task{Key: followRowsKey, Replace: true, Run: func(ctx context.Context, _ func(tui.Progress)) tea.Msg {
		out := followedMsg{serial: msg.serial, asked: asked}
		out.users, out.gone, out.err = readByID(ctx, client, ids)
		if ctx.Err() != nil && out.err == nil {
			out.err = ctx.Err()
		}
		return out
	}})
}

// onScreen are the ids of the rows that are looked at.
func (v *View) onScreen() []string {
	if v.shown == nil || v.stage() != stageRows {
		return nil
	}
	first, end := v.shown.win.Rows(v.shown.pages.Len(), v.height())
	var ids []string
	for i := first; i < end && len(ids) < rowsMost; i++ {
		if r := v.shown.pages.At(i); r != nil && !r.Unread() {
			ids = append(ids, r.ID)
		}
	}
	return ids
}

// readByID reads people as they are, and says who of them is not there any more.
func readByID(ctx context.Context, client *api.Client, ids []string) (users []api.User, gone []clean.Text, err error) {
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
		if here[raw] || asked == goneMost {
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

// followed tells every screen who is another than they were, and looks again later.
// Nothing moves: a row that changed keeps its place.
func (v *View) followed(msg followedMsg) tea.Cmd {
	if !v.follow.on || msg.serial != v.follow.serial {
		return nil
	}
	f := &v.follow
	var cmds []tea.Cmd
	for i := range msg.users {
		if cmd := v.refreshed(&msg.users[i], msg.asked); cmd != nil {
			cmds = append(cmds, cmd)
		}
	}
	for _, id := range msg.gone {
		cmds = append(cmds, func() tea.Msg { return action.UserGoneMsg{ID: id} })
	}
	if len(msg.gone) > 0 {
		f.recount = v.env.Now()
	}
	switch {
	case msg.err != nil:
		f.rows = min(2*max(f.rows, rowsOften), rowsPoorly)
	case len(cmds) > 0:
		f.rows = rowsOften
	default:
		f.rows = min(max(f.rows, rowsOften)*5/4, rowsSeldom)
	}
	return tea.Batch(append(cmds, tui.Later(max(f.rows, v.env.Client.RateLimitWait()), followRowsMsg{f.serial}))...)
}

// refreshed takes a person who was read again; nil where they are as they were. What
// is known since it was asked is better.
func (v *View) refreshed(u *api.User, asked time.Time) tea.Cmd {
	old := v.shownRow(u.ID.Raw())
	switch {
	case old == nil, old.User.ReadAt.After(asked):
		return nil
	case bytes.Equal(old.User.Body, u.Body):
		v.patch(localsearch.NewRow(u)) // for its age
		return nil
	}
	return func() tea.Msg { return action.UserChangedMsg{User: u} }
}

// shownRow is the row of somebody who is here, nil for nobody.
func (v *View) shownRow(id string) *localsearch.Row {
	if v.shown == nil {
		return nil
	}
	at, here := v.shown.pages.Find(id)
	if !here {
		return nil
	}
	return v.shown.pages.At(at)
}

// countsNow says that the total is to be counted with the next look.
func (v *View) countsNow(r *result) bool {
	return r.scan == nil && v.follow.behind == "" && !v.env.Now().Before(v.follow.recount)
}

// recounted takes a total that was counted beside a look for arrivals, after those
// were taken in. Who went since shows in it; where all rows are here, they are read
// again to find out who.
func (v *View) recounted(r *result, n int, took time.Duration) tea.Cmd {
	v.follow.recount = v.env.Now().Add(max(recountEvery, recountShare*took))
	apart := r.apart + len(r.unplaced())
	if r.ask.needle.Empty() {
		v.everybody = tally{n: n, known: true}
	}
	n = max(0, n-apart)
	r.uncounted, r.counted = false, n
	if r.pages.Whole() && n < r.pages.Len() {
		if r == v.want && r == v.shown {
			return v.reread("")
		}
		return nil
	}
	r.pages.Counted(n)
	return nil
}
