package users

import (
	"strings"

	"frontdesk/api"
	"frontdesk/api/search"
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
	fold  search.Folded
	kind  search.Field // a phone number is compared by its digits too
}

func newField(kind search.Field, shown string) field {
	return field{shown: shown, fold: search.Fold(shown), kind: kind}
}

func newRow(u *api.User) *row {
	r := &row{user: u, id: u.ID.Raw(), name: newField(named(u), person.Name(u)), mail: newField(search.Email, u.Email().Display())}
	add := func(kind search.Field, t api.Text) {
		if shown := t.Display(); shown != "" && shown != r.name.shown && shown != r.mail.shown {
			r.more = append(r.more, newField(kind, shown))
		}
	}
	for _, p := range u.PhoneNumbers {
		if shown := person.Phone(p.PhoneNumber); shown != r.name.shown {
			r.more = append(r.more, newField(search.Phone, shown))
		}
	}
	add(search.Username, u.Username)
	for _, e := range u.EmailAddresses {
		add(search.Email, e.EmailAddress)
	}
	for _, w := range u.Web3Wallets {
		add(search.Wallet, w.Web3Wallet)
	}
	add(search.ID, u.ID)
	add(search.External, u.ExternalID)
	// A name as two columns: what is typed may begin in the middle of the order.
	if full := strings.TrimSpace(u.FirstName.Display() + " " + u.LastName.Display()); full != r.name.shown && full != "" {
		r.more = append(r.more, newField(search.Name, full))
	}
	return r
}

// named is which field a person without a name is called by.
func named(u *api.User) search.Field {
	if person.FullName(u) != "" {
		return search.Name
	}
	switch u.Name() {
	case u.ID:
		return search.ID
	case u.Phone():
		return search.Phone
	case u.Email():
		return search.Email
	case u.Username:
		return search.Username
	}
	return search.Name
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
	if n.field != search.Anywhere && n.field != f.kind {
		return nil
	}
	if f.kind == search.Phone {
		if at := n.digitsIn(f.shown); at != nil {
			return at
		}
	}
	return n.found(f.fold)
}

// hit is where what was looked for stands in a row.
type hit struct {
	name, mail []span
	other      *field // a field that is not shown, for what stands in neither of the two
	at         []span // in other
}

// hits looks for each needle in what is shown, and for one that is not there in
// the rest. A row that the server found by its own rules may have none.
func (r *row) hits(needles []needle) hit {
	var h hit
	for _, n := range needles {
		if n.folded == "" {
			continue
		}
		name, mail := r.name.in(n), r.mail.in(n)
		h.name, h.mail = append(h.name, name...), append(h.mail, mail...)
		for i := range r.more {
			if name != nil || mail != nil || h.other != nil {
				break
			}
			if at := r.more[i].in(n); at != nil {
				h.other, h.at = &r.more[i], at
			}
		}
	}
	h.name, h.mail = joined(h.name), joined(h.mail)
	return h
}
