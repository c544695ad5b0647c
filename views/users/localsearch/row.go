package localsearch

import (
	"fmt"
	"hash/fnv"
	"slices"
	"strings"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/api/input"
	"frontdesk/api/search"
	"frontdesk/views/userfmt"
)

// Row is a user as the list needs it: with the strings that are shown and looked
// in made once, when the user comes in, and not in every frame.
type Row struct {
	User *api.User
	ID   string // of an entry without one, something that is nobody's
	Name Field
	Mail Field
	// Others is what can be searched besides and is shown only where it matched.
	Others []Field
}

// Field is one searchable value of a user.
type Field struct {
	Shown string // cleaned, as people write it
	Fold  search.Folded
	Kind  search.Field // a phone number is compared by its digits too
}

func newField(kind search.Field, shown string) Field {
	return Field{Shown: shown, Fold: search.Fold(shown), Kind: kind}
}

func NewRow(u *api.User) *Row {
	r := &Row{User: u, ID: u.ID.Raw(), Name: newField(nameKind(u), userfmt.Name(u)), Mail: newField(search.Email, u.Email().Display())}
	if r.HasNoID() && u.Name().Empty() {
		r.Name = newField(search.Name, "(not readable)")
	}
	add := func(kind search.Field, t clean.Text) {
		if shown := t.Display(); shown != "" && shown != r.Name.Shown && shown != r.Mail.Shown {
			r.Others = append(r.Others, newField(kind, shown))
		}
	}
	for _, p := range u.PhoneNumbers {
		if shown := userfmt.Phone(p.PhoneNumber); shown != r.Name.Shown {
			r.Others = append(r.Others, newField(search.Phone, shown))
		}
	}
	add(search.Username, u.Username)
	for _, e := range u.EmailAddresses {
		add(search.Email, e.EmailAddress)
		add(search.Email, clean.NewText(input.OtherDomainForm(e.EmailAddress.Raw())))
	}
	for _, w := range u.Web3Wallets {
		add(search.Wallet, w.Web3Wallet)
	}
	add(search.ID, u.ID)
	add(search.ExternalID, u.ExternalID)
	// A name as two columns: what is typed may begin in the middle of the order.
	if full := strings.TrimSpace(u.FirstName.Display() + " " + u.LastName.Display()); full != r.Name.Shown && full != "" {
		r.Others = append(r.Others, newField(search.Name, full))
	}
	return r
}

// nameKind is which field a person without a name is called by.
func nameKind(u *api.User) search.Field {
	if userfmt.FullName(u) != "" {
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

// NewRows are the rows of one answer. Entries without an id are told apart by what
// is in them, and by how often that came before.
func NewRows(users []api.User) []*Row {
	out := make([]*Row, len(users))
	alike := map[uint64]int{}
	for i := range users {
		out[i] = NewRow(&users[i])
		if out[i].HasNoID() {
			sum := fnv.New64a()
			_, _ = sum.Write(users[i].Body) // a hash takes everything
			alike[sum.Sum64()]++
			out[i].ID = fmt.Sprintf("no id %x %d", sum.Sum64(), alike[sum.Sum64()])
		}
	}
	return out
}

// HasNoID says that the entry has no id: nobody can say who it is, and nothing can
// be done with it.
func (r *Row) HasNoID() bool { return r.User != nil && r.User.ID.Empty() }

// spans are the parts of the field in which the needle stands.
func (f Field) spans(n Needle) []Span {
	if n.field != search.Anywhere && n.field != f.Kind {
		return nil
	}
	if f.Kind == search.Phone {
		if at := n.digitSpans(f.Shown); at != nil {
			return at
		}
	}
	return n.spansIn(f.Fold)
}

// Hit is where what was looked for stands in a row.
type Hit struct {
	Name, Mail []Span
	Other      *Field // a field that is not shown, for what stands in neither of the two
	At         []Span // in other
}

// FindHits looks for each needle in what is shown, and for one that is not there in
// the rest. A row that the server found by its own rules may have none.
func (r *Row) FindHits(needles []Needle) Hit {
	var h Hit
	for _, n := range needles {
		if n.Folded == "" {
			continue
		}
		name, mail := r.Name.spans(n), r.Mail.spans(n)
		h.Name, h.Mail = append(h.Name, name...), append(h.Mail, mail...)
		for i := range r.Others {
			if name != nil || mail != nil || h.Other != nil {
				break
			}
			if at := r.Others[i].spans(n); at != nil {
				h.Other, h.At = &r.Others[i], at
			}
		}
	}
	h.Name, h.Mail = mergeSpans(h.Name), mergeSpans(h.Mail)
	return h
}

// MatchesExactly says that a field of the row is what is looked for, and not only has it.
func (r *Row) MatchesExactly(n Needle) bool {
	return slices.ContainsFunc(n.Highlights(), func(light Needle) bool {
		return slices.ContainsFunc(append([]Field{r.Name, r.Mail}, r.Others...), func(f Field) bool {
			if light.Digits != "" && f.Kind == search.Phone {
				all, _ := search.PhoneDigits(f.Shown)
				return all == light.Digits
			}
			return f.Fold.Text == light.Folded
		})
	})
}
