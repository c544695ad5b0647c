package world

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"frontdesk/api/sandbox/store"
)

// Refresh moves the times of the demo to now if they are more than a day old, so that a
// user who was locked out an hour ago is still shown as locked out an hour ago.
func Refresh(ctx context.Context, st *store.Store, now time.Time) error {
	stale := false
	err := st.Read(ctx, func(tx *store.Tx) error {
		since, err := lastRefresh(tx)
		stale = err == nil && since != 0 && now.UnixMilli()-since > day.Milliseconds()
		return err
	})
	if err != nil || !stale {
		return err
	}
	return st.Write(ctx, func(tx *store.Tx) error { return refresh(tx, now.UnixMilli(), refreshUpTo, refreshRecent) })
}

// lastRefresh returns the time that the demo took for now, or 0 for a directory that has
// no demo.
func lastRefresh(tx *store.Tx) (int64, error) {
	note, err := tx.Note(noteRefreshed)
	if err != nil || note == "" {
		return 0, err
	}
	return strconv.ParseInt(note, 10, 64)
}

// A world of up to refreshUpTo users is moved as a whole. Of a larger one, the fixed
// people and the refreshRecent last active users are; the others were last active months
// ago.
const refreshUpTo, refreshRecent = 20000, 2000

// refresh moves all times that the world has written. What an operator has done since is
// later than the last refresh and keeps its time.
func refresh(tx *store.Tx, now int64, upTo, recent int) error {
	since, err := lastRefresh(tx)
	if err != nil || since == 0 || now-since <= day.Milliseconds() {
		return err // another program did it meanwhile
	}
	total, err := tx.CountUsers(store.Query{})
	if err != nil {
		return err
	}
	s := shift{since: since, by: now - since, movesSignUps: total <= upTo}
	users, err := s.selectUsers(tx, recent)
	if err != nil {
		return err
	}
	for _, u := range users {
		if err := s.moveUser(tx, u); err != nil {
			return err
		}
	}
	if s.movesSignUps {
		if err := s.moveOrganizations(tx); err != nil {
			return err
		}
	}
	return tx.SetNote(noteRefreshed, strconv.FormatInt(now, 10))
}

// selectUsers returns the users to move.
func (s shift) selectUsers(tx *store.Tx, recent int) ([]*store.User, error) {
	if s.movesSignUps {
		return tx.Users(store.Query{})
	}
	note, err := tx.Note(noteFixed)
	if err != nil {
		return nil, err
	}
	users := []*store.User{}
	for _, id := range strings.Fields(note) {
		u, err := tx.User(id)
		if errors.Is(err, store.ErrNotFound) {
			continue // deleted meanwhile
		}
		if err != nil {
			return nil, err
		}
		users = append(users, u)
	}
	others, err := tx.Users(store.Query{OrderBy: "last_active_at", Desc: true, Limit: recent})
	for _, u := range others {
		if !slices.ContainsFunc(users, func(have *store.User) bool { return have.ID == u.ID }) {
			users = append(users, u)
		}
	}
	return users, err
}

// A shift moves times up to since by by, both in milliseconds.
type shift struct {
	since, by    int64
	movesSignUps bool // also the times of sign-up; not in part of a world, as that would break the order
}

// movePast moves the times that are not after since.
func (s shift) movePast(all ...*int64) {
	for _, t := range all {
		if *t != 0 && *t <= s.since {
			*t += s.by
		}
	}
}

// moveAlways moves times of records that nobody has changed since, future ones as well.
func (s shift) moveAlways(all ...*int64) {
	for _, t := range all {
		if *t != 0 {
			*t += s.by
		}
	}
}

