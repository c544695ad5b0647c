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

// requestKey identifies equal requests.
type requestKey struct {
	op         string
	user, part clean.Text
	values     [sha256.Size]byte // of what was filled in: it may be secret
}

// of the inputs, which may be secret
type lostAnswer struct {
	before *api.User
	at     time.Time
	record string // of the journal, "" for none
}

func (w *write) key() requestKey {
	return requestKey{w.op.ID, w.req.UserID, w.req.PartID, digest(w.req)}
}

// digest hashes the values and the image of a request, which may be secret.
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

func (w *write) rememberLost() *lostAnswer {
	now := w.cfg.Clock()
	l := &lostAnswer{before: w.fresh, at: now, record: w.record}
	w.mu.Lock()
	defer w.mu.Unlock()
	maps.DeleteFunc(w.lost, func(_ requestKey, l *lostAnswer) bool { return now.Sub(l.at) > lostKeptFor })
	w.lost[w.key()] = l
	return l
}

// forgetLost drops a request that is done by now. A secret or a file only shows that
// something changed, so a later write of the same kind drops the earlier ones too.
func (w *write) forgetLost() {
	mine := w.key()
	w.mu.Lock()
	defer w.mu.Unlock()
	delete(w.lost, mine)
	if slices.ContainsFunc(w.op.Fields, func(f ops.Field) bool { return f.Kind == ops.FieldSecret || f.Kind == ops.FieldFile }) {
		maps.DeleteFunc(w.lost, func(k requestKey, _ *lostAnswer) bool {
			return w.op.Scope == ops.ScopeUser && k.op == mine.op && k.user == mine.user && k.part == mine.part
		})
	}
}

// lostBefore returns the user as before an equal recent request whose response was lost.
func (w *write) lostBefore() (before *api.User, ours bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	l := w.lost[w.key()]
	if l == nil || w.cfg.Clock().Sub(l.at) > lostKeptFor {
		return nil, false
	}
	return l.before, true
}

// lostRecord returns the journal's record of an equal request whose answer was lost a
// short while ago, "" for none.
func (w *write) lostRecord() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	if l := w.lost[w.key()]; l != nil && w.cfg.Clock().Sub(l.at) <= lostKeptFor {
		return l.record
	}
	return ""
}

// isLost reports whether the request, or part of it, may have been carried out although no
// response confirms it.
func isLost(err error) bool {
	var partly *ops.PartlyDone
	var unsent *ops.NotSent
	return errors.As(err, &partly) || api.IsOutcomeUnknown(err) && !errors.As(err, &unsent)
}

func isNotFound(err error) bool {
	var e *api.Error
	return errors.As(err, &e) && e.Kind == api.KindNotFound
}

// lostError is the error of a request whose response was lost.
type lostError struct {
	message string
	lookup  string // what the read-back found, in a few words
	cause   error
}

func (e *lostError) Error() string { return e.message }
func (e *lostError) Unwrap() error { return e.cause }

// errNoEffect is the cause if the server accepted a write and the user does not show its
// effect.
var errNoEffect = errors.New("it had no effect that shows")

// DescribeLost returns what came instead of a reliable response ("the server answered with
// an error (HTTP 500)").
func DescribeLost(cause error) string {
	var e *api.Error
	switch {
	case errors.Is(cause, errNoEffect):
		return "the server accepted it, but it had no effect that shows"
	case !errors.As(cause, &e):
		return "no answer came"
	case e.Kind == api.KindServer:
		return withReason(fmt.Sprintf("the server answered with an error (HTTP %d)", e.Status), e.ServerMessage())
	case e.Kind == api.KindInvalidResponse && e.RedirectTarget() != "":
		return fmt.Sprintf("a redirect to %s (HTTP %d) was not followed", e.RedirectTarget(), e.Status)
	case e.Kind == api.KindInvalidResponse && e.Err != nil:
		return "the answer could not be understood (" + e.Err.Error() + ")"
	case e.Kind == api.KindInvalidResponse:
		return fmt.Sprintf("the answer could not be understood (HTTP %d)", e.Status)
	}
	return "no answer came"
}

// withReason appends the reason if there is one.
func withReason(what, why string) string {
	if why == "" {
		return what
	}
	return what + ": " + why
}

// roughDuration formats whole seconds, or minutes from two on.
func roughDuration(d time.Duration) string {
	if d >= 2*time.Minute {
		return fmt.Sprintf("%d min", d.Round(time.Minute)/time.Minute)
	}
	return fmt.Sprintf("%d s", d.Round(time.Second)/time.Second)
}

// withoutAdvice returns what happened without the advice of an api.Error.
func withoutAdvice(err error) string {
	var e *api.Error
	if errors.As(err, &e) {
		return strings.TrimRight(e.Summary(), ".")
	}
	return err.Error()
}
