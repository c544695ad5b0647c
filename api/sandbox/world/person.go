package world

import (
	"encoding/json"
	"time"
)

// A trait is something a person has or is; people have a combination of them.
type trait uint32

const (
	neverSignedIn trait = 1 << iota
	unverified          // the primary address; implies neverSignedIn
	banned
	locked
	lockedForever
	deprovisioned
	enterprise // signs in through an organization's identity provider
	phoneOnly  // gave a number, and neither name nor address
	authenticator
	smsCode
	backupCodes
	passkey
	google
	github
	apple
	microsoft
	wallet
	passwordless
	compromised // has to choose a new password
	picture
	secondEmail
)

// traitWords are the words for them in people.txt.
var traitWords = map[string]trait{
	"never": neverSignedIn, "unverified": unverified | neverSignedIn, "banned": banned, "locked": locked, "forever": locked | lockedForever,
	"deprovisioned": deprovisioned, "sso": enterprise, "phoneonly": phoneOnly | passwordless, "totp": authenticator, "sms": smsCode,
	"backup": backupCodes, "passkey": passkey, "google": google, "github": github, "apple": apple, "microsoft": microsoft,
	"wallet": wallet, "nopassword": passwordless, "compromised": compromised, "picture": picture, "second": secondEmail,
}

func (t trait) has(one trait) bool { return t&one == one }

// A person is what is decided about a user before their record is created: read from
// people.txt or generated.
type person struct {
	number   uint64 // seeds their random source
	created  int64  // milliseconds
	active   int64  // 0 is never
	signedIn int64  // 0 is never
	first    string
	last     string
	email    string
	username string
	phone    string
	locale   string
	town     place
	traits   trait
	lockLeft time.Duration // until a lock expires
	org      string        // slug of the organization they belong to
	role     string

	// Only for people of people.txt: they replace what is generated.
	externalID              string
	public, private, unsafe json.RawMessage
	finish                  func(*record, *maker) // changes the finished record
}

// A span is a period in which people sign up, oldest first.
type span struct{ from, to int64 }

// at returns the time by which the share x of all people have signed up: sign-ups
// accelerate over the years, x of them in x^(2/3) of the time.
func (s span) at(x float64) int64 {
	return s.from + int64(float64(s.to-s.from)*pow23(x))
}
