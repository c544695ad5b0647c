package journal

import (
	"context"

	"frontdesk/api/journal"
)

// ReadPerson returns up to limit changes to a user, newest first. It examines the last scan
// entries, or all if scan is 0. isAll reports whether there are no more. It reads files, so
// call it from a task.
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

// isAbout reports whether an entry is about a user.
func isAbout(e journal.Entry, id string) bool {
	for _, t := range targets(e) {
		if t.ID == id {
			return true
		}
	}
	return false
}

// Changed describes the changes of an entry on one line. It returns "" if none are recorded.
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
