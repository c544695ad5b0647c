package searchbox

import (
	"strings"

	"frontdesk/api"
	"frontdesk/api/search"
)

// RequestsOrganizations says, once, that organizations are needed to complete a
// search that names one.
func (b *Box) RequestsOrganizations(s search.Search) bool {
	if b.orgsRequested || !strings.Contains(s.Text, "org:") {
		return false
	}
	b.orgsRequested = true
	return true
}

// SetOrganizations sets what names of organizations are completed from.
func (b *Box) SetOrganizations(orgs []api.Organization) { b.orgs = orgs }

// Completions are the ways to go on where the cursor is.
func (b *Box) Completions() []search.Completion {
	if !b.isOpen || b.isSelected || b.IsLong() {
		return nil
	}
	orgs := b.orgs
	if b.hidesOrganizations() {
		orgs = nil
	}
	return search.Complete(b.Text(), b.text.Offset(), orgs)
}

func (b *Box) hidesOrganizations() bool { return b.HidesOrganizations != nil && b.HidesOrganizations() }

// IsUnfinished says that the token that was rejected is the one being typed and
// may still become a right one.
func (b *Box) IsUnfinished() bool {
	wrong := b.rejected.InvalidToken()
	if b.isOpen && wrong.Incomplete {
		return true
	}
	for _, c := range b.Completions() {
		if c.From == wrong.From {
			return true
		}
	}
	return false
}

// Complete takes the first completion, or what a wrong token is likely to mean. It
// says whether there was one.
func (b *Box) Complete() bool {
	if all := b.Completions(); len(all) > 0 && strings.TrimSpace(b.Text()) != "" {
		b.replace(all[0].From, all[0].End, all[0].Text)
		return true
	}
	if b.rejected == nil {
		return false
	}
	wrong := b.rejected.InvalidToken()
	if wrong.Suggestion == "" || wrong.End > len(b.Text()) || wrong.Name == "org" && b.hidesOrganizations() {
		return false
	}
	b.replace(wrong.From, wrong.End, wrong.Suggestion)
	return true
}

// replace puts a text in the place of some bytes; the cursor goes behind it.
func (b *Box) replace(from, end int, with string) {
	head, rest := b.Text()[:from], b.Text()[end:]
	with = search.Clean(with)
	if strings.HasSuffix(with, " ") {
		rest = strings.TrimPrefix(rest, " ")
	}
	b.isSelected = false
	b.text.SetValue(head + with + rest)
	b.text.SetOffset(len(head + with))
}
