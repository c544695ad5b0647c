package searchbox

import (
	"strings"

	"frontdesk/api"
	"frontdesk/api/search"
)

// RequestsOrganizations reports, once, that organizations are needed to complete a
// search.
func (b *Box) RequestsOrganizations(s search.Search) bool {
	if b.orgsRequested || !strings.Contains(s.Text, "org:") {
		return false
	}
	b.orgsRequested = true
	return true
}

// SetOrganizations sets the organizations to complete from.
func (b *Box) SetOrganizations(orgs []api.Organization) { b.orgs = orgs }

// Completions returns the completions at the cursor.
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

// IsUnfinished reports whether the rejected token is still being typed and may become
// a valid one.
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

// Complete accepts the first completion, or the correction of a wrong token, and
// reports whether there was one.
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

// replace replaces a range of bytes and moves the cursor behind it.
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
