// Package search is the language of the one box: what an operator types or
// pastes, understood.
//
// What may live here: words, tokens, dates, what they ask of the server
// (api.Query) and what only a look at each user decides (Search.Matches),
// completions, and how the pages of a scan are walked and paced. What may not: a
// terminal, a screen, where a saved search is kept, any call but the reading of
// pages, and how addresses, numbers and pasted texts are read (api/input).
//
// A text is words and tokens in any order:
//
//	maya okafor              a part of a name, e-mail address, phone number, username, wallet or id
//	"van der Berg"           as it stands, never as a token
//	email: phone: name: user:          a part of that field
//	id: ext: wallet:                   exactly that, or one of several after commas
//	user_2xk…9aQ1            that id, cut in the middle as screens show it
//	org:                               members of an organization, by id, slug or a part of its name
//	provider:google                    people with a connected account there
//	is:banned is:locked is:active is:deprovisioned
//	has:mfa no:mfa no:email-verified   what an account has and has not
//	created:today created:2026-11 created:>2026-11-01 created:<7d
//	active:>30d signed-in:never signed-in:2026-11-01..2026-11-07
//	-id: -ext: -org: -is: -has: -no:   not those
//
// An e-mail address, or the end of one, is looked for under both spellings of its
// domain, münchen.example and xn--mnchen-3ya.example.
//
// Days are those of now's zone. Two tokens are both meant. A token that is not
// understood is never left out: it says what is wrong, and nothing is asked.
package search
