package action_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"frontdesk/api/clean"
	"frontdesk/api/desk"
	"frontdesk/api/ops"
	"frontdesk/views/action"
	"frontdesk/views/viewtest"
)

func TestMask_AQuestionIsAboutAMaskAndTheRequestAboutThePerson(t *testing.T) {
	b := viewtest.New(t)
	d, u := sit(t, b, "Daniel Reyes")
	d.Press("P", "b")
	d.Dialog().Expect("Ban user", "Person 1", "person1@domain1.example", "user_••••0001")
	d.Lacks("Daniel", "Reyes", "dreyes", "pine.example", u.ID.Raw()[len(u.ID.Raw())-4:])
	reason(d)
	d.Press("y")
	d.Has("Banned Person 1", "■ banned")
	require.True(t, b.ReloadUser(u).Banned)
	d.Press("N")
	d.Has("Banned Person 1")
	d.Lacks("Daniel", "Reyes")
	d.Press("esc", "P")
	d.Has("Daniel Reyes", "dreyes@pine.example")
	d.Press("z")
	d.Dialog().Expect("Unban user", "Daniel Reyes")
}

func TestMask_NoticesWrittenBeforeAreMaskedToo(t *testing.T) {
	b := viewtest.New(t)
	d, _ := sit(t, b, "Daniel Reyes")
	d.Press("l")
	d.Dialog().Expect("Lock user")
	reason(d)
	d.Press("y")
	d.Has("Locked Daniel Reyes")
	d.Press("P", "N")
	d.Has("Locked Person 1", "MASKED")
	d.Lacks("Daniel", "Reyes", "dreyes")
}

// What stands in a form is a mask: left alone it changes nothing, and a part of it is
// never sent.
func TestMask_AFormSendsOnlyWhatWasTyped(t *testing.T) {
	b := viewtest.New(t)
	d, u := sit(t, b, "Daniel Reyes")
	sent := patched(b)
	d.Press("P")
	edit(d)
	d.Has("First name", "••••")
	d.Lacks("Daniel", "Reyes")
	d.Type("x")
	d.Press("tab")
	d.Has("is masked: replace all of it, or leave it")
	d.Press("shift+tab")
	erase(d)
	d.Type("Dana")
	d.Has("changes first name, and nothing else")
	d.Press("tab", "tab", "tab", "tab", "tab", "tab")
	reason(d)
	d.Press("y")
	d.Has("Saved the changes to Person 1")
	require.JSONEq(t, `{"first_name":"Dana"}`, *sent)
	require.Equal(t, "Reyes", b.ReloadUser(u).LastName.Raw())
}

func TestMask_WhatIsTypedToConfirmIsWhatIsSeen(t *testing.T) {
	b := viewtest.New(t)
	d, u := sit(t, b, "Daniel Reyes")
	d.Resize(120, 60)
	d.Press("P", "m")
	d.Dialog().Expect("Reset MFA enrollments", "id user_••••0001", "Type the last four characters of the id")
	d.Lacks("Daniel", "Reyes", lastFour(u))
	d.Press("space", "enter", "space", "enter", "space", "enter")
	reason(d)
	d.Type(lastFour(u))
	d.Press("enter", "y")
	d.Has("that does not match: type 0001")
	erase(d)
	d.Type("0001")
	d.Press("enter", "y")
	d.Has("Reset MFA for Person 1")
	require.False(t, b.ReloadUser(u).TwoFactorEnabled)
}

func TestMask_ARowIsActedOnByItsOwnID(t *testing.T) {
	b := viewtest.New(t)
	d, u := sit(t, b, "Daniel Reyes")
	d.Press("P", "2", "enter")
	d.Has("person1@domain1.example")
	d.Lacks("dreyes")
	shown := b.Env.Shown(u)
	row := action.OriginalRow(b.Env, u, action.PartRow{Part: ops.PartEmail, Item: ops.PartEmail.At(shown, 0)})
	require.Equal(t, ops.PartEmail.At(u, 0), row.Item)
	require.NotEqual(t, row.Item.ID, shown.EmailAddresses[0].ID)
}

func TestMask_AMaskedCopyIsNeverSent(t *testing.T) {
	b := viewtest.New(t)
	u := b.FindUser("Daniel Reyes")
	b.Env.Mask.Toggle()
	shown := b.Env.Shown(u)
	op, _ := b.Env.Catalogue.Get("ban_user")
	before := len(b.Transport.Requests())
	out := b.Env.Desk.Do(t.Context(), desk.Intent{Op: op, Seen: shown, Request: op.NewRequest(shown, clean.Text{}, nil)})
	require.Equal(t, desk.Refused, out.State)
	require.ErrorContains(t, out.Err, "masked copy")
	_, err := b.Env.Client.GetUser(t.Context(), shown.ID)
	require.ErrorContains(t, err, "this id is masked")
	_, err = b.Env.Client.BanUsers(t.Context(), []clean.Text{shown.ID})
	require.ErrorContains(t, err, "this id is masked")
	_, err = b.Env.Client.Sessions(t.Context(), shown.ID, "", 10, 0)
	require.ErrorContains(t, err, "this id is masked")
	require.Len(t, b.Transport.Requests(), before, "nothing was sent")
	require.False(t, b.ReloadUser(u).Banned)
}

// What an undo puts back was typed by nobody and may be of before the mask.
func TestMask_AnUndoHidesWhatItPutsBack(t *testing.T) {
	b := viewtest.New(t)
	d, u := sit(t, b, "Daniel Reyes")
	edit(d)
	d.Press("ctrl+u")
	for range len("Daniel") {
		d.Press("backspace")
	}
	d.Type("Quorra")
	d.Press("ctrl+s", "shift+tab")
	reason(d)
	d.Press("y")
	d.Has("Saved the changes to")
	require.Equal(t, "Quorra", b.ReloadUser(u).FirstName.Raw())
	d.Press("P", "z")
	d.Dialog().Expect("Edit user", "Undo “Edit user” of today", "first name: Person → ••••")
	d.Lacks("Daniel", "Quorra", "Reyes")
	reason(d)
	d.Press("y")
	require.Equal(t, "Daniel", b.ReloadUser(u).FirstName.Raw(), "what goes back is the original")
	d.Lacks("Daniel", "Quorra", "Reyes")
}
