package input

import (
	"encoding/csv"
	"fmt"
	"slices"
	"strings"

	"frontdesk/api/clean"
)

var (
	bulletPrefix = pattern(`^(?:[-*+•–—·‣]|[0-9]{1,4}[.)]) +`)
	plusNumber   = pattern(`^\+ *[0-9(]`)
)

// ParseList parses a list of people, one per line, as editors, mail programs and
// spreadsheets write it: any encoding that DecodeText knows, empty lines, comments after
// #, a header, bullets, quotes, and a comma or semicolon at the end. From a line with
// several columns it takes the one that identifies a person, preferably an id. If two do,
// it returns an error with the line number.
func ParseList(raw []byte) ([]string, error) {
	text, err := DecodeText(raw)
	if err != nil {
		return nil, err
	}
	var people []string
	first := true
	for i, line := range strings.Split(text, "\n") {
		columns := strings.Split(line, "\t")
		for i := range columns {
			columns[i], _ = clean.Normalize(columns[i])
		}
		line = trimLine(strings.Join(columns, "\t"))
		if line == "" {
			continue
		}
		header := first && isHeader(line)
		if first = false; header {
			continue
		}
		one, err := personOf(line)
		if err != nil {
			return nil, fmt.Errorf("line %d %w", i+1, err)
		}
		people = append(people, one)
	}
	return people, nil
}

// trimLine returns a line without comment, bullet and surrounding characters.
func trimLine(line string) string {
	line = strings.TrimSpace(line)
	if strings.HasPrefix(line, "#") {
		return ""
	}
	for _, note := range [...]string{" #", "\t#"} {
		line, _, _ = strings.Cut(line, note)
	}
	line = bulletPrefix().ReplaceAllStringFunc(line, func(bullet string) string {
		if bullet[0] == '+' && plusNumber().MatchString(line) {
			return bullet // a phone number
		}
		return ""
	})
	return strings.TrimSpace(strings.TrimRight(strings.TrimSpace(line), ",; "))
}

// isHeader reports whether a line names columns and no person.
func isHeader(line string) bool {
	return FindPeople(line).Count() == 0 && slices.ContainsFunc(splitColumns(line), func(cell string) bool {
		switch strings.NewReplacer(" ", "", "_", "", "-", "").Replace(strings.ToLower(cell)) {
		case "email", "emails", "emailaddress", "emailaddresses", "mail", "mailaddress", "phonenumber", "phonenumbers", "userid", "userids",
			"firstname", "lastname", "primaryemailaddress", "primaryphonenumber":
			return true
		case "id", "ids", "phone", "phones", "user", "users", "username", "usernames", "people", "name", "names":
			return true
		}
		return false
	})
}

// splitColumns returns the columns of a line, or the line itself if it has none.
func splitColumns(line string) []string {
	for _, comma := range []rune{'\t', ';', ','} {
		if !strings.ContainsRune(line, comma) {
			continue
		}
		r := csv.NewReader(strings.NewReader(line))
		r.Comma, r.LazyQuotes = comma, true
		if row, err := r.Read(); err == nil && len(row) > 1 {
			for i := range row {
				row[i] = strings.TrimSpace(row[i])
			}
			return row
		}
	}
	return []string{unwrap(line)}
}

// personOf returns what identifies the person of a line: the whole line, or the one column
// that does.
func personOf(line string) (string, error) {
	row := splitColumns(line)
	p := ParsePerson(line)
	switch {
	case p.ID != "":
		return p.ID, nil
	case len(row) == 1 && p.Email.Address != "":
		return p.Email.Address, nil
	case len(row) == 1:
		return row[0], nil
	case p.Email.Address != "" && phoneCell(row, Phone.looksDialled) != "":
		// They may belong to two people; only Clerk knows.
		return "", fmt.Errorf("(“%s”) has an e-mail address and a phone number; keep one of the columns, or add the id", shorten(line))
	case p.Email.Address != "":
		return p.Email.Address, nil
	case p.Phone != nil && phoneCell(row, Phone.IsComplete) != "":
		return phoneCell(row, Phone.IsComplete), nil // unchanged, because a trunk zero counts
	case p.Found.Count() > 1:
		return "", fmt.Errorf("(“%s”) names more than one user; put each on its own line", shorten(line))
	}
	return "", fmt.Errorf("(“%s”) has several columns, and none is an id, an e-mail address or a phone number", shorten(line))
}

// phoneCell returns the first column that is a phone number of that kind, or "".
func phoneCell(row []string, is func(Phone) bool) string {
	for _, cell := range row {
		if phone, err := ParsePhone(cell); err == nil && is(phone) {
			return cell
		}
	}
	return ""
}

// looksDialled reports whether the number begins as only phone numbers do, with a + or a
// trunk zero. A date and a timestamp in milliseconds have neither.
func (p Phone) looksDialled() bool { return p.International || p.NeedsCountry() }

// shorten returns the beginning of a line.
func shorten(line string) string {
	const most = 60
	if letters := []rune(line); len(letters) > most {
		return string(letters[:most-1]) + "…"
	}
	return line
}

// SplitList returns the entries of a comma-separated list, trimmed and without empty ones.
func SplitList(value string) []string {
	var entries []string
	for entry := range strings.SplitSeq(value, ",") {
		if entry = strings.TrimSpace(entry); entry != "" {
			entries = append(entries, entry)
		}
	}
	return entries
}
