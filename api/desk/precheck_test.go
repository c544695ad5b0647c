package desk_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/api/desk"
	"frontdesk/api/ops"
	"frontdesk/api/sandbox/faults"
	"frontdesk/api/sandbox/store"
)

func ban(u *store.User) { u.Banned = true }

func TestNew_NamesWhatIsMissing(t *testing.T) {
	p := newPeer(t)
	whole := desk.Config{Client: p.client, Catalogue: p.ops, Clock: p.clock.Now}
	for want, change := range map[string]func(*desk.Config){
		"desk: no client":                     func(c *desk.Config) { c.Client = nil },
		"desk: no catalogue":                  func(c *desk.Config) { c.Catalogue = nil },
		"desk: no clock":                      func(c *desk.Config) { c.Clock = nil },
		"desk: a negative age is never stale": func(c *desk.Config) { c.MaxAge = -1 },
	} {
		c := whole
		change(&c)
		_, err := desk.New(c)
		require.EqualError(t, err, want)
	}
}

func TestDo_TwoDesksOnOneUser(t *testing.T) {
	p := newPeer(t)
	mine, theirs := p.desk(), p.desk()
	in := p.intent("ban_user")
	require.Equal(t, desk.Done, theirs.Do(p.Context(), p.intent("ban_user")).State)
	p.clock.pass(6 * time.Second)

	out := mine.Do(p.Context(), in)
	require.Equal(t, desk.Refused, out.State, "there is nothing left to agree to")
	require.EqualError(t, out.Err, "already banned")
	require.Equal(t, "not banned", out.Was)
	require.Equal(t, "banned", out.Is)
	require.True(t, out.User.Banned, "the screen gets the user as they are")
	require.Equal(t, 1, p.writesTo("/ban"))
}

func TestDo_AsksAgainWhenTheUserChanged(t *testing.T) {
	p := newPeer(t)
	in := p.intent("disable_mfa")
	p.change(func(u *store.User) { u.BackupCodes = nil })
	p.clock.pass(6 * time.Second)

	d := p.desk()
	out := d.Do(p.Context(), in)
	require.Equal(t, desk.Changed, out.State)
	require.NoError(t, out.Err)
	require.Equal(t, "authenticator app, SMS code and backup codes", out.Was)
	require.Equal(t, "authenticator app and SMS code", out.Is)
	require.Empty(t, p.wire.writes(), "nothing was sent")

	in.Agreed = true
	require.Equal(t, desk.Done, d.Do(p.Context(), in).State)

	in = p.intent("set_user_profile_image")
	p.clock.pass(6 * time.Second)
	require.Equal(t, desk.Done, d.Do(p.Context(), in).State, "what did not change is not asked again")
}

func TestDo_DoesNotReadAFreshUserAgain(t *testing.T) {
	p := newPeer(t)
	in := p.intent("ban_user")
	reads := 0
	p.wire.arrived = countGets(&reads)
	require.Equal(t, desk.Done, p.desk().Do(p.Context(), in).State)
	require.Zero(t, reads)
}

func TestDo_ReadsAStaleUserAgain(t *testing.T) {
	for name, age := range map[string]func(p *peer, u *api.User){
		"old":              func(p *peer, _ *api.User) { p.clock.pass(5*time.Second + 1) },
		"a clock set back": func(p *peer, _ *api.User) { p.clock.pass(-time.Hour) },
		"no time":          func(_ *peer, u *api.User) { u.ReadAt = time.Time{} },
	} {
		t.Run(name, func(t *testing.T) {
			p := newPeer(t)
			in := p.intent("ban_user")
			age(p, in.Seen)
			reads := 0
			p.wire.arrived = countGets(&reads)
			require.Equal(t, desk.Done, p.desk().Do(p.Context(), in).State)
			require.Equal(t, 1, reads)
		})
	}
}

func TestDo_ExpiredLockIsNotAChange(t *testing.T) {
	p := newPeer(t)
	p.change(func(u *store.User) { u.Locked, u.LockedUntil = true, p.clock.Now().Add(time.Minute).UnixMilli() })
	in := p.intent("unlock_user")
	p.clock.pass(30 * time.Second)
	require.Equal(t, desk.Done, p.desk().Do(p.Context(), in).State, "the countdown is no change")

	p.change(func(u *store.User) { u.Locked, u.LockedUntil = true, p.clock.Now().Add(time.Minute).UnixMilli() })
	in = p.intent("unlock_user")
	p.clock.pass(2 * time.Minute)
	out := p.desk().Do(p.Context(), in)
	require.Equal(t, desk.Refused, out.State)
	require.EqualError(t, out.Err, "not locked")
	require.Equal(t, "locked", out.Was)
}

