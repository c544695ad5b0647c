package user_test

import (
	"testing"

	"frontdesk/api/sandbox/store"
	"frontdesk/views/viewtest"
)

func TestDetail_ShowsAnASCIIDomainInLettersToo(t *testing.T) {
	b := viewtest.New(t)
	b.EditUser(b.FindUser("Daniel Reyes"), func(u *store.User) { u.Emails[0].Address = "info@xn--mnchen-3ya.example" })
	d, _ := open(t, b, "info@xn--mnchen-3ya.example")
	d.Has("info@xn--mnchen-3ya.example", "reads as info@münchen.example")
	d.Press("]")
	d.Has("E-MAIL ADDRESSES", "info@xn--mnchen-3ya.example", "reads as info@münchen.example")
	d.Lacks("mixes alphabets")
	d.Press("b")
	d.Has("reads as info@münchen.example")

	b = viewtest.New(t)
	b.EditUser(b.FindUser("Daniel Reyes"), func(u *store.User) { u.Emails[0].Address = "info@xn--pne-jhd.example" }) // a Cyrillic letter in "pine"
	d, _ = open(t, b, "info@xn--pne-jhd.example")
	d.Press("]")
	d.Has("mixes alphabets: it may imitate another address")
}
