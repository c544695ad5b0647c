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

// Row is a user with the strings that are shown and searched, prepared once when the
// user is read instead of in every frame.
type Row struct {
	User *api.User
	ID   string // made up for an entry without one
	Name Field
	Mail Field
	// Others are the other searchable fields, shown only if they match.
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

// NewRow prepares a user.
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
	// First and last name in the other order may match too.
	if full := strings.TrimSpace(u.FirstName.Display() + " " + u.LastName.Display()); full != r.Name.Shown && full != "" {
		r.Others = append(r.Others, newField(search.Name, full))
	}
	return r
}

// nameKind returns which field is shown as the user's name.
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

// NewRows prepares the users of one answer. An entry without an id gets one made of
// its content and how often that occurred before.
func NewRows(users []api.User) []*Row {
	out := make([]*Row, len(users))
	alike := map[uint64]int{}
	for i := range users {
		out[i] = NewRow(&users[i])
		if out[i].HasNoID() {
			sum := fnv.New64a()
			_, _ = sum.Write(users[i].Body) // a hash.Hash never returns an error
			alike[sum.Sum64()]++
			out[i].ID = fmt.Sprintf("no id %x %d", sum.Sum64(), alike[sum.Sum64()])
		}
	}
	return out
}

// HasNoID reports whether the server returned the entry without an id: nothing can be
// done with it.
func (r *Row) HasNoID() bool { return r.User != nil && r.User.ID.Empty() }

// spans returns where the needle is found in the field.
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

// Hit is where a row matched.
type Hit struct {
	Name, Mail []Span
	Other      *Field // a field that is not shown, if the match is in neither Name nor Mail
	At         []Span // in Other
}

// FindHits finds each needle in the fields that are shown, else in the others. It may
// find none in a row that the server found by its own rules.
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

// MatchesExactly reports whether a field of the row equals the needle.
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
