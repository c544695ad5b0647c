package input

import (
	"strings"

	"frontdesk/api/clean"
)

var userIDPattern = pattern(`^user_[0-9A-Za-z_-]+$`)

// Person is how one person was identified.
type Person struct {
	Text string // as entered, cleaned
	// At most one of these is set, except that both Phone and Username are for 0142.
	ID       string
	Email    Email
	Phone    *Phone
	Username string
	// Found are the people identified in a longer text that does not identify exactly one
	// by itself: none, several, or, if it is ambiguous, those who may be meant.
	Found People
}

// ParsePerson parses one argument, cell or line that identifies a person: an id, an e-mail
// address, a phone number or a username, or a text that identifies exactly one person,
// such as a link or a log line.
func ParsePerson(text string) Person {
	clean, _ := clean.Normalize(text)
	p := Person{Text: strings.TrimSpace(clean)}
	if bare := unwrap(p.Text); isUserID(bare) {
		p.ID = bare
		return p
	}
	if strings.Contains(text, "user_") {
		if found := FindPeople(text); len(found.IDs) > 0 {
			return p.fromPeople(found)
		}
	}
	if email, err := ParseEmail(text); err == nil && !strings.HasPrefix(p.Text, "@") {
		if found := FindPeople(text); found.Ambiguous || len(found.Emails) != 1 || found.Emails[0] != email.Address {
			return p.fromPeople(found)
		}
		p.Email = email
		return p
	}
	if phone, err := ParsePhone(text); err == nil && phone.IsComplete() {
		p.Phone = &phone
	}
	if p.Phone != nil && strings.ContainsAny(p.Text, " +();:") {
		return p
	}
	if !strings.ContainsFunc(strings.TrimSpace(text), isControl) && !strings.ContainsAny(p.Text, ` \/:%=&<>{}"`) && !(strings.Count(p.Text, ".") == 2 && strings.HasPrefix(p.Text, "eyJ")) {
		if bare := strings.TrimPrefix(unwrap(p.Text), "@"); bare != "" && strings.LastIndex(bare, "@") < 0 {
			p.Username = bare
			return p
		}
	}
	if p.Phone != nil {
		return p
	}
	return p.fromPeople(FindPeople(text))
}

// fromPeople sets the one person that a longer text identifies.
func (p Person) fromPeople(found People) Person {
	switch {
	case found.Count() != 1 || found.Ambiguous:
		p.Found = found
	case len(found.IDs) == 1:
		p.ID = found.IDs[0]
	case len(found.Emails) == 1:
		p.Email = Email{Address: found.Emails[0]}
	default:
		if phone, err := ParsePhone(found.Phones[0]); err == nil {
			p.Phone = &phone
		}
	}
	return p
}

func isUserID(s string) bool { return userIDPattern().MatchString(s) }
