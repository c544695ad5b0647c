package viewtest

import (
	"crypto/rand"
	"os"
	"path/filepath"
	"strings"

	"github.com/stretchr/testify/require"

	"frontdesk/api/desk"
	"frontdesk/api/journal"
	"frontdesk/views/action"
)

// Record makes the screens write into a journal below the home directory, and returns
// it. change may set other options; it may be nil.
func (b *Harness) Record(change func(*journal.Options)) *journal.Journal {
	b.Helper()
	j := b.OpenJournal(change)
	in := b.Env.Instance
	recorder := b.Env.SetJournal(j, journal.Instance{Name: in.Name, Kind: strings.ToLower(in.Kind.String())}, b.Clock.Now)
	d, err := desk.New(desk.Config{Client: b.Env.Client, Catalogue: b.Env.Catalogue, Clock: b.Clock.Now, Sleep: noSleep, Journal: recorder})
	require.NoError(b, err)
	b.Env.Desk = d
	return j
}

// OpenJournal opens the journal below the home directory, as another program would.
func (b *Harness) OpenJournal(change func(*journal.Options)) *journal.Journal {
	o := journal.Options{
		Dir: filepath.Join(b.Home, "state", "journal"), Name: "demo", Now: b.Clock.Now, Rand: rand.Reader,
		Who: func() journal.Who {
			return journal.Who{Kernel: journal.Kernel{UID: 1000, User: "jo", Host: "ops-2", TTY: "pts/3", PID: 4711, Started: "1", BootID: "b"}}
		},
	}
	if change != nil {
		change(&o)
	}
	return journal.Open(o)
}

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
	written := env.SetJournal(j, o.Instance, b.Clock.Now)
	d, err := desk.New(desk.Config{Client: env.Client, Catalogue: env.Catalogue, Clock: b.Clock.Now, Sleep: noSleep, Journal: written})
	require.NoError(b, err)
	env.Desk = d
	b.Env = env
	return j
}
