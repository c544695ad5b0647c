package wording

import (
	"fmt"
	"strings"
	"time"

	"frontdesk/api"
	"frontdesk/tui"
	"frontdesk/views/userfmt"
)

// MaxNamesakes is how many others of the same name are described.
const MaxNamesakes = 2

// Namesakes says how many others have the name, and what tells the first of them apart,
// one line each.
func Namesakes(name string, n int, atLeast bool, lines []string) *tui.Namesakes {
	if n == 0 && !atLeast {
		return &tui.Namesakes{Lines: []string{"nobody else is called " + name}, Rows: 1}
	}
	if n == 0 {
		return NamesakesUnknown(name)
	}
	says := fmt.Sprintf("%s %s called %s", userfmt.Count(n, "other"), verb(n, "is", "are"), name)
	if atLeast {
		says = "at least " + says
	}
	return &tui.Namesakes{Lines: append([]string{says}, lines...), Rows: 1 + len(lines), Tone: tui.ToneWarn}
}

// NamesakesSought is said while they are looked up.
func NamesakesSought(name string) *tui.Namesakes {
	return &tui.Namesakes{Lines: []string{"looking for others called " + name + " …"}, Rows: 1}
}

// NamesakesUnknown is said if they could not be looked up, or not all of them.
func NamesakesUnknown(name string) *tui.Namesakes {
	return &tui.Namesakes{Lines: []string{"whether others are called " + name + " is not known"}, Rows: 1, Tone: tui.ToneWarn}
}

// Namesake describes one of them by what tells people of the same name apart.
func Namesake(u *api.User, organizations []string, now time.Time) string {
	address := ""
	if who := userfmt.Identify(u); len(who) > 1 {
		address = who[1]
	}
	joined := ""
	if label, when := userfmt.JoinedAt(u, now); label != "" {
		joined = label + " " + when
	}
	return Dotted(address, strings.Join(organizations, ", "), joined)
}
