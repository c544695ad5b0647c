package desk_test

import (
	"context"
	"errors"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"frontdesk/api"
	"frontdesk/api/desk"
	"frontdesk/api/ops"
)

type fakeJournal struct {
	intend  func(desk.Intent) error
	lines   []string
	outcome desk.Outcome
	fail    error
}

func (j *fakeJournal) Intend(in desk.Intent) (string, error) {
	j.lines = append(j.lines, "intend "+in.Op.ID)
	if j.intend != nil {
		if err := j.intend(in); err != nil {
			return "", err
		}
	}
	return "record-1", nil
}

func (j *fakeJournal) Refuse(desk.Intent, desk.Outcome) error { return nil }

func (j *fakeJournal) Record(record string, o desk.Outcome) error {
	j.lines = append(j.lines, record+" "+o.State.String())
	j.outcome = o
	return j.fail
}

func TestDo_WritesTheJournalFirst(t *testing.T) {
	p := newPeer(t)
	j := &fakeJournal{}
	d := p.desk(func(c *desk.Config) { c.Journal = j })
	p.wire.arrived = func(r *http.Request) {
		if r.Method == onWrites {
			j.lines = append(j.lines, "sent")
			p.clock.pass(time.Second)
		}
	}
	require.Equal(t, desk.Done, d.Do(p.Context(), p.intent("ban_user")).State)
	require.Equal(t, []string{"intend ban_user", "sent", "record-1 done"}, j.lines)
	require.Equal(t, time.Second, j.outcome.Elapsed)
	require.Equal(t, "ban_user", j.outcome.Op.ID)
}

func TestDo_DoesNotSendWithoutAJournal(t *testing.T) {
	p := newPeer(t)
	full := errors.New("no space left on device")
	j := &fakeJournal{intend: func(desk.Intent) error { return full }}
	out := p.desk(func(c *desk.Config) { c.Journal = j }).Do(p.Context(), p.intent("ban_user"))
	require.Equal(t, desk.Refused, out.State)
	require.ErrorIs(t, out.Err, full)
	require.Empty(t, p.wire.writes())
	require.Equal(t, []string{"intend ban_user"}, j.lines, "what was not written down has no outcome either")
}

func TestDo_ReportsAnOutcomeThatCannotBeJournaled(t *testing.T) {
	p := newPeer(t)
	j := &fakeJournal{fail: errors.New("read-only file system")}
	out := p.desk(func(c *desk.Config) { c.Journal = j }).Do(p.Context(), p.intent("ban_user"))
	require.Equal(t, desk.Done, out.State, "the ban stands")
	require.EqualError(t, out.JournalErr, "read-only file system")
}

func TestDo_RecoversFromPanics(t *testing.T) {
	p := newPeer(t)
	in := p.intent("ban_user")
	j := &fakeJournal{}
	p.ops = ops.New([]ops.Operation{{ID: "ban_user", Title: "Ban user", Tier: ops.T2,
		WhyNot: func(*api.User, time.Time) string { return "" },
		Call:   func(context.Context, *api.Client, ops.Request) (*api.User, error) { panic("a defect") }}})
	out := p.desk(func(c *desk.Config) { c.Journal = j }).Do(p.Context(), in)
	require.Equal(t, desk.Unknown, out.State, "it may have been sent")
	require.EqualError(t, out.Err, "the program failed during Ban user: a defect")
	require.Equal(t, []string{"intend ban_user", "record-1 unknown"}, j.lines)

	j.intend = func(desk.Intent) error { panic("a broken journal") }
	out = p.desk(func(c *desk.Config) { c.Journal = j }).Do(p.Context(), in)
	require.Equal(t, desk.Refused, out.State)
	require.ErrorContains(t, out.Err, "nothing was sent")
}

func TestDo_DoesNotJournalReads(t *testing.T) {
	p := newPeer(t)
	j := &fakeJournal{}
	d := p.desk(func(c *desk.Config) { c.Journal = j })
	require.Equal(t, desk.Done, d.Do(p.Context(), p.intent("get_user")).State)
	require.Empty(t, j.lines)

	o, _ := ops.Users().Get("verify_totp")
	p = ready(t, o)
	d = p.desk(func(c *desk.Config) { c.Journal = j })
	require.Equal(t, desk.Done, d.Do(p.Context(), p.intent("verify_totp")).State)
	require.Equal(t, []string{"intend verify_totp", "record-1 done"}, j.lines, "a secret that was tried is")
}
