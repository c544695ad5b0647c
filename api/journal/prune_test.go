package journal_test

import (
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"frontdesk/api/journal"
)

func TestPrune_RemovesOldRecordsByWholeFiles(t *testing.T) {
	const day = 24 * time.Hour
	b := newBook(t, func(o *journal.Options) { o.Keep = 90 * day })
	seqs := func() (first, last uint64) {
		report, err := b.Verify(t.Context())
		require.NoError(t, err)
		require.Nil(t, report.Problem, "the rest of the chain is intact")
		return report.First, report.Last
	}
	require.NoError(t, b.Prune(), "an empty journal has nothing to remove")
	b.ban("user_1", "Sam Carter")
	b.now = b.now.Add(40 * day)
	require.NoError(t, b.Prune())
	first, last := seqs()
	require.Equal(t, []uint64{1, 2}, []uint64{first, last}, "the file is young")

	b.now = b.now.Add(10 * day)
	require.NoError(t, b.Prune())
	b.ban("user_2", "Maya Okafor")
	first, last = seqs()
	require.Equal(t, []uint64{1, 5}, []uint64{first, last}, "a new file was begun, nothing removed")

	b.now = b.now.Add(80 * day) // day 130: the second file began on day 50
	require.NoError(t, b.Prune())
	first, _ = seqs()
	require.Equal(t, uint64(1), first, "what the second file continues may still be younger than 90 days")
	b.now = b.now.Add(15 * day)
	require.NoError(t, b.Prune())
	first, last = seqs()
	require.Equal(t, uint64(3), first)
	b.ban("user_3", "Priya Raman")
	_, now := seqs()
	require.Equal(t, last+2, now, "it goes on")
}

func TestPrune_KeepsWhatItCannotRead(t *testing.T) {
	b := newBook(t, func(o *journal.Options) { o.Keep = time.Hour })
	b.ban("user_1", "Sam Carter")
	damage, err := os.OpenFile(b.Path(), os.O_RDWR, 0)
	require.NoError(t, err)
	_, err = damage.WriteAt([]byte("{{"), 0)
	require.NoError(t, err)
	require.NoError(t, damage.Close())
	b.now = b.now.Add(1000 * time.Hour)
	require.ErrorContains(t, b.Prune(), "no old records are removed")
	require.FileExists(t, b.Path())
}

func TestPrune_KeepsEverythingWithoutALimit(t *testing.T) {
	b := newBook(t)
	b.ban("user_1", "Sam Carter")
	b.now = b.now.Add(100_000 * time.Hour)
	require.NoError(t, b.Prune())
	report, err := b.Verify(t.Context())
	require.NoError(t, err)
	require.Equal(t, uint64(1), report.First)
}
