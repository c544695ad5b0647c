package store

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// untouched runs f and requires that the folder of path is unchanged.
func untouched(t *testing.T, path string, f func()) {
	t.Helper()
	before, err := os.ReadFile(path)
	require.NoError(t, err)
	f()
	after, err := os.ReadFile(path)
	require.NoError(t, err)
	require.True(t, bytes.Equal(before, after), "the file changed")
	entries, err := os.ReadDir(filepath.Dir(path))
	require.NoError(t, err)
	require.Len(t, entries, 1, "something was left beside it")
}

func TestOpen_LeavesForeignFilesUnchanged(t *testing.T) {
	foreign := func(path string) {
		db, err := sql.Open("sqlite", path)
		require.NoError(t, err)
		_, err = db.Exec("CREATE TABLE photos (a); INSERT INTO photos VALUES (1); PRAGMA user_version = 1")
		require.NoError(t, err)
		require.NoError(t, db.Close())
	}
	write := func(content string) func(string) {
		return func(path string) { require.NoError(t, os.WriteFile(path, []byte(content), 0o600)) }
	}
	for name, make := range map[string]func(string){
		"text": write("dear diary\n"), "short": write("x"), "zeroes": write(strings.Repeat("\x00", 8192)),
		"somebody else's database": foreign, "half a header": write("SQLite format 3\x00 and then not"),
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "file.db")
			make(path)
			untouched(t, path, func() {
				_, err := Open(context.Background(), path)
				require.ErrorIs(t, err, ErrForeignFile)
				require.ErrorContains(t, err, path)
				require.ErrorIs(t, Create(context.Background(), path, nil), ErrForeignFile)
			})
		})
	}
}

func TestOpen_RefusesANewerSchema(t *testing.T) {
	path := filepath.Join(t.TempDir(), "directory.db")
	s, err := Open(context.Background(), path)
	require.NoError(t, err)
	_, err = (<-s.writer).c.ExecContext(context.Background(), fmt.Sprintf("PRAGMA user_version = %d", schemaVersion+1))
	require.NoError(t, err)
	again, err := Open(context.Background(), path) // the change is still in the WAL
	require.ErrorIs(t, err, ErrNewerSchema)
	require.Nil(t, again)

	whole := filepath.Join(t.TempDir(), "directory.db")
	db, err := sql.Open("sqlite", path)
	require.NoError(t, err)
	_, err = db.Exec("VACUUM INTO ?", whole)
	require.NoError(t, err)
	require.NoError(t, db.Close())
	untouched(t, whole, func() {
		_, err := Open(context.Background(), whole)
		require.ErrorIs(t, err, ErrNewerSchema)
	})
}

func TestOpen_ErrorsAreOneSentence(t *testing.T) {
	dir := t.TempDir()
	for path, want := range map[string]string{
		dir: "is a folder", filepath.Join(dir, "no", "such", "a.db"): "its folder is missing", "/dev/null": "is a device or a pipe, not a file",
	} {
		_, err := Open(context.Background(), path)
		require.ErrorContains(t, err, want)
		require.ErrorContains(t, err, path)
		require.NotContains(t, err.Error(), "\n")
		require.Equal(t, 1, strings.Count(err.Error(), path), err.Error())
	}
}

func TestOpen_AcceptsAnyPath(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a b?mode=ro#ü%41.db")
	s, err := Open(context.Background(), path)
	require.NoError(t, err)
	put(t, s, person(1, "Maya", "Okafor"))
	require.NoError(t, s.Close())
	require.FileExists(t, path)
	info, err := os.Stat(path)
	require.NoError(t, err)
	require.Equal(t, fs.FileMode(0o600), info.Mode().Perm(), "it holds people's data")
}

func TestOpen_ReportsADamagedFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "directory.db")
	s, err := Open(context.Background(), path)
	require.NoError(t, err)
	put(t, s, person(1, "Maya", "Okafor"))
	require.NoError(t, s.Close())
	content, err := os.ReadFile(path)
	require.NoError(t, err)
	for i := 100; i < len(content); i++ {
		content[i] = 0xff
	}
	require.NoError(t, os.WriteFile(path, content, 0o600))
	_, err = Open(context.Background(), path)
	require.ErrorContains(t, err, "is damaged")
}

