package ops

import (
	"context"
	"slices"
	"strings"
	"time"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/api/wire"
)

// contact lists the operations on e-mail addresses and phone numbers, four of each.
func contact() []Operation {
	email := identifier{
		part: PartEmail, field: "email_address", an: "an ", check: checkEmail, tidy: canonicalEmail,
		primary: func(u *api.User) clean.Text { return u.PrimaryEmailAddressID },
		create: func(ctx context.Context, c *api.Client, r Request) error {
			_, err := c.CreateEmailAddress(ctx, api.NewEmailAddress{UserID: wire.Set(r.UserID.Raw()),
				EmailAddress: r.text("email_address"), Verified: r.flag("verified"), Primary: r.flag("primary")})
			return err
		},
		update: func(ctx context.Context, c *api.Client, id clean.Text, verified, primary wire.Optional[bool]) error {
			_, err := c.UpdateEmailAddress(ctx, id, api.EmailAddressChange{Verified: verified, Primary: primary})
			return err
		},
		remove: (*api.Client).DeleteEmailAddress,
	}
	phone := identifier{
		part: PartPhone, field: "phone_number", an: "a ", check: checkPhone, tidy: canonicalPhone, alsoAt: []Part{PartSMS},
		primary: func(u *api.User) clean.Text { return u.PrimaryPhoneNumberID },
		create: func(ctx context.Context, c *api.Client, r Request) error {
			_, err := c.CreatePhoneNumber(ctx, api.NewPhoneNumber{UserID: wire.Set(r.UserID.Raw()),
				PhoneNumber: wire.Set(canonicalPhone(r.Values["phone_number"])), Verified: r.flag("verified"), Primary: r.flag("primary")})
			return err
		},
		update: func(ctx context.Context, c *api.Client, id clean.Text, verified, primary wire.Optional[bool]) error {
			_, err := c.UpdatePhoneNumber(ctx, id, api.PhoneNumberChange{Verified: verified, Primary: primary})
			return err
		},
		remove: (*api.Client).DeletePhoneNumber,
	}
	return slices.Concat(email.operations(), phone.operations())
}

// identifier describes one kind of contact.
type identifier struct {
	part  Part
	field string // the field's name on the wire, also used in the operations' ids
	an    string // the article
	check func(string) string
	// tidy returns the value in the form in which it is sent and stored.
	tidy    func(string) string
	primary func(*api.User) clean.Text
	// alsoAt are other parts that show this contact.
	alsoAt []Part
	create func(ctx context.Context, c *api.Client, r Request) error
	update func(ctx context.Context, c *api.Client, id clean.Text, verified, primary wire.Optional[bool]) error
	remove func(c *api.Client, ctx context.Context, id clean.Text) (*api.Deleted, error)
}

func (i identifier) operations() []Operation {
	return []Operation{i.add(), i.verify(), i.makePrimary(), i.delete()}
}

func (i identifier) add() Operation {
	noun := i.part.String()
	return Operation{
		ID: "create_" + i.field, Title: "Add " + noun, Verb: "Add",
		Doing: "Adding " + i.an + noun, Done: "Added " + i.an + noun, Preposition: "to",
		Group: GroupContact, Tier: T2,
		Effects: func(s Subject) []string {
			return nonEmpty("adds "+i.an+noun+" to the account",
				choose(s.Values["verified"] == yes, "marks it as verified on your word, without a code", "it stays unverified until the user confirms it"),
				i.promotionEffect(s), i.replacedPrimary(s))
		},
		Conflict: i.conflict,
		Escalations: []Escalation{{Fields: []string{"verified", "primary"}, Value: yes,
			Checklist: callerChecks("they have this " + noun + " and gave it to you themselves")}},
		WayBack: "Remove " + noun, RemovedBy: "delete_" + i.field, NewPart: i.find, WhyNot: always,
		Fields: []Field{
			{Name: i.field, Label: upperFirst(noun), Required: true, Check: i.check, Canonical: i.tidy},
			{Name: "verified", Label: "Verified", Kind: FieldChoice, Choices: yesNo(), Hint: "yes: you vouch for it"},
			{Name: "primary", Label: "Primary", Kind: FieldChoice, Choices: yesNo()},
		},
		Call: func(ctx context.Context, c *api.Client, r Request) (*api.User, error) {
			return nil, i.create(ctx, c, r)
		},
		Retry: RetryReadBack,
		Applied: func(_, after *api.User, r Request) bool {
			return slices.ContainsFunc(i.part.Items(after), func(item Item) bool {
				return strings.EqualFold(item.Label.Raw(), i.tidy(r.Values[i.field]))
			})
		},
		State: partState(i.part),
	}
}

