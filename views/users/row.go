package users

import (
	"strings"

	"frontdesk/api"
	"frontdesk/views/person"
)

// row is a user as the list needs it: with the strings that are shown and looked
// in made once, when the user comes in, and not in every frame.
type row struct {
	user *api.User
	id   string
	name field
	mail field
	// more is what can be searched besides and is shown only where it matched.
	more []field
}

// field is one searchable value of a user.
type field struct {
	shown string // cleaned, as people write it
	fold  folded
	phone bool // is compared by its digits too
}

func newField(shown string) field { return field{shown: shown, fold: fold(shown)} }

func newRow(u *api.User) *row {
	r := &row{user: u, id: u.ID.Raw(), name: newField(person.Name(u)), mail: newField(u.Email().Display())}
	add := func(t api.Text) {
		if shown := t.Display(); shown != "" && shown != r.name.shown && shown != r.mail.shown {
			r.more = append(r.more, newField(shown))
		}
	}
	for _, p := range u.PhoneNumbers {
		f := newField(person.Phone(p.PhoneNumber))
		f.phone = true
		r.more = append(r.more, f)
	}
	add(u.Username)
	for _, e := range u.EmailAddresses {
		add(e.EmailAddress)
	}
	for _, w := range u.Web3Wallets {
		add(w.Web3Wallet)
	}
	add(u.ID)
	add(u.ExternalID)
	// A name as two columns: what is typed may begin in the middle of the order.
	if full := strings.TrimSpace(u.FirstName.Display() + " " + u.LastName.Display()); full != r.name.shown && full != "" {
		r.more = append(r.more, newField(full))
	}
	return r
}

func newRows(users []api.User) []*row {
	out := make([]*row, len(users))
	for i := range users {
		out[i] = newRow(&users[i])
	}
	return out
}

// in are the parts of the field in which the needle stands.
func (f field) in(n needle) []span {
	if f.phone {
		if at := n.digitsIn(f.shown); at != nil {
			return at
		}
	}
	return n.found(f.fold)
}

// hit is where a needle stands in a row.
type hit struct {
	name, mail []span
	other      *field // a field that is not shown, where neither of the two matched
	at         []span // in other
}

// hits looks for the needle in what is shown, and where it is not there, in the
// rest. A row that the server found by its own rules may have none.
func (r *row) hits(n needle) hit {
	if n.empty() {
		return hit{}
	}
	h := hit{name: r.name.in(n), mail: r.mail.in(n)}
	if h.name != nil || h.mail != nil {
		return h
	}
	for i := range r.more {
		if at := r.more[i].in(n); at != nil {
			h.other, h.at = &r.more[i], at
			return h
		}
	}
	return h
}
