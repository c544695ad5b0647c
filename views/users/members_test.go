package users_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"frontdesk/api/sandbox/store"
	"frontdesk/views/viewtest"
)

func TestDetail_OrganizationRowShowsItsMembersInTheList(t *testing.T) {
	b := viewtest.NewWithUsers(t, 60)
	require.NoError(t, b.Store.Write(t.Context(), func(tx *store.Tx) error {
		at := b.Clock.Now().UnixMilli()
		if err := tx.PutOrganization(&store.Organization{ID: "org_2abcdefghijklmnopqrstuvwxyz", Name: "Pine Outfitters", Slug: "pine", CreatedAt: at}); err != nil {
			return err
		}
		return tx.PutMembership(&store.Membership{ID: "orgmem_1", UserID: b.FindUser("Maya Okafor").ID.Raw(), OrganizationID: "org_2abcdefghijklmnopqrstuvwxyz", Role: "org:member", CreatedAt: at})
	}))
	d := run(t, b, 120, 40)
	d.Press("enter", "5")
	d.Has("enter show the members")
	d.Press("enter")
	d.Has("[org:pine]", "1 found", "Maya Okafor")
	d.Lacks("Users ›", "Elin Berg")

	b.Env.Mask.Toggle()
	d.Press("enter", "5")
	d.Lacks("show the members")
}
