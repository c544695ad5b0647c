package desk_test

import (
	"context"
	"fmt"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/api/desk"
	"frontdesk/api/sandbox/faults"
	"frontdesk/api/sandbox/store"
)

// addSignUps adds n sign-ups to the directory and returns them as an operator saw them.
func (p *peer) addSignUps(n int) []*api.User {
	p.Helper()
	at := p.clock.Now().Add(-time.Hour).UnixMilli()
	var ids []string
	require.NoError(p, p.store.Write(p.Context(), func(tx *store.Tx) error {
		for i := range n {
			u := &store.User{ID: fmt.Sprintf("user_2crowd%022d", i), FirstName: fmt.Sprint("Sign-up ", i), CreatedAt: at, UpdatedAt: at}
			ids = append(ids, u.ID)
			if err := tx.PutUser(u); err != nil {
				return err
			}
		}
		return nil
	}))
	var seen []*api.User
	for _, id := range ids {
		u, err := p.client.GetUser(p.Context(), clean.NewText(id))
		require.NoError(p, err)
		seen = append(seen, u)
	}
	return seen
}

func (p *peer) bulk(id string, seen []*api.User) desk.Bulk {
	p.Helper()
	o, ok := p.ops.Get(id)
	require.True(p, ok, id)
	return desk.Bulk{Op: o, Seen: seen, Reason: "sign-up ring"}
}

// alter changes one of the users as somebody else would.
func (p *peer) alter(u *api.User, f func(*store.Tx, *store.User) error) {
	p.Helper()
	require.NoError(p, p.store.Write(p.Context(), func(tx *store.Tx) error {
		record, err := tx.User(u.ID.Raw())
		if err != nil {
			return err
		}
		return f(tx, record)
	}))
}

func (p *peer) setBanned(u *api.User) {
	p.alter(u, func(tx *store.Tx, r *store.User) error { r.Banned = true; return tx.PutUser(r) })
}

func (p *peer) remove(u *api.User) {
	p.alter(u, func(tx *store.Tx, r *store.User) error { return tx.DeleteUser(r.ID) })
}

// banned returns how many of them are banned in the directory.
func (p *peer) banned(seen []*api.User) (n int) {
	for _, u := range seen {
		if now, err := p.client.GetUser(p.Context(), u.ID); err == nil && now.Banned {
			n++
		}
	}
	return n
}

// endings counts the outcomes by state.
func endings(out desk.BulkOutcome) map[desk.UserState]int {
	n := map[desk.UserState]int{}
	for _, f := range out.Users {
		n[f.State]++
	}
	return n
}

func TestDoAll_SendsPacedBatches(t *testing.T) {
	p := newPeer(t)
	seen := p.addSignUps(120)
	var turns []int
	j := &fakeJournal{}
	began := p.clock.Now()
	out := p.desk(func(c *desk.Config) { c.Journal = j }).DoBulk(p.Context(), p.bulk("users_ban", seen), func(done, total int) {
		require.Equal(t, 120, total)
		turns = append(turns, done)
	})
	require.NoError(t, out.Stopped)
	require.False(t, out.Cancelled)
	require.Equal(t, map[desk.UserState]int{desk.UserDone: 120}, endings(out))
	for i, f := range out.Users {
		require.Equal(t, seen[i].ID, f.Seen.ID)
		require.True(t, f.User.Banned)
		require.False(t, f.ReadBack)
	}
	require.Equal(t, []int{0, 50, 50, 100, 100, 120}, turns)
	require.Equal(t, []string{"POST /v1/users/ban", "POST /v1/users/ban", "POST /v1/users/ban"}, p.wire.writes())
	require.Equal(t, []string{"intend users_ban", "record-1 done", "intend users_ban", "record-1 done", "intend users_ban", "record-1 done"}, j.lines)
	require.Len(t, j.outcome.Users, 20)
	require.Equal(t, 4*time.Second, p.clock.Now().Sub(began), "two requests a batch, one a second, and no wait after the last")
	require.Equal(t, 120, p.banned(seen))
}

