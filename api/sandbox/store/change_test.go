package store

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
)

// After any number of changes and deletions the file gives the same results as the model,
// and the text index is consistent.
func TestPutUser_KeepsIndexesInStep(t *testing.T) {
	ctx := context.Background()
	r := rand.New(rand.NewPCG(3, 3))
	s := openNew(t)
	all := randomUsers(r, 120)
	put(t, s, all...)
	for range 150 {
		at := r.IntN(len(all))
		switch r.IntN(4) {
		case 0:
			gone := all[at]
			require.NoError(t, s.Write(ctx, func(tx *Tx) error { return tx.DeleteUser(gone.ID) }))
			all = slices.Delete(all, at, at+1)
			if len(all) < 60 {
				more := randomUsers(r, 30)
				for _, u := range more {
					u.ExternalID, u.Username, u.Phones = "", "", nil
					for i := range u.Emails {
						u.Emails[i].ID += "x" + u.ID
						u.Emails[i].Address = u.ID[5:20] + u.Emails[i].Address
					}
					u.PrimaryEmailID = u.Emails[len(u.Emails)-1].ID
				}
				put(t, s, more...)
				all = append(all, more...)
			}
		default:
			changed := *all[at]
			changed.FirstName, changed.Banned = all[r.IntN(len(all))].FirstName, r.IntN(2) == 0
			changed.CreatedAt, changed.LastActiveAt = int64(1000*r.IntN(80)+1), int64(r.IntN(40))
			changed.Phones = nil
			if len(changed.Emails) > 1 {
				changed.Emails = changed.Emails[1:]
			}
			put(t, s, &changed)
			all[at] = &changed
		}
	}
	for range 50 {
		q := randomQuery(r, all)
		q.OrganizationIDs = nil
		checkQuery(t, s, all, nil, q)
	}
	c := <-s.writer
	defer func() { s.writer <- c }()
	require.NoError(t, c.exec(ctx, "INSERT INTO search(search) VALUES ('integrity-check')"))
	var orphans int
	require.NoError(t, c.row(ctx, "SELECT count(*) FROM identifications WHERE user NOT IN (SELECT seq FROM users)", nil, &orphans))
	require.Zero(t, orphans)
	require.NoError(t, c.row(ctx, "SELECT count(*) FROM docs WHERE seq NOT IN (SELECT seq FROM users)", nil, &orphans))
	require.Zero(t, orphans)
}

func TestPutUser_IdentificationsAreUnique(t *testing.T) {
	s := openNew(t)
	maya := person(1, "Maya", "Okafor")
	maya.Username, maya.ExternalID = "Maya.O", "cust_1"
	maya.Phones = []Phone{{ID: "idn_p1", Number: "+14155550142"}}
	maya.Wallets = []Wallet{{ID: "idn_w1", Address: "0xABCDEF0000000000000000000000000000000001"}}
	put(t, s, maya)
	for kind, change := range map[string]func(*User){
		"email_address": func(u *User) { u.Emails[0].Address = "PERSON1@Pine.example" },
		"phone_number":  func(u *User) { u.Phones = []Phone{{ID: "idn_p2", Number: "+1 (415) 555-0142"}} },
		"username":      func(u *User) { u.Username = "maya.o" },
		"web3_wallet": func(u *User) {
			u.Wallets = []Wallet{{ID: "idn_w2", Address: "0xabcdef0000000000000000000000000000000001"}}
		},
		"external_id": func(u *User) { u.ExternalID = "cust_1" },
	} {
		t.Run(kind, func(t *testing.T) {
			thief := person(2, "Daniel", "Reyes")
			change(thief)
			taken := &TakenError{}
			// Even if the caller ignores the error, nothing is half done.
			require.NoError(t, s.Write(context.Background(), func(tx *Tx) error {
				require.ErrorAs(t, tx.PutUser(thief), &taken)
				return nil
			}))
			require.Equal(t, kind, taken.Kind)
			require.Equal(t, ids(maya), find(t, s, Query{}))
			require.Empty(t, find(t, s, Query{Emails: []string{"person2@pine.example"}}))
		})
	}
	maya.Username = "maya.o" // one's own identification is not taken
	put(t, s, maya)
	require.NoError(t, s.Write(context.Background(), func(tx *Tx) error { return tx.DeleteUser(maya.ID) }))
	next := person(3, "Daniel", "Reyes")
	next.Username, next.ExternalID = "maya.o", "cust_1"
	put(t, s, next) // and free again once its owner is deleted
}

