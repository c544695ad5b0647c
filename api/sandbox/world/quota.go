package world

import "math"

// The shares of all users, including the fixed people.
const (
	shareMFA        = 0.41
	shareGoogle     = 0.30
	sharePasskey    = 0.12
	shareEnterprise = 0.05
	shareUnverified = 0.04
	shareNever      = 0.06
	shareBanned     = 0.03
	shareLocked     = 0.02
	shareApple      = 0.07
	shareMicrosoft  = 0.03
	shareGitHub     = 0.02
	shareWallet     = 0.015
	sharePhoneOnly  = 0.012
	sharePicture    = 0.25
	sharePhone      = 0.32
)

// quotas assign traits in exact numbers rather than by chance: they count what the fixed
// people have and spread the rest over the generated ones.
type quotas struct {
	generated                                int
	never, unverified, enterprise, phoneOnly quota
	banned, locked                           quota // they share one shuffle, so that nobody is both
	mfa, google, apple, microsoft, github    quota
	passkey, wallet, picture, phone          quota
	class, standing                          shuffle
}

// A quota says how many of a group have something, and who.
type quota struct {
	count int
	order shuffle
}

// has reports whether the i-th of the group has it, and with which rank below count.
func (q quota) has(i int) (rank int, ok bool) {
	if q.count <= 0 {
		return 0, false
	}
	rank = q.order.at(i)
	return rank, rank < q.count
}

// newQuotas returns the quotas of total people, of whom the fixed ones are known.
func newQuotas(total int, fixed []*person, seed uint64) quotas {
	c := quotas{generated: total - len(fixed)}
	left := func(share float64, any trait) int {
		n := int(math.Round(share * float64(total)))
		for _, p := range fixed {
			if p.traits&any != 0 {
				n--
			}
		}
		return min(max(n, 0), c.generated)
	}
	c.never.count = left(shareNever, neverSignedIn)
	c.unverified.count = min(left(shareUnverified, unverified), c.never.count)
	c.enterprise.count = left(shareEnterprise, enterprise)
	c.phoneOnly.count = left(sharePhoneOnly, phoneOnly)
	c.class = newShuffle(c.generated, seed, 1)

	rest := max(c.rest(), 1)
	c.banned.count = left(shareBanned, banned)
	c.locked.count = left(shareLocked, locked)
	c.standing = newShuffle(rest, seed, 2)
	for i, q := range []struct {
		*quota
		share float64
		any   trait
	}{
		{&c.mfa, shareMFA, authenticator | smsCode}, {&c.google, shareGoogle, google}, {&c.apple, shareApple, apple},
		{&c.microsoft, shareMicrosoft, microsoft}, {&c.github, shareGitHub, github}, {&c.passkey, sharePasskey, passkey},
		{&c.wallet, shareWallet, wallet}, {&c.picture, sharePicture, picture},
	} {
		*q.quota = quota{min(left(q.share, q.any), rest), newShuffle(rest, seed, uint64(10+i))}
	}
	phones := min(int(sharePhone*float64(total)), phoneNumbersOf(total)-c.phoneOnly.count)
	c.phone = quota{min(phones, rest), newShuffle(rest, seed, 30)}
	return c
}

// rest returns how many generated people have signed in, with an address, and not through
// an identity provider: all other traits are spread among them.
func (c *quotas) rest() int {
	return c.generated - c.never.count - c.enterprise.count - c.phoneOnly.count
}

// traitsOf returns the traits of the j-th generated person and the index of their phone
// number, -1 for none.
func (c *quotas) traitsOf(j int) (t trait, number int) {
	k := c.class.at(j)
	switch {
	case k < c.unverified.count:
		return neverSignedIn | unverified, -1
	case k < c.never.count:
		return neverSignedIn, -1
	}
	if k -= c.never.count; k < c.enterprise.count {
		return enterprise | passwordless, -1
	}
	if k -= c.enterprise.count; k < c.phoneOnly.count {
		return phoneOnly | passwordless, k
	}
	return c.ordinaryTraits(k - c.phoneOnly.count)
}

// ordinaryTraits is traitsOf for the r-th of the rest.
func (c *quotas) ordinaryTraits(r int) (t trait, number int) {
	number = -1
	if rank, ok := c.phone.has(r); ok {
		number = c.phoneOnly.count + rank
	}
	if rank, ok := c.mfa.has(r); ok {
		switch {
		case number >= 0 && rank%2 == 0:
			t |= smsCode
		case rank%3 == 0:
			t |= authenticator
		default:
			t |= authenticator | backupCodes
		}
	}
	for _, q := range []struct {
		given quota
		trait trait
	}{{c.google, google}, {c.apple, apple}, {c.microsoft, microsoft}, {c.github, github}, {c.passkey, passkey}, {c.wallet, wallet}, {c.picture, picture}} {
		if rank, ok := q.given.has(r); ok {
			t |= q.trait
			if q.trait&(google|apple|microsoft) != 0 && rank%5 < 3 {
				t |= passwordless
			}
		}
	}
	switch s := c.standing.at(r); {
	case s < c.banned.count:
		t |= banned
	case s < c.banned.count+c.locked.count:
		t |= locked
		t &^= passwordless // a lock needs a password to fail with
	}
	return t, number
}

func pow23(x float64) float64 { return math.Pow(x, 2.0/3) }