func TestDescribeFileError_NamesTheFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "directory.db")
	s, err := Open(context.Background(), path)
	require.NoError(t, err)
	put(t, s, person(1, "Maya", "Okafor"))
	require.NoError(t, s.Write(context.Background(), func(tx *Tx) error {
		return tx.c.exec(context.Background(), "UPDATE docs SET doc = '{'")
	}))
	err = s.Read(context.Background(), func(tx *Tx) error { _, err := tx.Users(Query{Limit: 5}); return err })
	require.Equal(t, "is damaged", DescribeFileError(err), "%v", err)
	require.NoError(t, s.Close())
	require.Equal(t, "cannot be written, the disk is full", DescribeFileError(fmt.Errorf("write: %w", syscall.ENOSPC)))
	require.Empty(t, DescribeFileError(ErrNotFound))
	require.Empty(t, DescribeFileError(nil))
}

func TestWrite_RollsBack(t *testing.T) {
	s := openNew(t)
	put(t, s, person(1, "Maya", "Okafor"))
	stop := errors.New("stop")
	err := s.Write(context.Background(), func(tx *Tx) error {
		require.NoError(t, tx.PutUser(person(2, "Daniel", "Reyes")))
		require.NoError(t, tx.DeleteUser(person(1, "", "").ID))
		require.NoError(t, tx.SetNote("k", "v"))
		return stop
	})
	require.ErrorIs(t, err, stop)
	require.Equal(t, ids(person(1, "", "")), find(t, s, Query{}))
	require.Empty(t, find(t, s, Query{AnyLike: "daniel"}))
	require.Len(t, find(t, s, Query{AnyLike: "maya"}), 1)
	put(t, s, person(2, "Daniel", "Reyes")) // the connection is usable

	require.Panics(t, func() {
		s.Write(context.Background(), func(tx *Tx) error {
			tx.SetNote("k", "v")
			panic("in the middle")
		})
	})
	ctx, cancel := context.WithCancel(context.Background())
	err = s.Write(ctx, func(tx *Tx) error { cancel(); return tx.SetNote("k", "v") })
	require.ErrorIs(t, err, context.Canceled)
	require.NoError(t, s.Read(context.Background(), func(tx *Tx) error {
		v, err := tx.Note("k")
		require.Empty(t, v)
		return err
	}))
}

func TestRead_CannotWriteAndSeesOneState(t *testing.T) {
	s := openNew(t)
	put(t, s, person(1, "Maya", "Okafor"))
	require.NoError(t, s.Read(context.Background(), func(tx *Tx) error {
		require.Error(t, tx.PutUser(person(9, "X", "Y")))
		before, err := tx.CountUsers(Query{})
		require.NoError(t, err)
		put(t, s, person(2, "Daniel", "Reyes"))
		after, err := tx.CountUsers(Query{})
		require.Equal(t, before, after)
		return err
	}))
	require.Len(t, find(t, s, Query{}), 2)
}

// Two handles write and read one file concurrently; nothing is lost and nobody waits in
// vain.
func TestStore_TwoHandlesOnOneFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "directory.db")
	const each = 20
	var wg sync.WaitGroup
	for h := range 2 {
		wg.Go(func() {
			s, err := Open(context.Background(), path) // both may have to create it
			if !assertNoError(t, err) {
				return
			}
			defer s.Close()
			for n := range each {
				assertNoError(t, s.Write(context.Background(), func(tx *Tx) error { return tx.PutUser(person(h*each+n, "Maya", "Okafor")) }))
				assertNoError(t, s.Read(context.Background(), func(tx *Tx) error {
					all, err := tx.Users(Query{AnyLike: "okafor", Limit: 5})
					if err == nil && len(all) == 0 {
						err = errors.New("nobody there")
					}
					return err
				}))
			}
		})
	}
	wg.Wait()
	s, err := Open(context.Background(), path)
	require.NoError(t, err)
	defer s.Close()
	require.Len(t, find(t, s, Query{NameLike: "maya"}), 2*each)
}

