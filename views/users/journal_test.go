package users_test

import (
	"os"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"frontdesk/api/journal"
	"frontdesk/tui/shell"
	"frontdesk/tui/tuitest"
	"frontdesk/views/users"
	"frontdesk/views/viewtest"
)

// While the journal cannot be written, every screen says so and no write is offered;
// once it can be again, both end by themselves.
func TestJournal_FullDiskTurnsChangesOffUntilThereIsRoom(t *testing.T) {
	b := viewtest.New(t)
	var full atomic.Bool
	b.Record(func(o *journal.Options) {
		o.Write = func(f *os.File, line []byte) (int, error) {
			if full.Load() {
				return 0, &os.PathError{Op: "write", Path: f.Name(), Err: syscall.ENOSPC}
			}
			return f.Write(line)
		}
	})
	d := tuitest.Drive(b, shell.Config{Root: users.New(b.Env), Keys: viewtest.Keys(b), Clock: b.Clock.Now, After: b.Clock.After}, 120, 40)
	d.Clock = b.Clock
	d.Press("j") // to somebody who is not locked
	d.Lacks("Changes are off")
	full.Store(true)
	lock := func() {
		d.Press("l")
		d.Dialog().Expect("Lock user")
		d.Type("asked for it")
		d.Press("enter")
		d.Dialog().Expect("Lock user", "asked for it")
		d.Advance(time.Second)
		d.Press("y")
	}
	lock()
	const banner = "Changes are off, reading goes on: the journal cannot be written (the disk is full). A tries again"
	require.Contains(t, d.Line(1), banner)
	require.NotContains(t, strings.Join(b.Transport.Requests(), "\n"), "/lock")
	d.Press("esc", "enter")
	require.Contains(t, d.Line(1), banner, "on every screen")
	d.Press("l")
	d.Lacks("Reason (")
	d.Has("the journal cannot be written (the disk is full)")
	d.Press("q", "x")
	d.Has("the journal cannot be written (the disk is full)")
	d.Press("esc")

	d.Advance(25 * time.Second)
	require.Contains(t, d.Line(1), banner, "it is still full")
	full.Store(false)
	d.Advance(11 * time.Second)
	d.Lacks("Changes are off")
	d.Press("N")
	d.Has("The journal can be written again: changes are on")
	d.Press("esc")
	lock()
	require.Contains(t, strings.Join(b.Transport.Requests(), "\n"), "/lock")
}

// What an earlier program left open is looked for after the list has appeared.
func TestJournal_StartTellsWhatBecameOfAnOpenChange(t *testing.T) {
	b := viewtest.New(t)
	j := b.Record(nil)
	sam, elin := b.FindUser("sam.c@pine.example"), b.FindUser("Elin Berg")
	gone := b.OpenJournal(func(o *journal.Options) {
		o.Who = func() journal.Who {
			return journal.Who{Kernel: journal.Kernel{UID: 1000, User: "jo", Host: "ops-2", PID: 99, BootID: "an earlier boot"}}
		}
	})
	in := journal.Instance{Name: "Harbor & Pine", Kind: "demo"}
	for _, r := range []journal.Record{
		{Operation: "ban_user", Title: "Ban user", Targets: []journal.Target{{ID: elin.ID.Raw(), Name: "Elin Berg"}}},
		{Operation: "ban_user", Title: "Ban user", Targets: []journal.Target{{ID: sam.ID.Raw(), Name: "Sam Carter"}}},
		{Operation: "set_user_password_compromised_by_an_operation_of_tomorrow", Title: "Do something new", Targets: []journal.Target{{ID: sam.ID.Raw(), Name: "Sam Carter"}}},
	} {
		r.Kind, r.Instance = journal.Intent, in
		_, err := gone.Append(r)
		require.NoError(t, err)
	}
	at := b.Clock.Now().Format("15:04")
	_, err := b.Client.BanUser(t.Context(), sam.ID)
	require.NoError(t, err)
	d := tuitest.Drive(b, shell.Config{Root: users.New(b.Env), Keys: viewtest.Keys(b), Clock: b.Clock.Now, After: b.Clock.After}, 120, 40)
	d.Clock = b.Clock
	d.Press("N")
	screen := strings.Join(strings.Fields(noticeText(d.Screen())), " ")
	for _, want := range []string{
		"1 change from " + at + " was not confirmed: Ban user, Sam Carter: it was done",
		"1 change from " + at + " was not confirmed: Ban user, Elin Berg: it was not done",
		"1 change from " + at + " was not confirmed: Do something new, Sam Carter: it cannot be determined whether it was done",
	} {
		require.Contains(t, screen, want)
	}
	entries, err := j.Read(t.Context(), journal.Filter{})
	require.NoError(t, err)
	for _, e := range entries {
		require.NotNil(t, e.Ending)
	}
	require.True(t, strings.HasPrefix(b.Transport.Requests()[0], "GET /v1/users"), "the list comes first")
}

// noticeText is what stands in the notices page, without what is beside it.
func noticeText(screen string) string {
	var b strings.Builder
	for _, line := range strings.Split(screen, "\n") {
		if parts := strings.Split(line, "│"); len(parts) > 2 {
			b.WriteString(parts[1] + "\n")
		}
	}
	return b.String()
}
