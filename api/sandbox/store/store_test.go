package store

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// person is a small record: everything derives from n and the name.
func person(n int, first, last string) *User {
	id := fmt.Sprintf("user_%027d", n)
	return &User{
		ID: id, FirstName: first, LastName: last,
		PrimaryEmailID: fmt.Sprintf("idn_e%d", n),
		Emails:         []Email{{ID: fmt.Sprintf("idn_e%d", n), Address: fmt.Sprintf("person%d@pine.example", n)}},
		CreatedAt:      int64(1000 * n), UpdatedAt: int64(1000 * n),
	}
}

func openNew(t testing.TB) *Store {
	t.Helper()
	s, err := Open(context.Background(), filepath.Join(t.TempDir(), "directory.db"))
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	return s
}

func put(t testing.TB, s *Store, users ...*User) {
	t.Helper()
	require.NoError(t, s.Write(context.Background(), func(tx *Tx) error {
		for _, u := range users {
			if err := tx.PutUser(u); err != nil {
				return err
			}
		}
		return nil
	}))
}

// find returns the ids of a page, and compares the count.
func find(t testing.TB, s *Store, q Query) []string {
	t.Helper()
	ids := []string{}
	require.NoError(t, s.Read(context.Background(), func(tx *Tx) error {
		users, err := tx.Users(q)
		if err != nil {
			return err
		}
		for _, u := range users {
			ids = append(ids, u.ID)
		}
		n, err := tx.CountUsers(q)
		if q.Limit == 0 && q.Offset == 0 && q.After == "" {
			require.Equal(t, len(ids), n, "count and list agree")
		}
		return err
	}))
	return ids
}

func ids(users ...*User) []string {
	out := []string{}
	for _, u := range users {
		out = append(out, u.ID)
	}
	return out
}

func TestUser_RoundTrips(t *testing.T) {
	s := openNew(t)
	u := person(1, "Maya", "Okafor")
	u.Phones = []Phone{{ID: "idn_p", Number: "+14155550142", Verification: &Verification{Status: "verified"}}}
	u.Public = []byte(`{"plan":"gold"}`)
	u.TOTP = &TOTP{ID: "totp_1", Secret: "ABC", Verified: true}
	put(t, s, u)
	require.NoError(t, s.Read(context.Background(), func(tx *Tx) error {
		got, err := tx.User(u.ID)
		require.NoError(t, err)
		require.Equal(t, u, got)
		got, err = tx.UserOfIdentification("idn_p")
		require.NoError(t, err)
		require.Equal(t, u.ID, got.ID)
		_, err = tx.User("user_nobody")
		require.ErrorIs(t, err, ErrNotFound)
		return nil
	}))
}

func TestUsers_FindsTypedText(t *testing.T) {
	s := openNew(t)
	maya := person(1, "Maya", "Okafor")
	maya.Phones = []Phone{{ID: "idn_p", Number: "+14155550142"}}
	maya.Username = "Maya.O"
	jose := person(2, "José", "Núñez")
	wang := person(3, "小明", "王")
	put(t, s, maya, jose, wang)
	for needle, want := range map[string]*User{
		"maya ok": maya, "MAYA": maya, "afor": maya, "(415) 555-0142": maya, "0142": maya, "555 01": maya, "a.o": maya,
		"josé": jose, "jose nu": jose, "NÚÑ": jose, "王小明": wang, "王": wang, "小明": wang, "ma": maya, "person3": wang,
		"user_00000000000000000000000000" + "2": jose,
	} {
		require.Equal(t, ids(want), find(t, s, Query{AnyLike: needle}), needle)
	}
	require.Len(t, find(t, s, Query{AnyLike: "user_0"}), 3)
	require.Empty(t, find(t, s, Query{NameLike: "person"}))
}

func TestPutUser_TakenIdentificationChangesNothing(t *testing.T) {
	s := openNew(t)
	a, b := person(1, "A", "A"), person(2, "B", "B")
	put(t, s, a, b)
	thief := person(2, "B", "B")
	thief.Emails = append(thief.Emails, Email{ID: "idn_x", Address: "PERSON1@pine.example"})
	err := s.Write(context.Background(), func(tx *Tx) error { return tx.PutUser(thief) })
	var taken *TakenError
	require.True(t, errors.As(err, &taken))
	require.Equal(t, "email_address", taken.Kind)
	require.Equal(t, ids(b), find(t, s, Query{Emails: []string{"Person2@PINE.example"}}))
}

// Eight runes of a long needle are looked up in the index; the rest must match as well.
func TestNeedle_LongTextMatchesToItsEnd(t *testing.T) {
	s := openNew(t)
	berg, bauer := person(1, "Maximilian", "Berg"), person(2, "Maximilian", "Bauer")
	berg.Emails[0].Address, bauer.Emails[0].Address = "maximilian@berg.example", "maximilian@bauer.example"
	put(t, s, berg, bauer)
	for _, order := range []string{"created_at", "last_name"} {
		require.Equal(t, ids(berg), find(t, s, Query{AnyLike: "maximilian be", OrderBy: order}))
		require.Equal(t, ids(bauer), find(t, s, Query{NameLike: "Maximilian Bauer", OrderBy: order}))
		require.Equal(t, ids(bauer), find(t, s, Query{AnyLike: "maximilian@bauer.example", OrderBy: order}))
		require.Equal(t, ids(berg), find(t, s, Query{EmailLike: "lian@berg.exam", OrderBy: order}))
		require.Empty(t, find(t, s, Query{AnyLike: "maximilian@bauer.exampleX", OrderBy: order}))
	}
}

func TestNeedle_PhonesInAnyPunctuation(t *testing.T) {
	s := openNew(t)
	maya, leeds := person(1, "Maya", "Okafor"), person(2, "Sam", "Carter")
	maya.Phones = []Phone{{ID: "idn_1", Number: "+14155550142"}}
	leeds.Phones = []Phone{{ID: "idn_2", Number: "+441134960123"}}
	put(t, s, maya, leeds)
	for _, typed := range []string{"+1 (415) 555-0142", "415.555.0142", "1-415-555", "٠١٤٢", "0142", "001 415 555 0142"} {
		require.Equal(t, ids(maya), find(t, s, Query{PhoneLike: typed}), typed)
		require.Equal(t, ids(maya), find(t, s, Query{AnyLike: typed}), typed)
	}
	for _, typed := range []string{"0113 496 0123", "0044 113 496", "(0113) 4960123"} {
		require.Equal(t, ids(leeds), find(t, s, Query{AnyLike: typed}), typed)
	}
	require.Empty(t, find(t, s, Query{PhoneLike: "maya"}))
	require.Equal(t, ids(maya), find(t, s, Query{Phones: []string{" 14155550142"}}), "a plus sign that nobody escaped")
}
