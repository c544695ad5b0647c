package journal_test

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"frontdesk/api/journal"
)

func (b *book) read() []byte {
	b.Helper()
	raw, err := os.ReadFile(b.Path())
	require.NoError(b, err)
	return raw
}

func (b *book) overwrite(raw []byte) {
	b.Helper()
	require.NoError(b, os.WriteFile(b.Path(), raw, 0o600))
}

// Every byte of every record, in two ways.
func TestVerify_FindsAnyChangedByte(t *testing.T) {
	b := newBook(t)
	b.ban("user_1", "Ada")
	b.append(journal.Record{Kind: journal.Refused, Operation: "delete_user", Outcome: journal.Denied})
	b.isSound(3)
	raw := b.read()
	line := 1
	for i := range raw {
		for _, flip := range []byte{1, 0x80} {
			changed := bytes.Clone(raw)
			changed[i] ^= flip
			b.overwrite(changed)
			problem := b.verify().Problem
			require.NotNil(t, problem, "byte %d of %q", i, raw)
			require.Equal(t, line, problem.Line, "byte %d", i)
			require.Equal(t, uint64(line), problem.Seq)
		}
		if raw[i] == '\n' {
			line++
		}
	}
}

func TestVerify_FindsLinesThatAreMissingAddedOrMoved(t *testing.T) {
	b := newBook(t)
	for range 3 {
		b.ban("user_1", "Ada")
	}
	l := b.lines()
	for name, c := range map[string]struct {
		lines []string
		says  string
	}{
		"one taken out":   {[]string{l[0], l[1], l[3], l[4], l[5]}, "line 3, record 3: it is missing; the next one here is record 4"},
		"one twice":       {[]string{l[0], l[1], l[1], l[2], l[3], l[4], l[5]}, "line 3, record 3: it is missing; the next one here is record 2"},
		"two swapped":     {[]string{l[0], l[2], l[1], l[3], l[4], l[5]}, "line 2, record 2: it is missing; the next one here is record 3"},
		"an empty one":    {[]string{l[0], "", l[1], l[2], l[3], l[4], l[5]}, "line 2, record 2: it is not a record"},
		"one of garbage":  {[]string{l[0], "garbage", l[1], l[2], l[3], l[4], l[5]}, "line 2, record 2: it is not a record"},
		"another's value": {[]string{l[0], strings.Replace(l[1], "ok", "no", 1), l[2], l[3], l[4], l[5]}, "line 2, record 2: it does not match its own hash"},
	} {
		b.overwrite([]byte(strings.Join(c.lines, "\n") + "\n"))
		require.Contains(t, b.verify().Problem.String(), c.says, name)
	}
}

// A new chain of one's own from the middle on shows as well.
func TestVerify_FindsAForgedContinuation(t *testing.T) {
	b, forged := newBook(t), newBook(t)
	for range 3 {
		b.ban("user_1", "Ada")
		forged.ban("user_9", "Eve")
	}
	mine, theirs := b.lines(), forged.lines()
	b.overwrite([]byte(strings.Join(append(mine[:2:2], theirs[2:]...), "\n") + "\n"))
	require.Contains(t, b.verify().Problem.String(), "line 3, record 3: it does not follow the record before it")
}

// unflushed spares a test that writes a thousand times the disk.
func unflushed(o *journal.Options) { o.Sync = func(*os.File) error { return nil } }

// Wherever a write was cut off, the rest of it stays and the chain goes on.
func TestAppend_GoesOnAfterATornTail(t *testing.T) {
	b := newBook(t, unflushed)
	b.ban("user_1", "Ada")
	raw := b.read()
	start := bytes.IndexByte(raw, '\n') + 1
	for cut := start + 1; cut < len(raw); cut++ {
		b.overwrite(raw[:cut])
		require.NotNil(t, b.verify().Problem, "a torn tail is told")
		b.ban("user_2", "Bo")
		require.True(t, bytes.HasPrefix(b.read(), raw[:cut]), "what is there is not rewritten")
		report := b.verify()
		require.Nil(t, report.Problem, "cut at %d: %v", cut, report.Problem)
		require.Equal(t, 1, report.Recovered)
		all, err := b.Read(t.Context(), journal.Filter{})
		require.NoError(t, err)
		require.Equal(t, "Bo", all[0].Targets[0].Name)
		require.Equal(t, journal.Recovered, all[1].Kind)
		require.Equal(t, "Ada", all[2].Targets[0].Name)
		require.Equal(t, cut != len(raw)-1, all[2].IsOpen(), "a record without its end of line is whole")
	}
}

// What follows a torn tail cannot be taken for it.
func TestVerify_FindsAChangedTornTail(t *testing.T) {
	b := newBook(t)
	b.ban("user_1", "Ada")
	raw := b.read()
	b.overwrite(raw[:len(raw)-100])
	b.ban("user_2", "Bo")
	b.isSound(4)
	whole := b.read()
	for i := len(raw) - 130; i < len(raw)-100; i++ {
		changed := bytes.Clone(whole)
		changed[i] ^= 1
		b.overwrite(changed)
		require.NotNil(t, b.verify().Problem)
	}
}

func TestAppend_GoesOnAfterADamagedRecord(t *testing.T) {
	b := newBook(t)
	b.ban("user_1", "Ada")
	raw := b.read()
	changed := bytes.Clone(raw)
	changed[len(raw)-20] ^= 1
	b.overwrite(changed)
	before := b.verify().Problem
	b.ban("user_2", "Bo")
	require.True(t, bytes.HasPrefix(b.read(), changed))
	require.Equal(t, before, b.verify().Problem, "it is not healed by what follows")
	all, err := b.Read(t.Context(), journal.Filter{})
	require.NoError(t, err)
	require.Len(t, all, 3)
	require.Contains(t, all[1].Message, "lines before this one are damaged: 1")
	b.overwrite([]byte("nothing of it is a record\n\n"))
	b.ban("user_3", "Cy")
	require.Equal(t, 1, b.verify().Problem.Line)
}
