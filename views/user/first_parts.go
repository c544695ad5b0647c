package user

import "frontdesk/api"

// Where only the foremost of a person's parts are shown, so many of a kind are;
// the tab of their own has all.
const (
	maxOnOverview = 8 // on the overview
	maxOnCard     = 6 // in the preview
	maxFindings   = 8 // things worth a look
)

// firstIndices are the numbers of those of n that are shown where there is room for
// most: the first ones, and before them the primary one if it is none of those.
// more is how many are left out. One line is no shorter for saying that it is not there.
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

// addMore says how many of a kind are left out, and where they are.
func (p *sheet) addMore(n int, where string) {
	if n > 0 {
		p.add(p.dim("and " + comma(n) + " more" + where))
	}
}
