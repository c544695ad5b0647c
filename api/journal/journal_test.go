package journal_test

import (
	"crypto/rand"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"frontdesk/api/journal"
)

// book is a journal of a test.
type book struct {
	*testing.T
	*journal.Journal
	dir   string
	now   time.Time
	syncs atomic.Int64
	o     journal.Options
}

func newBook(t *testing.T, with ...func(*journal.Options)) *book {
	b := &book{T: t, dir: filepath.Join(t.TempDir(), "state", "journal"), now: time.Date(2026, 11, 30, 12, 0, 0, 0, time.UTC)}
	b.o = journal.Options{
		Dir: b.dir, Name: "journal", Now: func() time.Time { b.now = b.now.Add(time.Second); return b.now }, Rand: rand.Reader,
		Who: func() journal.Who {
			return journal.Who{Kernel: journal.Kernel{UID: 1000, User: "jo", PID: 7, Host: "ops-2"}}
		},
		Sync: func(f *os.File) error { b.syncs.Add(1); return f.Sync() },
	}
	for _, change := range with {
		change(&b.o)
	}
	b.Journal = journal.Open(b.o)
	return b
}

func (b *book) append(r journal.Record) journal.Record {
	b.Helper()
	written, err := b.Append(r)
	require.NoError(b, err)
	return written
}

// ban writes a ban of a user and its outcome.
func (b *book) ban(id, name string) (intent journal.Record) {
	b.Helper()
	intent = b.append(journal.Record{Kind: journal.Intent, Operation: "ban_user", Title: "Ban user", Reason: "fraud",
		Targets: []journal.Target{{ID: id, Name: name, Address: strings.ToLower(name) + "@mail.example"}}})
	b.append(journal.Record{Kind: journal.Outcome, Intent: intent.ID, Operation: "ban_user", Outcome: journal.OK, Status: 200})
	return intent
}

func (b *book) lines() []string {
	b.Helper()
	raw, err := os.ReadFile(b.Path())
	require.NoError(b, err)
	return strings.Split(strings.TrimSuffix(string(raw), "\n"), "\n")
}

func (b *book) verify() journal.Report {
	b.Helper()
	report, err := b.Verify(b.Context())
	require.NoError(b, err)
	return report
}

func (b *book) isSound(records int) journal.Report {
	b.Helper()
	report := b.verify()
	require.Nil(b, report.Problem, "%v", report.Problem)
	require.Equal(b, records, report.Records)
	return report
}

func TestAppend_IsOneLineOfASCIIInAChain(t *testing.T) {
	b := newBook(t)
	first := b.ban("user_1", "Ada")
	b.ban("user_2", "李小龍\u009b2J\x1b[31m\u202e")
	lines := b.lines()
	require.Len(t, lines, 4)
	for _, l := range lines {
		for _, c := range []byte(l) {
			require.True(t, c >= ' ' && c <= '~', "%q", l)
		}
	}
	require.Equal(t, uint64(1), first.Seq)
	require.Equal(t, strings.Repeat("0", 64), first.Prev)
	require.Equal(t, "jo", first.Who.Kernel.User)
	require.Equal(t, time.UTC, first.Time.Location())
	report := b.isSound(4)
	all, err := b.Read(t.Context(), journal.Filter{})
	require.NoError(t, err)
	require.Len(t, all, 2)
	require.Equal(t, "李小龍\u009b2J\x1b[31m\u202e", all[0].Targets[0].Name, "kept as it was given")
	require.Equal(t, all[0].Ending.Hash, report.Head)
	require.Equal(t, journal.OK, all[1].State())
}

func TestAppend_FlushesEveryRecordAndTheNewFile(t *testing.T) {
	b := newBook(t)
	b.ban("user_1", "Ada")
	require.Equal(t, int64(3), b.syncs.Load(), "two records and the folder")
	b.ban("user_1", "Ada")
	require.Equal(t, int64(5), b.syncs.Load())
}

func TestAppend_KeepsFileAndFolderPrivate(t *testing.T) {
	b := newBook(t)
	b.ban("user_1", "Ada")
	for path, mode := range map[string]os.FileMode{b.dir: 0o700, b.Path(): 0o600} {
		info, err := os.Stat(path)
		require.NoError(t, err)
		require.Equal(t, mode, info.Mode().Perm(), path)
	}
}

func TestAppend_OrdersBySeqWhereTheClockGoesBack(t *testing.T) {
	b := newBook(t)
	b.ban("user_1", "Ada")
	b.now = b.now.Add(-48 * time.Hour)
	b.ban("user_2", "Bo")
	b.isSound(4)
	all, err := b.Read(t.Context(), journal.Filter{})
	require.NoError(t, err)
	require.Equal(t, "Bo", all[0].Targets[0].Name)
}

func TestAppend_CutsWhatIsTooLong(t *testing.T) {
	b := newBook(t)
	long := strings.Repeat("é", 1<<19)
	value := long
	targets := []journal.Target{{ID: "user_1", Name: long, Address: long}}
	for i := range 49 {
		targets = append(targets, journal.Target{ID: fmt.Sprintf("user_3MpmGQHsl5qsyaoQcuSqxOY%05d", i), Name: long, Address: long})
	}
	r := b.append(journal.Record{Kind: journal.Intent, Operation: "users_ban", Targets: targets, Reason: long,
		Changes: []journal.Change{{Field: "first_name", Before: &value}}, WayBack: &journal.WayBack{Operation: "x", Values: map[string]string{"first_name": long}}})
	require.True(t, r.Cut)
	require.Nil(t, r.WayBack, "what was cut is not put back")
	require.Less(t, len(b.lines()[0]), 64<<10)
	require.Contains(t, r.Reason, "… (cut from 1048576 bytes)")
	require.Equal(t, targets[49].ID, r.Targets[49].ID)
	b.ban("user_2", "Bo")
	b.isSound(3)
}

func TestRotation_CarriesTheChainOn(t *testing.T) {
	b := newBook(t, func(o *journal.Options) { o.MaxSize = 4 << 10 })
	for i := range 30 {
		b.ban(fmt.Sprintf("user_%d", i), "Ada")
	}
	names, err := filepath.Glob(filepath.Join(b.dir, "journal-*.jsonl"))
	require.NoError(t, err)
	require.Greater(t, len(names), 3)
	report := b.verify()
	require.Nil(t, report.Problem)
	require.Equal(t, len(names)+1, report.Files)
	require.Equal(t, 60+len(names), report.Records, "each new file begins with a record of its own")
	all, err := b.Read(t.Context(), journal.Filter{})
	require.NoError(t, err)
	users := 0
	for _, e := range all {
		if e.Kind == journal.Intent {
			require.False(t, e.IsOpen())
			require.Equal(t, fmt.Sprintf("user_%d", 29-users), e.Targets[0].ID)
			users++
		}
	}
	require.Equal(t, 30, users)

	require.NoError(t, os.Remove(names[1]))
	require.Contains(t, b.verify().Problem.What, "it is missing")
	require.NoError(t, os.Remove(names[0]))
	require.Nil(t, b.verify().Problem, "the oldest may be taken away")
	require.Greater(t, b.verify().First, uint64(1))
	require.NoError(t, os.Remove(b.Path()))
	b.ban("user_1", "Ada")
	require.Nil(t, b.verify().Problem, "goes on from the newest file there is")
}
