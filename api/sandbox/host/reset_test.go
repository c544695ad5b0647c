package host

import (
	"bytes"
	"context"
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"frontdesk/api/sandbox/store"
)

// A damaged demo is reset like any other, and the damaged file is kept.
func TestReset_ReplacesADamagedFile(t *testing.T) {
	mould := filepath.Join(t.TempDir(), "demo.db")
	require.NoError(t, Reset(t.Context(), testOptions(mould)))
	st, err := Open(t.Context(), testOptions(mould))
	require.NoError(t, err)
	key, err := secretKey(t.Context(), st, strings.NewReader(strings.Repeat("k", 30)), false)
	require.NoError(t, err)
	require.NoError(t, st.Close())
	whole, err := os.ReadFile(mould)
	require.NoError(t, err)
	const page = 8192
	noise := bytes.Repeat([]byte{0xa5, 0x00, 0xff, 0x13}, page/4)
	for name, damage := range map[string]func([]byte) []byte{
		"text":                 func([]byte) []byte { return []byte("not a database at all") },
		"long text":            func([]byte) []byte { return []byte(strings.Repeat("not a database at all\n", 1000)) },
		"zeros":                func(b []byte) []byte { return make([]byte, len(b)) },
		"the header gone":      func(b []byte) []byte { return append(make([]byte, 100), b[100:]...) },
		"the first page gone":  func(b []byte) []byte { return append(append([]byte{}, noise...), b[page:]...) },
		"all but the header":   func(b []byte) []byte { return append(b[:100:100], bytes.Repeat([]byte{0xff}, len(b)-100)...) },
		"cut in the header":    func(b []byte) []byte { return b[:50] },
		"cut after the header": func(b []byte) []byte { return b[:100] },
		"cut after a page":     func(b []byte) []byte { return b[:page] },
		"cut in the middle":    func(b []byte) []byte { return b[:len(b)/2+17] },
		"the end gone":         func(b []byte) []byte { return b[:len(b)-page] },
		"a page of noise":      func(b []byte) []byte { copy(b[len(b)/page/2*page:], noise); return b },
		"the last page noise":  func(b []byte) []byte { copy(b[len(b)-page:], noise); return b },
		"every third page": func(b []byte) []byte {
			for at := 2 * page; at < len(b); at += 3 * page {
				copy(b[at:], noise)
			}
			return b
		},
	} {
		path := filepath.Join(t.TempDir(), "demo.db")
		damaged := damage(bytes.Clone(whole))
		require.NoError(t, os.WriteFile(path, damaged, 0o600))
		kept := ""
		o := testOptions(path)
		o.OnSetAside = func(path string) { kept = path }
		require.NoError(t, Reset(t.Context(), o), name)

		st, err := Open(t.Context(), testOptions(path))
		require.NoError(t, err, name)
		require.Equal(t, 60, countUsers(t, st), name)
		require.NoError(t, st.Check(t.Context()), name)
		require.NoError(t, st.Close())
		require.Equal(t, path+".damaged", kept, name)
		left, err := os.ReadFile(kept)
		require.NoError(t, err)
		require.Equal(t, len(damaged), len(left), name)

		require.NoError(t, os.WriteFile(path, damaged, 0o600))
		require.NoError(t, Reset(t.Context(), o), name)
		require.Equal(t, path+".damaged-2", kept, "%s: the first one stays", name)
		if name == "the last page noise" {
			st, err = Open(t.Context(), testOptions(path))
			require.NoError(t, err)
			again, err := secretKey(t.Context(), st, nil, false)
			require.NoError(t, err)
			require.Equal(t, key, again, "what could be read of it is kept")
			require.NoError(t, st.Close())
		}
	}
}

// A file that never was a directory is not replaced, whatever its name is.
func TestReset_LeavesForeignFilesAlone(t *testing.T) {
	dir := t.TempDir()
	other, text, newer := filepath.Join(dir, "other.db"), filepath.Join(dir, "notes"), filepath.Join(dir, "newer.db")
	db, err := sql.Open("sqlite", other)
	require.NoError(t, err)
	_, err = db.Exec("CREATE TABLE mine (x); INSERT INTO mine VALUES (1)")
	require.NoError(t, err)
	require.NoError(t, db.Close())
	require.NoError(t, os.WriteFile(text, []byte("dear diary"), 0o600))
	require.NoError(t, Reset(t.Context(), testOptions(newer)))
	raw, err := os.ReadFile(newer)
	require.NoError(t, err)
	raw[63] = 99 // the version of its schema
	require.NoError(t, os.WriteFile(newer, raw, 0o600))
	for path, want := range map[string]error{other: store.ErrForeignFile, text: store.ErrForeignFile, newer: store.ErrNewerSchema} {
		before, err := os.ReadFile(path)
		require.NoError(t, err)
		require.ErrorIs(t, Reset(context.Background(), OpenOptions{Path: path}), want)
		after, err := os.ReadFile(path)
		require.NoError(t, err)
		require.True(t, bytes.Equal(before, after), path)
		require.NoFileExists(t, path+".damaged")
	}
}
