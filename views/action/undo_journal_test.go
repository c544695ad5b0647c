package action_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"frontdesk/api/journal"
	"frontdesk/api/sandbox/store"
	"frontdesk/tui"
	"frontdesk/tui/tuitest"
	"frontdesk/views/user"
	"frontdesk/views/users"
	"frontdesk/views/viewtest"
)

// office is a console whose journal outlives it.
type office struct {
	*viewtest.Harness
	viewtest.JournalOptions
	*tuitest.Driver
	journal *journal.Journal
}

func openOffice(t *testing.T) *office {
	t.Helper()
	o := &office{Harness: viewtest.New(t), JournalOptions: viewtest.JournalOptions{Dir: filepath.Join(t.TempDir(), "journal")}}
	o.Harness.Env.NewUserView = user.NewDetail
	o.start()
	return o
}

// start is the next start of the program.
func (o *office) start() {
	o.Harness.Helper()
	o.Harness.Clock.Jump(time.Minute)
	o.journal = o.StartWithJournal(o.JournalOptions)
	o.Driver = o.Drive(users.New(o.Env), 120, 40)
}

// visit opens a user.
func (o *office) visit(who string) {
	o.Send(tui.PushMsg{View: user.NewDetail(o.Env, o.FindUser(who))})
	o.Has(who)
}

func (o *office) entries() []journal.Entry {
	o.Harness.Helper()
	all, err := o.journal.Read(o.Context(), journal.Filter{})
	require.NoError(o.Harness, err)
	report, err := o.journal.Verify(o.Context())
	require.NoError(o.Harness, err)
	require.Nil(o.Harness, report.Problem)
	return all
}

func TestUndo_UnbansAfterARestart(t *testing.T) {
	o := openOffice(t)
	u := o.FindUser("Daniel Reyes")
	o.Press("z")
	o.Has("Undo: nothing to undo yet")
	o.visit("Daniel Reyes")
	banned(o.Driver)
	o.Has("Banned Daniel Reyes", "z undoes")
	o.start()
	o.Press("z")
	o.Dialog().Expect("Unban user", "Undo your ban: unban Daniel Reyes?", "banned → not banned", "undoes “Ban user” of today", "To undo: press z again")
	o.Press("y")
	o.Has("Unbanned Daniel Reyes", "z undoes")
	require.False(t, o.ReloadUser(u).Banned)
	all := o.entries()
	require.Equal(t, []string{"unban_user", "ban_user"}, []string{all[0].Operation, all[1].Operation})
	require.Equal(t, all[1].ID, all[0].Undoes)

	o.start()
	o.Press("z")
	o.Dialog().Expect("Ban user", "Undo your unban: ban Daniel Reyes", "not banned → banned", "undoes “Unban user” of today")
	reason(o.Driver)
	o.Press("y")
	require.True(t, o.ReloadUser(u).Banned)
	o.Press("z")
	o.Dialog().Expect("Unban user", "Undo your ban: unban Daniel Reyes?")
	require.Equal(t, o.entries()[1].ID, o.entries()[0].Undoes)
}

func TestUndo_LeavesAloneWhatOthersDid(t *testing.T) {
	o := openOffice(t)
	o.visit("Daniel Reyes")
	banned(o.Driver)
	mine := o.JournalOptions
	o.Change = func(c *journal.Options) {
		c.Who = func() journal.Who { return journal.Who{Kernel: journal.Kernel{UID: 4711, User: "jo", PID: 1}} }
	}
	o.start()
	o.Press("z")
	o.Has("Undo: nothing to undo yet")
	o.visit("Elin Berg")
	banned(o.Driver)
	o.JournalOptions = mine
	o.start()
	o.Press("z")
	o.Dialog().Expect("Unban user", "Undo your ban: unban Daniel Reyes?")
	o.Press("esc")

	o.Instance = journal.Instance{Name: "acme", Kind: "production", Key: "0123abcd"}
	o.start()
	o.Press("z")
	o.Has("Undo: nothing to undo yet")
	o.visit("Elin Berg")
	o.Press("b")
	o.Dialog().Expect("Unban user")
	o.Press("y")
	o.Has("Unbanned Elin Berg")
	o.Instance.Key = "another"
	o.start()
	o.Press("z")
	o.Has("Undo: nothing to undo yet")
}

