package directory

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"frontdesk/api/sandbox/host"
	"frontdesk/api/sandbox/store"
	"frontdesk/views/command"
)

// shop runs the commands on files of its own.
type shop struct {
	t        *testing.T
	out, err bytes.Buffer
	db       string
	width    int
	now      func() time.Time
	garbage  []int // percents that were set
}

func newShop(t *testing.T) *shop {
	return &shop{t: t, db: filepath.Join(t.TempDir(), "a directory.db"), now: time.Now}
}

func (s *shop) run(ctx context.Context, args ...string) error {
	s.out.Reset()
	s.err.Reset()
	cmd := New(Env{
		DB: &s.db, DemoFile: func() (string, error) { return "", errors.New("no demo file in a test") },
		Stdout: &s.out, Stderr: &s.err, Width: func() int { return s.width }, Now: s.now, Rand: rand.Reader,
		SetGCPercent: func(percent int) int { s.garbage = append(s.garbage, percent); return 100 },
	})
	cmd.SilenceErrors, cmd.SilenceUsage = true, true
	cmd.SetArgs(args)
	return cmd.ExecuteContext(ctx)
}

func TestSeed_MakesADirectoryAndSaysHowToUseIt(t *testing.T) {
	s := newShop(t)
	require.NoError(t, s.run(t.Context(), "seed", "--users", "300"))
	require.Contains(t, s.out.String(), ": 300 users, ")
	require.Equal(t, []int{seedGCPercent, 100}, s.garbage, "the collector is as it was before")
	require.Contains(t, s.out.String(), "frontdesk --db '"+s.db+"'\n", "as a shell takes it")
	require.Contains(t, s.out.String(), "frontdesk sandbox --db '"+s.db+"'\n")
	before, err := os.ReadFile(s.db)
	require.NoError(t, err)

	err = s.run(t.Context(), "seed", "--users", "400")
	require.ErrorContains(t, err, "exists already and was left unchanged; --force replaces it")
	after, err := os.ReadFile(s.db)
	require.NoError(t, err)
	require.True(t, bytes.Equal(before, after))
	require.NoError(t, s.run(t.Context(), "seed", "--users", "400", "--force"))
	require.Contains(t, s.out.String(), ": 400 users, ")

	require.NoError(t, os.WriteFile(s.db, []byte("dear diary\n"), 0o600))
	require.ErrorContains(t, s.run(t.Context(), "seed", "--users", "400", "--force"), "not a frontdesk directory")
}

func TestSeed_ChecksFlagsFirst(t *testing.T) {
	s := newShop(t)
	for _, args := range [][]string{{"seed"}, {"seed", "--users", "0"}, {"seed", "--users", "-5"}, {"--users", "-1"}, {"--off", "gravity"},
		{"--error-rate", "2"}, {"--latency", "-3s"}, {"--listen", "0.0.0.0:1"}, {"--drop", "now"}} {
		var exit command.Exit
		require.ErrorAs(t, s.run(t.Context(), args...), &exit, "%v", args)
		require.Equal(t, command.CodeUsage, exit.Code)
	}
	for _, listen := range []string{"0.0.0.0:0", "[::]:80", ":8080", "192.0.2.1:80", "example.com:80"} {
		require.ErrorContains(t, s.run(t.Context(), "--listen", listen), listen+" is reachable from other machines; the sandbox listens only on")
	}
	for _, listen := range []string{"127.0.0.1", "127.0.0.1:99999", "localhost:x y", "8080", "[::1]:-1"} {
		require.ErrorContains(t, s.run(t.Context(), "--listen", listen), "is not an address to listen on")
	}
	s.db = ""
	require.ErrorContains(t, s.run(t.Context(), "seed", "--users", "10"), "--db")
	s.db = filepath.Join(t.TempDir(), "no", "such.db")
	require.ErrorContains(t, s.run(t.Context(), "seed", "--users", "10"), "its folder is missing")
}

