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
	"frontdesk/views/userfmt"
	"frontdesk/views/users/localsearch"
)

// paste puts a text into the box. If the text names users it searches for them,
// whatever else was copied along; a token that was copied is not kept. In the middle
// of a text being typed, a paste is only more of it.
func (v *View) paste(msg tea.PasteMsg) tea.Cmd {
	if !v.box.IsOpen() || v.box.IsSelected() || strings.TrimSpace(v.box.Text()) == "" {
		if found := input.FindPeople(msg.Content); found.Count() > 0 {
			return v.searchPeople(found)
		}
	}
	if !v.box.IsOpen() {
		v.openBox()
	}
	v.clearSelectedText()
	return v.editBox(msg)
}

// searchPeople searches for the users that a text names; exactly one of them opens.
func (v *View) searchPeople(found input.People) tea.Cmd {
	v.closeBox()
	cmd := v.setBox(search.PeopleText(found))
	v.feed.want.opensSingle = !found.Ambiguous
	v.feed.want.lacksCountryCode = len(found.Phones) > 0 && !strings.HasPrefix(found.Phones[0], "+")
	if r := v.feed.shown; r == v.feed.want && r.pages.IsComplete() {
		cmd = tea.Batch(cmd, v.feed.openSingle(r)) // the search was run before
	}
	if id, known := v.cachedID(found); known && v.feed.want.opensSingle {
		v.feed.want.opensSingle = false
		cmd = tea.Batch(cmd, v.openUser(&api.User{ID: id}))
	}
	n := found.Count()
	if n < 2 {
		return cmd // the box, or the screen that opens, says enough
	}
	if found.Ambiguous {
		return tea.Batch(cmd, tui.Notify(tui.Toast{ID: "list.pasted", Tone: tui.ToneWarn,
			Text: "The pasted text can mean " + localsearch.Printable(joinAlternatives(found)), Next: "Open the right one."}))
	}
	toast := tui.Toast{ID: "list.pasted", Tone: tui.ToneInfo, Text: "Pasted: " + describePeople(found)}
	if n > search.MaxPeople {
		toast.Tone, toast.Text = tui.ToneWarn, toast.Text+", but only the first "+userfmt.Number(search.MaxPeople)+" are searched for"
	}
	return tea.Batch(cmd, tui.Notify(toast))
}

// cachedID returns the one user named by id if they were seen before: they open at
// once, whatever the network does.
func (v *View) cachedID(found input.People) (id clean.Text, known bool) {
	if found.Count() != 1 || len(found.IDs) != 1 {
		return clean.Text{}, false
	}
	id = clean.NewText(found.IDs[0])
	return id, v.env.UserCache().Contains(id)
}

// joinAlternatives returns "ina@pine.example or nina@pine.example".
func joinAlternatives(found input.People) string {
	const most = 3
	all := slices.Concat(found.IDs, found.Emails, found.Phones)
	if len(all) > most {
		all = append(all[:most:most], "others")
	}
	return strings.Join(all, " or ")
}

// describePeople returns "2 e-mail addresses".
func describePeople(found input.People) string {
	switch n := found.Count(); {
	case len(found.Emails) > 1:
		return userfmt.Number(n) + " e-mail addresses"
	case len(found.Emails) > 0:
		return "1 e-mail address"
	case len(found.Phones) > 0:
		return userfmt.Count(n, "phone number")
	default:
		return userfmt.Count(n, "user id")
	}
}

// onlyMatch returns the user if the search has found exactly one, else nil.
func (v *View) onlyMatch() *api.User {
	r := v.feed.shown
	if v.feed.stage() != stageRows || r != v.feed.want || r.query.needle.Empty() || !r.pages.IsComplete() || r.pages.Len() != 1 || r.pages.At(0).HasNoID() {
		return nil
	}
	return r.pages.At(0).User
}

// keepSearch closes the box, and opens the only match. A log line that a terminal sent as keys is searched for
// the users it names, as a paste is.
func (v *View) keepSearch() tea.Cmd {
	only := v.onlyMatch()
	v.closeBox()
	switch {
	case v.box.IsLong():
		return v.keepLongInput()
	case only != nil:
		return v.openUser(only)
	}
	if found, is := search.Parse(v.box.Text(), v.env.Now()).PastedPeople(); is {
		return v.searchPeople(found)
	}
	return nil
}
