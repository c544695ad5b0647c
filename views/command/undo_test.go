package command_test

import (
	"crypto/rand"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"frontdesk/api/journal"
)

// recordAs makes the next commands record as that user of the system.
func (c *counter) recordAs(uid int, name string) {
	c.Helper()
	dir := filepath.Join(c.Home, "journal")
	c.Clock.Jump(time.Minute)
	c.journal = journal.Open(journal.Options{Dir: dir, Name: "demo", Now: c.Clock.Now, Rand: rand.Reader, Sync: func(*os.File) error { return nil },
		Who: func() journal.Who { return journal.Who{Kernel: journal.Kernel{UID: uid, User: name, PID: os.Getpid()}} }})
}

func (c *counter) records() []journal.Entry {
	c.Helper()
	all, err := c.journal.Read(c.Context(), journal.Filter{})
	require.NoError(c, err)
	return all
}

func TestUndo_UndoesAndRedoes(t *testing.T) {
	c := newCounter(t)
	c.recordAs(1000, "jo")
	got := c.run("undo", "--yes")
	require.Equal(t, 1, got.code)
	require.Equal(t, "frontdesk: there is nothing to undo\n", got.err)
	require.Zero(t, c.run("do", "ban_user", someoneID, "--yes", "--reason", "card fraud").code)
	ban := c.records()[0]
	got = c.run("undo", "--yes", "--json")
	require.Zero(t, got.code, got.err)
	require.Equal(t, "unban_user", got.object()["operation"])
	require.Equal(t, "done", got.object()["state"])
	require.False(t, c.user(someoneID).Banned)
	require.Equal(t, ban.ID, c.records()[0].Undoes)

	got = c.run("undo", ban.ID, "--yes")
	require.Equal(t, 1, got.code)
	require.Equal(t, "frontdesk: that change was already undone\n", got.err)

	got = c.run("undo", "--yes")
	require.Equal(t, 2, got.code)
	require.Contains(t, got.err, "undo with --yes needs a --reason here, because ban_user does")
	got = c.at("fraud after all", "y").run("undo")
	require.Zero(t, got.code, got.err)
	require.Contains(t, got.err, "Undo your unban: ban Tilda Nord, on DEMO\n")
	require.Contains(t, got.err, "• not banned → banned")
	require.Contains(t, got.err, "• undoes “Unban user” of today")
	require.Contains(t, got.err, "To undo: frontdesk undo")
	require.True(t, c.user(someoneID).Banned)
}

func TestUndo_RefusesWhatIsNotItsOwn(t *testing.T) {
	c := newCounter(t)
	c.recordAs(1000, "jo")
	require.Zero(t, c.run("do", "ban_user", someoneID, "--yes", "--reason", "card fraud").code)
	ban := c.records()[0]
	c.recordAs(1001, "kim")
	sent := len(c.writes())
	got := c.run("undo", "--yes")
	require.Equal(t, 1, got.code)
	require.Equal(t, "frontdesk: there is nothing to undo\n", got.err)
	got = c.run("undo", ban.ID, "--yes", "--json")
	require.Equal(t, 1, got.code)
	require.Equal(t, "that change was made by jo; you can only undo your own changes", got.object()["message"])
	got = c.run("undo", "nosuchrecord", "--yes")
	require.Equal(t, 1, got.code)
	require.Equal(t, "frontdesk: the journal has no record nosuchrecord\n", got.err)
	require.Len(t, c.writes(), sent)
}

func TestUndo_SaysWhyItCannot(t *testing.T) {
	c := newCounter(t)
	got := c.run("undo", "--yes")
	require.Equal(t, 1, got.code)
	require.Contains(t, got.err, "nothing is recorded on this instance")
	c.recordAs(1000, "jo")
	require.Zero(t, c.run("do", "ban_user", someoneID, "--yes", "--reason", "card fraud").code)
	require.NoError(t, os.Chmod(c.journal.Path(), 0o640))
	got = c.run("undo", "--yes")
	require.Equal(t, 1, got.code)
	require.Contains(t, got.err, "nothing can be changed, because the journal cannot be written")
	require.NoError(t, os.Chmod(c.journal.Path(), 0o600))
	_, err := c.Client.UnbanUser(t.Context(), c.user(someoneID).ID)
	require.NoError(t, err)
	got = c.run("undo", "--yes")
	require.Equal(t, 1, got.code)
	require.Contains(t, got.err, "“Ban user” cannot be undone. Unban user, Tilda Nord · tilda@fjord.example: not banned")
	_, err = c.Client.DeleteUser(t.Context(), c.user(someoneID).ID)
	require.NoError(t, err)
	got = c.run("undo", "--yes")
	require.Equal(t, 1, got.code)
	require.Equal(t, "frontdesk: “Ban user” cannot be undone: this user no longer exists\n", got.err)
	require.Len(t, c.writes(), 1)
}

func TestUndo_OfSeveralAndOfADeletion(t *testing.T) {
	c := newCounter(t)
	c.recordAs(1000, "jo")
	daniel := c.FindUser("Daniel Reyes")
	require.Zero(t, c.run("do", "users_ban", someoneID, daniel.ID.Raw(), "--yes", "--reason", "card fraud").code)
	got := c.run("undo", "--yes", "--reason", "it was somebody else")
	require.Zero(t, got.code, got.err)
	require.Contains(t, got.out, "Unbanned 2 users")
	require.False(t, c.ReloadUser(daniel).Banned)
	require.Equal(t, c.records()[1].ID, c.records()[0].Undoes)

	require.Zero(t, c.run("do", "delete_user", someoneID, "--yes", "--reason", "asked for it", "--confirm", "tilda@fjord.example").code)
	got = c.at("deleted the wrong one", "y").run("undo")
	require.Zero(t, got.code, got.err)
	require.Contains(t, got.err, "Undo “Delete user” of today")
	require.Contains(t, got.err, "Tilda Nord   tilda@fjord.example")
	require.Contains(t, got.err, "does not come back: the id (a new one is given), password, second factors, passkeys, connected accounts, sessions, organizations")
	again := c.FindUser("tilda@fjord.example")
	require.NotEqual(t, someoneID, again.ID.Raw())
	require.Equal(t, "tilda.n", again.Username.Raw())
}
