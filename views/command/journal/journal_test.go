package journal_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/csv"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"frontdesk/api/journal"
	"frontdesk/views/command"
	journalcmd "frontdesk/views/command/journal"
)

// room is a journal with its command line.
type room struct {
	*testing.T
	log       *journal.Journal
	now       time.Time
	out, errs bytes.Buffer
	onSleep   func() error
}

func newRoom(t *testing.T) *room {
	r := &room{T: t, now: time.Date(2026, 11, 30, 12, 0, 0, 0, time.UTC)}
	r.log = journal.Open(journal.Options{Dir: filepath.Join(t.TempDir(), "journal"), Name: "journal", Rand: rand.Reader,
		Now: func() time.Time { r.now = r.now.Add(time.Minute); return r.now },
		Who: func() journal.Who {
			return journal.Who{Kernel: journal.Kernel{User: "support", Host: "ops-2", PID: os.Getpid()}, Claimed: journal.Claimed{SudoUser: "mia"}}
		},
		Sync: func(*os.File) error { return nil }})
	return r
}

func (r *room) ban(name, reason string) {
	r.Helper()
	was, is := "not banned", "banned"
	in := journal.Instance{Name: "Harbor & Pine", Kind: "production"}
	intent, err := r.log.Append(journal.Record{Kind: journal.Intent, Instance: in, Operation: "ban_user", Title: "Ban user", Reason: reason, Ticket: "T-1", Confirmed: "--yes",
		Targets: []journal.Target{{ID: "user_1", Name: name, Address: "a@x.example"}}, Changes: []journal.Change{{Field: "state", Label: "State", Before: &was}}})
	require.NoError(r, err)
	_, err = r.log.Append(journal.Record{Kind: journal.Outcome, Intent: intent.ID, Outcome: journal.OK, Status: 200, TraceID: "trace-1", Duration: 12,
		Changes: []journal.Change{{Field: "state", Label: "State", Before: &was, After: &is}, {Field: "password", Label: "Password", Hidden: true}}})
	require.NoError(r, err)
}

// run runs the command and returns its exit code and what it prints.
func (r *room) run(args ...string) (code int, stdout, stderr string) {
	r.Helper()
	r.out.Reset()
	r.errs.Reset()
	cmd := journalcmd.New(journalcmd.Env{
		Journal: func() (*journal.Journal, error) { return r.log, nil },
		Stdout:  &r.out, Stderr: &r.errs, Now: func() time.Time { return r.now }, Local: time.FixedZone("CET", 3600),
		Sleep: func(context.Context, time.Duration) error { return r.onSleep() },
	})
	cmd.SetArgs(args)
	cmd.SilenceErrors, cmd.SilenceUsage = true, true
	err := cmd.ExecuteContext(r.Context())
	if err != nil {
		var exit command.Exit
		require.ErrorAs(r, err, &exit)
		return exit.Code, r.out.String(), err.Error()
	}
	return 0, r.out.String(), r.errs.String()
}

func TestShow_LeavesOutAStateThatStayed(t *testing.T) {
	r := newRoom(t)
	state := "a picture is set"
	intent, err := r.log.Append(journal.Record{Kind: journal.Intent, Operation: "set_user_profile_image", Title: "Set profile image"})
	require.NoError(t, err)
	_, err = r.log.Append(journal.Record{Kind: journal.Outcome, Intent: intent.ID, Outcome: journal.OK,
		Changes: []journal.Change{{Field: "state", Label: "State", Before: &state, After: &state}}})
	require.NoError(t, err)
	_, out, _ := r.run("show")
	require.Contains(t, out, "Set profile image")
	require.NotContains(t, out, state)
}

func TestShow_NamesWhoWhatAndWhy(t *testing.T) {
	r := newRoom(t)
	r.ban("Ada", "fraud")
	_, out, _ := r.run("show")
	require.Equal(t, "2026-11-30 13:01:00  support (sudo by mia)  Ban user  Ada · a@x.example  ok  “fraud”  T-1  on Harbor & Pine (PRODUCTION)\n"+
		"    State: not banned → banned\n    Password: not recorded\n", out)
	_, out, _ = r.run("show", "--utc")
	require.Contains(t, out, "2026-11-30 12:01:00")
	_, out, stderr := r.run("show", "--by", "jo")
	require.Empty(t, out)
	require.Equal(t, "Nothing in the journal matches.\n", stderr)
	_, out, _ = r.run("show", "--by", "mia", "--user", "ada", "--op", "ban-user", "--since", "1h")
	require.NotEmpty(t, out)
	_, out, _ = r.run("show", "--since", "30s")
	require.Empty(t, out)
	_, out, _ = r.run("show", "--since", "2026-11-30")
	require.NotEmpty(t, out)
}