func assertNoError(t *testing.T, err error) bool {
	t.Helper()
	if err != nil {
		t.Error(err)
	}
	return err == nil
}

// The test binary itself is the second process.
func TestStore_TwoProcessesOnOneFile(t *testing.T) {
	if path := os.Getenv("FRONTDESK_TEST_DIRECTORY"); path != "" {
		s, err := Open(context.Background(), path)
		require.NoError(t, err)
		for n := range 30 {
			put(t, s, person(1000+n, "Other", "Process"))
		}
		require.NoError(t, s.Close())
		return
	}
	path := filepath.Join(t.TempDir(), "directory.db")
	s, err := Open(context.Background(), path)
	require.NoError(t, err)
	defer s.Close()
	other := exec.Command(os.Args[0], "-test.run=^TestStore_TwoProcessesOnOneFile$")
	other.Env = append(os.Environ(), "FRONTDESK_TEST_DIRECTORY="+path)
	var said bytes.Buffer
	other.Stdout, other.Stderr = &said, &said
	require.NoError(t, other.Start())
	for n := range 30 {
		put(t, s, person(n, "This", "Process"))
	}
	require.NoError(t, other.Wait(), said.String())
	require.Len(t, find(t, s, Query{NameLike: "process"}), 60)
}

func TestCreate_IsAllOrNothing(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "directory.db")
	stop := errors.New("stop")
	require.ErrorIs(t, Create(context.Background(), path, func(s *Store) error {
		put(t, s, person(1, "Maya", "Okafor"))
		return stop
	}), stop)
	twice := func(change func(*User)) error {
		return Create(context.Background(), path, func(s *Store) error {
			other := person(2, "Daniel", "Reyes")
			change(other)
			put(t, s, person(1, "Maya", "Okafor"), other)
			return nil
		})
	}
	require.ErrorContains(t, twice(func(u *User) { u.Emails[0].Address = "PERSON1@pine.example" }), "share an identification")
	require.ErrorContains(t, twice(func(u *User) { u.ID = person(1, "", "").ID }), "share the id")
	entries, err := os.ReadDir(dir)
	require.NoError(t, err)
	require.Empty(t, entries)

	require.NoError(t, twice(func(*User) {}))
	require.ErrorIs(t, twice(func(*User) {}), fs.ErrExist)
	s, err := Open(context.Background(), path)
	require.NoError(t, err)
	defer s.Close()
	require.Len(t, find(t, s, Query{AnyLike: "pine.example"}), 2)
	require.Len(t, find(t, s, Query{Emails: []string{"person2@pine.example"}}), 1)
	put(t, s, person(3, "Priya", "Raman"))
	require.Len(t, find(t, s, Query{NameLike: "raman"}), 1)
	entries, err = os.ReadDir(dir)
	require.NoError(t, err)
	for _, e := range entries {
		require.True(t, strings.HasPrefix(e.Name(), "directory.db"), e.Name())
		require.NotContains(t, e.Name(), ".new-")
	}
}

func TestOpenTemp_LeavesNothing(t *testing.T) {
	s, err := OpenTemp(context.Background())
	require.NoError(t, err)
	put(t, s, person(1, "Maya", "Okafor"))
	require.NoError(t, s.Close())
	require.NoDirExists(t, filepath.Dir(s.Path()))
}

func TestCreate_RemovesLeftovers(t *testing.T) {
	path := filepath.Join(t.TempDir(), "directory.db")
	old, young := path+".new-1", path+".new-2"
	for _, p := range []string{old, young} {
		require.NoError(t, os.WriteFile(p, []byte("half"), 0o600))
	}
	long := time.Now().Add(-25 * time.Hour)
	require.NoError(t, os.Chtimes(old, long, long))
	require.NoError(t, Create(context.Background(), path, func(*Store) error { return nil }))
	require.NoFileExists(t, old)
	require.FileExists(t, young, "somebody may be at it")
}
