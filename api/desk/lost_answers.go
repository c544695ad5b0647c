package desk

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/api/ops"
)

// key names a request, so that the same one asked again can be told from another.
type key struct {
	op         string
	user, part clean.Text
	values     [sha256.Size]byte // of what was filled in: it may be secret
}

// loss is a request of ours whose answer was lost.
type loss struct {
	before *api.User
	at     time.Time
}

func (w *write) key() key { return key{w.op.ID, w.req.UserID, w.req.PartID, digest(w.req)} }

// digest stands for the values and the picture of a request.
func digest(r ops.Request) (sum [sha256.Size]byte) {
	h := sha256.New()
	for _, name := range slices.Sorted(maps.Keys(r.Values)) {
		fmt.Fprintf(h, "%q=%q\n", name, r.Values[name])
	}
	if r.Image != nil {
		fmt.Fprintf(h, "%q %d", r.Image.Name, r.Image.Size)
	}
	h.Sum(sum[:0])
	return sum
}

func (w *write) remember() *loss {
	now := w.cfg.Clock()
	l := &loss{before: w.fresh, at: now}
	w.mu.Lock()
	defer w.mu.Unlock()
	maps.DeleteFunc(w.lost, func(_ key, l *loss) bool { return now.Sub(l.at) > lossKept })
	w.lost[w.key()] = l
	return l
}

// forget drops what was lost and is done by now. Where what was sent cannot be read
// back (a password, a picture), its effect is only that something changed since: then
// a later change of the same kind leaves nothing to tell an earlier one by.
func (w *write) forget() {
	mine := w.key()
	w.mu.Lock()
	defer w.mu.Unlock()
	delete(w.lost, mine)
	if slices.ContainsFunc(w.op.Fields, func(f ops.Field) bool { return f.Kind == ops.FieldSecret || f.Kind == ops.FieldFile }) {
		maps.DeleteFunc(w.lost, func(k key, _ *loss) bool {
			return w.op.Scope == ops.ScopeUser && k.op == mine.op && k.user == mine.user && k.part == mine.part
		})
	}
}

// wasLost gives the user as it was before an equal request of ours whose answer
// was lost a short while ago.
func (w *write) wasLost() (before *api.User, ours bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	l := w.lost[w.key()]
	if l == nil || w.cfg.Clock().Sub(l.at) > lossKept {
		return nil, false
	}
	return l.before, true
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
	says   string
	looked string // what looking found, in a few words
	cause  error
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

// duration is a while in whole seconds, and one that is longer in minutes.
func duration(d time.Duration) string {
	if d >= 2*time.Minute {
		return fmt.Sprintf("%d min", d.Round(time.Minute)/time.Minute)
	}
	return fmt.Sprintf("%d s", d.Round(time.Second)/time.Second)
}

// what is what happened, without the advice that an api.Error adds.
func what(err error) string {
	var e *api.Error
	if errors.As(err, &e) {
		return strings.TrimRight(e.What(), ".")
	}
	return err.Error()
}
