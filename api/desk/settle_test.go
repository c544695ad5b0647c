package desk_test

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"frontdesk/api"
	"frontdesk/api/desk"
	"frontdesk/api/sandbox/faults"
	"frontdesk/api/sandbox/store"
)

func countGets(n *int) func(*http.Request) {
	return func(r *http.Request) {
		if r.Method == http.MethodGet {
			*n++
		}
	}
}

const onWrites = "POST"

// Every way to lose a response, each with the result of the read-back.
func TestDo_LostResponses(t *testing.T) {
	for name, c := range map[string]struct {
		fault faults.Switches
		want  desk.State
	}{
		"dropped before acting": {faults.Switches{Drop: "before"}, desk.Unknown},
		"dropped after acting":  {faults.Switches{Drop: "after"}, desk.Done},
		"cut in the body":       {faults.Switches{CutBody: true}, desk.Done},
		"a gateway's page":      {faults.Switches{HTML: true}, desk.Unknown},
		"500 without effect":    {faults.Switches{ErrorRate: 1}, desk.Unknown},
		"504 without effect":    {faults.Switches{ErrorRate: 1, ErrorStatus: 504}, desk.Unknown},
	} {
		t.Run(name, func(t *testing.T) {
			p := newPeer(t)
			in := p.intent("ban_user")
			c.fault.Method = onWrites
			p.server.SetFaults(c.fault)
			out := p.desk().Do(p.Context(), in)
			require.Equal(t, c.want, out.State, "%v", out.Err)
			require.Equal(t, c.want == desk.Done, out.ReadBack)
			require.Equal(t, 1, p.writesTo("/ban"), "sent once, whatever came back")
			require.Equal(t, c.want == desk.Done, p.user().Banned, "what the outcome says is so")
			if c.want == desk.Unknown {
				require.ErrorContains(t, out.Err, ", and 5 s later it does not show (not banned)")
				require.NotNil(t, out.Pending, "it may still happen")
				require.True(t, api.IsOutcomeUnknown(out.Err), "the cause is kept")
			} else {
				require.NoError(t, out.Err)
				require.True(t, out.User.Banned)
			}
		})
	}
}

func TestDo_EffectDespiteA500(t *testing.T) {
	p := newPeer(t)
	in := p.intent("ban_user")
	p.wire.alter = func(r *http.Request, answer *http.Response, err error) (*http.Response, error) {
		if r.Method != onWrites || err != nil {
			return answer, err
		}
		_, _ = io.Copy(io.Discard, answer.Body)
		answer.Body.Close()
		const body = `{"errors":[{"code":"internal_clerk_error","message":"Oops"}]}`
		answer.StatusCode, answer.ContentLength = 500, int64(len(body))
		answer.Body = io.NopCloser(strings.NewReader(body))
		return answer, nil
	}
	out := p.desk().Do(p.Context(), in)
	require.Equal(t, desk.Done, out.State, "%v", out.Err)
	require.True(t, out.ReadBack)
}

// A response about another user proves nothing: the user is read again.
func TestDo_ResponseAboutAnotherUser(t *testing.T) {
	p := newPeer(t)
	in := p.intent("ban_user")
	p.wire.alter = func(r *http.Request, answer *http.Response, err error) (*http.Response, error) {
		if r.Method == onWrites && err == nil {
			raw, readErr := io.ReadAll(answer.Body)
			require.NoError(t, readErr)
			raw = bytes.ReplaceAll(raw, []byte(danielID), []byte("user_2zzzzzzzzzzzzzzzzzzzzzzzzzz"))
			answer.Body = io.NopCloser(bytes.NewReader(raw))
		}
		return answer, err
	}
	out := p.desk().Do(p.Context(), in)
	require.Equal(t, desk.Done, out.State)
	require.True(t, out.ReadBack)
	require.Equal(t, danielID, out.User.ID.Raw())
}

// A late effect is waited for, and nothing is sent twice.
func TestDo_WaitsForASlowServer(t *testing.T) {
	p := newPeer(t)
	in := p.intent("ban_user")
	p.server.SetFaults(faults.Switches{Method: onWrites, Drop: "before"})
	looks := 0
	p.wire.arrived = func(r *http.Request) {
		if r.Method == http.MethodGet {
			if looks++; looks == 3 {
				p.change(ban)
			}
		}
	}
	out := p.desk().Do(p.Context(), in)
	require.Equal(t, desk.Done, out.State)
	require.True(t, out.ReadBack)
	require.Equal(t, 3, looks)
	require.Equal(t, 1, p.writesTo("/ban"))
}

