package search

import "frontdesk/api/input"

// Digits are the digits of what can be read as a phone number or a part of one, as
// the service keeps them; see [input.ReadPhone].
func Digits(typed string) (digits string, ok bool) {
	phone, err := input.ReadPhone(typed)
	return phone.Digits, err == nil
}
