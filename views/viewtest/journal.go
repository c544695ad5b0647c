package viewtest

import (
	"crypto/rand"
	"path/filepath"
	"strings"

	"github.com/stretchr/testify/require"

	"frontdesk/api/desk"
	"frontdesk/api/journal"
)

// Record makes the screens write into a journal below the home directory, and returns
// it. change may set other options; it may be nil.
func (b *Harness) Record(change func(*journal.Options)) *journal.Journal {
	b.Helper()
	j := b.OpenJournal(change)
	in := b.Env.Instance
	recorder := b.Env.RecordIn(j, journal.Instance{Name: in.Name, Kind: strings.ToLower(in.Kind.String())}, b.Clock.Now)
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