// find returns the contact that a request to add one added.
func (i identifier) find(after *api.User, r Request) clean.Text {
	for _, item := range i.part.Items(after) {
		if strings.EqualFold(item.Label.Raw(), i.tidy(r.Values[i.field])) {
			return item.ID
		}
	}
	return clean.Text{}
}

// addAgain returns the request that adds a removed contact again, unverified.
func (i identifier) addAgain(before *api.User, r Request) (Request, bool) {
	item, there := i.part.Find(before, r.PartID)
	return Request{UserID: r.UserID, Values: map[string]string{i.field: item.Label.Raw()}}, there
}

// isFirst reports whether the user has no contact of this kind yet. The first one becomes
// primary, verified or not.
func (i identifier) isFirst(s Subject) bool { return s.User != nil && i.part.Count(s.User) == 0 }

// hasPart reports whether so is true for one of the user's contacts.
func (i identifier) hasPart(u *api.User, so func(at int) bool) bool {
	for at := range i.part.Count(u) {
		if so(at) {
			return true
		}
	}
	return false
}

// conflict returns what the server would refuse: an unverified contact cannot replace the
// primary one.
func (i identifier) conflict(s Subject) (field, what string) {
	if s.Values["primary"] != yes || s.Values["verified"] == yes || s.User == nil || i.isFirst(s) {
		return "", ""
	}
	return "primary", "only a verified " + i.part.String() + " can be primary: set Verified to yes, or this to no"
}

// promotionEffect returns how adding the contact affects which one is primary.
func (i identifier) promotionEffect(s Subject) string {
	noun := i.part.String()
	switch _, refused := i.conflict(s); {
	case refused != "":
		return "will be refused: only a verified " + noun + " can be primary"
	case s.Values["primary"] == yes:
		return "makes it the primary " + noun
	case i.isFirst(s):
		return "becomes the primary " + noun + ", as the first one"
	}
	return ""
}

// replacedPrimary is primaryChange for a contact that is being added as primary.
func (i identifier) replacedPrimary(s Subject) string {
	to := s.Values[i.field]
	if _, refused := i.conflict(s); refused != "" || s.Values["primary"] != yes || i.check(to) != "" {
		return ""
	}
	return i.primaryChange(s, clean.NewText(i.tidy(to)).Display())
}

// primaryChange returns which contact is primary now and will be, "" if none is.
func (i identifier) primaryChange(s Subject, to string) string {
	if s.User == nil || to == "" {
		return ""
	}
	now, there := i.part.Find(s.User, i.primary(s.User))
	return choose(there && now.Name() != to, "primary "+i.part.String()+": "+now.Name()+" → "+to, "")
}

func (i identifier) labelOf(s Subject) string {
	item, there := i.part.Find(s.userOrEmpty(), s.PartID)
	return choose(there, item.Name(), "")
}

