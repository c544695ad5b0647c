package store

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"
)

func write(t *testing.T, s *Store, f func(*Tx) error) {
	t.Helper()
	require.NoError(t, s.Write(context.Background(), f))
}

func TestSessions(t *testing.T) {
	s := openNew(t)
	write(t, s, func(tx *Tx) error {
		require.NoError(t, tx.PutUser(person(1, "Maya", "Okafor")))
		for i, status := range []string{"active", "pending", "expired", "active"} {
			user := person(1, "", "").ID
			if i == 3 {
				user = "user_other"
			}
			require.NoError(t, tx.PutSession(&Session{ID: "sess_" + string(rune('a'+i)), UserID: user, ClientID: "client_1", Status: status, CreatedAt: int64(i + 1), City: "Lisbon"}))
		}
		return nil
	})
	write(t, s, func(tx *Tx) error {
		n, err := tx.EndSessions(person(1, "", "").ID, "revoked", 99)
		require.Equal(t, 2, n)
		return err
	})
	write(t, s, func(tx *Tx) error {
		all, total, err := tx.Sessions(person(1, "", "").ID, "", "", 2, 0)
		require.NoError(t, err)
		require.Equal(t, 3, total)
		require.Equal(t, []string{"sess_c", "sess_b"}, []string{all[0].ID, all[1].ID})
		require.Equal(t, "revoked", all[1].Status)
		require.Equal(t, int64(99), all[1].UpdatedAt)
		require.Equal(t, "Lisbon", all[1].City)
		_, total, err = tx.Sessions("", "client_1", "active", 0, 0)
		require.NoError(t, err)
		require.Equal(t, 1, total)
		_, err = tx.Session("sess_none")
		require.ErrorIs(t, err, ErrNotFound)
		require.NoError(t, tx.DeleteUser(person(1, "", "").ID))
		_, total, err = tx.Sessions("", "", "", 1, 0)
		require.Equal(t, 1, total)
		return err
	})
}

func TestOrganizationsMembershipsInvitations(t *testing.T) {
	s := openNew(t)
	maya := person(1, "Maya", "Okafor")
	write(t, s, func(tx *Tx) error {
		require.NoError(t, tx.PutUser(maya))
		require.NoError(t, tx.PutOrganization(&Organization{ID: "org_a", Name: "Pine"}))
		require.NoError(t, tx.PutMembership(&Membership{ID: "orgmem_1", UserID: maya.ID, OrganizationID: "org_a", Role: "org:admin", Permissions: []string{"p"}}))
		for i, to := range []string{"PERSON1@pine.example", "person1@pine.example", "else@pine.example"} {
			require.NoError(t, tx.PutInvitation(&Invitation{ID: "orginv_" + string(rune('a'+i)), OrganizationID: "org_a", EmailAddress: to, Status: []string{"pending", "revoked", "pending"}[i], CreatedAt: int64(i)}))
		}
		return nil
	})
	write(t, s, func(tx *Tx) error {
		o, err := tx.Organization("org_a")
		require.NoError(t, err)
		require.Equal(t, "Pine", o.Name)
		members, total, err := tx.Memberships(maya.ID, 10, 0)
		require.NoError(t, err)
		require.Equal(t, 1, total)
		require.Equal(t, []string{"p"}, members[0].Permissions)
		n, err := tx.CountMembers("org_a")
		require.NoError(t, err)
		require.Equal(t, 1, n)
		invited, total, err := tx.Invitations(maya.ID, "", 1, 0)
		require.NoError(t, err)
		require.Equal(t, 2, total)
		require.Equal(t, "orginv_b", invited[0].ID)
		_, total, err = tx.Invitations(maya.ID, "pending", 0, 0)
		require.NoError(t, err)
		require.Equal(t, 1, total)
		require.NoError(t, tx.DeleteMembership("orgmem_1"))
		require.ErrorIs(t, tx.DeleteMembership("orgmem_1"), ErrNotFound)
		_, err = tx.Organization("org_none")
		require.ErrorIs(t, err, ErrNotFound)
		return nil
	})
}

func TestTokensImagesSettingsNotes(t *testing.T) {
	s := openNew(t)
	write(t, s, func(tx *Tx) error {
		require.NoError(t, tx.PutToken(&Token{UserID: "user_1", Provider: "oauth_google", ExternalAccountID: "eac_1", AccessToken: "a", Scopes: []string{"email"}}))
		require.NoError(t, tx.PutToken(&Token{UserID: "user_1", Provider: "oauth_google", ExternalAccountID: "eac_1", AccessToken: "b"}))
		tokens, err := tx.Tokens("user_1", "oauth_google")
		require.NoError(t, err)
		require.Len(t, tokens, 1)
		require.Equal(t, "b", tokens[0].AccessToken)
		require.NoError(t, tx.DeleteToken("user_1", "oauth_google", "eac_1"))
		require.ErrorIs(t, tx.DeleteToken("user_1", "oauth_google", "eac_1"), ErrNotFound)

		image := &Image{ID: "img_1", ContentType: "image/png", Bytes: []byte{0, 1, 0xff}, CreatedAt: 5}
		require.NoError(t, tx.PutImage(image))
		got, err := tx.Image("img_1")
		require.NoError(t, err)
		require.Equal(t, image, got)
		require.NoError(t, tx.DeleteImage("img_1"))
		require.ErrorIs(t, tx.DeleteImage("img_1"), ErrNotFound)

		none, err := tx.Settings()
		require.NoError(t, err)
		require.Zero(t, none)
		want := Settings{InstanceID: "ins_1", LockoutMillis: 5, BanOff: true}
		require.NoError(t, tx.PutSettings(want))
		have, err := tx.Settings()
		require.NoError(t, err)
		require.Equal(t, want, have)

		require.NoError(t, tx.SetNote("k", "v"))
		require.NoError(t, tx.SetNote("k", ""))
		v, err := tx.Note("k")
		require.Empty(t, v)
		return err
	})
}

func TestClear_LeavesTheNotes(t *testing.T) {
	s := openNew(t)
	put(t, s, person(2, "Maya", "Okafor"), person(1, "Daniel", "Reyes"))
	write(t, s, func(tx *Tx) error { return tx.SetNote("secret_key", "sk_test_1") })
	write(t, s, func(tx *Tx) error { return tx.Clear() })
	require.Empty(t, find(t, s, Query{}))
	require.Empty(t, find(t, s, Query{AnyLike: "maya"}))
	put(t, s, person(1, "Daniel", "Reyes"), person(2, "Maya", "Okafor"))
	require.Len(t, find(t, s, Query{AnyLike: "maya"}), 1)
	write(t, s, func(tx *Tx) error {
		ordered, err := tx.isOrdered()
		require.True(t, ordered)
		require.NoError(t, err)
		v, err := tx.Note("secret_key")
		require.Equal(t, "sk_test_1", v)
		return err
	})
}
