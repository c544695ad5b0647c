package users

import (
	"frontdesk/api/search"
	"frontdesk/tui/table"
	"frontdesk/views/userfmt"
	"frontdesk/views/users/localsearch"
)

// mailCell draws the e-mail address, or the field that matched if it is not shown
// otherwise, labelled unless it is an address.
func (p *painter) mailCell(dst []table.Span, r *localsearch.Row, width int, plain, lit table.StyleSeq) []table.Span {
	h := p.rowHits(r)
	r = p.shown(r)
	shown, at, kind := r.Mail.Shown, h.Mail, search.Email
	switch {
	case h.Other != nil && !(h.Other.Kind == search.Phone && p.hasColumn(colPhone)):
		shown, at, kind = h.Other.Shown, h.At, h.Other.Kind
	case shown == "" && !p.hasColumn(colPhone) && r.Name.Kind != search.Phone:
		shown, kind = userfmt.Phone(r.User.Phone()), search.Phone
	}
	if says := fieldLabel(kind); says != "" && shown != "" {
		dst, width = append(dst, table.Span{Text: says, Style: p.faint}), width-len(says)
	}
	shown, at = localsearch.CutAroundMatch(p.ruler, shown, at, width)
	return localsearch.AppendHighlighted(dst, shown, at, plain, lit)
}

// fieldLabel returns the label of a field in the column of addresses.
func fieldLabel(field search.Field) string {
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
