package journal_test

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"frontdesk/api"
	"frontdesk/api/journal"
	"frontdesk/tui"
	"frontdesk/tui/shell"
	"frontdesk/tui/tuitest"
	"frontdesk/views/action"
	journalview "frontdesk/views/journal"
	"frontdesk/views/mask"
	"frontdesk/views/user"
	"frontdesk/views/users"
	"frontdesk/views/viewtest"
)

// seat is a console on a directory with a journal.
type seat struct {
	*viewtest.Harness
	journal   *journal.Journal
	colleague *journal.Journal // the same one, written by somebody who came by sudo
}

func newSeat(t *testing.T) *seat {
	b := viewtest.New(t)
	b.Env.NewUserView = user.NewDetail
	s := &seat{Harness: b, journal: b.Record(nil)}
	s.colleague = b.OpenJournal(func(o *journal.Options) {
		o.Who = func() journal.Who {
			return journal.Who{Kernel: journal.Kernel{UID: 0, User: "root", Host: "ops-2", PID: 12}, Claimed: journal.Claimed{SudoUser: "maya", SSHConnection: "10.0.0.9 4022 10.0.0.1 22"}}
		}
	})
	return s
}

func (s *seat) open(cols, rows int) *tuitest.Driver {
	s.Helper()
	d := tuitest.Drive(s, shell.Config{Root: users.New(s.Env), Keys: viewtest.Keys(s), Clock: s.Clock.Now, After: s.Clock.After,
		GlobalActions: func() []tui.Action { return []tui.Action{action.UndoAction(s.Env), journalview.Action(s.Env)} }}, cols, rows)
	d.Clock = s.Clock
	return d
}

// write writes an intent and, unless it is "", how it ended.
func (s *seat) write(j *journal.Journal, r journal.Record, ended string) journal.Record {
	s.Helper()
	r.Kind, r.Instance = journal.Intent, journal.Instance{Name: "Harbor & Pine", Kind: "demo"}
	r, err := j.Append(r)
	require.NoError(s, err)
	if ended != "" {
		_, err = j.Append(journal.Record{Kind: journal.Outcome, Intent: r.ID, Outcome: ended, Status: 200, TraceID: "trace" + r.ID, Duration: 140, Targets: r.Targets})
		require.NoError(s, err)
	}
	return r
}

func target(u *api.User) []journal.Target {
	return []journal.Target{{ID: u.ID.Raw(), Name: u.Name().Display(), Address: u.Email().Display()}}
}

// ban is the record of a ban.
func ban(u *api.User, reason, ticket string) journal.Record {
	before, after := "not banned", "banned"
	return journal.Record{Operation: "ban_user", Title: "Ban user", Targets: target(u), Reason: reason, Ticket: ticket, Confirmed: "answered the question",
		Changes: []journal.Change{{Field: "state", Label: "State", Before: &before, After: &after}}}
}

func TestJournal_ListsNewestFirstWithWhoWhatWhomAndWhy(t *testing.T) {
	s := newSeat(t)
	sam, elin := s.FindUser("sam.c@pine.example"), s.FindUser("Elin Berg")
	s.write(s.journal, ban(sam, "card fraud", "SUP-4711"), journal.OK)
	s.Clock.Jump(25 * time.Hour)
	s.write(s.colleague, journal.Record{Operation: "lock_user", Title: "Lock user", Targets: target(elin), Reason: "asked on the telephone"}, journal.Denied)
	s.write(s.journal, journal.Record{Operation: "unban_user", Title: "Unban user", Targets: target(sam)}, "")
	d := s.open(140, 40)
	d.Press("A")
	d.Has("Users › Journal", "TIME", "WHAT", "WHOM", "OUTCOME", "BY", "TICKET, REASON", "1 of 3")
	now := s.Clock.Now().Format("15:04")
	require.Regexp(t, `▌ `+now+` +Unban user +Sam Carter  sam\.c@pine\.example +… open +jo`, d.Line(6))
	require.Regexp(t, now+` +Lock user +Elin Berg .* ✗ refused +root \(sudo: maya\) +asked on the telephone`, d.Line(7))
	require.Regexp(t, `\d+ \w+ \d\d:\d\d +Ban user +Sam Carter .* ✓ done +jo +SUP-4711 · card fraud`, d.Line(8))
}