func TestSeed_StoppingLeavesNothing(t *testing.T) {
	s := newShop(t)
	ctx, cancel := context.WithCancel(t.Context())
	asked := 0
	s.now = func() time.Time { // the clock is looked at with every word of progress
		if asked++; asked == 8 {
			cancel()
		}
		return time.Now()
	}
	require.ErrorContains(t, s.run(ctx, "seed", "--users", "20000"), "nothing was left behind")
	require.Empty(t, s.out.String())
	entries, err := os.ReadDir(filepath.Dir(s.db))
	require.NoError(t, err)
	require.Empty(t, entries)
}

// progress is what a bar says of the same work at each width.
func progress(width int) string {
	var out bytes.Buffer
	at := time.Date(2026, 11, 26, 12, 0, 0, 0, time.UTC)
	b := newProgressBar(Env{Stderr: &out, Width: func() int { return width }, Now: func() time.Time { return at }})
	for i := 1; i <= 20; i++ {
		at = at.Add(2 * time.Second)
		b.report(host.Progress{Done: i * 50_000, Total: 1_000_000, Share: float64(i) * 0.03})
	}
	for i := 1; i <= 20; i++ {
		at = at.Add(time.Second)
		b.report(host.Progress{Stage: host.StageIndexes, Done: i, Total: 20, Share: 0.6 + float64(i)*0.02})
	}
	return out.String()
}

func TestProgressBar_OneLineOnATerminalAndLinesElsewhere(t *testing.T) {
	plain := progress(0)
	require.NotContains(t, plain, "\r")
	require.NotContains(t, plain, "\x1b")
	lines := strings.Split(strings.TrimSuffix(plain, "\n"), "\n")
	require.Len(t, lines, 10, "one for every tenth")
	require.Equal(t, " 12 %, 200,000 of 1,000,000 users, 59s left, 25,000 a second", lines[0])
	require.Equal(t, "100 %, index 20 of 20", lines[9])

	for _, width := range []int{20, 40, 60, 80, 200} {
		shown := progress(width)
		require.NotContains(t, shown, "\n")
		require.True(t, strings.HasSuffix(shown, "\r\x1b[K"), "the line is gone when the work is done")
		for _, line := range strings.Split(shown, "\r") {
			require.Less(t, len([]rune(strings.TrimSuffix(line, "\x1b[K"))), width, "%q", line)
		}
	}
	require.Contains(t, progress(120), "█")
	require.Contains(t, progress(120), "left")
}

// Work that is over at once says nothing about itself.
func TestProgressBar_ShortWorkIsSilent(t *testing.T) {
	var out bytes.Buffer
	now := time.Now()
	b := newProgressBar(Env{Stderr: &out, Width: func() int { return 80 }, Now: func() time.Time { return now }})
	b.report(host.Progress{Done: 10, Total: 10, Share: 0.6})
	require.Empty(t, out.String())
}

// stopper ends what serves as soon as it has said where.
type stopper struct{ stop func() }

func (s stopper) Write(p []byte) (int, error) {
	if bytes.Contains(p, []byte("secret key")) {
		s.stop()
	}
	return len(p), nil
}

func TestSandbox_ZeroUsersIsAnEmptyDirectory(t *testing.T) {
	for args, want := range map[string]int{"--users 0": 0, "--users=0 --production": 0, "--users 50": 50} {
		ctx, cancel := context.WithCancel(t.Context())
		db := filepath.Join(t.TempDir(), "served.db")
		cmd := New(Env{DB: &db, Stdout: stopper{cancel}, Stderr: io.Discard, Width: func() int { return 0 }, Now: time.Now, Rand: rand.Reader})
		cmd.SilenceErrors, cmd.SilenceUsage = true, true
		cmd.SetArgs(strings.Fields(args))
		_ = cmd.ExecuteContext(ctx)
		st, err := store.Open(t.Context(), db)
		require.NoError(t, err, args)
		require.NoError(t, st.Read(t.Context(), func(tx *store.Tx) error {
			n, err := tx.CountUsers(store.Query{})
			require.Equal(t, want, n, args)
			return err
		}))
		require.NoError(t, st.Close())
	}
}