func TestShow_SaysWhatIsLeftOutAndOpen(t *testing.T) {
	r := newRoom(t)
	r.ban("Ada", "fraud")
	_, err := r.log.Append(journal.Record{Kind: journal.Intent, Operation: "lock_user", Title: "Lock user"})
	require.NoError(t, err)
	_, _, stderr := r.run("show", "--limit", "1")
	require.Equal(t, "Only the newest 1 are shown; use --limit to see more.\nChanges with an unknown outcome: 1; run `frontdesk journal resolve` to find out.\n", stderr)
}

// What others wrote does nothing to a terminal or a spreadsheet.
func TestShow_IsSafeToPrintAndToOpen(t *testing.T) {
	r := newRoom(t)
	r.ban("=cmd|'/c calc'!A1\x1b[2J\u202e", "+1+1\r\nforged")
	for _, args := range [][]string{{"show"}, {"show", "--json"}, {"show", "--csv"}, {"export"}, {"tail"}} {
		_, out, _ := r.run(args...)
		require.NotContains(t, out, "\x1b", "%v", args)
		require.NotContains(t, out, "\u202e", "%v", args)
		require.NotContains(t, out, "\r", "%v", args)
	}
	_, out, _ := r.run("show", "--csv")
	rows, err := csv.NewReader(strings.NewReader(out)).ReadAll()
	require.NoError(t, err)
	require.Len(t, rows, 2)
	for _, cell := range rows[1] {
		if cell != "" {
			require.NotContains(t, "=+-@", cell[:1])
		}
	}
}

func TestShow_RefusesContradictions(t *testing.T) {
	r := newRoom(t)
	for _, args := range [][]string{{"show", "--json", "--csv"}, {"show", "--limit", "-1"}, {"show", "--since", "yesterday"}, {"tail", "-n", "-1"}, {"show", "Ada"}} {
		code, _, stderr := r.run(args...)
		require.Equal(t, command.CodeUsage, code, "%v", args)
		require.NotEmpty(t, stderr)
	}
}

func TestVerify_NamesTheFirstBadRecord(t *testing.T) {
	r := newRoom(t)
	_, out, _ := r.run("verify")
	require.Equal(t, "The journal is empty.\n", out)
	r.ban("Ada", "fraud")
	code, out, _ := r.run("verify")
	require.Zero(t, code)
	require.Contains(t, out, "All 2 records are intact.")
	raw, err := os.ReadFile(r.log.Path())
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(r.log.Path(), bytes.Replace(raw, []byte("fraud"), []byte("Fraud"), 1), 0o600))
	code, _, stderr := r.run("verify")
	require.Equal(t, command.CodeFailed, code)
	require.Equal(t, "the journal was altered: "+r.log.Path()+", line 1, record 1: it does not match its own hash", stderr)
}

func TestVerify_DoesNotCallACutOffWriteAltered(t *testing.T) {
	r := newRoom(t)
	r.ban("Ada", "fraud")
	raw, err := os.ReadFile(r.log.Path())
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(r.log.Path(), raw[:len(raw)-40], 0o600))
	code, _, stderr := r.run("verify")
	require.Equal(t, command.CodeFailed, code)
	require.Equal(t, "the last write to the journal was cut off: "+r.log.Path()+", line 2, record 2: it is incomplete; the next write continues after it", stderr)
}

func TestExport_IsTheFileAsItIs(t *testing.T) {
	r := newRoom(t)
	r.ban("Ada", "fraud")
	raw, err := os.ReadFile(r.log.Path())
	require.NoError(t, err)
	_, out, _ := r.run("export")
	require.Equal(t, string(raw), out)
}

func TestTail_FollowsUntilItIsStopped(t *testing.T) {
	r := newRoom(t)
	for _, name := range []string{"Ada", "Bo", "Cy"} {
		r.ban(name, "fraud")
	}
	naps := 0
	r.onSleep = func() error {
		if naps++; naps == 3 {
			return context.Canceled
		}
		r.ban([]string{"Di", "Ed"}[naps-1], "fraud")
		return nil
	}
	code, out, _ := r.run("tail", "-f", "-n", "2")
	require.Zero(t, code)
	require.NotContains(t, out, "Bo")
	require.Less(t, strings.Index(out, "Cy"), strings.Index(out, "Di"))
	require.Less(t, strings.Index(out, "Di"), strings.Index(out, "Ed"))
	naps = 0
	_, out, _ = r.run("tail", "-f", "-n", "0")
	require.NotContains(t, out, "Cy")
	require.Contains(t, out, "Di")
}

func TestShow_SaysWhyTheJournalCannotBeRead(t *testing.T) {
	r := newRoom(t)
	r.ban("Ada", "fraud")
	require.NoError(t, os.Rename(r.log.Path(), r.log.Path()+".real"))
	require.NoError(t, os.Symlink(r.log.Path()+".real", r.log.Path()))
	code, _, stderr := r.run("show")
	require.Equal(t, command.CodeFailed, code)
	require.Equal(t, "the journal: its file "+r.log.Path()+" is a symbolic link", stderr)
}
