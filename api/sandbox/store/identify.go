package store

import "strings"

// An identification is a row of the table identifications.
type identification struct {
	kind  int
	value string // folded; "" for kindOther
	id    string // "" for usernames and external ids
}

var kindNames = map[int]string{
	kindEmail: "email_address", kindPhone: "phone_number", kindUsername: "username",
	kindWallet: "web3_wallet", kindExternalID: "external_id",
}

// identifications returns what u owns, without duplicates, in a stable order.
func identifications(u *User) []identification {
	all := make([]identification, 0, 8)
	add := func(kind int, value, id string) {
		if value == "" && (kind != kindOther || id == "") {
			return
		}
		i := identification{kind, value, id}
		for _, have := range all {
			if have == i || have.kind == kind && kind < kindAccount && have.value == value {
				return
			}
		}
		all = append(all, i)
	}
	for _, e := range u.Emails {
		add(kindEmail, foldEmail(e.Address), e.ID)
	}
	for _, p := range u.Phones {
		add(kindPhone, foldPhone(p.Number), p.ID)
	}
	add(kindUsername, foldEmail(u.Username), "")
	for _, w := range u.Wallets {
		add(kindWallet, foldWallet(w.Address), w.ID)
	}
	add(kindExternalID, u.ExternalID, "")
	for _, x := range u.External {
		add(kindAccount, account(x.Provider, x.ProviderUserID), x.ID)
		add(kindOther, "", x.IdentificationID)
	}
	for _, p := range u.Passkeys {
		add(kindOther, "", p.ID)
	}
	for _, x := range u.Enterprise {
		add(kindOther, "", x.ID)
	}
	if u.TOTP != nil {
		add(kindOther, "", u.TOTP.ID)
	}
	return all
}

func account(provider, id string) string { return provider + "\n" + id }

// searchWords are the columns of the text index, folded, with both names in the first.
// They depend on the record alone: the index keeps no copy and needs the same words again
// to delete them, so a change here needs a new schemaVersion.
type searchWords struct{ first, last, name, email, phone, username, wallet string }

func searchWordsOf(u *User) searchWords {
	first, last := foldText(u.FirstName), foldText(u.LastName)
	return searchWords{
		first: first, last: last, name: nameOf(first, last),
		email:    joinLines(len(u.Emails), func(i int) (string, bool) { return u.Emails[i].Address, u.Emails[i].ID == u.PrimaryEmailID }),
		phone:    phonesOf(u),
		username: foldText(u.Username),
		wallet:   joinLines(len(u.Wallets), func(i int) (string, bool) { return u.Wallets[i].Address, u.Wallets[i].ID == u.PrimaryWalletID }),
	}
}

// nameOf returns the whole name as one text, so that a search finds "maya ok" across the
// space, and ideographic names also as their owners write them.
func nameOf(first, last string) string {
	switch {
	case first == "":
		return last
	case last == "":
		return first
	case ideographic(first) || ideographic(last):
		return first + " " + last + "\n" + last + first
	}
	return first + " " + last
}

func phonesOf(u *User) string {
	return joinLines(len(u.Phones), func(i int) (string, bool) {
		return foldPhone(u.Phones[i].Number), u.Phones[i].ID == u.PrimaryPhoneID
	})
}

// joinLines returns the folded values on a line each, the primary one first.
func joinLines(n int, at func(int) (value string, primary bool)) string {
	if n == 1 {
		v, _ := at(0)
		return foldText(v)
	}
	first, rest := "", []string{}
	for i := range n {
		v, primary := at(i)
		if primary && first == "" {
			first = foldText(v)
		} else {
			rest = append(rest, foldText(v))
		}
	}
	if first != "" {
		rest = append([]string{first}, rest...)
	}
	return strings.Join(rest, "\n")
}