func TestJournal_FiltersByWordsAndTokens(t *testing.T) {
	s := newSeat(t)
	sam, elin := s.FindUser("sam.c@pine.example"), s.FindUser("Elin Berg")
	s.write(s.journal, ban(sam, "card fraud", "SUP-4711"), journal.OK)
	s.Clock.Jump(3 * time.Hour)
	s.write(s.colleague, journal.Record{Operation: "lock_user", Title: "Lock user", Targets: target(elin), Reason: "asked on the telephone"}, journal.Denied)
	d := s.open(140, 40)
	d.Press("A")
	for typed, wants := range map[string]string{
		"sup-47": "Ban user", "fraud": "Ban user", "elin": "Lock user", "by:jo": "Ban user", "by:maya": "Lock user", "op:lock": "Lock user", "op:ban_user": "Ban user",
		"user:" + sam.ID.Raw(): "Ban user", `user:"elin berg"`: "Lock user", "since:1h": "Lock user", "is:refused": "Lock user", "is:done": "Ban user",
		"user:sam fraud op:ban": "Ban user", "on:demo telephone": "Lock user", "ban card": "Ban user",
	} {
		d.Press("/")
		d.Type(typed)
		d.Has("1 of 1", wants)
		d.Press("enter", "esc")
		d.Has("1 of 2")
	}
	d.Press("/")
	d.Type("by:nobody")
	d.Has("Nothing in the journal matches.")
	d.Press("esc")
	d.Has("1 of 2")
}

func TestJournal_SaysWhatIsWrongWithAToken(t *testing.T) {
	s := newSeat(t)
	s.write(s.journal, ban(s.FindUser("sam.c@pine.example"), "card fraud", ""), journal.OK)
	d := s.open(120, 30)
	d.Press("A", "/")
	d.Type("since:tuesday")
	d.Has("! “since:tuesday” is not valid: use an age like 30m, 8h or 7d, or a date like 2026-11-30", "Ban user", "1 of 1")
	d.Press("esc")
	d.Lacks("not understood")
	d.Press("/")
	d.Type("is:fun")
	d.Has("! “is:fun” is not valid: use is:done, is:refused")
}

func TestJournal_ShowsARecordInFullAndCopiesIt(t *testing.T) {
	s := newSeat(t)
	sam := s.FindUser("sam.c@pine.example")
	r := s.write(s.colleague, ban(sam, "card fraud", "SUP-4711"), journal.OK)
	d := s.open(120, 60)
	d.Press("A", "enter")
	d.Has("Users › Journal › Ban user", "✓ done", "Sam Carter", sam.ID.Raw(), "CHANGED", "BEFORE", "REQUESTED", "AFTER", "not banned",
		"Reason", "card fraud", "Ticket", "SUP-4711", "Confirmed", "answered the question", "HTTP status", "200", "Trace id", "trace"+r.ID, "Took", "140 ms",
		"BY, ACCORDING TO THE SYSTEM", "root (uid 0)", "Machine", "ops-2", "BY, ACCORDING TO THE ENVIRONMENT (NOT CHECKED)", "Called sudo", "maya", "SSH from", "10.0.0.9",
		"Harbor & Pine (DEMO)", "ban_user", r.ID, r.Hash)
	d.Press("y")
	for _, line := range []string{"Ban user", "Whom: Sam Carter  sam.c@pine.example", "User id: " + sam.ID.Raw(), "By: root (sudo: maya)", "State: not banned → banned",
		"Reason: card fraud", "Ticket: SUP-4711", "Outcome: ✓ done", "Hash: " + r.Hash} {
		require.Contains(t, strings.Split(d.Clipboard, "\n"), line)
	}
	d.Press("enter")
	d.Has("Users › Journal › Ban user › Sam Carter", "Overview")
	d.Press("q", "q", "p")
	d.Has("Users › Journal › Sam Carter")
}