func TestUserOfIdentification_FindsTheOwner(t *testing.T) {
	s := openNew(t)
	u := person(1, "Maya", "Okafor")
	u.Phones, u.Wallets = []Phone{{ID: "idn_p", Number: "+14155550142"}}, []Wallet{{ID: "idn_w", Address: "0x01"}}
	u.Passkeys = []Passkey{{ID: "idn_k", Name: "key"}}
	u.External = []ExternalAccount{{ID: "eac_g", IdentificationID: "idn_g", Provider: "oauth_google", ProviderUserID: "77"}}
	put(t, s, u, person(2, "Daniel", "Reyes"))
	require.NoError(t, s.Read(context.Background(), func(tx *Tx) error {
		for _, id := range []string{"idn_e1", "idn_p", "idn_w", "idn_k", "eac_g", "idn_g"} {
			got, err := tx.UserOfIdentification(id)
			require.NoError(t, err, id)
			require.Equal(t, u.ID, got.ID)
		}
		_, err := tx.UserOfIdentification("idn_none")
		require.ErrorIs(t, err, ErrNotFound)
		return nil
	}))
	require.Equal(t, ids(u), find(t, s, Query{Provider: "oauth_google", ProviderUserIDs: []string{"77", "78"}}))
	require.Empty(t, find(t, s, Query{Provider: "oauth_github", ProviderUserIDs: []string{"77"}}))
	require.Equal(t, ids(u), find(t, s, Query{Provider: "oauth_google"}))
	require.Equal(t, ids(u), find(t, s, Query{Wallets: []string{"0X01"}}))
}

func TestUsers_CursorNeedsAUserAndCreatedAtOrder(t *testing.T) {
	s := openNew(t)
	put(t, s, person(1, "Maya", "Okafor"))
	require.ErrorIs(t, s.Read(context.Background(), func(tx *Tx) error {
		_, err := tx.Users(Query{After: "user_nobody"})
		return err
	}), ErrNotFound)
	for _, q := range []Query{{After: person(1, "", "").ID, OrderBy: "last_name"}, {OrderBy: "shoe_size"}} {
		require.Error(t, s.Read(context.Background(), func(tx *Tx) error {
			_, err := tx.Users(q)
			return err
		}))
	}
}

func TestWrite_ReportsAFullDisk(t *testing.T) {
	s := openNew(t)
	put(t, s, person(1, "Maya", "Okafor"))
	c := <-s.writer
	var pages int
	require.NoError(t, c.row(context.Background(), "PRAGMA page_count", nil, &pages))
	require.NoError(t, c.execAll(context.Background(), fmt.Sprintf("PRAGMA max_page_count = %d", pages+2)))
	s.writer <- c
	err := s.Write(context.Background(), func(tx *Tx) error {
		return tx.PutImage(&Image{ID: "img_1", ContentType: "image/png", Bytes: make([]byte, 1<<20)})
	})
	require.ErrorContains(t, err, "the disk is full")
	require.ErrorContains(t, err, s.Path())
	require.Len(t, find(t, s, Query{}), 1)
}

// endless never ends by itself.
const endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"

// A search stops when its context is cancelled, and the connection remains usable.
func TestUsers_CanBeCancelled(t *testing.T) {
	s := openNew(t)
	put(t, s, person(1, "Maya", "Okafor"))
	for range readers * 2 { // every connection
		ctx, cancel := context.WithCancel(context.Background())
		err := s.Read(ctx, func(tx *Tx) error {
			go cancel()
			var n int
			return tx.c.row(tx.ctx, endless, nil, &n)
		})
		require.ErrorIs(t, err, context.Canceled)
		require.Equal(t, 1, countOf(t, s, Query{AnyLike: "maya"}))
	}
}
