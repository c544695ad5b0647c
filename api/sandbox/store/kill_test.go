package store

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// A program that is killed while writing loses nothing that it reported as done, and
// leaves nothing half done. The test binary itself is killed.
func TestWrite_SurvivesAKill(t *testing.T) {
	const victim = "FRONTDESK_TEST_VICTIM"
	if path := os.Getenv(victim); path != "" {
		s, err := Open(context.Background(), path)
		require.NoError(t, err)
		for n := 0; ; n++ { // until it is killed
			put(t, s, person(2*n, "Killed", "Program"), person(2*n+1, "Killed", "Program"))
			fmt.Printf("done %d\n", n)
		}
	}
	path := filepath.Join(t.TempDir(), "directory.db")
	program := exec.Command(os.Args[0], "-test.run=^TestWrite_SurvivesAKill$")
	program.Env = append(os.Environ(), victim+"="+path)
	out, err := program.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, program.Start())
	last := -1
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if n, said := strings.CutPrefix(lines.Text(), "done "); said {
			_, err := fmt.Sscan(n, &last)
			require.NoError(t, err)
		}
		if last >= 40 {
			require.NoError(t, program.Process.Kill())
		}
	}
	require.Error(t, program.Wait(), "it was killed")

	s, err := Open(context.Background(), path)
	require.NoError(t, err)
	defer s.Close()
	people := find(t, s, Query{NameLike: "killed program"})
	require.GreaterOrEqual(t, len(people), 2*(last+1), "what was said to be done is there")
	require.Zero(t, len(people)%2, "nobody came without the one they came with")
	require.Equal(t, len(people), countOf(t, s, Query{}))
	c := <-s.writer
	defer func() { s.writer <- c }()
	var found string
	require.NoError(t, c.row(context.Background(), "PRAGMA integrity_check", nil, &found))
	require.Equal(t, "ok", found)
	require.NoError(t, c.exec(context.Background(), "INSERT INTO search(search) VALUES ('integrity-check')"))
}

// A program that is killed while it creates the indexes leaves files that the next one
// removes once they are old.
func TestBuilder_KilledIsRemovedLater(t *testing.T) {
	const victim = "FRONTDESK_TEST_VICTIM"
	if path := os.Getenv(victim); path != "" {
		told := false
		require.NoError(t, Builder{IndexProgress: func(done, total int, share float64) {
			if !told {
				told = true
				fmt.Println("done")
				select {} // until it is killed
			}
		}}.Create(context.Background(), path, filling(5)))
	}
	path := filepath.Join(t.TempDir(), "directory.db")
	program := exec.Command(os.Args[0], "-test.run=^TestBuilder_KilledIsRemovedLater$")
	program.Env = append(os.Environ(), victim+"="+path)
	out, err := program.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, program.Start())
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if lines.Text() == "done" {
			require.NoError(t, program.Process.Kill())
		}
	}
	require.Error(t, program.Wait(), "it was killed")

	left, err := os.ReadDir(filepath.Dir(path))
	require.NoError(t, err)
	require.NotEmpty(t, left)
	long := time.Now().Add(-25 * time.Hour)
	for _, e := range left {
		require.NoError(t, os.Chtimes(filepath.Join(filepath.Dir(path), e.Name()), long, long))
	}
	peopled(t, path, 5)
	alone(t, path)
	require.Equal(t, 5, peopleIn(t, path))
}

// A read-only file is reported, without a crash.
func TestOpen_ReportsAReadOnlyFile(t *testing.T) {
	if os.Getuid() == 0 {
		t.Skip("nothing is read-only for root")
	}
	path := filepath.Join(t.TempDir(), "directory.db")
	peopled(t, path, 1)
	require.NoError(t, os.Chmod(path, 0o400))
	s, err := Open(context.Background(), path)
	if err == nil {
		err = s.Write(context.Background(), func(tx *Tx) error { return tx.SetNote("a", "b") })
		require.NoError(t, s.Close())
	}
	require.Error(t, err)
	require.ErrorContains(t, err, path)
}