func TestUndo_NamesWhatIsNewerAndStays(t *testing.T) {
	o := openOffice(t)
	u := o.FindUser("Daniel Reyes")
	o.visit("Daniel Reyes")
	banned(o.Driver)
	o.Press("m")
	o.Dialog().Expect("Reset MFA enrollments")
	o.Press("space", "enter", "space", "enter", "space", "enter")
	reason(o.Driver)
	o.Type(lastFour(u))
	o.Press("enter", "y")
	o.Has("Reset MFA for Daniel Reyes")
	o.start()
	o.Press("z")
	o.Dialog().Expect("Unban user", "Reset MFA enrollments cannot be undone. It stays; this undoes", "the older “Ban user” of today")
	o.Press("esc")
}

func TestUndo_OfMetadataShowsValues(t *testing.T) {
	o := openOffice(t)
	u := o.FindUser("Daniel Reyes")
	o.EditUser(u, func(r *store.User) {
		r.Public, r.Private = []byte(`{"plan":"gold","seats":3}`), []byte(`{"note":"canary-before"}`)
	})
	replaced := o.intent("replace_user_metadata", u, map[string]string{"public_metadata": `{"plan":"silver"}`, "private_metadata": `{"note":"canary-after"}`})
	o.start()
	o.Press("z")
	o.Dialog().Expect("Replace metadata", `plan "silver" → "gold"`, `seats → 3`, "private metadata: note is changed", "undoes “Replace metadata” of today")
	o.Lacks("canary")
	o.Press("space", "enter")
	reason(o.Driver)
	o.Type(lastFour(u))
	o.Press("enter", "y")
	o.Has("Replaced metadata of Daniel Reyes")
	now := o.ReloadUser(u)
	require.JSONEq(t, `{"plan":"gold","seats":3}`, string(now.PublicMetadata))
	require.JSONEq(t, `{"note":"canary-before"}`, string(now.PrivateMetadata))
	require.Equal(t, replaced, o.entries()[0].Undoes)
	raw, err := os.ReadFile(o.journal.Path())
	require.NoError(t, err)
	require.NotContains(t, string(raw), "canary")
	o.Press("z")
	o.Dialog().Expect("Replace metadata", `plan "gold" → "silver"`, `seats 3 → removed`, "private metadata: note is changed")
}

func TestUndo_ShowsWhatOthersChangedSince(t *testing.T) {
	o := openOffice(t)
	u := o.FindUser("Daniel Reyes")
	o.EditUser(u, func(r *store.User) { r.Public = []byte(`{"plan":"gold"}`) })
	o.intent("update_user_metadata", u, map[string]string{"public_metadata": `{"plan":"silver"}`})
	o.EditUser(u, func(r *store.User) { r.Public = []byte(`{"plan":"bronze"}`) })
	o.start()
	o.Press("z")
	o.Dialog().Expect("Merge metadata", `changed since then: public metadata: plan "silver" → "bronze"`, `plan "bronze" → "gold"`)
}

// The promise of the question is the one the next test keeps.
func TestDelete_SaysWhatGoesAndThatItIsSaved(t *testing.T) {
	o := openOffice(t)
	o.visit("Daniel Reyes")
	o.Press("D")
	o.Dialog().Expect("Delete user", "permanently, with their sessions,", "metadata and connected accounts", "This cannot be undone.",
		"for 30 days z offers to create them again from what was saved,", "without password, factors, connected accounts and id")

	b := viewtest.New(t) // without a journal nothing is saved
	d, _ := sit(t, b, "Daniel Reyes")
	d.Press("D")
	d.Dialog().Expect("Delete user", "This cannot be undone.")
	d.Lacks("30 days")
}

