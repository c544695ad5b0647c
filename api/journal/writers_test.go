package journal_test

import (
	"crypto/rand"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"frontdesk/api/journal"
)

// Names of the environment for the writers of TestAppend_ManyProcessesMakeOneChain.
const (
	writerDir     = "FRONTDESK_TEST_JOURNAL_DIR"
	writerRecords = "FRONTDESK_TEST_JOURNAL_RECORDS"
	// manyWriters has the test write as much as its results are quoted for.
	manyWriters = "FRONTDESK_TEST_JOURNAL_WRITERS"
)

// Several processes that write at once, each record flushed, make one chain. With
// FRONTDESK_TEST_JOURNAL_WRITERS=1 they are twenty of 500 records each.
func TestAppend_ManyProcessesMakeOneChain(t *testing.T) {
	if dir := os.Getenv(writerDir); dir != "" {
		writeMany(t, dir)
		return
	}
	writers, records := 6, 25
	if os.Getenv(manyWriters) != "" {
		writers, records = 20, 500
	}
	b := newBook(t, func(o *journal.Options) { o.MaxSize = 1 << 20 })
	b.ban("user_0", "Ada")
	began := time.Now()
	var all []*exec.Cmd
	for range writers {
		cmd := exec.Command(os.Args[0], "-test.run=^TestAppend_ManyProcessesMakeOneChain$", "-test.v")
		cmd.Env = append(os.Environ(), writerDir+"="+b.dir, writerRecords+"="+strconv.Itoa(records))
		var out strings.Builder
		cmd.Stdout, cmd.Stderr = &out, &out
		require.NoError(t, cmd.Start())
		t.Cleanup(func() { _ = cmd.Process.Kill() })
		all = append(all, cmd)
	}
	flushed := 0
	for _, cmd := range all {
		require.NoError(t, cmd.Wait(), "%s", cmd.Stdout)
		var n int
		text := fmt.Sprint(cmd.Stdout)
		_, err := fmt.Sscanf(text[strings.Index(text, "flushed"):], "flushed %d times", &n)
		require.NoError(t, err)
		flushed += n
	}
	took := time.Since(began)
	report := b.verify()
	require.Nil(t, report.Problem, "%v", report.Problem)
	require.Zero(t, report.Recovered)
	rotations := report.Files - 1
	require.Equal(t, writers*records+2+rotations, report.Records)
	require.Equal(t, writers*records+2*rotations, flushed, "once a record, and for each new file its folder")
	t.Logf("%d writers × %d records in %v: %.0f records/s, %d files, fsync called %d times",
		writers, records, took.Round(time.Millisecond), float64(writers*records)/took.Seconds(), report.Files, flushed)
}

func writeMany(t *testing.T, dir string) {
	var syncs atomic.Int64
	j := journal.Open(journal.Options{Dir: dir, Name: "journal", Now: time.Now, Rand: rand.Reader, MaxSize: 1 << 20, LockWait: time.Minute,
		Who:  func() journal.Who { return journal.CurrentWho(os.Getenv) },
		Sync: func(f *os.File) error { syncs.Add(1); return f.Sync() }})
	n, err := strconv.Atoi(os.Getenv(writerRecords))
	require.NoError(t, err)
	for i := range n {
		_, err := j.Append(journal.Record{Kind: journal.Intent, Operation: "ban_user", Title: "Ban user", Reason: strconv.Itoa(i)})
		require.NoError(t, err)
	}
	t.Logf("flushed %d times", syncs.Load())
}

// Goroutines that share a journal, and journals that share a file, take turns.
func TestAppend_ManyGoroutinesMakeOneChain(t *testing.T) {
	b := newBook(t, unflushed, func(o *journal.Options) { o.Now = time.Now })
	second := journal.Open(b.o)
	done := make(chan error)
	for i := range 8 {
		j := []*journal.Journal{b.Journal, second}[i%2]
		go func() {
			var err error
			for range 20 {
				if _, failed := j.Append(journal.Record{Kind: journal.Intent}); failed != nil {
					err = failed
				}
			}
			done <- err
		}()
	}
	for range 8 {
		require.NoError(t, <-done)
	}
	b.isSound(160)
}
