// Package person puts a user into words: status, verdict, times, the lines that
// tell two people of one name apart. Every string it returns is cleaned text.
//
// What may live here: words and their tones. What may not: layout, keys, calls.
package person

import (
	"time"

	"frontdesk/api"
	"frontdesk/tui"
)

// Status is a status as the list shows it: a shape, a word, a tone
// ("◐", "locked 47 min", warn). Extra is what follows dimly (" · MFA").
type Status struct {
	Shape, Word, Extra string
	Tone               tui.Tone
}

// StatusOf says how a user is at now.
func StatusOf(u *api.User, now time.Time) Status { panic("unwritten") }

// Ago is a time as the desk says it: "3 min ago", "2 h ago", "yesterday", "12 Nov",
// "12 Nov 2024", "never" for the zero time. Never wider than 11 cells.
func Ago(t, now time.Time) string { panic("unwritten") }

// Duration is a span in words: "47 min", "2 h 5 min", "3 days".
func Duration(d time.Duration) string { panic("unwritten") }

// Who are the strings that tell a person apart, name first: name, e-mail or
// phone, shortened id.
func Who(u *api.User) []string { panic("unwritten") }

// Phone writes an E.164 number as people read it ("+1 (415) 555-0142").
func Phone(e164 api.Text) string { panic("unwritten") }

// ShortID cuts an id in the middle ("user_2xk…9aQ").
func ShortID(id api.Text) string { panic("unwritten") }
