package help

import (
	"slices"
	"strings"

	"frontdesk/tui"
)

const (
	// defaultGroup is the section of actions without a group.
	defaultGroup = "Here"
	// A page of more than shortPage actions begins with the mainKeys most useful ones.
	shortPage, mainKeys = 24, 20
)

// section is the actions of one group.
type section struct {
	name  string
	items []tui.Action
}

// sections returns all actions by group, in their order.
func (m *Model) sections() []section {
	var out []section
	at := map[string]int{}
	for _, a := range m.page.Items {
		name := a.Group
		if name == "" {
			name = defaultGroup
		}
		i, known := at[name]
		if !known {
			i = len(out)
			at[name] = i
			out = append(out, section{name: name})
		}
		out[i].items = append(out[i].items, a)
	}
	return out
}

// mainSection returns the keys that matter most on the screen: those that work now,
// first the ones that the footer shows. It is empty on a short page.
func (m *Model) mainSection() section {
	if len(m.page.Items) <= shortPage {
		return section{}
	}
	var items []tui.Action
	for _, a := range m.page.Items {
		if a.Off == "" && a.Group != tui.GroupMove && a.Group != tui.GroupTabs && len(m.keys.Keys(a.ID)) > 0 {
			items = append(items, a)
		}
	}
	slices.SortStableFunc(items, func(a, b tui.Action) int { return b.FooterRank - a.FooterRank })
	return section{name: "Main keys", items: items[:min(len(items), mainKeys)]}
}

// terms returns the glossary's entries that match the filter.
func (m *Model) terms() []tui.Term {
	query := strings.ToLower(m.list.Query())
	var out []tui.Term
	for _, t := range m.page.Glossary {
		if strings.Contains(strings.ToLower(t.Word+" "+t.Meaning), query) {
			out = append(out, t)
		}
	}
	return out
}

// splitSections returns the index at which the second column begins, so that the longer
// column is as short as possible.
func splitSections(sections []section) int {
	height := func(part []section) (n int) {
		for _, s := range part {
			n += len(s.items) + 2
		}
		return n
	}
	best, at := height(sections), len(sections)
	for i := 1; i < len(sections); i++ {
		if h := max(height(sections[:i]), height(sections[i:])); h < best {
			best, at = h, i
		}
	}
	return at
}