func TestJournal_FollowsWhatIsWrittenMeanwhile(t *testing.T) {
	s := newSeat(t)
	sam := s.FindUser("sam.c@pine.example")
	open := s.write(s.journal, ban(sam, "first", ""), "")
	s.write(s.journal, ban(sam, "second", ""), journal.OK)
	d := s.open(120, 30)
	d.Press("A", "j")
	d.Has("2 of 2", "… open")
	s.write(s.colleague, ban(sam, "third, from elsewhere", ""), journal.OK)
	_, err := s.colleague.Append(journal.Record{Kind: journal.Outcome, Intent: open.ID, Outcome: journal.Unknown})
	require.NoError(t, err)
	d.Advance(2 * time.Second)
	d.Has("3 of 3", "third, from elsewhere", "? unknown")
	d.Lacks("… open")
	require.Contains(t, d.Line(8), "▌", "the cursor stays with its record")
}

func TestJournal_OpensALongOneAtOnce(t *testing.T) {
	s := newSeat(t)
	sam := s.FindUser("sam.c@pine.example")
	s.write(s.journal, ban(sam, "the oldest of all", ""), journal.OK)
	s.repeatLast(2_500)
	d := s.open(120, 30)
	d.Press("A")
	d.Has("1 of 200+")
	d.Press("G")
	d.Has("2,501 of 2,501", "the oldest of all")
	d.Press("g", "/")
	d.Type("oldest")
	d.Has("the oldest of all", "1 of 1")
}

// repeatLast writes n more entries, faster than the journal flushes them.
func (s *seat) repeatLast(n int) {
	s.Helper()
	j := s.OpenJournal(func(o *journal.Options) { o.Sync = func(*os.File) error { return nil } })
	sam := s.FindUser("sam.c@pine.example")
	for i := range n {
		s.write(j, ban(sam, fmt.Sprintf("ban %d", i), ""), journal.OK)
	}
}

func TestJournal_SaysThatItIsEmpty(t *testing.T) {
	d := newSeat(t).open(80, 24)
	d.Press("A")
	d.Has("No changes yet.")
}

func TestJournal_SaysWhyItCannotBeRead(t *testing.T) {
	s := newSeat(t)
	require.NoError(t, os.MkdirAll(s.journal.Dir(), 0o700))
	require.NoError(t, os.Symlink("/dev/null", s.journal.Path()))
	d := s.open(80, 24)
	d.Press("A")
	d.Has("The journal cannot be read:", "is a symbolic link", "r tries again.")
	require.NoError(t, os.Remove(s.journal.Path()))
	s.write(s.journal, ban(s.FindUser("sam.c@pine.example"), "card fraud", ""), journal.OK)
	d.Press("r")
	d.Has("Ban user")
	d.Lacks("cannot be read")
}

func TestJournal_MarksTheDamagedRecord(t *testing.T) {
	s := newSeat(t)
	sam := s.FindUser("sam.c@pine.example")
	for _, reason := range []string{"first", "second", "third"} {
		s.write(s.journal, ban(sam, reason, ""), journal.OK)
	}
	raw, err := os.ReadFile(s.journal.Path())
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(s.journal.Path(), []byte(strings.Replace(string(raw), `"reason":"second"`, `"reason":"forged"`, 1)), 0o600))
	d := s.open(140, 30)
	d.Press("A")
	d.Has("The journal was altered:", "record 3", "match its own hash", "Damaged record", "! damaged")
	d.Lacks("forged", "second")
	require.Contains(t, d.Line(7), "Damaged record")
	d.Press("j", "enter")
	d.Has("Users › Journal › Damaged record", "cannot be trusted")
}

func TestJournal_DoesNotCallACutOffWriteAltered(t *testing.T) {
	s := newSeat(t)
	s.write(s.journal, ban(s.FindUser("sam.c@pine.example"), "card fraud", ""), journal.OK)
	raw, err := os.ReadFile(s.journal.Path())
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(s.journal.Path(), raw[:len(raw)-40], 0o600))
	d := s.open(140, 30)
	d.Press("A")
	d.Has("The last write to the journal was cut off:", "record 2", "it is incomplete; the next write continues after it")
	d.Lacks("altered")
}

