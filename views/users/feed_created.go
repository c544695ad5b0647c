package users

import (
	"slices"

	"frontdesk/api"
	"frontdesk/views/users/localsearch"
)

// userCreated takes somebody in who was made at this desk. Where the list runs by age
// they have their row; a search, and another order, are as they were read, and say
// that there is one more.
func (f *feed) userCreated(u *api.User) {
	row := localsearch.NewRow(u)
	f.replaceUser(row)
	if f.total.isKnown {
		f.total.add(1)
	}
	for _, r := range f.results() {
		if _, here := r.pages.Find(row.ID); here || r.arrivedIDs[row.ID] {
			continue
		}
		r.newest = laterOf(r.newest, u.CreatedAt.Time)
		if r.arrivedIDs == nil {
			r.arrivedIDs = map[string]bool{}
		}
		r.arrivedIDs[row.ID] = true // following them does not bring them once more
		if !r.query.needle.Empty() || len(r.insertNew([]*localsearch.Row{row})) > 0 {
			r.created = append(r.created, row)
		}
	}
}

// unplacedCreated are who was created since a result was read and has no row in it.
func (r *result) unplacedCreated() []*localsearch.Row {
	return slices.DeleteFunc(slices.Clone(r.created), func(one *localsearch.Row) bool { _, here := r.pages.Find(one.ID); return here })
}

// createdStatus say who they are, "" where there is nobody.
func (f *feed) createdStatus() string {
	if f.shown == nil {
		return ""
	}
	switch made := f.shown.unplacedCreated(); len(made) {
	case 0:
		return ""
	case 1:
		return made[0].Name.Shown + " was created since this was read"
	default:
		return comma(len(made)) + " people were created since this was read"
	}
}
