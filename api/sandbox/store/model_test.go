package store

import (
	"cmp"
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// The model evaluates a query by checking every user in Go. It shares only the folding
// with the store.

func modelFind(all []*User, members map[string][]string, q Query) []*User {
	needles := []struct {
		in   searchScope
		text string
	}{{anything, q.AnyLike}, {emails, q.EmailLike}, {phones, q.PhoneLike}, {usernames, q.UsernameLike}, {names, q.NameLike}}
	out := slices.DeleteFunc(slices.Clone(all), func(u *User) bool { return !modelExact(u, members, q) })
	for _, n := range needles {
		text := foldText(strings.TrimSpace(n.text))
		if text == "" || text == "user_" && n.in == anything {
			continue
		}
		anybody := slices.ContainsFunc(all, func(u *User) bool { return modelLike(u, n.in, n.text, text, false) })
		out = slices.DeleteFunc(out, func(u *User) bool { return !modelLike(u, n.in, n.text, text, !anybody) })
	}
	slices.SortFunc(out, func(a, b *User) int { return modelOrder(a, b, q) })
	return out
}

func modelExact(u *User, members map[string][]string, q Query) bool {
	if len(q.Emails)+len(q.Phones)+len(q.Usernames)+len(q.Wallets) > 0 {
		hit := slices.ContainsFunc(q.Usernames, func(v string) bool { return u.Username != "" && strings.EqualFold(v, u.Username) })
		for _, e := range u.Emails {
			hit = hit || slices.ContainsFunc(q.Emails, func(v string) bool { return strings.EqualFold(v, e.Address) })
		}
		for _, p := range u.Phones {
			hit = hit || slices.ContainsFunc(q.Phones, func(v string) bool { return digits(v) == digits(p.Number) })
		}
		if !hit {
			return false
		}
	}
	signs := func(values []string, mine func(string) bool) bool {
		in, ex := splitSigned(values)
		return (len(in) == 0 || slices.ContainsFunc(in, mine)) && !slices.ContainsFunc(ex, mine)
	}
	within := func(v int64, below, above *int64) bool {
		return (below == nil || v != 0 && v < *below) && (above == nil || v != 0 && v > *above)
	}
	return signs(q.UserIDs, func(v string) bool { return v == u.ID }) &&
		signs(q.ExternalIDs, func(v string) bool { return v == u.ExternalID && v != "" }) &&
		signs(q.OrganizationIDs, func(v string) bool { return slices.Contains(members[v], u.ID) }) &&
		(q.Banned == nil || *q.Banned == u.Banned) &&
		(q.ActiveSince == nil || u.LastActiveAt != 0 && u.LastActiveAt >= *q.ActiveSince) &&
		within(u.LastActiveAt, q.ActiveBefore, q.ActiveAfter) && within(u.CreatedAt, q.CreatedBefore, q.CreatedAfter) &&
		within(u.LastSignInAt, q.SignInBefore, q.SignInAfter)
}

func modelLike(u *User, in searchScope, typed, text string, inside bool) bool {
	has := func(field string) bool { return strings.Contains(foldText(field), text) }
	name := has(strings.TrimSpace(u.FirstName+" "+u.LastName)) || ideographic(text) && has(u.LastName+u.FirstName)
	email := slices.ContainsFunc(u.Emails, func(e Email) bool { return has(e.Address) })
	phone := false
	if d := digits(typed); d != "" && looksLikePhone(strings.TrimSpace(typed)) {
		for _, p := range u.Phones {
			phone = phone || strings.Contains(digits(p.Number), d) ||
				len(d) >= 7 && strings.Trim(d, "0") != "" && strings.Contains(digits(p.Number), strings.TrimLeft(d, "0"))
		}
	}
	switch in {
	case names:
		return name
	case emails:
		return email
	case usernames:
		return has(u.Username)
	case phones:
		return phone
	}
	id := strings.HasPrefix(text, "user_") && strings.HasPrefix(strings.ToLower(u.ID), text)
	if inside && len([]rune(text)) >= trigram && !strings.ContainsFunc(text, notInIDs) {
		id = id || strings.Contains(strings.ToLower(u.ID), text)
	}
	return name || email || phone || has(u.Username) || id
}

func modelOrder(a, b *User, q Query) int {
	key := func(u *User) string {
		switch q.OrderBy {
		case "first_name":
			return foldText(u.FirstName)
		case "last_name":
			return foldText(u.LastName)
		case "username":
			return foldText(u.Username)
		case "email_address":
			for _, e := range u.Emails {
				if e.ID == u.PrimaryEmailID {
					return foldText(e.Address)
				}
			}
		case "phone_number":
			for _, p := range u.Phones {
				return foldText(p.Number)
			}
		case "last_active_at":
			return instant(u.LastActiveAt)
		case "last_sign_in_at":
			return instant(u.LastSignInAt)
		case "updated_at":
			return instant(u.UpdatedAt)
		}
		return ""
	}
	sign := 1
	if q.Desc {
		sign = -1
	}
	if x, y := key(a), key(b); x != y {
		switch {
		case x == "":
			return 1
		case y == "":
			return -1
		}
		return sign * cmp.Compare(x, y)
	}
	return sign * cmp.Or(cmp.Compare(a.CreatedAt, b.CreatedAt), cmp.Compare(a.ID, b.ID))
}

func instant(ms int64) string {
	if ms == 0 {
		return ""
	}
	return fmt.Sprintf("%020d", ms)
}

// randomUsers creates n users with few names, so that every filter matches somebody. Their ids
// are in no order, and several share each time.
func randomUsers(r *rand.Rand, n int) []*User {
	firsts := []string{"Maya", "José", "王小明", "小明", "محمد", "Siobhán", "", "Łukasz", "Amaya", "Ma%ya_"}
	lasts := []string{"Okafor", "O'Brien", "Núñez", "", "王", "علي", "Żak", "von \"Berg\""}
	domains := []string{"pine.example", "MAIL.example", "kite.example"}
	all := make([]*User, n)
	for i := range all {
		u := person(i, firsts[r.IntN(len(firsts))], lasts[r.IntN(len(lasts))])
		u.ID = fmt.Sprintf("user_%013x%014X", r.Uint64N(1<<52), r.Uint64N(1<<56))
		u.CreatedAt, u.UpdatedAt = int64(1000*(1+i/3)), int64(1+r.IntN(50))
		u.Emails[0].Address = fmt.Sprintf("%s%d@%s", []string{"maya.", "p+", "x_y", "ÜNÏ"}[r.IntN(4)], i, domains[r.IntN(3)])
		if r.IntN(5) == 0 {
			u.Emails = append([]Email{{ID: fmt.Sprintf("idn_s%d", i), Address: fmt.Sprintf("second%d@kite.example", i)}}, u.Emails...)
		}
		if r.IntN(2) == 0 {
			u.Username = fmt.Sprintf("%s_%d", []string{"maya", "User", "zak"}[r.IntN(3)], i)
		}
		if r.IntN(3) == 0 {
			u.Phones = []Phone{{ID: fmt.Sprintf("idn_p%d", i), Number: fmt.Sprintf("+1%03d55501%02d", 200+i, r.IntN(100))}}
		}
		if r.IntN(3) > 0 {
			u.LastActiveAt = int64(1 + r.IntN(40))
			u.LastSignInAt = int64(1 + r.IntN(40))
		}
		if r.IntN(4) > 0 {
			u.ExternalID = fmt.Sprintf("ext-%d", i)
		}
		u.Banned = r.IntN(10) == 0
		all[i] = u
	}
	return all
}

func randomQuery(r *rand.Rand, all []*User) Query {
	someone := func() *User { return all[r.IntN(len(all))] }
	needles := []string{"maya", "ma", "m", "may ok", "maya ok", "o'b", "josé", "jose", "王", "小明", "王小明", "علي", "%", "_", "ma%", "\"", "555", "01", "(555) 01",
		"+1 2", "00 1 200 5550", "user_", "user", "pine.example", "ünï", "x_y", "zzz", "second", ".", "@", someone().ID[:11], someone().ID[9:16],
		strings.ToUpper(someone().ID[:14]), someone().ID, "ak\nma", "lukasz z"}
	like := func(odds int) string {
		if r.IntN(odds) == 0 {
			return needles[r.IntN(len(needles))]
		}
		return ""
	}
	ms := func(limit int) *int64 {
		if r.IntN(8) > 0 {
			return nil
		}
		v := int64(r.IntN(limit))
		return &v
	}
	q := Query{
		AnyLike: like(2), EmailLike: like(9), PhoneLike: like(9), UsernameLike: like(9), NameLike: like(6),
		ActiveSince: ms(40), ActiveBefore: ms(40), ActiveAfter: ms(40), CreatedBefore: ms(90000), CreatedAfter: ms(90000), SignInBefore: ms(40), SignInAfter: ms(40),
	}
	if r.IntN(6) == 0 {
		b := r.IntN(2) == 0
		q.Banned = &b
	}
	for range r.IntN(8) / 5 * 20 {
		u := someone()
		switch r.IntN(6) {
		case 0:
			q.Emails = append(q.Emails, strings.ToUpper(u.Emails[0].Address))
		case 1:
			q.Usernames = append(q.Usernames, u.Username, "nobody")
		case 2:
			q.UserIDs = append(q.UserIDs, []string{"", "+", "-", " "}[r.IntN(4)]+u.ID)
		case 3:
			q.ExternalIDs = append(q.ExternalIDs, []string{"", "-"}[r.IntN(2)]+u.ExternalID)
		case 4:
			q.OrganizationIDs = append(q.OrganizationIDs, []string{"", "+", "-"}[r.IntN(3)]+[]string{"org_a", "org_b"}[r.IntN(2)])
		case 5:
			for _, p := range u.Phones {
				q.Phones = append(q.Phones, p.Number)
			}
		}
	}
	q.OrderBy = []string{"created_at", "updated_at", "email_address", "web3wallet", "first_name", "last_name", "phone_number", "username", "last_active_at", "last_sign_in_at"}[r.IntN(10)]
	q.Desc = r.IntN(2) == 0
	return q
}

// Every path of the plan, in an ordered and in an unordered directory, must give the
// model's result.
func TestUsers_AnswersLikeTheModel(t *testing.T) {
	for _, inOrder := range []bool{true, false} {
		for _, limit := range []int{2, maxCandidates} {
			t.Run(fmt.Sprintf("order %t, few %d", inOrder, limit), func(t *testing.T) {
				r := rand.New(rand.NewPCG(7, uint64(limit)))
				all := randomUsers(r, 120)
				if inOrder {
					slices.SortFunc(all, func(a, b *User) int { return modelOrder(a, b, Query{OrderBy: "created_at"}) })
				}
				s := openNew(t)
				s.maxCandidates = limit
				put(t, s, all...)
				members := join(t, s, r, all)
				for range 60 {
					checkQuery(t, s, all, members, randomQuery(r, all))
				}
			})
		}
	}
}

func join(t *testing.T, s *Store, r *rand.Rand, all []*User) map[string][]string {
	members := map[string][]string{}
	require.NoError(t, s.Write(context.Background(), func(tx *Tx) error {
		for i, u := range all {
			org := []string{"org_a", "org_b", ""}[r.IntN(3)]
			if org == "" {
				continue
			}
			members[org] = append(members[org], u.ID)
			if err := tx.PutMembership(&Membership{ID: fmt.Sprint("orgmem_", i), UserID: u.ID, OrganizationID: org}); err != nil {
				return err
			}
		}
		return nil
	}))
	return members
}

func checkQuery(t *testing.T, s *Store, all []*User, members map[string][]string, q Query) {
	t.Helper()
	want := ids(modelFind(all, members, q)...)
	require.Equal(t, want, find(t, s, q), "%+v", q)
	paged := q
	paged.Limit, paged.Offset = 7, 5
	from := min(5, len(want))
	require.Equal(t, append([]string{}, want[from:min(12, len(want))]...), find(t, s, paged), "page of %+v", q)
	if q.OrderBy == "created_at" && len(want) > 3 {
		q.After, q.Limit = want[2], 4
		require.Equal(t, want[3:min(7, len(want))], find(t, s, q), "after of %+v", q)
	}
}
