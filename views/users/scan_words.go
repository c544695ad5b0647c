package users

import (
	"frontdesk/api/search"
	"frontdesk/tui/table"
)

// sayNoMatch says where nobody was found: how many were looked at and for what.
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
		say(p.dim, "Looked for: "+means+".")
	}
	switch scan := v.feed.shown.scan; {
	case scan != nil && s.HasTokens():
		p.sayScanned(say, scan, s)
		if n := scan.walk.Unreadable; n > 0 {
			say(p.dim, comma(n)+" of them could not be read, and may match.")
		}
	case s.HasTokens():
		say(p.dim, "The service looked at "+of+".")
	default:
		say(p.dim, "Looked at the names, e-mail addresses, phone numbers, usernames, wallets and ids of "+of+".")
		say(p.dim, "Fewer letters, or another part of them, may find more.")
	}
}

// sayScanned says whom a scan looked at that found nobody: everybody, or those whom
// the service finds by the rest.
func (p *painter) sayScanned(say func(table.StyleSeq, string), scan *scan, s search.Search) {
	n, by, filters := scan.walk.Scanned, "the rest", s.Query.Filters()
	if len(filters) == 1 && s.Query.Search != "" {
		by = "“" + s.Query.Search + "”"
	}
	switch {
	case len(filters) == 0:
		say(p.dim, "Looked at each of "+comma(n)+" who are here.")
	case n == 0:
		say(p.dim, "The service finds no one by "+by+", so there was nobody to look at.")
	case n == 1:
		say(p.dim, "The service finds 1 by "+by+", who was looked at.")
	default:
		say(p.dim, "The service finds "+comma(n)+" by "+by+"; each of them was looked at.")
	}
}

// scanPosition says how far a scan is; only one that ended has a total.
func (v *View) scanPosition(list listing, height int) string {
	r, n := v.feed.shown, comma(list.len())
	first, end := list.win.Rows(list.len(), height)
	part := list.len() > 0 && (first > 0 || end < list.len())
	if part {
		n = comma(first+1) + "–" + comma(end) + " of " + n
	}
	switch {
	case r.scan.isFull:
		return n + " found, the rest is not kept · scanned " + r.scan.progress()
	case r.state == running:
		return n + " found · scanned " + r.scan.progress()
	case r.state == ready:
		return n + " found"
	}
	return n + " found · stopped at " + r.scan.progress()
}

// progress is how far a scan has come: "scanned 3,200 of 12,431".
func (s *scan) progress() string {
	if s.total < s.walk.Scanned {
		return comma(s.walk.Scanned)
	}
	return comma(s.walk.Scanned) + " of " + comma(s.total)
}
