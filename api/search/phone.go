package search

import "frontdesk/api/input"

// PhoneDigits returns the digits that Clerk stores for a text that can be read as a phone
// number or a part of one; see [input.ParsePhone].
func PhoneDigits(typed string) (digits string, ok bool) {
	phone, err := input.ParsePhone(typed)
	return phone.Digits, err == nil
}
