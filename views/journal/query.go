package journal

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"

	"frontdesk/api/journal"
)

// query is a parsed filter. An entry must match all filters and, if there are any states,
// one of them.
type query struct {
	text    string // as typed, trimmed
	filters []journal.Filter
	states  []string
	problem string // what is wrong with the text, "" if it is valid
}

// isEmpty reports whether the query selects everything.
func (q query) isEmpty() bool { return len(q.filters) == 0 && len(q.states) == 0 }

// base returns the filter that the journal itself applies, so that it can stop at an age.
func (q query) base() journal.Filter {
	var f journal.Filter
	for _, one := range q.filters {
		if one.Since.After(f.Since) {
			f.Since = one.Since
		}
	}
	return f
}

func (q query) matches(e journal.Entry) bool {
	for _, f := range q.filters {
		if !f.Match(e) {
			return false
		}
	}
	for _, s := range q.states {
		if e.State() != s {
			return false
		}
	}
	return true
}

// parseQuery parses words, which match anything in a record, and tokens named like the flags
// of `frontdesk journal show`.
func parseQuery(typed string, now time.Time) query {
	q := query{text: strings.TrimSpace(typed)}
	for _, word := range splitWords(typed) {
		name, value, isToken := strings.Cut(word, ":")
		f := journal.Filter{}
		switch strings.ToLower(name) {
		case "by":
			f.By = value
		case "op":
			f.Operation = value
		case "user":
			f.User = value
		case "on":
			f.Instance = value
		case "since":
			var ok bool
			if f.Since, ok = parseSince(value, now); !ok && value != "" {
				q.problem = fmt.Sprintf("“since:%s” is not valid: use an age like 30m, 8h or 7d, or a date like 2026-11-30", value)
			}
		case "is":
			state, ok := parseState(value)
			if !ok && value != "" {
				q.problem = fmt.Sprintf("“is:%s” is not valid: use is:done, is:refused, is:unknown, is:gone, is:partly or is:open", value)
			} else if ok {
				q.states = append(q.states, state)
			}
			continue
		default:
			isToken = false
		}
		switch {
		case !isToken:
			f = journal.Filter{Text: word}
		case value == "":
			continue // still being typed
		}
		q.filters = append(q.filters, f)
	}
	return q
}

// splitWords splits at spaces outside quotation marks, which it removes.
func splitWords(s string) []string {
	var words []string
	var word strings.Builder
	isQuoted := false
	end := func() {
		if word.Len() > 0 {
			words = append(words, word.String())
			word.Reset()
		}
	}
	for _, r := range s {
		switch {
		case strings.ContainsRune("\"“”„", r):
			isQuoted = !isQuoted
		case unicode.IsSpace(r) && !isQuoted:
			end()
		default:
			word.WriteRune(r)
		}
	}
	end()
	return words
}

func parseState(word string) (state string, ok bool) {
	state, ok = map[string]string{
		"done": journal.OK, "ok": journal.OK, "refused": journal.Denied, "unknown": journal.Unknown, "gone": journal.AlreadyGone,
		"partly": journal.Partly, "open": openState,
	}[strings.ToLower(word)]
	return state, ok
}

// openState is the Entry.State of an intent without an outcome.
const openState = "open"

// parseSince parses an age (90s, 30m, 8h, 7d, 2w) or a date in the time zone of now.
func parseSince(typed string, now time.Time) (time.Time, bool) {
	if age := regexp.MustCompile(`^([0-9]{1,6})([smhdw])$`).FindStringSubmatch(typed); age != nil {
		n, _ := strconv.Atoi(age[1])
		unit := map[string]time.Duration{"s": time.Second, "m": time.Minute, "h": time.Hour, "d": 24 * time.Hour, "w": 7 * 24 * time.Hour}[age[2]]
		return now.Add(-time.Duration(n) * unit), true
	}
	if typed == "today" {
		y, m, d := now.Date()
		return time.Date(y, m, d, 0, 0, 0, 0, now.Location()), true
	}
	day, err := time.ParseInLocation(time.DateOnly, typed, now.Location())
	return day, err == nil
}