// A write that is cancelled after it was sent is unknown too, and is checked although its
// context has ended.
func TestDo_CancelledDuringTheCall(t *testing.T) {
	for name, drop := range map[string]string{"before it acted": "before", "after it acted": "after"} {
		t.Run(name, func(t *testing.T) {
			p := newPeer(t)
			in := p.intent("ban_user")
			ctx, cancel := context.WithCancel(p.Context())
			defer cancel()
			p.wire.alter = func(r *http.Request, answer *http.Response, err error) (*http.Response, error) {
				if r.Method != onWrites {
					return answer, err
				}
				cancel()
				return nil, ctx.Err()
			}
			if drop == "before" {
				p.server.SetFaults(faults.Switches{Method: onWrites, Drop: drop})
			}
			out := p.desk().Do(ctx, in)
			if drop == "after" {
				require.Equal(t, desk.Done, out.State, "%v", out.Err)
				require.True(t, out.ReadBack)
			} else {
				require.Equal(t, desk.Unknown, out.State, "%v", out.Err)
			}
			require.Equal(t, 1, p.writesTo("/ban"))
			require.Equal(t, drop == "after", p.user().Banned)
		})
	}
}

// The server is slow and the deadline short: the call ends, and the read-back determines
// the outcome.
func TestDo_LatencyPastTheDeadline(t *testing.T) {
	synctest.Test(t, func(t *testing.T) { // in real time the deadline might pass before the call is sent
		p := newPeer(t)
		in := p.intent("ban_user")
		p.server.SetFaults(faults.Switches{Method: onWrites, Latency: faults.Duration(time.Minute)})
		ctx, cancel := context.WithTimeout(p.Context(), 20*time.Millisecond)
		defer cancel()
		out := p.desk().Do(ctx, in)
		require.Equal(t, desk.Unknown, out.State, "%v", out.Err)
		require.Equal(t, 1, p.writesTo("/ban"))
	})
}

func TestDo_RateLimitedDidNothing(t *testing.T) {
	p := newPeer(t)
	in := p.intent("ban_user")
	p.server.SetFaults(faults.Switches{Method: onWrites, RetryAfter: "7"})
	out := p.desk().Do(p.Context(), in)
	require.Equal(t, desk.Refused, out.State)
	requireKind(t, api.KindRateLimited, out.Err)
	require.Contains(t, out.Err.Error(), "7", "it says when to come back")
	require.False(t, p.user().Banned)
}

func TestDo_ServerRefusalIsFinal(t *testing.T) {
	p := newPeer(t)
	require.NoError(t, p.store.Write(t.Context(), func(tx *store.Tx) error {
		s, err := tx.Settings()
		if err != nil {
			return err
		}
		s.BanOff, s.LockoutOff = true, true
		return tx.PutSettings(s)
	}))
	for _, id := range []string{"ban_user", "lock_user"} {
		out := p.desk().Do(p.Context(), p.intent(id))
		require.Equal(t, desk.Refused, out.State)
		requireKind(t, api.KindForbidden, out.Err)
		require.Equal(t, danielID, out.User.ID.Raw())
	}
}

func TestDo_RemovingAMissingPart(t *testing.T) {
	p := newPeer(t)
	in := p.intent("disable_mfa")
	p.change(func(u *store.User) {
		u.TOTP, u.BackupCodes = nil, nil
		u.Phones[0].ReservedForSecondFactor = false
	})
	p.clock.pass(time.Minute)
	out := p.desk().Do(p.Context(), in)
	require.Equal(t, desk.AlreadyGone, out.State)
	require.EqualError(t, out.Err, "no MFA is set up")
	require.Empty(t, p.wire.writes())
}

func TestDo_ReadAfterSuccessMayFail(t *testing.T) {
	p := newPeer(t)
	in := p.intent("disable_mfa")
	p.server.SetFaults(faults.Switches{Method: "GET", ErrorRate: 1})
	out := p.desk().Do(p.Context(), in)
	require.Equal(t, desk.Done, out.State, "the server said so")
	require.Nil(t, out.User)
}

// Many concurrent intents on one desk: each is sent once, and one ban is enough.
func TestDo_Concurrent(t *testing.T) {
	p := newPeer(t)
	d := p.desk()
	in := p.intent("ban_user")
	const hands = 8
	var done atomic.Int32
	over := make(chan struct{})
	for range hands {
		go func() {
			defer func() { over <- struct{}{} }()
			if d.Do(p.Context(), in).State == desk.Done {
				done.Add(1)
			}
		}()
	}
	for range hands {
		<-over
	}
	require.EqualValues(t, hands, done.Load())
	require.Equal(t, hands, p.writesTo("/ban"))
}
