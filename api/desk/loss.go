package desk

import (
	"errors"
	"fmt"
	"maps"
	"strings"
	"time"

	"frontdesk/api"
	"frontdesk/api/ops"
)

// key names a request that carries no values, so that the same one asked again
// can be told from another.
type key struct {
	op         string
	user, part api.Text
}

// loss is a request of ours whose answer was lost.
type loss struct {
	before *api.User
	at     time.Time
}

func (w *write) key() (key, bool) {
	return key{w.op.ID, w.req.UserID, w.req.PartID}, len(w.op.Fields) == 0
}

func (w *write) remember() {
	k, whole := w.key()
	if !whole {
		return
	}
	now := w.cfg.Clock()
	w.mu.Lock()
	defer w.mu.Unlock()
	maps.DeleteFunc(w.lost, func(_ key, l loss) bool { return now.Sub(l.at) > lossKept })
	w.lost[k] = loss{before: w.fresh, at: now}
}

func (w *write) forget() {
	k, _ := w.key()
	w.mu.Lock()
	defer w.mu.Unlock()
	delete(w.lost, k)
}

// wasLost gives the user as it was before an equal request of ours whose answer
// was lost a short while ago.
func (w *write) wasLost() (before *api.User, ours bool) {
	k, _ := w.key()
	w.mu.Lock()
	defer w.mu.Unlock()
	l, known := w.lost[k]
	return l.before, known && w.cfg.Clock().Sub(l.at) <= lossKept
}

// isLost says that the request, or a part of it, may have been carried out
// although no answer says so.
func isLost(err error) bool {
	var partly *ops.PartlyDone
	var unsent *ops.NotSent
	return errors.As(err, &partly) || api.Unknown(err) && !errors.As(err, &unsent)
}

func isNotFound(err error) bool {
	var e *api.Error
	return errors.As(err, &e) && e.Kind == api.KindNotFound
}

// lostError tells in a sentence what became of a request whose answer was lost.
type lostError struct {
	says  string
	cause error
}

func (e *lostError) Error() string { return e.says }
func (e *lostError) Unwrap() error { return e.cause }

// errDisagrees is of a server that says yes, and shows the user as if nothing had
// been done.
var errDisagrees = errors.New("nothing shows of it")

// Instead says in a few words what came of a request in the place of an answer
// that can be gone by ("the server answered with an error (HTTP 500)").
func Instead(cause error) string {
	var e *api.Error
	switch {
	case errors.Is(cause, errDisagrees):
		return "the server agreed, but nothing shows of it"
	case !errors.As(cause, &e):
		return "no answer came"
	case e.Kind == api.KindServer:
		return because(fmt.Sprintf("the server answered with an error (HTTP %d)", e.Status), e.Reason())
	case e.Kind == api.KindGarbled && e.Redirect() != "":
		return fmt.Sprintf("a redirect to %s (HTTP %d) was not followed", e.Redirect(), e.Status)
	case e.Kind == api.KindGarbled && e.Err != nil:
		return "an answer came that could not be understood (" + e.Err.Error() + ")"
	case e.Kind == api.KindGarbled:
		return fmt.Sprintf("an answer came that could not be understood (HTTP %d)", e.Status)
	}
	return "no answer came"
}

// because is what happened and, where the answer says it, why.
func because(what, why string) string {
	if why == "" {
		return what
	}
	return what + ": " + why
}

// notDone is what a look so long after a lost answer found, first, and then the answer;
// state is how the user is, in brackets.
func notDone(cause error, after time.Duration, state string) string {
	return fmt.Sprintf("not carried out, seen %s later%s: %s", seconds(after), state, Instead(cause))
}

// seconds is a while in whole seconds.
func seconds(d time.Duration) string { return fmt.Sprintf("%d s", d.Round(time.Second)/time.Second) }

// what is what happened, without the advice that an api.Error adds.
func what(err error) string {
	var e *api.Error
	if errors.As(err, &e) {
		return strings.TrimRight(e.What(), ".")
	}
	return err.Error()
}
