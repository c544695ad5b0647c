package user_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/api/wire"
	"frontdesk/tui"
	"frontdesk/tui/tuitest"
	"frontdesk/views/action"
	"frontdesk/views/user"
	"frontdesk/views/viewtest"
)

// laden returns a user with that many e-mail addresses and phone numbers, some of
// which are unusual.
func laden(now time.Time, mails, phones int) *api.User {
	u := &api.User{ID: clean.NewText("user_laden"), FirstName: clean.NewText("Ann"), LastName: clean.NewText("Laden"), ReadAt: now,
		CreatedAt: wire.Time{Time: now.AddDate(-1, 0, 0)}, LastSignInAt: wire.Time{Time: now.Add(-time.Hour)}}
	done := &api.Verification{Status: clean.NewText("verified"), Strategy: clean.NewText("email_code")}
	for i := range mails {
		e := api.EmailAddress{ID: clean.NewText(fmt.Sprint("idn_e", i)), EmailAddress: clean.NewText(fmt.Sprintf("ann.laden+%d@harborpine.example", i)),
			Verification: done, CreatedAt: wire.Time{Time: now.AddDate(0, -1, 0)}}
		if i%7 == 3 {
			e.Verification = nil
		}
		if i%1000 == 999 {
			e.EmailAddress = clean.NewText(fmt.Sprintf("аnn+%d@harborpine.example", i)) // a Cyrillic а
		}
		u.EmailAddresses = append(u.EmailAddresses, e)
	}
	for i := range phones {
		u.PhoneNumbers = append(u.PhoneNumbers, api.PhoneNumber{ID: clean.NewText(fmt.Sprint("idn_p", i)), PhoneNumber: clean.NewText(fmt.Sprintf("+1415555%04d", i)),
			Verification: done, CreatedAt: wire.Time{Time: now.AddDate(0, -1, 0)}})
	}
	if mails > 0 {
		u.PrimaryEmailAddressID = u.EmailAddresses[mails-1].ID // the last of them
	}
	if phones > 0 {
		u.PrimaryPhoneNumberID = u.PhoneNumbers[phones-1].ID
	}
	big := []byte(`{"note":"` + strings.Repeat("x", 8000) + `"}`)
	u.PublicMetadata, u.PrivateMetadata, u.UnsafeMetadata = big, big, big
	u.Body = []byte(`{"id":"user_laden","public_metadata":` + string(big) + `}`)
	return u
}

// BenchmarkDetailMany measures a key on a user with very many addresses: its action
// and the frame.
func BenchmarkDetailMany(b *testing.B) {
	now := tuitest.NewClock().Now()
	s := tui.Screen{Width: 120, Height: 37, Styles: tui.NewStyles(tuitest.Theme("colour")), Keys: viewtest.Keys(b), Now: now, Breadcrumb: []string{"Users", "someone"}}
	for name, u := range map[string]*api.User{"20000 mails": laden(now, 20_000, 0), "20000 phones": laden(now, 1, 20_000), "plain": laden(now, 2, 1)} {
		for _, tab := range []string{"overview", "contact", "security", "accounts", "metadata", "json"} {
			b.Run(name+"/"+tab, func(b *testing.B) {
				d := user.NewDetail(env(now), u)
				d.Init()
				find(b, d, "user.tab."+tab).Do()
				d.View(s)
				i := 0
				for b.Loop() {
					find(b, d, []string{"list.down", "list.down", "list.pagedown", "list.up"}[i%4]).Do()
					d.View(s)
					i++
				}
			})
		}
		b.Run(name+"/card", func(b *testing.B) {
			card := user.NewCard(env(now))
			for b.Loop() {
				card.Show(u)
				card.View(s)
			}
		})
		b.Run(name+"/menus", func(b *testing.B) {
			e := env(now)
			for b.Loop() {
				action.UserMenu(e, u)
			}
		})
	}
}

// BenchmarkOpenMany measures the first frame of the contact tab of such a user.
func BenchmarkOpenMany(b *testing.B) {
	now := tuitest.NewClock().Now()
	s := tui.Screen{Width: 120, Height: 37, Styles: tui.NewStyles(tuitest.Theme("colour")), Keys: viewtest.Keys(b), Now: now}
	u := laden(now, 20_000, 0)
	for b.Loop() {
		d := user.NewDetail(env(now), u)
		d.Init()
		find(b, d, "user.tab.contact").Do()
		d.View(s)
	}
}
