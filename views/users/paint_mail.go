package users

import (
	"frontdesk/api/search"
	"frontdesk/tui/table"
	"frontdesk/views/userfmt"
	"frontdesk/views/users/localsearch"
)

// mail is the e-mail address, or what matched in its place where that would not
// be seen: what is no address says what it is.
func (p *painter) mail(dst []table.Span, r *localsearch.Row, width int, plain, lit table.StyleSeq) []table.Span {
	h := p.hits(r)
	shown, at, kind := r.Mail.Shown, h.Mail, search.Email
	switch {
	case h.Other != nil && !(h.Other.Kind == search.Phone && p.has(colPhone)):
		shown, at, kind = h.Other.Shown, h.At, h.Other.Kind
	case shown == "" && !p.has(colPhone) && r.Name.Kind != search.Phone:
		shown, kind = userfmt.Phone(r.User.Phone()), search.Phone
	}
	if says := called(kind); says != "" && shown != "" {
		dst, width = append(dst, table.Span{Text: says, Ink: p.faint}), width-len(says)
	}
	shown, at = localsearch.InSight(p.ruler, shown, at, width)
	return localsearch.Lit(dst, shown, at, plain, lit)
}

// called is what stands before a value of a field among e-mail addresses.
func called(field search.Field) string {
	switch field {
	case search.Name:
		return "name "
	case search.Phone:
		return "phone "
	case search.Username:
		return "user "
	case search.Wallet:
		return "wallet "
	case search.ID:
		return "id "
	case search.ExternalID:
		return "ext "
	}
	return ""
}
