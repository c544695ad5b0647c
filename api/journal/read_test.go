package journal_test

import (
	"context"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"frontdesk/api/journal"
)

func TestRead_FiltersNewestFirst(t *testing.T) {
	b := newBook(t)
	b.ban("user_1", "Ada")
	unban := b.append(journal.Record{Kind: journal.Intent, Operation: "unban_user", Title: "Unban user", Ticket: "T-4711",
		Instance: journal.Instance{Name: "Harbor & Pine", Kind: "production"}, Targets: []journal.Target{{ID: "user_1", Name: "Ada"}}})
	b.append(journal.Record{Kind: journal.Refused, Operation: "delete_user", Title: "Delete user", Outcome: journal.Denied, Message: "support may not delete",
		Targets: []journal.Target{{ID: "user_2", Name: "Bo", Address: "bo@mail.example"}}})
	b.now = b.now.Add(time.Hour)
	b.append(journal.Record{Kind: journal.Intent, Operation: "users_ban", Targets: []journal.Target{{ID: "user_1"}, {ID: "user_3"}}})
	for name, c := range map[string]struct {
		filter journal.Filter
		want   []string
	}{
		"all":            {journal.Filter{}, []string{"users_ban open", "delete_user refused", "unban_user open", "ban_user ok"}},
		"by id":          {journal.Filter{User: "user_1"}, []string{"users_ban open", "unban_user open", "ban_user ok"}},
		"by name":        {journal.Filter{User: "ADA"}, []string{"unban_user open", "ban_user ok"}},
		"by address":     {journal.Filter{User: "bo@mail"}, []string{"delete_user refused"}},
		"by operation":   {journal.Filter{Operation: "ban-user"}, []string{"ban_user ok"}},
		"by title":       {journal.Filter{Operation: "ban user"}, []string{"unban_user open", "ban_user ok"}},
		"by kernel user": {journal.Filter{By: "Jo@ops-2", Limit: 1}, []string{"users_ban open"}},
		"by a stranger":  {journal.Filter{By: "j"}, nil},
		"since":          {journal.Filter{Since: b.now.Add(-time.Minute)}, []string{"users_ban open"}},
		"instance":       {journal.Filter{Instance: "production"}, []string{"unban_user open"}},
		"instance name":  {journal.Filter{Instance: "harbor"}, []string{"unban_user open"}},
		"ticket":         {journal.Filter{Text: "t-4711"}, []string{"unban_user open"}},
		"message":        {journal.Filter{Text: "may not"}, []string{"delete_user refused"}},
		"page":           {journal.Filter{Before: unban.Seq, Limit: 5}, []string{"ban_user ok"}},
	} {
		all, err := b.Read(t.Context(), c.filter)
		require.NoError(t, err)
		var got []string
		for _, e := range all {
			got = append(got, e.Operation+" "+e.State())
		}
		require.Equal(t, c.want, got, name)
	}
	e, ok, err := b.Find(t.Context(), unban.ID)
	require.NoError(t, err)
	require.True(t, ok)
	require.Equal(t, unban.Hash, e.Hash)
	_, ok, err = b.Find(t.Context(), "nothing")
	require.NoError(t, err)
	require.False(t, ok)
}

func TestRead_MatchesWhoIsClaimed(t *testing.T) {
	b := newBook(t, func(o *journal.Options) {
		o.Who = func() journal.Who {
			return journal.Who{Kernel: journal.Kernel{User: "support"}, Claimed: journal.Claimed{SudoUser: "mia", SSHConnection: "10.0.0.7 50000 10.0.0.1 22"}}
		}
	})
	b.ban("user_1", "Ada")
	for _, by := range []string{"support", "mia", "MIA", "10.0.0.7"} {
		all, err := b.Read(t.Context(), journal.Filter{By: by})
		require.NoError(t, err)
		require.Len(t, all, 1, by)
	}
}

func TestRead_LastOutcomeCounts(t *testing.T) {
	b := newBook(t)
	intent := b.append(journal.Record{Kind: journal.Intent, Operation: "ban_user"})
	b.append(journal.Record{Kind: journal.Outcome, Intent: intent.ID, Outcome: journal.Unknown})
	b.append(journal.Record{Kind: journal.Outcome, Intent: intent.ID, Outcome: journal.OK, ReadBack: true})
	all, err := b.Read(t.Context(), journal.Filter{})
	require.NoError(t, err)
	require.Len(t, all, 1)
	require.Equal(t, journal.OK, all[0].State())
}

func TestRead_StopsWhenCancelled(t *testing.T) {
	b := newBook(t)
	b.ban("user_1", "Ada")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := b.Read(ctx, journal.Filter{})
	require.ErrorIs(t, err, context.Canceled)
}

func TestRead_NoJournalIsNoEntries(t *testing.T) {
	b := newBook(t)
	all, err := b.Read(t.Context(), journal.Filter{})
	require.NoError(t, err)
	require.Empty(t, all)
	require.Zero(t, b.verify().Records)
	require.NoDirExists(t, b.dir, "reading makes nothing")
}

// The first page of a long journal does not read the rest of it.
func TestRead_FirstPageOfALongJournal(t *testing.T) {
	b := newBook(t)
	b.ban("user_1", "Ada")
	one := b.lines()
	pair := strings.Join(one, "\n") + "\n"
	f, err := os.OpenFile(b.Path(), os.O_APPEND|os.O_WRONLY, 0)
	require.NoError(t, err)
	_, err = f.WriteString(strings.Repeat(pair, 50_000))
	require.NoError(t, err)
	require.NoError(t, f.Close())
	b.ban("user_2", "Bo")
	read := testing.AllocsPerRun(1, func() {
		all, err := b.Read(t.Context(), journal.Filter{Limit: 40})
		require.NoError(t, err)
		require.Len(t, all, 40)
		require.Equal(t, "Bo", all[0].Targets[0].Name)
	})
	require.Less(t, read, 20_000.0, "of 100,000 records some dozens are decoded")
	began := time.Now()
	_, err = b.Read(t.Context(), journal.Filter{Limit: 40})
	require.NoError(t, err)
	t.Logf("first 40 of 100,000 records in %v", time.Since(began))
}

func TestSnapshot_IsKeptPrivateForAWhile(t *testing.T) {
	b := newBook(t)
	id, err := b.NewID()
	require.NoError(t, err)
	s := journal.Snapshot{Record: id, Operation: "delete_user", Users: nil}
	require.NoError(t, b.SaveSnapshot(s))
	path := b.dir + "/journal-snapshots/" + id + ".json"
	info, err := os.Stat(path)
	require.NoError(t, err)
	require.Equal(t, os.FileMode(0o600), info.Mode().Perm())
	back, err := b.LoadSnapshot(id)
	require.NoError(t, err)
	require.Equal(t, "delete_user", back.Operation)
	for _, other := range []string{"", "../journal", "aaaaaaaaaaaaaaaa"} {
		_, err := b.LoadSnapshot(other)
		require.ErrorIs(t, err, journal.ErrNoSnapshot)
	}
	require.NoError(t, os.Chtimes(path, b.now, b.now))
	b.now = b.now.Add(31 * 24 * time.Hour)
	_, err = b.LoadSnapshot(id)
	require.ErrorIs(t, err, journal.ErrNoSnapshot, "no longer, though the file is there")
	require.NoError(t, b.PurgeSnapshots())
	require.NoFileExists(t, path)
}