func (s shift) moveUser(tx *store.Tx, u *store.User) error {
	if u.CreatedAt > s.since {
		return nil // created by an operator
	}
	born := u.CreatedAt
	s.moveUserTimes(u)
	if !s.movesSignUps {
		u.CreatedAt = born
	}
	if err := tx.PutUser(u); err != nil {
		return err
	}
	sessions, _, err := tx.Sessions(u.ID, "", "", 0, 0)
	if err != nil {
		return err
	}
	for _, x := range sessions {
		s.moveSession(x)
	}
	tokens, err := tx.Tokens(u.ID, "")
	if err != nil {
		return err
	}
	for _, k := range tokens {
		s.moveAlways(&k.ExpiresAt)
	}
	memberships, _, err := tx.Memberships(u.ID, 0, 0)
	if err != nil {
		return err
	}
	for _, m := range memberships {
		s.movePast(&m.CreatedAt, &m.UpdatedAt)
	}
	return cmp.Or(putAll(sessions, tx.PutSession), putAll(tokens, tx.PutToken), putAll(memberships, tx.PutMembership))
}

func (s shift) moveUserTimes(u *store.User) {
	if u.UpdatedAt <= s.since {
		s.moveAlways(&u.LockedUntil) // the world's own lock ends in the future
	}
	s.movePast(&u.CreatedAt, &u.UpdatedAt, &u.LastSignInAt, &u.LastActiveAt, &u.LegalAcceptedAt, &u.PasswordUpdatedAt, &u.MFAEnabledAt, &u.MFADisabledAt)
	for i := range u.Emails {
		s.movePast(&u.Emails[i].CreatedAt, &u.Emails[i].UpdatedAt)
		s.moveVerification(u.Emails[i].Verification)
	}
	for i := range u.Phones {
		s.movePast(&u.Phones[i].CreatedAt, &u.Phones[i].UpdatedAt)
		s.moveVerification(u.Phones[i].Verification)
	}
	for i := range u.Wallets {
		s.movePast(&u.Wallets[i].CreatedAt, &u.Wallets[i].UpdatedAt)
		s.moveVerification(u.Wallets[i].Verification)
	}
	for i := range u.Passkeys {
		s.movePast(&u.Passkeys[i].CreatedAt, &u.Passkeys[i].LastUsedAt)
		s.moveVerification(u.Passkeys[i].Verification)
	}
	for i := range u.External {
		s.movePast(&u.External[i].CreatedAt, &u.External[i].UpdatedAt)
		s.moveVerification(u.External[i].Verification)
	}
	for i := range u.Enterprise {
		s.movePast(&u.Enterprise[i].CreatedAt, &u.Enterprise[i].UpdatedAt, &u.Enterprise[i].LastAuthenticatedAt)
		s.moveVerification(u.Enterprise[i].Verification)
	}
	if u.TOTP != nil {
		s.movePast(&u.TOTP.CreatedAt, &u.TOTP.UpdatedAt)
	}
}

// moveVerification leaves codes sent after since unchanged: a code is valid for ten
// minutes.
func (s shift) moveVerification(v *store.Verification) {
	if v != nil && v.ExpireAt <= s.since+tenMinutes {
		s.moveAlways(&v.ExpireAt)
	}
}

func (s shift) moveSession(x *store.Session) {
	if x.CreatedAt > s.since {
		return
	}
	if x.UpdatedAt <= s.since {
		s.moveAlways(&x.ExpireAt, &x.AbandonAt)
	}
	s.movePast(&x.CreatedAt, &x.UpdatedAt, &x.LastActiveAt)
}

func (s shift) moveOrganizations(tx *store.Tx) error {
	all, err := tx.Organizations()
	if err != nil {
		return err
	}
	for _, o := range all {
		s.movePast(&o.CreatedAt, &o.UpdatedAt)
	}
	invitations, err := tx.AllInvitations()
	if err != nil {
		return err
	}
	for _, i := range invitations {
		if i.UpdatedAt <= s.since {
			s.moveAlways(&i.ExpiresAt)
		}
		s.movePast(&i.CreatedAt, &i.UpdatedAt)
	}
	return cmp.Or(putAll(all, tx.PutOrganization), putAll(invitations, tx.PutInvitation))
}
