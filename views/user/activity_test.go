package user_test

import (
	"fmt"
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"frontdesk/api"
	"frontdesk/api/journal"
	"frontdesk/api/profile"
	"frontdesk/views/viewtest"
)

// banRecord is the record of a ban of a user.
func banRecord(u *api.User, reason string) journal.Record {
	before, after := "not banned", "banned"
	return journal.Record{Kind: journal.Intent, Instance: journal.Instance{Name: "Harbor & Pine", Kind: "demo"}, Operation: "ban_user", Title: "Ban user", Reason: reason, Ticket: "SUP-4711",
		Targets: []journal.Target{{ID: u.ID.Raw(), Name: u.Name().Display()}}, Changes: []journal.Change{{Label: "State", Before: &before, After: &after}}}
}

func appendAll(t *testing.T, j *journal.Journal, all ...journal.Record) {
	t.Helper()
	for _, r := range all {
		_, err := j.Append(r)
		require.NoError(t, err)
	}
}

func TestActivity_ListsWhatWasDoneToThePersonAndOpensIt(t *testing.T) {
	b := viewtest.New(t)
	j := b.Record(nil)
	sam, elin := b.FindUser("sam.c@pine.example"), b.FindUser("Elin Berg")
	intent, err := j.Append(banRecord(sam, "card fraud"))
	require.NoError(t, err)
	appendAll(t, j, journal.Record{Kind: journal.Outcome, Intent: intent.ID, Outcome: journal.OK}, banRecord(elin, "somebody else"))
	d, _ := open(t, b, "sam.c@pine.example")
	d.Press("8")
	d.Has("DONE TO THIS PERSON   1", "✓ done", "Ban user", "today ", "by jo", "State: not banned → banned", "SUP-4711 · card fraud", "Only what was done with frontdesk", "enter open the record")
	d.Lacks("somebody else", "dashboard")
	d.Press("enter")
	d.Has("Sam Carter › Ban user", "WHY", "card fraud")
	d.Press("q")
	d.Has("DONE TO THIS PERSON   1")
}

// What is done on this screen is in the tab at once.
func TestActivity_FollowsAChange(t *testing.T) {
	b := viewtest.New(t)
	b.Record(nil)
	d, _ := open(t, b, "Elin Berg")
	d.Press("8")
	d.Has("DONE TO THIS PERSON", "nothing")
	d.Press("l")
	d.Type("asked for it")
	d.Press("enter")
	d.Dialog().Expect("Lock user")
	d.Advance(time.Second)
	d.Press("y")
	d.Has("Lock user", "asked for it", "State: not locked → locked")
}

func TestActivity_FindsOldThingsInALongJournal(t *testing.T) {
	b := viewtest.New(t)
	b.Record(nil)
	j := b.OpenJournal(func(o *journal.Options) { o.Sync = func(*os.File) error { return nil } })
	sam, elin := b.FindUser("sam.c@pine.example"), b.FindUser("Elin Berg")
	appendAll(t, j, banRecord(sam, "long ago"))
	for i := range 2_100 {
		appendAll(t, j, banRecord(elin, fmt.Sprint(i)))
	}
	d, _ := open(t, b, "sam.c@pine.example")
	d.Press("8")
	d.Has("DONE TO THIS PERSON   1", "long ago")
	d.Press("q")
	d, _ = open(t, b, "Elin Berg")
	d.Press("8")
	d.Has("the newest 200")
}

func TestActivity_CopiesTheLinkToTheApplicationLogs(t *testing.T) {
	b := viewtest.New(t)
	b.Record(nil)
	b.Env.Instance.Kind = profile.Development
	d, _ := open(t, b, "Elin Berg")
	d.Press("8")
	d.Has("but in the application logs.", "https://dashboard.clerk.com/~/application-logs", "enter copy the link")
	d.Press("enter")
	require.Equal(t, "https://dashboard.clerk.com/~/application-logs", d.Clipboard)
}

func TestActivity_SaysWhyTheJournalCannotBeRead(t *testing.T) {
	b := viewtest.New(t)
	j := b.Record(nil)
	require.NoError(t, os.MkdirAll(j.Dir(), 0o700))
	require.NoError(t, os.Symlink("/dev/null", j.Path()))
	d, _ := open(t, b, "Elin Berg")
	d.Press("8")
	d.Has("! not read", "The journal cannot be read:", "is a symbolic link", "r  tries again")
}
