package user_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"frontdesk/api/sandbox/store"
	"frontdesk/views/user"
	"frontdesk/views/viewtest"
)

// After a deletion nothing of the verdict is left; what brings the user back is there with
// its key, whole in a usual window.
func TestDetail_OffersToCreateADeletedUserAgainInPlaceOfTheVerdict(t *testing.T) {
	for _, size := range [][2]int{{80, 24}, {120, 40}} {
		b := viewtest.New(t)
		b.Record(nil)
		d := b.Drive(user.NewDetail(b.Env, b.FindUser("Elin Berg")), size[0], size[1])
		d.Press("x")
		d.Type("Delete user")
		d.Press("enter")
		d.Dialog().Expect("Delete user")
		for range 3 {
			d.Press("space", "enter")
		}
		d.Type("asked for it in writing")
		d.Press("enter")
		d.Type("elin.berg@fjord.example")
		d.Press("enter", "y")
		d.Advance(6 * time.Second)
		d.Advance(time.Minute) // the notice is gone
		d.Has("! This user no longer exists", "Below is what was last read; q goes back.", "z  Create the user again, without password and second factors", "! deleted")
		d.Lacks("Neither banned nor locked", "Reset MFA", "● active")
		d.Press("z")
		d.Dialog().Expect("Create the user again", "Elin Berg")
	}
}

func TestDetail_OffersNothingForAUserSomebodyElseDeleted(t *testing.T) {
	b := viewtest.New(t)
	b.Record(nil)
	d, u := open(t, b, "Daniel Reyes")
	d.Press("b")
	d.Dialog().Expect("Ban user")
	d.Type("fraud, says their bank")
	d.Press("enter", "y")
	d.Has("Banned Daniel Reyes")
	require.NoError(t, b.Store.Write(t.Context(), func(tx *store.Tx) error { return tx.DeleteUser(u.ID.Raw()) }))
	d.Press("r")
	d.Has("! This user no longer exists")
	d.Lacks("Create the user again", "z  ")
	require.False(t, d.Asking())
}
