package users

import (
	"context"
	"errors"
	"time"

	tea "charm.land/bubbletea/v2"

	"frontdesk/api"
	"frontdesk/views/userfmt"
)

// retry is the next attempt at a failed read. The list retries by itself while it is
// on the screen. Only reads are retried, never writes.
type retry struct {
	query listQuery
	tries int
	at    time.Time // zero if none is planned
}

// retryDelays are the waits before the retries; the last one repeats.
func retryDelays() []time.Duration {
	return []time.Duration{5 * time.Second, 10 * time.Second, 20 * time.Second, 30 * time.Second}
}

// failingResult returns the result whose failure is on the screen, nil for none.
func (f *feed) failingResult() *result {
	r := f.want
	switch f.stage() {
	case stageRows, stageNone, stageEmpty, stageWaiting:
		r = f.shown
	case stageLocal, stageFailed:
	default:
		return nil
	}
	if r == nil || !r.hasFailed() {
		return nil
	}
	return r
}

// hasFailed reports whether a result failed and no retry has succeeded yet.
func (r *result) hasFailed() bool { return r.state == failed || r.state == running && r.isRetry }

// isTransient reports whether a retry may succeed.
func isTransient(err error) bool {
	var e *api.Error
	return errors.As(err, &e) && e.IsTransient() || errors.Is(err, context.DeadlineExceeded)
}

// planRetry schedules the next retry after a failure.
func (f *feed) planRetry() {
	r := f.failingResult()
	switch {
	case r == nil && f.want.state == ready:
		f.retry = retry{}
	case r == nil || !isTransient(r.err) || f.want.state == running:
		f.retry.at = time.Time{}
	case f.retry.at.IsZero() || !f.retry.query.equal(r.query):
		if !f.retry.query.equal(r.query) {
			f.retry = retry{query: r.query}
		}
		all := retryDelays()
		f.retry.at = f.env.Now().Add(all[min(f.retry.tries, len(all)-1)])
		f.retry.tries++
	}
}

// runRetry retries when the time has come.
func (f *feed) runRetry(now time.Time) tea.Cmd {
	r := f.failingResult()
	if r == nil || f.retry.at.IsZero() || now.Before(f.retry.at) {
		return nil
	}
	err := r.err
	var cmd tea.Cmd
	if f.want.canResume() {
		cmd = f.resumeScan(f.want)
	} else {
		cmd = f.reload("")
	}
	f.want.isRetry, f.want.err = true, err
	return cmd
}

// reload requests the same query again, around the cursor.
func (f *feed) reload(title string) tea.Cmd {
	row, stays := 0, f.stage() == stageRows
	if stays {
		row = f.shown.win.Cursor
	}
	cmd := f.load(f.refreshedQuery(f.want.query), title, row)
	f.want.keepsCursor = stays
	return cmd
}

// retryStatus returns "retries in 5 s", "" if nothing is retried automatically.
func (f *feed) retryStatus(now time.Time) string {
	switch {
	case f.failingResult() != nil && f.want.state == running && f.want.isRetry:
		return "trying again…"
	case f.retry.at.IsZero():
		return ""
	}
	return "retries in " + userfmt.Duration(max(time.Second, f.retry.at.Sub(now).Round(time.Second)))
}
