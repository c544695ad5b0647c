package users

import (
	tea "charm.land/bubbletea/v2"

	"frontdesk/api"
	"frontdesk/api/verdict"
	"frontdesk/tui"
	"frontdesk/views/userfmt"
	"frontdesk/views/users/localsearch"
)

// burstKey is for what a burst was looked for.
type burstKey struct {
	row    *localsearch.Row
	loaded int
	masked bool
}

// syncBurst looks among the loaded rows for a rush of sign-ups around the user under the
// cursor. It asks the server for nothing.
func (v *View) syncBurst() {
	key := burstKey{row: v.feed.currentRow(), masked: v.env.Mask.On()}
	if key.row != nil && v.feed.shown != nil {
		v.feed.shown.pages.Each(func(*localsearch.Row) { key.loaded++ })
	}
	if key == v.burstFor {
		return
	}
	v.burstFor, v.burst = key, verdict.Burst{}
	if key.loaded > 0 {
		v.burst, _ = verdict.BurstAround(key.row.User, func(yield func(*api.User) bool) {
			more := true
			v.feed.shown.pages.Each(func(r *localsearch.Row) { more = more && yield(r.User) })
		})
	}
	v.card.SetNotice(v.burstNotice(key.loaded), "list.burst", "Mark all "+userfmt.Number(len(v.burst.Users)))
}

// burstNotice says how many signed up, and among whom they were counted; "" for no burst.
func (v *View) burstNotice(loaded int) string {
	if !v.hasBurst() {
		return ""
	}
	domain := v.burst.Domain
	if v.env.Mask.On() {
		domain = "one e-mail domain"
	}
	text := userfmt.Number(len(v.burst.Users)) + " sign-ups from " + domain + " in " + userfmt.Duration(v.burst.Took)
	if r := v.feed.shown; !r.pages.IsComplete() {
		text += ", among the " + userfmt.Number(loaded) + " loaded"
	}
	return text
}

// hasBurst reports whether the user under the cursor is part of a rush of sign-ups.
func (v *View) hasBurst() bool {
	return v.burstFor.row != nil && v.burstFor.row == v.feed.currentRow() && len(v.burst.Domain) > 0 && len(v.burst.Users) > 1
}

// burstAction marks everybody of the rush.
func (v *View) burstAction() tui.Action {
	a := tui.Action{ID: "list.burst", Title: "Mark the rush of sign-ups", Group: groupMarks,
		Help: "Marks everybody who signed up from the same e-mail domain in a rush, among the loaded people.", Do: v.synced(v.markBurst)}
	if !v.hasBurst() {
		a.Off = "no rush of sign-ups around this person"
	}
	return a
}

func (v *View) markBurst() tea.Cmd {
	if n := len(v.burst.Users); !v.marks.HasRoom(n) {
		return notifyTooManyMarks(n + v.marks.Len())
	}
	var rows []*localsearch.Row
	for _, u := range v.burst.Users {
		if at, ok := v.feed.shown.pages.Find(u.ID.Raw()); ok {
			rows = append(rows, v.feed.shown.pages.At(at))
		}
	}
	return notifyMarked(v.marks.Add(rows...))
}
