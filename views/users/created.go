package users

import (
	"slices"

	"frontdesk/api"
	"frontdesk/views/users/localsearch"
)

// created takes somebody in who was made at this desk. Where the list runs by age
// they have their row; a search, and another order, are as they were read, and say
// that there is one more.
func (v *View) created(u *api.User) {
	row := localsearch.NewRow(u)
	v.patch(row)
	if v.everybody.known {
		v.everybody.add(1)
	}
	for _, r := range v.results() {
		if _, here := r.pages.Find(row.ID); here || r.came[row.ID] {
			continue
		}
		r.newest = later(r.newest, u.CreatedAt.Time)
		if r.came == nil {
			r.came = map[string]bool{}
		}
		r.came[row.ID] = true // following them does not bring them once more
		if !r.ask.needle.Empty() || len(r.place([]*localsearch.Row{row})) > 0 {
			r.made = append(r.made, row)
		}
	}
}

// unplaced are who was created since a result was read and has no row in it.
func (r *result) unplaced() []*localsearch.Row {
	return slices.DeleteFunc(slices.Clone(r.made), func(one *localsearch.Row) bool { _, here := r.pages.Find(one.ID); return here })
}

// madeWords say who they are, "" where there is nobody.
func (v *View) madeWords() string {
	if v.shown == nil {
		return ""
	}
	switch made := v.shown.unplaced(); len(made) {
	case 0:
		return ""
	case 1:
		return made[0].Name.Shown + " was created since this was read"
	default:
		return comma(len(made)) + " people were created since this was read"
	}
}
