package search

import (
	"strings"
	"time"

	"frontdesk/api"
)

// splitShortID splits an id that is shortened in the middle, as screens show it
// ("user_2xk…9aQ1", "user_2xk...9aQ1"); ok is false for anything else.
func splitShortID(s string) (head, tail string, ok bool) {
	rest, begins := strings.CutPrefix(s, "user_")
	if !begins {
		return "", "", false
	}
	if head, tail, ok = strings.Cut(rest, "…"); !ok {
		head, tail, ok = strings.Cut(rest, "...")
	}
	odd := strings.ContainsFunc(head+tail, func(r rune) bool { return r != '_' && (r < '0' || r > '9') && (r|0x20 < 'a' || r|0x20 > 'z') })
	return "user_" + head, tail, ok && head+tail != "" && !odd
}

// parseShortID parses an id that is shortened in the middle. The server searches for the
// beginning unless it already searches for words; the end is matched here.
func (p *parser) parseShortID(t *Token, head, tail string) {
	t.Name, t.Meaning = "id", "user id "+head+"…"+tail
	sign := !t.Exclude
	if t.Exclude {
		t.Meaning = "not " + t.Meaning
	} else {
		t.Highlights = []Highlight{{ID, head}}
		p.idPrefix = head
	}
	t.needsScan = true
	t.matches = func(u *api.User, _ time.Time) bool {
		id := u.ID.Raw()
		return (len(id) >= len(head)+len(tail) && strings.HasPrefix(id, head) && strings.HasSuffix(id, tail)) == sign
	}
}
