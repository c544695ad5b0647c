package user

import (
	"frontdesk/api"
	"frontdesk/views/userfmt"
)

// How many parts of a kind are shown where there is no room for all; a tab has the
// rest.
const (
	maxOnOverview = 8 // on the Overview tab
	maxOnCard     = 6 // on the card
	maxFindings   = 8 // findings
)

// firstIndices returns which of n parts to show where there is room for most: the
// first ones, or the primary one and the first ones. more is how many are left out,
// never exactly one: its line would take as much room as the part.
func firstIndices(n, most int, primary func(i int) bool) (shown []int, more int) {
	if n <= most+1 {
		most = n
	}
	for i := range n {
		if i >= most && primary(i) {
			shown = append([]int{i}, shown[:most-1]...)
			break
		}
		if i < most {
			shown = append(shown, i)
		}
	}
	return shown, n - len(shown)
}

func firstEmails(u *api.User, most int) (shown []int, more int) {
	return firstIndices(len(u.EmailAddresses), most, func(i int) bool {
		id := u.EmailAddresses[i].ID
		return id == u.PrimaryEmailAddressID && !id.Empty()
	})
}

func firstPhones(u *api.User, most int) (shown []int, more int) {
	return firstIndices(len(u.PhoneNumbers), most, func(i int) bool {
		id := u.PhoneNumbers[i].ID
		return id == u.PrimaryPhoneNumberID && !id.Empty()
	})
}

// addMore says how many are left out, and where they are shown.
func (p *sheet) addMore(n int, where string) {
	if n > 0 {
		p.add(p.dim("and " + userfmt.Number(n) + " more" + where))
	}
}
