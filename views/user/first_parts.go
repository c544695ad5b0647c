package user

import "frontdesk/api"

// How many of a kind are shown where there is no room for all; a tab has the rest.
const (
	maxOnOverview = 8 // on the overview
	maxOnCard     = 6 // in the preview
	maxFindings   = 8 // things worth a look
)

// firstIndices returns which of n parts to show where there is room for most: the
// first ones, with the primary one in front if it is not among them. more is how
// many are left out; a single one never is.
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

// addMore says how many are left out, and where they are.
func (p *sheet) addMore(n int, where string) {
	if n > 0 {
		p.add(p.dim("and " + comma(n) + " more" + where))
	}
}