func TestUndo_CreatesADeletedUserAgain(t *testing.T) {
	o := openOffice(t)
	u := o.FindUser("Daniel Reyes")
	o.EditUser(u, func(r *store.User) {
		r.Public, r.Private, r.ExternalID = []byte(`{"plan":"gold"}`), []byte(`{"note":"vip"}`), "crm-42"
	})
	u = o.ReloadUser(u)
	o.intent("delete_user", u, nil)
	o.start()
	o.Press("z")
	o.Dialog().Expect("Create the user again", "Daniel Reyes", "creates the user again with what was saved: the name", "public metadata", "private metadata", "the external id",
		"does not come back: the id (a new one is given), password,", "second factors", "passkeys", "connected accounts", "sessions", "organizations", "undoes “Delete user” of today")
	reason(o.Driver)
	o.Press("y")
	o.Has("Created Daniel Reyes")
	again := o.FindUser("dreyes@pine.example")
	require.NotEqual(t, u.ID, again.ID)
	require.Equal(t, []string{"Daniel", "Reyes", "crm-42", u.Email().Raw(), u.Phone().Raw()},
		[]string{again.FirstName.Raw(), again.LastName.Raw(), again.ExternalID.Raw(), again.Email().Raw(), again.Phone().Raw()})
	require.JSONEq(t, `{"plan":"gold"}`, string(again.PublicMetadata))
	require.JSONEq(t, `{"note":"vip"}`, string(again.PrivateMetadata))
	o.Press("z")
	o.Has("Undo: Create user cannot be undone with z; instead:", "Delete user")
	o.Lacks("Create the user again")
}

func TestUndo_AddsARemovedAddressAgain(t *testing.T) {
	o := openOffice(t)
	u := o.FindUser("Daniel Reyes")
	require.Greater(t, len(u.EmailAddresses), 1)
	address := u.EmailAddresses[0]
	if address.ID == u.PrimaryEmailAddressID {
		address = u.EmailAddresses[1]
	}
	o.intentOf("delete_email_address", u, address.ID, nil)
	o.start()
	o.Press("z")
	o.Dialog().Expect("Add e-mail address", "Daniel Reyes", "comes back unverified", "Verified", "undoes “Remove e-mail address” of today")
	o.Press("enter", "enter")
	reason(o.Driver)
	o.Press("y")
	o.Has("Added an e-mail address to Daniel Reyes", "z undoes")
	found := false
	for _, e := range o.ReloadUser(u).EmailAddresses {
		found = found || e.EmailAddress == address.EmailAddress
	}
	require.True(t, found)
	o.Press("z")
	o.Dialog().Expect("Remove e-mail address", address.EmailAddress.Display())
}

func TestUndo_OfABulkNamesOnlyWhoWasChanged(t *testing.T) {
	o := openOffice(t)
	some := []string{"Daniel Reyes", "Elin Berg"}
	o.bulk("users_ban", some...)
	o.start()
	o.Press("z")
	o.Dialog().Expect("Unban 2 users", "Daniel Reyes", "Elin Berg", "undoes “Ban users” of today")
	reason(o.Driver)
	o.Press("y")
	o.Has("Unbanned 2 users")
	for _, who := range some {
		require.False(t, o.ReloadUser(o.FindUser(who)).Banned)
	}
	require.Equal(t, o.entries()[1].ID, o.entries()[0].Undoes)
}

func TestUndo_IsRefusedWhereTheJournalCannotBeWritten(t *testing.T) {
	o := openOffice(t)
	u := o.FindUser("Daniel Reyes")
	o.visit("Daniel Reyes")
	banned(o.Driver)
	require.NoError(t, os.Chmod(o.journal.Path(), 0o644))
	o.start()
	sent := len(o.Transport.Requests())
	o.Press("z")
	o.Has("Undo: nothing can be changed, because the journal", "cannot be written: its file")
	require.False(t, o.Asking())
	require.Len(t, o.Transport.Requests(), sent)
	require.True(t, o.ReloadUser(u).Banned)
}
