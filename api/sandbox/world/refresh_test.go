package world

import (
	"context"
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"frontdesk/api/sandbox/store"
)

// snapshot returns everything in the directory as text.
func snapshot(t *testing.T, st *store.Store) string {
	t.Helper()
	var text []byte
	readStore(t, st, func(tx *store.Tx) {
		users, err := tx.Users(store.Query{})
		require.NoError(t, err)
		sessions, _, err := tx.Sessions("", "", "", 0, 0)
		require.NoError(t, err)
		tokens, err := tx.Tokens("", "")
		require.NoError(t, err)
		orgs, err := tx.Organizations()
		require.NoError(t, err)
		invitations, err := tx.AllInvitations()
		require.NoError(t, err)
		settings, err := tx.Settings()
		require.NoError(t, err)
		memberships := []*store.Membership{}
		images := []*store.Image{}
		for _, u := range users {
			m, _, err := tx.Memberships(u.ID, 0, 0)
			require.NoError(t, err)
			memberships = append(memberships, m...)
			if u.ImageID != "" {
				image, err := tx.Image(u.ImageID)
				require.NoError(t, err)
				images = append(images, image)
			}
		}
		text, err = json.Marshal([]any{users, sessions, tokens, orgs, invitations, memberships, images, settings})
		require.NoError(t, err)
	})
	return string(text)
}

func TestFill_SameSeedAndTimeGiveTheSameWorld(t *testing.T) {
	o := Options{Users: smallWorld, Seed: DefaultSeed, Now: testNow}
	first := snapshot(t, fillNew(t, o))
	require.Equal(t, generateUsers(o), generateUsers(o))
	require.NotEqual(t, generateUsers(o), generateUsers(Options{Users: smallWorld, Seed: 7, Now: testNow}))
	require.NotEqual(t, generateUsers(o), generateUsers(Options{Users: smallWorld, Seed: DefaultSeed, Now: testNow.Add(time.Hour)}))
	created := openTemp(t, func(st *store.Store) error { return Fill(context.Background(), st, o) })
	require.Equal(t, first, snapshot(t, created), "however the file was made")
}

func openTemp(t *testing.T, fill func(*store.Store) error) *store.Store {
	t.Helper()
	path := t.TempDir() + "/directory.db"
	require.NoError(t, store.Create(context.Background(), path, fill))
	st, err := store.Open(context.Background(), path)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, st.Close()) })
	return st
}

func TestFill_WorldsOfEverySize(t *testing.T) {
	for _, users := range []int{1, 2, 7, 11, 40, 299, 300} {
		require.Len(t, allUsers(t, fillNew(t, Options{Users: users})), users)
	}
	ctx := context.Background()
	require.Error(t, Fill(ctx, openNew(t), Options{Users: -1, Now: testNow}))
	require.Error(t, Fill(ctx, openNew(t), Options{}))
	st := fillNew(t, Options{Users: 5})
	require.ErrorIs(t, Fill(ctx, st, Options{Now: testNow}), ErrNotEmpty)
	require.Len(t, allUsers(t, st), 5)
}

func TestFill_ProgressReachesTheTotal(t *testing.T) {
	said := []int{}
	fillNew(t, Options{Users: 548, Progress: func(done, total int) {
		require.Equal(t, 548, total)
		said = append(said, done)
	}})
	require.Equal(t, []int{500, 548}, said)
}

func TestReset_RestoresTheWorld(t *testing.T) {
	st := fillNew(t, Options{Users: smallWorld})
	before := snapshot(t, st)
	require.NoError(t, st.Write(context.Background(), func(tx *store.Tx) error {
		u := findUser(t, st, store.Query{AnyLike: "0142"})
		u.Locked, u.UpdatedAt = false, testNow.Add(time.Minute).UnixMilli()
		return tx.PutUser(u)
	}))
	require.NotEqual(t, before, snapshot(t, st))
	require.NoError(t, Reset(context.Background(), st, Options{Users: smallWorld, Now: testNow}))
	require.Equal(t, before, snapshot(t, st))
}