func TestDo_RefusesBeforeSending(t *testing.T) {
	p := newPeer(t)
	whole := p.intent("ban_user")
	image := p.intent("set_user_profile_image")
	image.Request.Image = nil
	other := p.intent("ban_user")
	other.Request.UserID = clean.NewText("user_2bbbbbbbbbbbbbbbbbbbbbbbbbb")
	nobody := whole
	nobody.Seen, nobody.Request.UserID = nil, clean.Text{}
	unknown := whole
	unknown.Op.ID = "grant_wishes"
	for want, in := range map[string]desk.Intent{
		"no user was chosen":                                   nobody,
		"Image file: no file was chosen":                       image,
		`there is no operation "grant_wishes"`:                 unknown,
		"the user on the screen is not the one in the request": other,
	} {
		out := p.desk().Do(p.Context(), in)
		require.Equal(t, desk.Refused, out.State, want)
		require.EqualError(t, out.Err, want)
	}
	require.Empty(t, p.wire.writes())
}

func TestDo_WithoutAnEarlierRead(t *testing.T) {
	p := newPeer(t)
	in := p.intent("ban_user")
	in.Seen = nil
	out := p.desk().Do(p.Context(), in)
	require.Equal(t, desk.Done, out.State, "%v", out.Err)
	out = p.desk().Do(p.Context(), in)
	require.EqualError(t, out.Err, "already banned")
}

func TestDo_UserDeletedMeanwhile(t *testing.T) {
	p := newPeer(t)
	in, stale := p.intent("ban_user"), p.intent("disable_mfa")
	require.NoError(t, p.store.Write(t.Context(), func(tx *store.Tx) error { return tx.DeleteUser(danielID) }))

	out := p.desk().Do(p.Context(), in)
	require.Equal(t, desk.Refused, out.State, "the server said so")
	require.Nil(t, out.User)
	requireKind(t, api.KindNotFound, out.Err)

	p.clock.pass(time.Minute)
	out = p.desk().Do(p.Context(), stale)
	require.Equal(t, desk.Refused, out.State, "found at the second look")
	requireKind(t, api.KindNotFound, out.Err)
	require.Equal(t, 1, len(p.wire.writes()))
}

func TestDo_DoesNotWriteToAnUnreadableUser(t *testing.T) {
	p := newPeer(t)
	in := p.intent("ban_user")
	p.clock.pass(time.Minute)
	p.server.SetFaults(faults.Switches{Method: "GET", ErrorRate: 1, ErrorStatus: 503})
	out := p.desk().Do(p.Context(), in)
	require.Equal(t, desk.Refused, out.State)
	require.ErrorContains(t, out.Err, "nothing was sent")
	requireKind(t, api.KindServer, out.Err)
	require.Empty(t, p.wire.writes())
}

type policy func(desk.Intent) error

func (f policy) Allow(in desk.Intent) error { return f(in) }

func TestDo_PolicyMayRefuse(t *testing.T) {
	p := newPeer(t)
	d := p.desk(func(c *desk.Config) {
		c.Policy = policy(func(in desk.Intent) error {
			require.Equal(t, danielID, in.Seen.ID.Raw())
			if in.Op.Destructive {
				return errors.New("support may not ban; ask a manager")
			}
			return nil
		})
	})
	out := d.Do(p.Context(), p.intent("ban_user"))
	require.Equal(t, desk.Refused, out.State)
	require.EqualError(t, out.Err, "support may not ban; ask a manager")
	require.Empty(t, p.wire.writes())
	p.change(ban)
	require.Equal(t, desk.Done, d.Do(p.Context(), p.intent("unban_user")).State)
}

func TestDo_CancelledBeforeSending(t *testing.T) {
	p := newPeer(t)
	in := p.intent("ban_user")
	ctx, cancel := context.WithCancel(p.Context())
	cancel()
	j := &fakeJournal{}
	out := p.desk(func(c *desk.Config) { c.Journal = j }).Do(ctx, in)
	require.Equal(t, desk.Refused, out.State)
	require.ErrorIs(t, out.Err, context.Canceled)
	require.Empty(t, j.lines, "no record stands for what was never tried")
	require.Empty(t, p.wire.writes())
}

func TestDo_FailingCheckIsNotAWrite(t *testing.T) {
	p := newPeer(t)
	in := p.intent("ban_user")
	p.ops = ops.New([]ops.Operation{{ID: "ban_user", Title: "Ban user", WhyNot: func(*api.User, time.Time) string { panic("a defect") }}})
	out := p.desk().Do(p.Context(), in)
	require.Equal(t, desk.Refused, out.State)
	require.EqualError(t, out.Err, "nothing was sent: the program failed during Ban user: a defect")
}

func requireKind(t *testing.T, kind api.Kind, err error) {
	t.Helper()
	var e *api.Error
	require.ErrorAs(t, err, &e)
	require.Equal(t, kind, e.Kind)
}
