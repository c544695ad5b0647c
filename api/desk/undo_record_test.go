package desk_test

import (
	"crypto/rand"
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"frontdesk/api/desk"
	"frontdesk/api/journal"
	"frontdesk/api/journal/recorder"
	"frontdesk/api/sandbox/store"
)

// lastUndo is what z would undo.
func (r *recorded) lastUndo() recorder.Undo {
	r.Helper()
	u, err := r.LastUndo(r.T.Context())
	require.NoError(r, err)
	return u
}

func (r *recorded) do(id string) desk.Outcome {
	r.Helper()
	r.clock.pass(time.Minute)
	in := r.intent(id)
	in.Seen = r.user()
	out := r.desk().Do(r.T.Context(), in)
	require.Equal(r, desk.Done, out.State, "%v", out.Err)
	return out
}

func TestLastUndo_IsTheNewestThatCanBeUndone(t *testing.T) {
	r := record(newPeer(t))
	require.True(t, r.lastUndo().IsZero())
	ban := r.do("ban_user")
	u := r.lastUndo()
	require.Equal(t, []string{ban.Record, "unban_user", "not banned"}, []string{u.ID, u.Op.ID, u.Was()})
	r.do("disable_mfa")
	u = r.lastUndo()
	require.Equal(t, ban.Record, u.ID)
	require.Len(t, u.Newer, 1)
	require.Equal(t, "Reset MFA enrollments cannot be undone", u.Newer[0].Why)

	r.change(func(u *store.User) { u.Banned = false })
	require.Equal(t, []string{"“banned” → “not banned”"}, u.ChangedSince(r.user(), r.clock.Now()))

	// What was refused, or does not concern this desk, is none.
	r.failAfter(0)
	require.Equal(t, desk.Refused, r.desk().Do(t.Context(), r.intent("lock_user")).State)
	require.Equal(t, ban.Record, r.lastUndo().ID)
}

func TestLastUndo_SkipsWhatWasUndone(t *testing.T) {
	r := record(newPeer(t))
	deleted := r.do("delete_user")
	u := r.lastUndo()
	require.Equal(t, []string{deleted.Record, "create_user"}, []string{u.ID, u.Op.ID})
	require.Equal(t, "Daniel", u.Values["first_name"])
	in := desk.Intent{Op: u.Op, Request: u.Op.NewRequest(nil, u.PartID, u.Values)}
	in.Undoes = u.ID
	require.Equal(t, desk.Done, r.desk().Do(t.Context(), in).State)
	u = r.lastUndo()
	require.True(t, u.IsZero(), "nobody is created twice")
	require.Equal(t, "Create user cannot be undone with z; instead: Delete user", u.Newer[0].Why)
	_, err := r.FindUndo(t.Context(), deleted.Record)
	require.EqualError(t, err, "that change was already undone")
}

func TestLastUndo_OfADeletionNeedsItsSnapshot(t *testing.T) {
	r := record(newPeer(t))
	ban := r.do("lock_user")
	out := r.do("delete_user")
	require.NoError(t, os.RemoveAll(r.dir+"/journal-snapshots"))
	u := r.lastUndo()
	require.True(t, u.IsZero(), "%s is about somebody who is gone", ban.Record)
	require.Equal(t, "Delete user cannot be undone: the saved copy of the user was deleted after 30 days", u.Newer[0].Why)
	_, err := r.FindUndo(t.Context(), out.Record)
	require.EqualError(t, err, u.Newer[0].Why)
}

func TestLastUndo_OfABulkOfSeveralRequestsIsAllOfIt(t *testing.T) {
	r := record(newPeer(t))
	first := r.do("lock_user")
	out := r.desk().DoBulk(t.Context(), r.bulk("users_ban", r.addSignUps(70)), nil)
	require.NoError(t, out.Stopped)
	u := r.lastUndo()
	require.Equal(t, "users_unban", u.Op.ID)
	require.Equal(t, out.Records, u.Records)
	require.Len(t, u.Targets, 70)
	again, err := r.FindUndo(t.Context(), out.Records[0])
	require.NoError(t, err)
	require.Equal(t, out.Records, again.Records)
	lock, err := r.FindUndo(t.Context(), first.Record)
	require.NoError(t, err)
	require.Equal(t, "unlock_user", lock.Op.ID)
}

func TestLastUndo_AnUnknownOutcomeStays(t *testing.T) {
	r := record(newPeer(t))
	ban := r.do("ban_user")
	r.loseRequests()
	in := r.intent("lock_user")
	in.Seen = r.user()
	require.Equal(t, desk.Unknown, r.desk().Do(t.Context(), in).State)
	u := r.lastUndo()
	require.Equal(t, ban.Record, u.ID)
	require.Equal(t, "the outcome of “Lock user” is unknown", u.Newer[0].Why)
}

func TestLastUndo_KnowsTheAddressThatWasAdded(t *testing.T) {
	r := record(newPeer(t))
	r.do("create_email_address")
	u := r.lastUndo()
	require.Equal(t, "delete_email_address", u.Op.ID)
	item, there := u.Op.Part.Find(r.user(), u.PartID)
	require.True(t, there)
	require.Equal(t, r.intent("create_email_address").Request.Values["email_address"], item.Label.Raw())
}

func TestLastUndo_IsOfThisOperatorOnThisInstance(t *testing.T) {
	r := record(newPeer(t))
	out := r.do("ban_user")
	as := func(who journal.Who, on journal.Instance) *recorder.Recorder {
		j := journal.Open(journal.Options{Dir: r.dir, Name: "journal", Now: r.clock.Now, Rand: rand.Reader, Who: func() journal.Who { return who }})
		return recorder.New(recorder.Options{Journal: j, Instance: on, Catalogue: r.ops, Clock: r.clock.Now})
	}
	mine, here := r.entries()[0].Who, r.entries()[0].Instance
	u, err := as(mine, here).LastUndo(t.Context())
	require.NoError(t, err)
	require.Equal(t, out.Record, u.ID)
	for name, change := range map[string]func(*journal.Who, *journal.Instance){
		"another user":    func(w *journal.Who, _ *journal.Instance) { w.Kernel.UID++ },
		"another key":     func(_ *journal.Who, i *journal.Instance) { i.Key = "99999999" },
		"another kind":    func(_ *journal.Who, i *journal.Instance) { i.Kind = "production" },
		"another name":    func(_ *journal.Who, i *journal.Instance) { i.Name = "other" },
		"nobody's change": func(w *journal.Who, i *journal.Instance) { w.Kernel.UID, i.Name = -1, "" },
	} {
		who, on := mine, here
		change(&who, &on)
		u, err := as(who, on).LastUndo(t.Context())
		require.NoError(t, err)
		require.True(t, u.IsZero(), name)
		_, err = as(who, on).FindUndo(t.Context(), out.Record)
		require.ErrorContains(t, err, "that change was made", name)
	}
}
