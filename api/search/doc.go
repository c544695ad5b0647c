// Package search implements the search language of the search box: it parses what an
// operator types or pastes.
//
// It holds words, tokens and dates; what they ask of the server (api.Query) and what must
// be checked for each user (Search.Matches); completions; and how a scan reads pages and
// at what rate. E-mail addresses, phone numbers and pasted texts are parsed in api/input.
// The only requests it sends read pages of users and look up organizations.
//
// A text consists of words and tokens in any order:
//
//	maya okafor              part of a name, e-mail address, phone number, username, wallet or id
//	"van der Berg"           literal text, never a token
//	email: phone: name: user:          part of that field
//	id: ext: wallet:                   exactly that value, or one of several separated by commas
//	user_2xk…9aQ1            an id shortened in the middle, as screens show it
//	org:                               members of an organization, by id, slug or part of its name
//	provider:google                    users with a connected account there
//	is:banned is:locked is:active is:deprovisioned
//	has:mfa no:mfa no:email-verified   what an account has and does not have
//	created:today created:2026-11 created:>2026-11-01 created:<7d
//	active:>30d signed-in:never signed-in:2026-11-01..2026-11-07
//	-id: -ext: -org: -is: -has: -no:   excludes those
//
// An e-mail address, or the end of one, is searched under both spellings of its domain,
// münchen.example and xn--mnchen-3ya.example.
//
// Days are those of now's time zone. A user must match all tokens. A token that is not
// understood is never ignored: it reports a Problem, and no request is sent.
package search
