package viewtest

import (
	"crypto/rand"
	"os"

	"github.com/stretchr/testify/require"

	"frontdesk/api/desk"
	"frontdesk/api/journal"
	"frontdesk/views/action"
)

// JournalOptions say which journal a program writes, as whom and of which instance. The
// zero value is this user's of the harness's instance.
type JournalOptions struct {
	Dir      string
	Instance journal.Instance
	// Change changes what a journal is opened with; it may be nil.
	Change func(*journal.Options)
}

// StartWithJournal makes Env that of a program that was just started and records in the
// journal. Called again with the same folder it is the next start.
func (b *Harness) StartWithJournal(o JournalOptions) *journal.Journal {
	b.Helper()
	if o.Instance == (journal.Instance{}) {
		o.Instance = journal.Instance{Name: "Harbor & Pine", Kind: "demo"}
	}
	conf := journal.Options{Dir: o.Dir, Name: "demo", Now: b.Clock.Now, Rand: rand.Reader,
		Sync: func(*os.File) error { return nil },
		Who:  func() journal.Who { return journal.CurrentWho(func(string) string { return "" }) }}
	if o.Change != nil {
		o.Change(&conf)
	}
	j := journal.Open(conf)
	env := &action.Env{Session: b.Env.Session, Now: b.Env.Now, Home: b.Env.Home, SavedSearchFile: b.Env.SavedSearchFile,
		Sleep: b.Env.Sleep, Editor: b.Env.Editor, NewUserView: b.Env.NewUserView}
	written := env.RecordIn(j, o.Instance, b.Clock.Now)
	d, err := desk.New(desk.Config{Client: env.Client, Catalogue: env.Catalogue, Clock: b.Clock.Now, Sleep: noSleep, Journal: written})
	require.NoError(b, err)
	env.Desk = d
	b.Env = env
	return j
}