func TestRefresh_MovesAllTimes(t *testing.T) {
	ctx := context.Background()
	st := fillNew(t, Options{Users: smallWorld})
	young := snapshot(t, st)
	require.NoError(t, Refresh(ctx, st, testNow.Add(23*time.Hour)))
	require.Equal(t, young, snapshot(t, st), "not within a day")
	require.NoError(t, Refresh(ctx, st, testNow.Add(-48*time.Hour)))
	require.Equal(t, young, snapshot(t, st), "nor when the clock went back")

	later := testNow.Add(50 * 24 * time.Hour)
	require.NoError(t, Refresh(ctx, st, later))
	maya := findUser(t, st, store.Query{AnyLike: "0142"})
	require.Equal(t, later.Add(47*time.Minute).UnixMilli(), maya.LockedUntil)
	require.Equal(t, later.Add(-3*time.Minute).UnixMilli(), maya.LastActiveAt)
	priya := findUser(t, st, store.Query{NameLike: "priya raman"})
	require.Equal(t, later.Add(-20*time.Minute).UnixMilli(), priya.Passkeys[1].CreatedAt)
	require.Equal(t, later.Add(-19*time.Minute).UnixMilli(), sessionsOf(t, st, priya)[0].CreatedAt)
	require.Greater(t, sessionsOf(t, st, priya)[0].ExpireAt, later.UnixMilli())
	require.Len(t, findUsers(t, st, store.Query{EmailLike: "mail-drop"}), 37)
	require.Equal(t, 1, countUsers(allUsers(t, st), func(u *store.User) bool { return u.Locked && u.LockedUntil == 0 }))

	again := snapshot(t, st)
	require.NoError(t, Refresh(ctx, st, later.Add(time.Hour)))
	require.Equal(t, again, snapshot(t, st), "once is enough")
	// A world moved as a whole is the same world, with all times shifted alike.
	require.Equal(t, newestFirst(fillNew(t, Options{Users: smallWorld})), newestFirst(st))
}

func newestFirst(st *store.Store) (addresses []string) {
	_ = st.Read(context.Background(), func(tx *store.Tx) error {
		users, err := tx.Users(store.Query{})
		for _, u := range users {
			addresses = append(addresses, u.Username+u.PrimaryEmailID)
		}
		return err
	})
	return addresses
}

// What an operator did keeps its content and its time.
func TestRefresh_KeepsOperatorChanges(t *testing.T) {
	ctx := context.Background()
	st := fillNew(t, Options{Users: smallWorld})
	at := testNow.Add(3 * time.Hour).UnixMilli()
	own := &store.User{ID: "user_own", FirstName: "Made", LastName: "By Hand", CreatedAt: at, UpdatedAt: at}
	elin := findUser(t, st, store.Query{NameLike: "Elin Berg"})
	require.NoError(t, st.Write(ctx, func(tx *store.Tx) error {
		elin.Locked, elin.LockedUntil, elin.UpdatedAt = true, at+3600_000, at
		_, err := tx.EndSessions(elin.ID, "revoked", at)
		require.NoError(t, err)
		require.NoError(t, tx.PutUser(elin))
		return tx.PutUser(own)
	}))
	later := testNow.Add(30 * time.Hour)
	require.NoError(t, Refresh(ctx, st, later))
	require.Equal(t, own, findUser(t, st, store.Query{NameLike: "by hand"}))
	moved := findUser(t, st, store.Query{NameLike: "Elin Berg"})
	require.Equal(t, at, moved.UpdatedAt)
	require.Equal(t, at+3600_000, moved.LockedUntil)
	require.Equal(t, elin.CreatedAt+(30*time.Hour).Milliseconds(), moved.CreatedAt)
	require.Equal(t, at, sessionsOf(t, st, moved)[0].UpdatedAt)
	require.Equal(t, "revoked", sessionsOf(t, st, moved)[0].Status)
	// The order of sign-ups still holds, although the order in the file is another now.
	people := allUsers(t, st)
	for i := range people[1:] {
		require.GreaterOrEqual(t, people[i].CreatedAt, people[i+1].CreatedAt)
	}
	require.NotEmpty(t, findUsers(t, st, store.Query{AnyLike: "maya"}))
}

func TestRefresh_LeavesOtherDirectoriesAlone(t *testing.T) {
	st := openNew(t)
	require.NoError(t, Refresh(context.Background(), st, testNow))
	require.Empty(t, allUsers(t, st))
}

// A large world is moved in part, and the order of its sign-ups stays intact.
func TestRefresh_LargeWorldMovesFixedAndRecentUsers(t *testing.T) {
	st := fillNew(t, Options{Users: 600})
	before := allUsers(t, st)
	later := testNow.Add(72 * time.Hour)
	require.NoError(t, st.Write(context.Background(), func(tx *store.Tx) error { return refresh(tx, later.UnixMilli(), 500, 40) }))
	require.Equal(t, later.Add(47*time.Minute).UnixMilli(), findUser(t, st, store.Query{Emails: []string{"maya@harborpine.example"}}).LockedUntil)
	require.Equal(t, later.Add(-9*time.Hour).UnixMilli(), findUser(t, st, store.Query{NameLike: "daniel reyes"}).LastActiveAt)
	after := allUsers(t, st)
	moved := 0
	for i := range after {
		require.Equal(t, before[i].ID, after[i].ID)
		require.Equal(t, before[i].CreatedAt, after[i].CreatedAt)
		if before[i].LastActiveAt != after[i].LastActiveAt {
			moved++
		}
	}
	require.Greater(t, moved, 80)
	require.Less(t, moved, 200)
}
