package desk_test

import (
	"context"
	"crypto/rand"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/api/desk"
	"frontdesk/api/journal"
	"frontdesk/api/journal/recorder"
	"frontdesk/api/ops"
	"frontdesk/api/sandbox/faults"
	"frontdesk/api/sandbox/store"
)

// recorded is a peer whose desk writes a real journal.
type recorded struct {
	*peer
	dir string
	pid int // of the process that writes
	*journal.Journal
	*recorder.Recorder
}

func record(p *peer) *recorded {
	r := &recorded{peer: p, dir: filepath.Join(p.TempDir(), "journal"), pid: os.Getpid()}
	r.restart()
	return r
}

// restart writes on as another process.
func (r *recorded) restart() {
	pid := r.pid
	r.Journal = journal.Open(journal.Options{Dir: r.dir, Name: "journal", Now: r.clock.Now, Rand: rand.Reader,
		Sync: func(*os.File) error { return nil },
		Who: func() journal.Who {
			who := journal.CurrentWho(func(string) string { return "" })
			who.Kernel.PID = pid
			if pid != os.Getpid() {
				who.Kernel.Started = "1"
			}
			return who
		}})
	r.Recorder = recorder.New(recorder.Options{Journal: r.Journal, Instance: journal.Instance{Name: "test", Kind: "development", Key: "0123abcd"}, Catalogue: r.ops, Clock: r.clock.Now})
}

func (r *recorded) desk(change ...func(*desk.Config)) *desk.Desk {
	return r.peer.desk(append(change, func(c *desk.Config) { c.Journal = r.Recorder })...)
}

func (r *recorded) entries() []journal.Entry {
	r.Helper()
	all, err := r.Read(r.T.Context(), journal.Filter{})
	require.NoError(r, err)
	report, err := r.Verify(r.T.Context())
	require.NoError(r, err)
	require.Nil(r, report.Problem)
	return all
}

// files returns everything that is kept beside the journal.
func (r *recorded) files() string {
	r.Helper()
	var all strings.Builder
	require.NoError(r, filepath.WalkDir(r.dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		raw, err := os.ReadFile(path)
		all.WriteString(path)
		all.Write(raw)
		return err
	}))
	return all.String()
}

// Every write of the catalogue leaves an intent with its outcome, and no secret.
func TestJournal_EveryOperationIsRecordedWithoutSecrets(t *testing.T) {
	const canary = "canary-of-private-metadata"
	all(t, func(o ops.Operation) bool { return o.Scope != ops.ScopeUsers && !o.IsRead() }, func(t *testing.T, p *peer, o ops.Operation) {
		r := record(p)
		p.change(func(u *store.User) { u.Private = []byte(`{"note":"` + canary + `"}`) })
		in := p.intent(o.ID)
		if o.Scope == ops.ScopeDirectory {
			in.Seen, in.Request.UserID = nil, clean.Text{}
		}
		in.Request.Reason, in.Request.Ticket, in.Confirmed, in.Case = "asked to", "T-1", "--yes", "case-1"
		p.clock.pass(time.Second)
		out := r.desk().Do(p.Context(), in)
		require.Equal(t, desk.Done, out.State, "%v", out.Err)
		require.NoError(t, out.JournalErr)
		entries := r.entries()
		require.Len(t, entries, 1)
		e := entries[0]
		require.Equal(t, journal.OK, e.State())
		require.Equal(t, out.Record, e.ID)
		require.Equal(t, []string{o.ID, o.Title, "asked to", "T-1", "--yes", "case-1"}, []string{e.Operation, e.Title, e.Reason, e.Ticket, e.Confirmed, e.Case})
		require.Equal(t, http.StatusOK, e.Ending.Status)
		require.NotEmpty(t, e.Ending.TraceID)
		if o.Scope == ops.ScopeUser {
			require.Equal(t, []journal.Target{{ID: danielID, Name: "Daniel Reyes", Address: "daniel@harborpine.example"}}, e.Targets)
		} else {
			require.Equal(t, "elin@pine.example", e.Ending.Targets[0].Address)
		}
		require.Equal(t, o.Tier >= ops.T3, e.Snapshot)
		kept := r.files()
		for _, secret := range []string{testKey, password, newPassword, "JBSWY3DPEHPK3PXP", "11111111", "ya29.secret", values(p.clock.Now())["verify_totp"]["code"]} {
			require.NotContains(t, kept, secret)
		}
		for _, l := range out.Result.Lines {
			if !l.Secret.Empty() {
				require.NotContains(t, kept, l.Secret.Reveal())
			}
		}
		raw, err := os.ReadFile(r.Path())
		require.NoError(t, err)
		require.NotContains(t, string(raw), canary)
		if e.Snapshot {
			s, err := r.LoadSnapshot(e.ID)
			require.NoError(t, err)
			require.Contains(t, string(s.Users[0]), canary, "the snapshot is what it was")
			require.NotContains(t, string(s.Users[0]), "backup_codes")
		}
	})
}

