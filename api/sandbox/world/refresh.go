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

// Refresh moves the world along when it was last fresh more than a day ago, so
// that whoever was locked out an hour ago still was an hour ago. See refresh.
func Refresh(ctx context.Context, st *store.Store, now time.Time) error {
	stale := false
	err := st.Read(ctx, func(tx *store.Tx) error {
		since, err := freshness(tx)
		stale = err == nil && since != 0 && now.UnixMilli()-since > day.Milliseconds()
		return err
	})
	if err != nil || !stale {
		return err
	}
	return st.Write(ctx, func(tx *store.Tx) error { return refresh(tx, now.UnixMilli(), refreshUpTo, recent) })
}

// freshness is when the world was last at its own now, 0 for a directory that
// is none.
func freshness(tx *store.Tx) (int64, error) {
	note, err := tx.Note(noteRefreshed)
	if err != nil || note == "" {
		return 0, err
	}
	return strconv.ParseInt(note, 10, 64)
}

// refreshUpTo is how many users a world may have to be moved along as a whole. Of a
// larger one, the cast and the recent are: the others are months away anyway.
const refreshUpTo, recent = 20000, 2000

// refresh adds the time that has passed to all that the world wrote. What an
// operator did since is later than the world's own now and stays as it
// happened.
func refresh(tx *store.Tx, now int64, upTo, recent int) error {
	since, err := freshness(tx)
	if err != nil || since == 0 || now-since <= day.Milliseconds() {
		return err // another program was faster
	}
	total, err := tx.CountUsers(store.Query{})
	if err != nil {
		return err
	}
	s := shift{since: since, by: now - since, births: total <= upTo}
	users, err := s.who(tx, recent)
	if err != nil {
		return err
	}
	for _, u := range users {
		if err := s.person(tx, u); err != nil {
			return err
		}
	}
	if s.births {
		if err := s.organizations(tx); err != nil {
			return err
		}
	}
	return tx.SetNote(noteRefreshed, strconv.FormatInt(now, 10))
}

// who is moved along.
func (s shift) who(tx *store.Tx, recent int) ([]*store.User, error) {
	if s.births {
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
			continue // deleted since
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

// A shift moves instants.
type shift struct {
	since, by int64
	births    bool // also when people came; not in part of a world, whose order it would break
}

// past moves instants up to the world's last now.
func (s shift) past(all ...*int64) {
	for _, t := range all {
		if *t != 0 && *t <= s.since {
			*t += s.by
		}
	}
}

// all moves instants whatever they are: of records that nobody touched since.
func (s shift) all(all ...*int64) {
	for _, t := range all {
		if *t != 0 {
			*t += s.by
		}
	}
}

func (s shift) person(tx *store.Tx, u *store.User) error {
	if u.CreatedAt > s.since {
		return nil // made by an operator
	}
	born := u.CreatedAt
	s.user(u)
	if !s.births {
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
		s.session(x)
	}
	tokens, err := tx.Tokens(u.ID, "")
	if err != nil {
		return err
	}
	for _, k := range tokens {
		s.all(&k.ExpiresAt)
	}
	memberships, _, err := tx.Memberships(u.ID, 0, 0)
	if err != nil {
		return err
	}
	for _, m := range memberships {
		s.past(&m.CreatedAt, &m.UpdatedAt)
	}
	return cmp.Or(each(sessions, tx.PutSession), each(tokens, tx.PutToken), each(memberships, tx.PutMembership))
}

func (s shift) user(u *store.User) {
	if u.UpdatedAt <= s.since {
		s.all(&u.LockedUntil) // the world's own lock, which ends in the future
	}
	s.past(&u.CreatedAt, &u.UpdatedAt, &u.LastSignInAt, &u.LastActiveAt, &u.LegalAcceptedAt, &u.PasswordUpdatedAt, &u.MFAEnabledAt, &u.MFADisabledAt)
	for i := range u.Emails {
		s.past(&u.Emails[i].CreatedAt, &u.Emails[i].UpdatedAt)
		s.verification(u.Emails[i].Verification)
	}
	for i := range u.Phones {
		s.past(&u.Phones[i].CreatedAt, &u.Phones[i].UpdatedAt)
		s.verification(u.Phones[i].Verification)
	}
	for i := range u.Wallets {
		s.past(&u.Wallets[i].CreatedAt, &u.Wallets[i].UpdatedAt)
		s.verification(u.Wallets[i].Verification)
	}
	for i := range u.Passkeys {
		s.past(&u.Passkeys[i].CreatedAt, &u.Passkeys[i].LastUsedAt)
		s.verification(u.Passkeys[i].Verification)
	}
	for i := range u.External {
		s.past(&u.External[i].CreatedAt, &u.External[i].UpdatedAt)
		s.verification(u.External[i].Verification)
	}
	for i := range u.Enterprise {
		s.past(&u.Enterprise[i].CreatedAt, &u.Enterprise[i].UpdatedAt, &u.Enterprise[i].LastAuthenticatedAt)
		s.verification(u.Enterprise[i].Verification)
	}
	if u.TOTP != nil {
		s.past(&u.TOTP.CreatedAt, &u.TOTP.UpdatedAt)
	}
}

// verification: a code lives ten minutes, so what ends later was sent since.
func (s shift) verification(v *store.Verification) {
	if v != nil && v.ExpireAt <= s.since+tenMinutes {
		s.all(&v.ExpireAt)
	}
}

func (s shift) session(x *store.Session) {
	if x.CreatedAt > s.since {
		return
	}
	if x.UpdatedAt <= s.since {
		s.all(&x.ExpireAt, &x.AbandonAt)
	}
	s.past(&x.CreatedAt, &x.UpdatedAt, &x.LastActiveAt)
}

func (s shift) organizations(tx *store.Tx) error {
	all, err := tx.Organizations()
	if err != nil {
		return err
	}
	for _, o := range all {
		s.past(&o.CreatedAt, &o.UpdatedAt)
	}
	invitations, err := tx.AllInvitations()
	if err != nil {
		return err
	}
	for _, i := range invitations {
		if i.UpdatedAt <= s.since {
			s.all(&i.ExpiresAt)
		}
		s.past(&i.CreatedAt, &i.UpdatedAt)
	}
	return cmp.Or(each(all, tx.PutOrganization), each(invitations, tx.PutInvitation))
}
