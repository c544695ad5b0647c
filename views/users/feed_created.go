package users

import (
	"slices"

	"frontdesk/api"
	"frontdesk/views/userfmt"
	"frontdesk/views/users/localsearch"
)

// userCreated adds a user who was created here. In the order by creation they get a
// row; other orders and searches only say that the user was created.
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
		r.arrivedIDs[row.ID] = true // so that following does not add them again
		if !r.query.needle.Empty() || len(r.insertNew([]*localsearch.Row{row})) > 0 {
			r.created = append(r.created, row)
		}
	}
}

// unplacedCreated returns the users created here who have no row in the result.
func (r *result) unplacedCreated() []*localsearch.Row {
	return slices.DeleteFunc(slices.Clone(r.created), func(one *localsearch.Row) bool { _, here := r.pages.Find(one.ID); return here })
}

// createdStatus names them, "" if there are none.
func (f *feed) createdStatus() string {
	if f.shown == nil {
		return ""
	}
	switch made := f.shown.unplacedCreated(); len(made) {
	case 0:
		return ""
	case 1:
		return made[0].Name.Shown + " was created after this list was read"
	default:
		return userfmt.Number(len(made)) + " users were created after this list was read"
	}
}