// Private metadata is in the snapshot, which is what undoes it, and not in the journal.
func TestJournal_PrivateMetadataIsOnlyInTheSnapshot(t *testing.T) {
	r := record(newPeer(t))
	r.change(func(u *store.User) { u.Private = []byte(`{"note":"canary-before"}`) })
	in := r.intent("update_user_metadata")
	in.Request.Values = map[string]string{"private_metadata": `{"note":"canary-after"}`, "public_metadata": `{"plan":"silver"}`}
	require.Equal(t, desk.Done, r.desk().Do(r.T.Context(), in).State)
	raw, err := os.ReadFile(r.Path())
	require.NoError(t, err)
	require.NotContains(t, string(raw), "canary")
	e := r.entries()[0]
	require.Nil(t, e.WayBack)
	require.Equal(t, `{"plan":"silver"}`, *e.Changes[0].Requested)
	require.Equal(t, `{"plan":"gold"}`, *e.Changes[0].Before)
	require.Equal(t, `{"plan":"silver"}`, *e.Ending.Changes[0].After)
	require.Equal(t, journal.Change{Field: "private_metadata", Label: "Private metadata", Hidden: true}, e.Changes[1])
	s, err := r.LoadSnapshot(e.ID)
	require.NoError(t, err)
	require.Contains(t, string(s.Users[0]), "canary-before")
}

func TestJournal_KeepsBeforeRequestedAndAfter(t *testing.T) {
	r := record(newPeer(t))
	in := r.intent("update_user")
	in.Request = in.Op.NewRequest(in.Seen, clean.Text{}, map[string]string{"first_name": "Dan"})
	require.Equal(t, desk.Done, r.desk().Do(r.T.Context(), in).State)
	require.Equal(t, desk.Done, r.desk().Do(r.T.Context(), r.intent("ban_user")).State)
	ban, rename := r.entries()[0], r.entries()[1]
	c := rename.Ending.Changes[0]
	require.Equal(t, []string{"first_name", "Daniel", "Dan", "Dan"}, []string{c.Field, *c.Before, *c.Requested, *c.After})
	require.Equal(t, &journal.WayBack{Operation: "update_user", Values: map[string]string{"first_name": "Daniel"}}, rename.WayBack)
	c = ban.Ending.Changes[0]
	require.Equal(t, []string{"state", "not banned", "banned"}, []string{c.Field, *c.Before, *c.After})
	require.Equal(t, &journal.WayBack{Operation: "unban_user"}, ban.WayBack)
}