// A name is whatever its owner chose, and the file may be written by anybody with this
// account.
func TestJournal_DrawsHostileTextHarmlessly(t *testing.T) {
	s := newSeat(t)
	evil := "\x1b[2J\u202eevil\u200b\nname"
	r := journal.Record{Operation: evil, Title: evil, Reason: evil, Ticket: evil, Confirmed: evil, Part: evil, Case: evil,
		Targets: []journal.Target{{ID: "user_" + evil, Name: evil, Address: evil}, {ID: "user_2", Name: strings.Repeat("long ", 3000)}},
		Changes: []journal.Change{{Field: evil, Label: evil, Before: &evil, Requested: &evil, After: &evil}}}
	s.write(s.colleague, r, journal.Partly)
	for _, size := range [][2]int{{140, 40}, {80, 24}, {60, 20}, {40, 8}} {
		d := s.open(size[0], size[1])
		d.Press("A", "enter", "G", "y")
		for _, bad := range []string{"\x1b", "\u202e", "\u200b"} {
			require.NotContains(t, d.Screen(), bad)
			require.NotContains(t, d.Clipboard, bad)
		}
		d.Press("enter")
		d.Has("Open a person")
	}
}

func TestJournal_NeedsOneToOpen(t *testing.T) {
	b := viewtest.New(t)
	require.Equal(t, "the journal is switched off in the configuration", journalview.Action(b.Env).Off)
}

func TestJournal_NamesNobodyWhileTheMaskIsOn(t *testing.T) {
	s := newSeat(t)
	s.Env.Mask = mask.New(true)
	sam := s.FindUser("sam.c@pine.example")
	before, after := "Sam", "Samuel"
	s.write(s.journal, journal.Record{Operation: "update_user", Title: "Edit user", Targets: target(sam), Reason: "Sam Carter called from sam.c@pine.example",
		Changes: []journal.Change{{Field: "first_name", Label: "First name", Before: &before, Requested: &after, After: &after}}}, journal.OK)
	d := s.open(140, 50)
	check := func() {
		t.Helper()
		for _, name := range []string{"Sam", "Carter", "pine.example", sam.ID.Raw()} {
			require.NotContains(t, d.Screen(), name)
			require.NotContains(t, d.Clipboard, name)
		}
	}
	d.Press("A")
	require.Regexp(t, `Edit user +Person \d+ .* ✓ done +jo`, d.Line(6))
	d.Press("y")
	check()
	d.Press("enter", "y")
	d.Has("First name", mask.Hidden)
	check()
	d.Press("enter")
	d.Has("Users › Journal › Edit user › Person")
	check()
}

func TestRecord_UndoesAnOwnChangeAndNoOther(t *testing.T) {
	s := newSeat(t)
	sam := s.FindUser("sam.c@pine.example")
	_, err := s.Client.BanUser(t.Context(), sam.ID)
	require.NoError(t, err)
	mine := ban(sam, "card fraud", "")
	mine.WayBack = &journal.WayBack{Operation: "unban_user"}
	mine = s.write(s.journal, mine, journal.OK)
	s.Clock.Jump(25 * time.Hour)
	s.write(s.colleague, ban(s.FindUser("Elin Berg"), "spam", ""), journal.OK)
	d := s.open(120, 40)
	d.Press("A", "enter")
	d.Has("Elin Berg")
	d.Press("u")
	d.Has("Undo: that change was made by root; you can only undo", "your own changes")
	d.Press("esc", "down", "enter", "u")
	d.Dialog().Expect("Unban user", "Sam Carter", "banned → not banned", "undoes “Ban user” of yesterday")
	d.Press("y")
	d.Has("Unbanned Sam Carter")
	require.False(t, s.ReloadUser(sam).Banned)
	all, err := s.journal.Read(t.Context(), journal.Filter{})
	require.NoError(t, err)
	require.Equal(t, mine.ID, all[0].Undoes)
}

// A picture in place of another one leaves the state as it was.
func TestJournal_LeavesOutAStateThatStayed(t *testing.T) {
	s := newSeat(t)
	state := "a picture is set"
	s.write(s.journal, journal.Record{Operation: "set_user_profile_image", Title: "Set profile image", Targets: target(s.FindUser("Elin Berg")),
		Changes: []journal.Change{{Field: "state", Label: "State", Before: &state, After: &state}}}, journal.OK)
	d := s.open(120, 60)
	d.Press("A", "enter")
	d.Has("Users › Journal › Set profile image", "✓ done")
	d.Lacks(state)
	d.Press("y")
	require.NotContains(t, d.Clipboard, "State:")
}
