package users

import (
	"frontdesk/api/search"
	"frontdesk/tui/table"
	"frontdesk/views/userfmt"
)

// sayNoMatch says what was searched for and among how many users.
func (p *painter) sayNoMatch(say func(table.StyleSeq, string)) {
	v, s := p.view, p.view.feed.shown.query.needle.Search
	of := "all users"
	if many := v.feed.total.words(); many != "" {
		of = "all " + many + " users"
	}
	if means := s.Describe(); means != "" {
		if s.Words != "" {
			means = "“" + s.Words + "” · " + means
		}
		say(p.dim, "Searched for: "+means+".")
	}
	switch scan := v.feed.shown.scan; {
	case scan != nil && s.HasTokens():
		p.sayScanned(say, scan, s)
		if n := scan.walk.Unreadable; n > 0 {
			say(p.dim, userfmt.Number(n)+" of them could not be read and may match.")
		}
	case s.HasTokens():
		say(p.dim, "The service searched "+of+".")
	default:
		say(p.dim, "Searched the names, e-mail addresses, phone numbers, usernames, wallets and ids of "+of+".")
		say(p.dim, "Fewer letters, or another part of them, may find more.")
	}
}

// sayScanned says whom a scan without matches looked at: all users, or those who pass
// the server's filters.
func (p *painter) sayScanned(say func(table.StyleSeq, string), scan *scan, s search.Search) {
	n, by, filters := scan.walk.Scanned, "the other filters", s.Query.Filters()
	if len(filters) == 1 && s.Query.Search != "" {
		by = "“" + s.Query.Search + "”"
	}
	switch {
	case len(filters) == 0:
		say(p.dim, "Checked all "+userfmt.Count(n, "user")+".")
	case n == 0:
		say(p.dim, "No user matches "+by+", so there was no one to check.")
	case n == 1:
		say(p.dim, "Only 1 user matches "+by+", and was checked.")
	default:
		say(p.dim, "Checked all "+userfmt.Number(n)+" users who match "+by+".")
	}
}

// scanPosition says how far a scan is; only a finished one has a total.
func (v *View) scanPosition(list listing, height int) string {
	r, n := v.feed.shown, userfmt.Number(list.len())
	first, end := list.win.Rows(list.len(), height)
	part := list.len() > 0 && (first > 0 || end < list.len())
	if part {
		n = userfmt.Number(first+1) + "–" + userfmt.Number(end) + " of " + n
	}
	switch {
	case r.scan.isFull:
		return n + " found, which is the limit · scanned " + r.scan.progress()
	case r.state == running:
		return n + " found · scanned " + r.scan.progress()
	case r.state == ready:
		return n + " found"
	}
	return n + " found · stopped at " + r.scan.progress()
}

// progress returns how far a scan has come: "3,200 of 12,431".
func (s *scan) progress() string {
	if s.total < s.walk.Scanned {
		return userfmt.Number(s.walk.Scanned)
	}
	return userfmt.Number(s.walk.Scanned) + " of " + userfmt.Number(s.total)
}
