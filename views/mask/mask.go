// Package mask hides people from whoever looks over the operator's shoulder: in a
// demonstration, a recording, a screenshot. It is the one gate through which names,
// addresses, numbers, ids, pictures and places pass on their way to a screen, the
// clipboard, a file or a pipe.
//
// What is masked is the data, on the way to drawing: a screen draws the copy that
// [Mask.User] or [Copy] returns, and sends requests for the original. Sentences that
// were put together elsewhere (errors, notices, titles) go through [Mask.Text]. While
// the mask is off all of them return what they are given.
//
// A person keeps one number for as long as the program runs, so that two people can be
// told apart and talked about: "Person 17", person17@domain3.example, user_••••0017.
// Nothing of a value is left in its mask.
package mask

import (
	"fmt"
	"sync"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/views/userfmt"
)

// Hidden is what stands for a value that has no better mask; of Rune it is made.
const (
	Hidden = "••••"
	Rune   = '•'
)

// Mask is the switch and what has been masked so far. A nil Mask is off. It may be
// used by several goroutines.
type Mask struct {
	mu   sync.Mutex
	isOn bool
	// values are the masks given out, by the value as it came; numbers are the last
	// numbers given out, by what is numbered.
	values  map[string]string
	numbers map[string]int
	people  map[string]*person // by user id
	copies  map[copyKey]*api.User
	phrases phrases
	// named are people of whom sentences may have spoken while the mask was off.
	named map[string]*api.User
}

// person is somebody who was masked.
type person struct {
	number         int
	first, last    string
	emails, phones int
}

// copyKey tells answers apart: a user that is read again may stand at the same place.
type copyKey struct {
	user   *api.User
	readAt int64
}

// maxCopies bounds the masked copies that are kept; they are made again when needed.
const maxCopies = 4096

// New returns a mask.
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

// Toggle switches the mask and reports whether it is on now.
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

// Note remembers that sentences may speak of u, so that Text finds them in those that
// were written before the mask went on.
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

// User returns u as it may be shown. A masked copy is marked as one, and holds none of
// the ids of the original: no request can be made from it.
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

// Users is User of each.
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

// Value returns the mask of a value that was masked before as a whole, else Text of it.
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

// Values is Value of each.
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

// Text returns a sentence without the people it speaks of: those that were masked
// before by their masks, and whatever else looks like an address, a number or an id
// without its letters.
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

// Field returns what a form shows of a value that stands now: that there is one.
func (m *Mask) Field(value string) string {
	if value == "" || !m.On() {
		return value
	}
	return Hidden
}

// IsPersonal reports whether a field of that name holds what the mask hides.
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

// learnNames teaches Text what a user is called in sentences.
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

// person is the number and the name of a user.
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
	switch { // what is empty stays so
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

// give notes the mask of a value, and teaches it to Text.
func (m *Mask) give(value, masked string) string {
	m.values[value] = masked
	m.phrases.add(clean.NewText(value).Display(), masked)
	return masked
}

// masked is the mask of a value: the one it has, else a new one.
func (m *Mask) masked(value string, mask func() string) string {
	if value == "" {
		return ""
	}
	if known, ok := m.values[value]; ok {
		return known
	}
	return m.give(value, mask())
}
