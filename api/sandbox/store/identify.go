package store

import "strings"

// An identification is one row of that table.
type identification struct {
	kind  int
	value string // folded; "" for kindOther
	id    string // "" for usernames and external ids
}

var kindNames = map[int]string{
	kindEmail: "email_address", kindPhone: "phone_number", kindUsername: "username",
	kindWallet: "web3_wallet", kindExternalID: "external_id",
}

// identifications are all that u owns, each once, in a stable order.
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

// words are the columns of the text index, all folded, and the two names that
// make up the first of them. They are a function of the record alone: the index
// keeps no copy and must be told the same words again to forget them, so a
// change here needs a new schemaVersion.
type words struct{ first, last, name, email, phone, username, wallet string }

func wordsOf(u *User) words {
	first, last := foldText(u.FirstName), foldText(u.LastName)
	return words{
		first: first, last: last, name: nameOf(first, last),
		email:    joined(len(u.Emails), func(i int) (string, bool) { return u.Emails[i].Address, u.Emails[i].ID == u.PrimaryEmailID }),
		phone:    phonesOf(u),
		username: foldText(u.Username),
		wallet:   joined(len(u.Wallets), func(i int) (string, bool) { return u.Wallets[i].Address, u.Wallets[i].ID == u.PrimaryWalletID }),
	}
}

// nameOf is the whole name as one text, so that a search finds "maya ok" across
// the gap, and for ideographic names also as their owners write it.
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
	return joined(len(u.Phones), func(i int) (string, bool) {
		return foldPhone(u.Phones[i].Number), u.Phones[i].ID == u.PrimaryPhoneID
	})
}

// joined puts values on lines, the primary one first, folded.
func joined(n int, at func(int) (value string, primary bool)) string {
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