func TestJournal_RefusalsAreRecorded(t *testing.T) {
	r := record(newPeer(t))
	no := policy(func(desk.Intent) error { return os.ErrPermission })
	require.Equal(t, desk.Refused, r.desk(func(c *desk.Config) { c.Policy = no }).Do(r.T.Context(), r.intent("delete_user")).State)
	require.Equal(t, desk.Refused, r.desk().Do(r.T.Context(), r.intent("unban_user")).State)
	people := r.addSignUps(3)
	require.Error(t, r.desk(func(c *desk.Config) { c.Policy = no }).DoBulk(r.T.Context(), r.bulk("users_ban", people), nil).Stopped)
	all := r.entries()
	require.Len(t, all, 3)
	require.Len(t, all[0].Targets, 3)
	for i, says := range []string{"permission denied", "not banned", "permission denied"} {
		require.Equal(t, journal.Refused, all[i].Kind)
		require.Equal(t, says, all[i].Message)
	}
	require.Empty(t, r.wire.writes())
}

func TestJournal_ABulkNamesItsUsers(t *testing.T) {
	r := record(newPeer(t))
	b := r.bulk("users_ban", r.addSignUps(70))
	b.Ticket, b.Confirmed = "T-2", "typed “ban 70”"
	out := r.desk().DoBulk(r.T.Context(), b, nil)
	require.NoError(t, out.Stopped)
	all := r.entries()
	require.Len(t, all, 2)
	require.Equal(t, []string{all[1].ID, all[0].ID}, out.Records)
	require.Len(t, all[1].Ending.Targets, 50)
	require.Len(t, all[0].Targets, 20)
	require.Equal(t, "done", all[0].Ending.Targets[0].Outcome)
	require.Equal(t, "T-2", all[0].Ticket)
	require.Equal(t, &journal.WayBack{Operation: "users_unban"}, all[0].WayBack)
}

// An unknown outcome that becomes known is recorded once more.
func TestJournal_AnUnknownOutcomeIsRecordedAgainWhenKnown(t *testing.T) {
	r := record(newPeer(t))
	in := r.intent("ban_user")
	r.server.SetFaults(faults.Switches{Drop: "after"})
	d := r.desk()
	require.Equal(t, desk.Unknown, d.Do(r.T.Context(), in).State)
	require.Equal(t, journal.Unknown, r.entries()[0].State())
	r.server.SetFaults(faults.Switches{})
	r.clock.pass(time.Minute)
	require.Equal(t, desk.Done, d.Do(r.T.Context(), in).State, "asked again, and found done")
	require.Equal(t, journal.OK, r.entries()[0].State())
	require.True(t, r.entries()[0].Ending.ReadBack)
	require.Len(t, r.entries(), 1, "it was one request")
}

func TestJournal_ABulkIsRecordedAgainWhenKnown(t *testing.T) {
	r := record(newPeer(t))
	people := r.addSignUps(3)
	r.loseRequests()
	out := r.desk().DoBulk(r.T.Context(), r.bulk("users_ban", people), nil)
	require.Equal(t, journal.Unknown, r.entries()[0].State())
	for _, u := range people { // the server acts late
		require.NoError(t, r.store.Write(t.Context(), func(tx *store.Tx) error {
			banned, err := tx.User(u.ID.Raw())
			if err == nil {
				banned.Banned = true
				err = tx.PutUser(banned)
			}
			return err
		}))
	}
	_, more, err := out.Pending.Look(t.Context())
	require.NoError(t, err)
	require.False(t, more)
	require.Equal(t, journal.OK, r.entries()[0].State())
	require.Equal(t, "done", r.entries()[0].Ending.Targets[2].Outcome)
}

// killed runs an intent that a killed process leaves open: the request is sent or not,
// and nothing is written down after it.
func (r *recorded) killed(in desk.Intent, isSent bool) {
	r.Helper()
	r.pid = 1 << 30
	r.restart()
	_, err := r.Intend(in)
	require.NoError(r, err)
	if isSent {
		_, _, err = in.Op.Send(r.T.Context(), r.client, in.Request)
		require.NoError(r, err)
	}
	r.pid = os.Getpid()
	r.restart()
	r.clock.pass(time.Minute)
}

