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
	ask   ask
	tries int
	at    time.Time // zero while none is planned
}

// waits are how long to wait before the first try, the second …; the last goes on.
func waits() []time.Duration {
	return []time.Duration{5 * time.Second, 10 * time.Second, 20 * time.Second, 30 * time.Second}
}

// failing is the result whose failure is on the screen, nil for none.
func (v *View) failing() *result {
	r := v.want
	switch v.stage() {
	case stageRows, stageNone, stageEmpty, stageWaiting:
		r = v.shown
	case stageLocal, stageFailed:
	default:
		return nil
	}
	if r == nil || !r.fails() {
		return nil
	}
	return r
}

// fails says that a result failed, and that its next try, if one is under way, has
// not come to anything yet.
func (r *result) fails() bool { return r.state == failed || r.state == running && r.anew }

// passing says that what failed may go by itself in a while.
func passing(err error) bool {
	var e *api.Error
	return errors.As(err, &e) && e.IsTransient() || errors.Is(err, context.DeadlineExceeded)
}

// plan sets the next try once one has failed.
func (v *View) plan() {
	r := v.failing()
	switch {
	case r == nil && v.want.state == ready:
		v.retry = retry{}
	case r == nil || !passing(r.err) || v.want.state == running:
		v.retry.at = time.Time{}
	case v.retry.at.IsZero() || !v.retry.ask.same(r.ask):
		if !v.retry.ask.same(r.ask) {
			v.retry = retry{ask: r.ask}
		}
		all := waits()
		v.retry.at = v.env.Now().Add(all[min(v.retry.tries, len(all)-1)])
		v.retry.tries++
	}
}

// tryAgain reads again what failed, when it is time.
func (v *View) tryAgain(now time.Time) tea.Cmd {
	r := v.failing()
	if r == nil || v.retry.at.IsZero() || now.Before(v.retry.at) {
		return nil
	}
	err := r.err
	var cmd tea.Cmd
	if v.want.unfinished() {
		cmd = v.resume(v.want)
	} else {
		cmd = v.reread("")
	}
	v.want.anew, v.want.err = true, err
	return cmd
}

// reread asks for the same again, from where the operator is.
func (v *View) reread(title string) tea.Cmd {
	row, stays := 0, v.stage() == stageRows
	if stays {
		row = v.shown.win.Cursor
	}
	cmd := v.start(v.again(v.want.ask), title, row)
	v.want.stays = stays
	return cmd
}

// retryWords are "tries again in 5 s", "" where only the operator does.
func (v *View) retryWords(now time.Time) string {
	switch {
	case v.failing() != nil && v.want.state == running && v.want.anew:
		return "trying again…"
	case v.retry.at.IsZero():
		return ""
	}
	return "tries again in " + userfmt.Duration(max(time.Second, v.retry.at.Sub(now).Round(time.Second)))
}