// Users to whom the operation does not apply are neither sent nor undone, but reported.
func TestDoAll_SendsOnlyUsersItApplies(t *testing.T) {
	p := newPeer(t)
	seen := p.addSignUps(6)
	p.setBanned(seen[1])
	seen[1] = p.bulkSees(seen[1])
	p.setBanned(seen[2]) // since they were seen
	p.remove(seen[4])
	var named []clean.Text
	j := &fakeJournal{intend: func(in desk.Intent) error {
		named = in.Request.UserIDs
		require.Nil(t, in.Seen)
		require.Len(t, in.People, 3)
		require.Equal(t, "sign-up ring", in.Request.Reason)
		return nil
	}}
	d := p.desk(func(c *desk.Config) { c.Journal = j })
	out := d.DoBulk(p.Context(), p.bulk("users_ban", seen), nil)
	require.NoError(t, out.Stopped)
	require.Equal(t, map[desk.UserState]int{desk.UserDone: 3, desk.UserSkipped: 2, desk.UserGone: 1}, endings(out))
	require.Equal(t, []clean.Text{seen[0].ID, seen[3].ID, seen[5].ID}, named)
	require.EqualError(t, out.Users[1].Err, "already banned")
	require.Equal(t, desk.UserGone, out.Users[4].State)

	back, r, ok := out.Op.BulkUndo(p.ops, out.ChangedIDs())
	require.True(t, ok)
	require.Equal(t, named, r.UserIDs)
	undone := p.desk().DoBulk(p.Context(), p.bulk(back.ID, []*api.User{out.Users[0].User, out.Users[3].User, out.Users[5].User}), nil)
	require.Equal(t, map[desk.UserState]int{desk.UserDone: 3}, endings(undone))
	require.Equal(t, 2, p.banned(seen), "who was banned before stays so")
}

func (p *peer) bulkSees(u *api.User) *api.User {
	p.Helper()
	now, err := p.client.GetUser(p.Context(), u.ID)
	require.NoError(p, err)
	return now
}

func TestDoAll_SendsNothingWhenNobodyNeedsIt(t *testing.T) {
	p := newPeer(t)
	seen := p.addSignUps(3)
	for _, u := range seen {
		p.setBanned(u)
	}
	out := p.desk().DoBulk(p.Context(), p.bulk("users_ban", seen), nil)
	require.NoError(t, out.Stopped)
	require.Equal(t, map[desk.UserState]int{desk.UserSkipped: 3}, endings(out))
	require.Empty(t, p.wire.writes())
	require.Empty(t, out.ChangedIDs())
}

// A refused batch ends the bulk. Earlier batches stay done.
func TestDoAll_StopsAtTheFirstRefusal(t *testing.T) {
	for _, status := range []int{401, 402, 403, 422, 429} {
		t.Run(fmt.Sprint(status), func(t *testing.T) {
			p := newPeer(t)
			seen := p.addSignUps(120)
			writes := 0
			p.wire.arrived = func(r *http.Request) {
				if r.Method == http.MethodPost {
					if writes++; writes == 2 {
						p.server.SetFaults(faults.Switches{Method: http.MethodPost, ErrorRate: 1, ErrorStatus: status})
					}
				}
			}
			out := p.desk().DoBulk(p.Context(), p.bulk("users_ban", seen), nil)
			require.Equal(t, map[desk.UserState]int{desk.UserDone: 50, desk.UserFailed: 50, desk.UserNotTried: 20}, endings(out))
			var e *api.Error
			require.ErrorAs(t, out.Stopped, &e)
			require.Equal(t, status, e.Status)
			require.Equal(t, out.Stopped, out.Users[60].Err)
			require.Equal(t, 50, p.banned(seen))
		})
	}
}

func TestDoAll_WaitsForRetryAfter(t *testing.T) {
	p := newPeer(t)
	seen := p.addSignUps(60)
	p.wire.alter = limitedOnce(t, p)
	out := p.desk().DoBulk(p.Context(), p.bulk("users_ban", seen), nil)
	require.NoError(t, out.Stopped)
	require.Equal(t, map[desk.UserState]int{desk.UserDone: 60}, endings(out))
}

// limitedOnce responds to the first write with a 429 and Retry-After.
func limitedOnce(t *testing.T, p *peer) func(*http.Request, *http.Response, error) (*http.Response, error) {
	limited := false
	return func(r *http.Request, answer *http.Response, err error) (*http.Response, error) {
		require.NoError(t, err)
		if r.Method != http.MethodPost || limited {
			return answer, nil
		}
		limited = true
		answer.StatusCode = http.StatusTooManyRequests
		answer.Header.Set("Retry-After", "7")
		return answer, nil
	}
}

func TestDoAll_CancelledBetweenBatches(t *testing.T) {
	p := newPeer(t)
	seen := p.addSignUps(120)
	ctx, cancel := context.WithCancel(p.Context())
	p.wire.arrived = func(r *http.Request) {
		if r.Method == http.MethodPost {
			cancel() // while the first batch is being sent
		}
	}
	out := p.desk().DoBulk(ctx, p.bulk("users_ban", seen), nil)
	require.True(t, out.Cancelled)
	require.NoError(t, out.Stopped)
	require.Equal(t, map[desk.UserState]int{desk.UserDone: 50, desk.UserNotTried: 70}, endings(out), "what was sent is brought to its end")
	require.Equal(t, 50, p.banned(seen))
}
