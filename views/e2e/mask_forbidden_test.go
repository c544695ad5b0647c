package e2e

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"frontdesk/api"
	"frontdesk/api/clean"
)

// forbidden are the facts about the people of a directory that a masked session must not
// hold, as their client reads them.
type forbidden struct {
	words   map[string]string // names, cities
	tokens  map[string]string // addresses, ids
	phrases map[string]string // of several words: names of organizations
	phones  map[string]string // digits
}

func readForbidden(t *testing.T, base, key string) *forbidden {
	t.Helper()
	k, err := api.NewKey(key)
	require.NoError(t, err)
	client, err := api.New(api.Config{BaseURL: base, Key: k, UserAgent: "frontdesk/test"})
	require.NoError(t, err)
	f := &forbidden{map[string]string{}, map[string]string{}, map[string]string{}, map[string]string{}}
	people := 0
	for {
		page, err := client.ListUsers(t.Context(), api.Query{Limit: 500, Offset: people})
		require.NoError(t, err)
		for i := range page {
			f.addPerson(&page[i])
			if i%25 == 0 {
				f.addSessions(t, client, page[i].ID)
			}
		}
		if people += len(page); len(page) < 500 {
			break
		}
	}
	require.Greater(t, people, 1000)
	return f
}

// add adds values that are long enough to mean somebody.
func (f *forbidden) add(what string, values ...clean.Text) {
	for _, v := range values {
		if s := v.Display(); utf8.RuneCountInString(s) >= 4 {
			if likeToken.FindString(s) == s {
				f.tokens[s] = what
			} else {
				f.phrases[s] = what
			}
		}
	}
}

func (f *forbidden) addWords(what string, text clean.Text) {
	if strings.ContainsFunc(text.Raw(), func(r rune) bool { return !isLetter(r) && !strings.ContainsRune(" -'’.", r) }) {
		return // the hostile one, whose name is made of the program's words
	}
	for _, w := range strings.FieldsFunc(text.Display(), func(r rune) bool { return !isLetter(r) }) {
		if utf8.RuneCountInString(w) >= 4 && !strings.Contains(uiWords, " "+w+" ") {
			f.words[w] = what
		}
	}
}

func (f *forbidden) addPerson(u *api.User) {
	f.add("id", u.ID, u.ExternalID)
	f.addWords("first name", u.FirstName)
	f.addWords("last name", u.LastName)
	if strings.ContainsAny(u.Username.Raw(), "._-0123456789") {
		f.add("username", u.Username)
	}
	for _, e := range u.EmailAddresses {
		f.add("address", e.ID, e.EmailAddress)
	}
	for _, p := range u.PhoneNumbers {
		f.add("number", p.ID)
		if d := digits(p.PhoneNumber.Raw()); len(d) >= 10 {
			f.phones[d], f.phones[d[len(d)-10:]] = "number", "number"
		}
	}
	for _, m := range u.OrganizationMemberships {
		f.add("organization", m.Organization.ID, m.Organization.Name, m.Organization.Slug)
	}
	for _, p := range u.Passkeys {
		f.add("passkey", p.ID)
	}
}

func (f *forbidden) addSessions(t *testing.T, client *api.Client, id clean.Text) {
	t.Helper()
	page, err := client.Sessions(t.Context(), id, "", 100, 0)
	require.NoError(t, err)
	for _, s := range page.Rows {
		f.add("session", s.ID)
		if at := s.LatestActivity; at != nil {
			f.add("session", at.IPAddress)
			f.addWords("city", at.City)
		}
	}
}

// sighting is a fact that a text holds.
type sighting struct{ what, value string }

// find returns what of it a text holds.
func (f *forbidden) find(text string) []sighting {
	found := map[sighting]bool{}
	note := func(what, value string) {
		if what != "" {
			found[sighting{what, value}] = true
		}
	}
	for _, line := range distinctLines(text) {
		for _, w := range strings.FieldsFunc(line, func(r rune) bool { return !isLetter(r) }) {
			note(f.words[w], w)
		}
		for _, token := range likeToken.FindAllString(line, -1) {
			note(f.tokens[token], token)
			note(f.tokens[strings.Trim(token, "._%+'-")], token)
		}
		for s, what := range f.phrases {
			if strings.Contains(line, s) && containsWord(line, s) {
				note(what, s)
			}
		}
		for _, run := range likeNumber.FindAllString(line, -1) {
			run = digits(run)
			for from := range run {
				for _, length := range []int{10, 11, 12} { // with and without the country
					if from+length <= len(run) {
						note(f.phones[run[from:from+length]], run[from:from+length])
					}
				}
			}
		}
	}
	return slices.Collect(maps.Keys(found))
}

func distinctLines(text string) []string {
	seen := map[string]bool{}
	for line := range strings.Lines(text) {
		seen[line] = true
	}
	return slices.Collect(maps.Keys(seen))
}

// likeToken is what stands between spaces and brackets: an address, an id.
var likeToken = regexp.MustCompile(`[\p{L}\p{M}\p{N}._%+'@-]{4,}`)

var likeNumber = regexp.MustCompile(`\d[\d ()./+-]{8,}\d`)

func isLetter(r rune) bool { return unicode.IsLetter(r) || unicode.IsMark(r) }

func digits(s string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, s)
}