func TestResolve_FindsWhatBecameOfOpenIntents(t *testing.T) {
	for id, c := range map[string]struct {
		sent bool
		want desk.State
		says string
	}{
		"ban_user":                {true, desk.Done, ""},
		"lock_user":               {false, desk.Refused, "it was not carried out: it does not show (not locked)"},
		"delete_user":             {true, desk.Done, ""},
		"update_user":             {true, desk.Done, ""},
		"update_user_metadata":    {false, desk.Unknown, "it does not show, and may have been changed since"},
		"set_user_password":       {true, desk.Unknown, "it could not be determined, because the values are not recorded"},
		"revoke_session":          {true, desk.Done, ""},
		"user_passkey_delete":     {true, desk.Done, ""},
		"disable_mfa":             {true, desk.Done, ""},
		"create_email_address":    {true, desk.Done, ""},
		"get_o_auth_access_token": {true, desk.Unknown, "it could not be looked up: nothing shows of this operation"},
	} {
		t.Run(id, func(t *testing.T) {
			o, known := ops.Users().Get(id)
			require.True(t, known)
			r := record(ready(t, o))
			r.killed(r.intent(id), c.sent)
			open, err := r.OpenIntents(t.Context())
			require.NoError(t, err)
			require.Len(t, open, 1)
			sent := len(r.wire.writes())
			resolved, err := r.Resolve(t.Context(), r.desk())
			require.NoError(t, err)
			require.Len(t, resolved, 1)
			require.Equal(t, c.want, resolved[0].Outcome.State, "%v", resolved[0].Outcome.Err)
			require.Len(t, r.wire.writes(), sent, "looking sends nothing")
			e := r.entries()[0]
			require.Contains(t, e.Ending.Message, "the program ended before the answer was written down")
			require.Contains(t, e.Ending.Message, c.says)
			again, err := r.Resolve(t.Context(), r.desk())
			require.NoError(t, err)
			require.Empty(t, again, "once")
		})
	}
}

func TestResolve_LooksAtEachUserOfABulk(t *testing.T) {
	r := record(newPeer(t))
	people := r.addSignUps(3)
	o, _ := r.ops.Get("users_ban")
	in := desk.Intent{Op: o, People: people, Request: ops.Request{UserIDs: []clean.Text{people[0].ID, people[1].ID, people[2].ID}}}
	r.killed(in, true)
	resolved, err := r.Resolve(t.Context(), r.desk())
	require.NoError(t, err)
	require.Equal(t, desk.Done, resolved[0].Outcome.State)
	require.Equal(t, "done", r.entries()[0].Ending.Targets[2].Outcome)
}

// What another process is still doing, and what happened on another instance, is left
// alone.
func TestResolve_LeavesAloneWhatIsNotItsOwn(t *testing.T) {
	r := record(newPeer(t))
	_, err := r.Intend(r.intent("ban_user"))
	require.NoError(t, err)
	resolved, err := r.Resolve(t.Context(), r.desk())
	require.NoError(t, err)
	require.Empty(t, resolved, "this process is alive")

	r.killed(r.intent("lock_user"), false)
	elsewhere := recorder.New(recorder.Options{Journal: r.Journal, Instance: journal.Instance{Name: "other"}, Catalogue: r.ops, Clock: r.clock.Now})
	resolved, err = elsewhere.Resolve(t.Context(), r.desk())
	require.NoError(t, err)
	require.Empty(t, resolved)

	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err = r.Resolve(ctx, r.desk())
	require.Error(t, err)
	resolved, err = r.Resolve(t.Context(), r.desk())
	require.NoError(t, err)
	require.Len(t, resolved, 1, "interrupted, it is found out later")
}

// A refused write has the server's code.
func TestJournal_ARefusalOfTheServerHasItsCode(t *testing.T) {
	r := record(newPeer(t))
	r.failAfter(0)
	out := r.desk().Do(r.T.Context(), r.intent("ban_user"))
	require.Equal(t, desk.Refused, out.State)
	e := r.entries()[0]
	require.Equal(t, journal.Denied, e.State())
	require.Equal(t, http.StatusForbidden, e.Ending.Status)
	var refused *api.Error
	require.ErrorAs(t, out.Err, &refused)
	require.Equal(t, refused.Code(), e.Ending.Code)
}
