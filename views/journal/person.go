package journal

import (
	"context"

	"frontdesk/api/journal"
)

// ReadPerson returns what was done to a user, newest first, at most limit entries of the
// last scan ones; 0 looks at all. isAll reports whether there are no more. It reads files
// and belongs in a task.
func ReadPerson(ctx context.Context, j *journal.Journal, id string, limit, scan int) (found []journal.Entry, isAll bool, err error) {
	examined := 0
	for e, err := range j.Entries(ctx, journal.Filter{}) {
		if err != nil {
			return found, false, err
		}
		if isAbout(e, id) {
			found = append(found, e)
		}
		if examined++; len(found) == limit || examined == scan {
			return found, false, nil
		}
	}
	return found, true, nil
}

// isAbout reports whether something was done to a user.
func isAbout(e journal.Entry, id string) bool {
	for _, t := range targets(e) {
		if t.ID == id {
			return true
		}
	}
	return false
}

// Changed says in one line what an entry changed, "" if that is not recorded.
func (w Words) Changed(e journal.Entry) string {
	line := ""
	for _, f := range w.changes(e) {
		if line != "" {
			line += "; "
		}
		line += f.label + ": " + f.words()
	}
	return line
}
