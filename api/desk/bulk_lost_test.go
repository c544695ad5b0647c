package desk_test

import (
	"errors"
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/api/desk"
	"frontdesk/api/ops"
	"frontdesk/api/sandbox/faults"
)

func TestDoAll_LooksUpUsersAfterALostResponse(t *testing.T) {
	p := newPeer(t)
	seen := p.addSignUps(70)
	p.loseAnswers()
	out := p.desk().DoBulk(p.Context(), p.bulk("users_ban", seen), nil)
	require.NoError(t, out.Stopped)
	require.Equal(t, map[desk.UserState]int{desk.UserDone: 70}, endings(out))
	require.True(t, out.Users[69].ReadBack)
	require.Len(t, p.wire.writes(), 2, "sent once a batch")
}

func TestDoAll_LostRequestIsNotDone(t *testing.T) {
	p := newPeer(t)
	seen := p.addSignUps(70)
	p.loseRequests()
	out := p.desk().DoBulk(p.Context(), p.bulk("users_ban", seen), nil)
	require.ErrorContains(t, out.Stopped, "5 s later it does not show")
	require.Equal(t, map[desk.UserState]int{desk.UserUnknown: 50, desk.UserNotTried: 20}, endings(out), "nor refused")
}

// The users cannot be read, so the outcome is unknown. Once they can, the ban is
// recognized as ours.
func TestDoAll_UnknownWhenTheLookupFails(t *testing.T) {
	p := newPeer(t)
	seen := p.addSignUps(12)
	j := &fakeJournal{}
	d := p.desk(func(c *desk.Config) { c.Journal = j })
	p.wire.alter = func(r *http.Request, answer *http.Response, err error) (*http.Response, error) {
		if r.Method == http.MethodPost {
			p.server.SetFaults(faults.Switches{Drop: "before"})
			answer.Body.Close()
			return nil, errors.New("connection reset")
		}
		return answer, err
	}
	out := d.DoBulk(p.Context(), p.bulk("users_ban", seen), nil)
	require.ErrorContains(t, out.Stopped, "checking it failed too")
	require.Equal(t, map[desk.UserState]int{desk.UserUnknown: 12}, endings(out))
	require.Equal(t, []string{"intend users_ban", "record-1 unknown"}, j.lines)

	p.wire.alter = nil
	p.server.SetFaults(faults.Switches{})
	again := d.DoBulk(p.Context(), p.bulk("users_ban", seen), nil)
	require.Equal(t, map[desk.UserState]int{desk.UserDone: 12}, endings(again), "found done, by what was sent before")
	require.Len(t, p.wire.writes(), 1)
}

// A user is deleted after the read and before the request arrives: the server changes
// nobody, and the others are sent once more.
func TestDoAll_UserDeletedMeanwhile(t *testing.T) {
	p := newPeer(t)
	seen := p.addSignUps(12)
	j := &fakeJournal{}
	gone := false
	p.wire.arrived = func(r *http.Request) {
		if r.Method == http.MethodPost && !gone {
			gone = true
			p.remove(seen[3])
		}
	}
	out := p.desk(func(c *desk.Config) { c.Journal = j }).DoBulk(p.Context(), p.bulk("users_ban", seen), nil)
	require.NoError(t, out.Stopped)
	require.Equal(t, map[desk.UserState]int{desk.UserDone: 11, desk.UserGone: 1}, endings(out))
	require.Equal(t, []string{"intend users_ban", "record-1 refused", "intend users_ban", "record-1 done"}, j.lines)
	require.Equal(t, 11, p.banned(seen))
}

func TestDoAll_AsksPolicyAndJournalFirst(t *testing.T) {
	p := newPeer(t)
	seen := p.addSignUps(3)
	no := errors.New("support may not ban")
	out := p.desk(func(c *desk.Config) {
		c.Policy = policy(func(in desk.Intent) error { require.Len(t, in.People, 3); return no })
	}).
		DoBulk(p.Context(), p.bulk("users_ban", seen), nil)
	require.Equal(t, no, out.Stopped)
	require.Equal(t, map[desk.UserState]int{desk.UserFailed: 3}, endings(out))
	out = p.desk(func(c *desk.Config) {
		c.Journal = &fakeJournal{intend: func(desk.Intent) error { return errors.New("disk full") }}
	}).
		DoBulk(p.Context(), p.bulk("users_ban", seen), nil)
	require.ErrorContains(t, out.Stopped, "the journal could not be written: disk full")
	require.Empty(t, p.wire.writes())

	j := &fakeJournal{fail: errors.New("disk full")}
	out = p.desk(func(c *desk.Config) { c.Journal = j }).DoBulk(p.Context(), p.bulk("users_ban", seen), nil)
	require.EqualError(t, out.JournalErr, "disk full")
	require.Equal(t, map[desk.UserState]int{desk.UserDone: 3}, endings(out), "the write itself is done")
}

func TestDoAll_RefusesSingleOperations(t *testing.T) {
	p := newPeer(t)
	seen := p.addSignUps(2)
	d := p.desk()
	out := d.DoBulk(p.Context(), p.bulk("ban_user", seen), nil)
	require.EqualError(t, out.Stopped, `there is no bulk operation "ban_user"`)
	require.Equal(t, map[desk.UserState]int{desk.UserNotTried: 2}, endings(out))
	require.Error(t, d.DoBulk(p.Context(), p.bulk("users_ban", nil), nil).Stopped)
	require.Error(t, d.DoBulk(p.Context(), p.bulk("users_ban", []*api.User{seen[0], seen[0]}), nil).Stopped)
	require.Error(t, d.DoBulk(p.Context(), p.bulk("users_ban", []*api.User{nil}), nil).Stopped)
	one := d.Do(p.Context(), desk.Intent{Op: p.bulk("users_ban", nil).Op, Request: ops.Request{UserIDs: []clean.Text{seen[0].ID}}})
	require.Equal(t, desk.Refused, one.State)
	require.Empty(t, p.wire.writes())
}

// A panic ends the bulk, and its outcome says what is unknown.
func TestDoAll_RecoversFromAPanic(t *testing.T) {
	p := newPeer(t)
	seen := p.addSignUps(3)
	p.wire.alter = func(r *http.Request, answer *http.Response, err error) (*http.Response, error) {
		if r.Method == http.MethodPost {
			panic("a mistake of ours")
		}
		return answer, err
	}
	out := p.desk().DoBulk(p.Context(), p.bulk("users_ban", seen), nil)
	require.ErrorContains(t, out.Stopped, "the program failed during Ban users")
	require.Equal(t, map[desk.UserState]int{desk.UserUnknown: 3}, endings(out))
}
