package users

import (
	"context"
	"errors"
	"time"

	tea "charm.land/bubbletea/v2"

	"frontdesk/api"
	"frontdesk/views/userfmt"
)

// retry is the next try of a read that failed, which the list makes by itself while
// the operator looks at it. Nothing but reads is tried again so.
type retry struct {
	query listQuery
	tries int
	at    time.Time // zero while none is planned
}

// retryDelays are how long to wait before the first try, the second …; the last goes on.
func retryDelays() []time.Duration {
	return []time.Duration{5 * time.Second, 10 * time.Second, 20 * time.Second, 30 * time.Second}
}

// failingResult is the result whose failure is on the screen, nil for none.
func (v *View) failingResult() *result {
	r := v.want
	switch v.stage() {
	case stageRows, stageNone, stageEmpty, stageWaiting:
		r = v.shown
	case stageLocal, stageFailed:
	default:
		return nil
	}
	if r == nil || !r.hasFailed() {
		return nil
	}
	return r
}

// hasFailed says that a result failed, and that its next try, if one is under way, has
// not come to anything yet.
func (r *result) hasFailed() bool { return r.state == failed || r.state == running && r.isRetry }

// isTransient says that what failed may go by itself in a while.
func isTransient(err error) bool {
	var e *api.Error
	return errors.As(err, &e) && e.Passing() || errors.Is(err, context.DeadlineExceeded)
}

// planRetry sets the next try once one has failed.
func (v *View) planRetry() {
	r := v.failingResult()
	switch {
	case r == nil && v.want.state == ready:
		v.retry = retry{}
	case r == nil || !isTransient(r.err) || v.want.state == running:
		v.retry.at = time.Time{}
	case v.retry.at.IsZero() || !v.retry.query.equal(r.query):
		if !v.retry.query.equal(r.query) {
			v.retry = retry{query: r.query}
		}
		all := retryDelays()
		v.retry.at = v.env.Now().Add(all[min(v.retry.tries, len(all)-1)])
		v.retry.tries++
	}
}

// runRetry reads again what failed, when it is time.
func (v *View) runRetry(now time.Time) tea.Cmd {
	r := v.failingResult()
	if r == nil || v.retry.at.IsZero() || now.Before(v.retry.at) {
		return nil
	}
	err := r.err
	var cmd tea.Cmd
	if v.want.canResume() {
		cmd = v.resumeScan(v.want)
	} else {
		cmd = v.reload("")
	}
	v.want.isRetry, v.want.err = true, err
	return cmd
}

// reload asks for the same again, from where the operator is.
func (v *View) reload(title string) tea.Cmd {
	row, stays := 0, v.stage() == stageRows
	if stays {
		row = v.shown.win.Cursor
	}
	cmd := v.load(v.refreshedQuery(v.want.query), title, row)
	v.want.keepsCursor = stays
	return cmd
}

// retryStatus are "tries again in 5 s", "" where only the operator does.
func (v *View) retryStatus(now time.Time) string {
	switch {
	case v.failingResult() != nil && v.want.state == running && v.want.isRetry:
		return "trying again…"
	case v.retry.at.IsZero():
		return ""
	}
	return "tries again in " + userfmt.Duration(max(time.Second, v.retry.at.Sub(now).Round(time.Second)))
}