func (i identifier) verify() Operation {
	noun := i.part.String()
	return Operation{
		ID: "verify_" + i.field, Title: "Verify " + noun, Verb: "Verify",
		Doing: "Verifying " + i.an + noun, Done: "Verified " + i.an + noun, Preposition: "of",
		Group: GroupContact, Part: i.part, Tier: T3, GivesAccess: true,
		Effects: func(s Subject) []string {
			return []string{"marks " + partPhrase(i.part, s) + " as verified on your word, without a code"}
		},
		Checklist: callerChecks("they have this " + noun + " and gave it to you themselves"),
		WhyNot:    hasPart(i.part),
		WhyNotPart: func(u *api.User, id clean.Text, _ time.Time) string {
			return choose(i.part.isVerified(u, id), "already verified", "")
		},
		HasEligiblePart: func(u *api.User) bool { return i.hasPart(u, func(at int) bool { return !i.part.isVerifiedAt(u, at) }) },
		Call: func(ctx context.Context, c *api.Client, r Request) (*api.User, error) {
			return nil, i.update(ctx, c, r.PartID, wire.Set(true), wire.Optional[bool]{})
		},
		Retry:   RetryReadBack,
		Applied: func(_, after *api.User, r Request) bool { return i.part.isVerified(after, r.PartID) },
		State:   partState(i.part),
	}
}

func (i identifier) makePrimary() Operation {
	noun := i.part.String()
	id := "set_primary_" + i.field
	return Operation{
		ID: id, Title: "Make " + noun + " primary", Verb: "Make primary",
		Doing: "Making another " + noun + " primary", Done: "Made another " + noun + " primary", Preposition: "for",
		Group: GroupContact, Part: i.part, Tier: T3, GivesAccess: true,
		Effects: func(s Subject) []string {
			return nonEmpty("makes "+partPhrase(i.part, s)+" the primary one", i.primaryChange(s, i.labelOf(s)))
		},
		Checklist: callerChecks("they asked for this " + noun + " to be the primary one"),
		WayBack:   "Make the previous " + noun + " primary", Inverse: id,
		UndoRequest: func(before *api.User, r Request) (Request, bool) {
			earlier := i.primary(before)
			return Request{UserID: r.UserID, PartID: earlier}, !earlier.Empty()
		},
		WhyNot: hasPart(i.part),
		WhyNotPart: func(u *api.User, id clean.Text, _ time.Time) string {
			if i.primary(u) == id {
				return "already primary"
			}
			return choose(i.part.isVerified(u, id), "", "not verified; only a verified one can be primary")
		},
		HasEligiblePart: func(u *api.User) bool {
			first := i.primary(u)
			return i.hasPart(u, func(at int) bool { return i.part.isVerifiedAt(u, at) && i.part.At(u, at).ID != first })
		},
		Call: func(ctx context.Context, c *api.Client, r Request) (*api.User, error) {
			return nil, i.update(ctx, c, r.PartID, wire.Optional[bool]{}, wire.Set(true))
		},
		Retry:   RetryReadBack,
		Applied: func(_, after *api.User, r Request) bool { return i.primary(after) == r.PartID },
		State: func(u *api.User, _ time.Time) string {
			item, there := i.part.Find(u, i.primary(u))
			return choose(there, item.Name()+" is primary", "none is primary")
		},
	}
}

func (i identifier) delete() Operation {
	noun := i.part.String()
	return removal(i.part, Operation{
		ID: "delete_" + i.field, Title: "Remove " + noun, Verb: "Remove",
		Doing: "Removing " + i.an + noun, Done: "Removed " + i.an + noun, Preposition: "from",
		Group: GroupContact, RelatedParts: i.alsoAt,
		Effects: func(s Subject) []string {
			return nonEmpty("removes "+partPhrase(i.part, s)+" from the account",
				choose(s.User != nil && !s.PartID.Empty() && i.primary(s.User) == s.PartID, "it is the primary "+noun, ""),
				choose(i.part == PartPhone && asksBySMS(s), "it is used for SMS codes as a second factor", ""),
				"fails if the account needs it")
		},
		WayBack: "Add " + noun + " again", AddedBy: "create_" + i.field, UndoRequest: i.addAgain,
		UndoCaveat: "comes back unverified and not as the primary one, unless you say so here",
	}, func(ctx context.Context, c *api.Client, r Request) error {
		_, err := i.remove(c, ctx, r.PartID)
		return err
	})
}

// asksBySMS reports whether the subject's phone number is a second factor.
func asksBySMS(s Subject) bool {
	return s.User != nil && slices.ContainsFunc(s.User.PhoneNumbers, func(p api.PhoneNumber) bool {
		return p.ID == s.PartID && p.ReservedForSecondFactor
	})
}
