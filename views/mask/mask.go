// Package mask implements the privacy mask, which hides personal data during a
// demonstration or recording and in screenshots. All names, addresses, numbers, ids,
// pictures and places pass through it on their way to a screen, the clipboard, a file or a
// pipe.
//
// A screen draws the masked copy returned by [Mask.User] or [Copy] and sends requests for
// the original. Sentences composed elsewhere (errors, notices, titles) go through
// [Mask.Text]. While the mask is off, these functions return their argument.
//
// Each person gets a number for the lifetime of the program, so that people can be told
// apart: "Person 17", person17@domain3.example, user_••••0017. A mask contains no part of
// the value that it hides.
//
// What may live here: which data is personal, and the form of its mask. What may not:
// drawing, and anything that is sent to the service.
package mask

import (
	"fmt"
	"sync"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/views/userfmt"
)

// Hidden is the mask of a value without a more specific one. It consists of Rune.
const (
	Hidden = "••••"
	Rune   = '•'
)

// Mask holds the on/off state and all masks given out so far. A nil Mask is off. It is safe
// for concurrent use.
type Mask struct {
	mu   sync.Mutex
	isOn bool
	// values maps values to their masks. numbers holds the last number used for each
	// sequence.
	values  map[string]string
	numbers map[string]int
	people  map[string]*person // by user id
	copies  map[copyKey]*api.User
	phrases phrases
	// named are people who may occur in sentences from before the mask was turned on.
	named map[string]*api.User
}

// person is a person with a number.
type person struct {
	number         int
	first, last    string
	emails, phones int
}

// copyKey identifies a response. A pointer alone would not do, because it may be reused for
// a user that is read again.
type copyKey struct {
	user   *api.User
	readAt int64
}

// maxCopies limits the cache of masked copies.
const maxCopies = 4096

// New returns a Mask that is on or off.
func New(on bool) *Mask {
	return &Mask{
		isOn: on, values: map[string]string{}, numbers: map[string]int{}, people: map[string]*person{},
		copies: map[copyKey]*api.User{}, phrases: newPhrases(), named: map[string]*api.User{},
	}
}

// On reports whether the mask is on.
func (m *Mask) On() bool {
	if m == nil {
		return false
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.isOn
}

// Toggle turns the mask on or off and reports whether it is on now.
func (m *Mask) Toggle() bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.isOn = !m.isOn
	if m.isOn {
		for _, u := range m.named {
			m.copyUser(u)
		}
		clear(m.named)
	}
	return m.isOn
}

// Note registers users who may occur in sentences, so that Text can mask them in sentences
// from before the mask was turned on.
func (m *Mask) Note(users ...*api.User) {
	if m == nil {
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, u := range users {
		switch {
		case u == nil || u.ID.Empty() || u.Masked:
		case m.isOn:
			m.copyUser(u)
		case len(m.named) < maxCopies:
			m.named[u.ID.Raw()] = u
		}
	}
}

// User returns u or, while the mask is on, a masked copy. The copy is marked as masked and
// contains none of the original ids, so that it cannot be used in a request.
func (m *Mask) User(u *api.User) *api.User {
	if m == nil || u == nil || u.Masked {
		return u
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if !m.isOn {
		return u
	}
	return m.copyUser(u)
}

// Users applies User to each element.
func (m *Mask) Users(users []*api.User) []*api.User {
	if !m.On() {
		return users
	}
	out := make([]*api.User, len(users))
	for i, u := range users {
		out[i] = m.User(u)
	}
	return out
}

// Value returns the mask of a whole value if it has one, otherwise Text of it.
func (m *Mask) Value(s string) string {
	if m == nil || s == "" {
		return s
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if !m.isOn {
		return s
	}
	if masked, known := m.values[s]; known {
		return masked
	}
	return m.text(s)
}

// Values applies Value to each element.
func (m *Mask) Values(values map[string]string) map[string]string {
	if !m.On() || values == nil {
		return values
	}
	out := make(map[string]string, len(values))
	for name, value := range values {
		out[name] = m.Value(value)
	}
	return out
}

// Text masks a sentence. It replaces the values of people masked before, and everything else
// that looks like an address, a number or an id.
func (m *Mask) Text(s string) string {
	if m == nil || s == "" {
		return s
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if !m.isOn {
		return s
	}
	return m.text(s)
}

// Field returns the text that a form shows for the present value of a field. It reveals only
// whether there is one.
func (m *Mask) Field(value string) string {
	if value == "" || !m.On() {
		return value
	}
	return Hidden
}

// IsPersonal reports whether the mask hides fields of that name.
func IsPersonal(field string) bool {
	k := kindOf("", field)
	return k != kindPlain && k != kindOther || field == "account" || field == "locale"
}

func (m *Mask) copyUser(u *api.User) *api.User {
	key := copyKey{u, u.ReadAt.UnixNano()}
	if c, known := m.copies[key]; known {
		return c
	}
	if len(m.copies) >= maxCopies {
		clear(m.copies)
	}
	p := m.person(u)
	c := copyOf(&copier{m, p}, *u)
	c.Masked, c.HasImage = true, false
	c.Body = m.maskJSON(u.Body, p)
	m.copies[key] = &c
	m.learnNames(u, &c)
	return &c
}

// learnNames registers the names of a user for Text.
func (m *Mask) learnNames(u, masked *api.User) {
	m.phrases.add(userfmt.Name(u), userfmt.Name(masked))
	m.phrases.add(userfmt.FullName(u), userfmt.FullName(masked))
	m.phrases.add(userfmt.ShortID(u.ID), masked.ID.Raw())
	for i := range u.EmailAddresses {
		if readable := userfmt.ReadableEmail(u.EmailAddresses[i].EmailAddress); !readable.Empty() {
			m.phrases.add(readable.Display(), masked.EmailAddresses[i].EmailAddress.Raw())
		}
	}
}

// person returns the number and masked name of a user.
func (m *Mask) person(u *api.User) *person {
	id := u.ID.Raw()
	p, known := m.people[id]
	if !known {
		p = &person{number: m.next("person")}
		if id != "" {
			m.people[id] = p
		}
	}
	number := fmt.Sprint(p.number)
	switch { // empty names stay empty
	case u.FirstName.Empty():
		p.first, p.last = "", "Person "+number
	case u.LastName.Empty():
		p.first, p.last = "Person "+number, ""
	default:
		p.first, p.last = "Person", number
	}
	if id != "" && m.values[id] == "" {
		m.give(id, idMask(id, p.number))
	}
	return p
}

func (m *Mask) next(what string) int {
	m.numbers[what]++
	return m.numbers[what]
}

// give stores the mask of a value and registers it for Text.
func (m *Mask) give(value, masked string) string {
	m.values[value] = masked
	m.phrases.add(clean.NewText(value).Display(), masked)
	return masked
}

// masked returns the mask of a value, making one if needed.
func (m *Mask) masked(value string, mask func() string) string {
	if value == "" {
		return ""
	}
	if known, ok := m.values[value]; ok {
		return known
	}
	return m.give(value, mask())
}
