package users

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/api/input"
	"frontdesk/api/search"
	"frontdesk/tui"
	"frontdesk/views/user"
	"frontdesk/views/userfmt"
	"frontdesk/views/users/localsearch"
)

// paste puts a text into the box. Whoever is named in it is looked for by that,
// however much else was copied along; a token that was copied is not kept. In the
// middle of a text that is being typed it is only more of it.
func (v *View) paste(msg tea.PasteMsg) tea.Cmd {
	if !v.box.IsOpen() || v.box.IsSelected() || strings.TrimSpace(v.box.Text()) == "" {
		if found := input.FindPeople(msg.Content); found.Count() > 0 {
			return v.searchPeople(found)
		}
	}
	if !v.box.IsOpen() {
		v.box.Open()
	}
	v.clearSelectedText()
	return v.editBox(msg)
}

// searchPeople looks for the people whom a text names; exactly one of them opens.
func (v *View) searchPeople(found input.People) tea.Cmd {
	v.box.Close()
	cmd := v.setBox(search.PeopleText(found))
	v.feed.want.opensSingle = !found.Ambiguous
	v.feed.want.lacksCountryCode = len(found.Phones) > 0 && !strings.HasPrefix(found.Phones[0], "+")
	if r := v.feed.shown; r == v.feed.want && r.pages.IsComplete() {
		cmd = tea.Batch(cmd, v.feed.openSingle(r)) // they are looked for already
	}
	if id, known := v.cachedID(found); known && v.feed.want.opensSingle {
		v.feed.want.opensSingle = false
		cmd = tea.Batch(cmd, tui.Push(user.NewDetail(v.env, &api.User{ID: id})))
	}
	n := found.Count()
	if n < 2 {
		return cmd // whom the box names, or who opens, says it all
	}
	if found.Ambiguous {
		return tea.Batch(cmd, tui.Notify(tui.Toast{ID: "list.pasted", Tone: tui.ToneWarn,
			Text: "What was pasted can be read as " + localsearch.Printable(joinAlternatives(found)), Next: "Open the one who is meant."}))
	}
	toast := tui.Toast{ID: "list.pasted", Tone: tui.ToneInfo, Text: "In what was pasted: " + describePeople(found)}
	if n > search.MaxPeople {
		toast.Tone, toast.Text = tui.ToneWarn, toast.Text+", of which the first "+comma(search.MaxPeople)+" are looked for"
	}
	return tea.Batch(cmd, tui.Notify(toast))
}

// cachedID is the one person whom a text names by id, where they were seen
// before: they open at once, whatever the network does.
func (v *View) cachedID(found input.People) (id clean.Text, known bool) {
	if found.Count() != 1 || len(found.IDs) != 1 {
		return clean.Text{}, false
	}
	id = clean.NewText(found.IDs[0])
	return id, v.env.UserCache().Contains(id)
}

// joinAlternatives is "ina@pine.example or nina@pine.example".
func joinAlternatives(found input.People) string {
	const most = 3
	all := slices.Concat(found.IDs, found.Emails, found.Phones)
	if len(all) > most {
		all = append(all[:most:most], "others")
	}
	return strings.Join(all, " or ")
}

// describePeople is "2 e-mail addresses".
func describePeople(found input.People) string {
	switch n := found.Count(); {
	case len(found.Emails) > 1:
		return comma(n) + " e-mail addresses"
	case len(found.Emails) > 0:
		return "1 e-mail address"
	case len(found.Phones) > 0:
		return userfmt.Count(n, "phone number")
	default:
		return userfmt.Count(n, "user id")
	}
}

// keepSearch leaves the box. Where a terminal does not say that a text was pasted, a
// log line comes as letters: whoever is named in it is looked for now.
func (v *View) keepSearch() tea.Cmd {
	v.box.Close()
	if v.box.IsLong() {
		return v.keepLongInput()
	}
	if found, is := search.Parse(v.box.Text(), v.env.Now()).PastedPeople(); is {
		return v.searchPeople(found)
	}
	return nil
}
