package search

import "frontdesk/api/input"

// PhoneDigits returns the digits of what can be read as a phone number or a part of one,
// as the service keeps them; see [input.ReadPhone].
func PhoneDigits(typed string) (digits string, ok bool) {
	phone, err := input.ParsePhone(typed)
	return phone.Digits, err == nil
}
