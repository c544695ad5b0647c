package doctor

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/api/profile"
)

const (
	// skewWarn and skewFail are the clock differences from which a warning or failure is
	// reported. The clock matters because locks, expiries and ages are computed here.
	skewWarn = 5 * time.Second
	skewFail = 5 * time.Minute
)

// observer is the HTTP transport. It stores the headers of the last response.
type observer struct {
	next http.RoundTripper
	now  func() time.Time

	mu     sync.Mutex
	header http.Header
	at     time.Time // halfway between request and response
}

// RoundTrip implements [http.RoundTripper].
func (o *observer) RoundTrip(r *http.Request) (*http.Response, error) {
	begun := o.now()
	res, err := o.next.RoundTrip(r)
	if err == nil {
		o.mu.Lock()
		o.header, o.at = res.Header.Clone(), begun.Add(o.now().Sub(begun)/2)
		o.mu.Unlock()
	}
	return res, err
}

func (o *observer) last() (http.Header, time.Time) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.header, o.at
}

// service runs the checks that send requests. It stops at the first one without an answer.
func (x *examination) service() {
	if x.place.Key.Empty() && x.place.Instance.Kind != profile.Demo {
		return
	}
	x.check("reachability", x.reachability)
	if x.answers == nil {
		return
	}
	x.check("clock", x.clock)
	x.check("API version", x.version)
	x.check("plan", x.plan)
	x.check("rate limit", x.rateLimit)
}

func (x *examination) reachability(ctx context.Context) Finding {
	s, err := x.all.OpenProfile(x.ctx, x.place)
	if err != nil {
		return failed(err, "")
	}
	x.session = s
	if err := s.Demo.Wait(ctx); err != nil {
		return failed(err, "run frontdesk sandbox reset to create a new demo")
	}
	var seen *observer
	s.Client = s.Client.WithTransport(func(next http.RoundTripper) http.RoundTripper {
		seen = &observer{next: next, now: x.Now}
		return seen
	})
	begun := x.Now()
	if _, err := s.Client.GetInstance(ctx); err != nil {
		var refused *api.Error
		if errors.As(err, &refused) && refused.Kind == api.KindBadKey {
			return failed(err, "copy the secret key again from the dashboard, under API keys")
		}
		if header, _ := seen.last(); header == nil || !errors.As(err, &refused) || refused.Kind != api.KindForbidden {
			return failed(err, "")
		}
	}
	x.answers = seen
	return ok(fmt.Sprintf("%s answered in %s", s.Client.Host(), x.Now().Sub(begun).Round(time.Millisecond)))
}

func (x *examination) clock(context.Context) Finding {
	header, at := x.answers.last()
	theirs, err := http.ParseTime(header.Get("Date"))
	if err != nil {
		if x.place.Instance.Kind == profile.Demo {
			return ok("the demo uses this machine's clock")
		}
		return warn("the service did not report its time", "")
	}
	skew := at.Sub(theirs.Add(500 * time.Millisecond)) // the header has whole seconds
	says := fmt.Sprintf("this machine is %s %s the service", skew.Abs().Round(time.Second), map[bool]string{true: "ahead of", false: "behind"}[skew > 0])
	const do = "set the clock (timedatectl set-ntp true): locks and expiries are computed with it"
	switch {
	case skew.Abs() > skewFail:
		return fail(says, do)
	case skew.Abs() > skewWarn:
		return warn(says, do)
	}
	return ok("in sync with the service")
}

func (x *examination) version(context.Context) Finding {
	header, _ := x.answers.last()
	answered := clean.NewText(header.Get("Clerk-API-Version")).Display()
	if answered != "" && answered != string(api.NewestVersion) {
		return warn(fmt.Sprintf("asked for %s, answered with %s", api.NewestVersion, answered), "check the url setting: a proxy in between may change the version")
	}
	return ok(string(api.NewestVersion))
}

// plan sends harmless reads to find features that the plan or the settings exclude.
func (x *examination) plan(ctx context.Context) Finding {
	c := x.session.Client
	reads := []struct {
		what string
		read func() error
	}{
		{"users", func() error { _, err := c.ListUsers(ctx, api.Query{Limit: 1}); return err }},
		{"counting users", func() error { _, err := c.CountUsers(ctx, api.Query{}); return err }},
		{"organizations", func() error { _, err := c.Organizations(ctx, "", 1, 0); return err }},
	}
	var lacks []string
	for _, r := range reads {
		err := r.read()
		var refused *api.Error
		switch {
		case err == nil:
		case errors.As(err, &refused) && refused.Kind == api.KindForbidden:
			lacks = append(lacks, r.what+": "+clean.Sentence(cmp.Or(refused.ServerMessage(), refused.Error())))
		default:
			return failed(err, "")
		}
	}
	if len(lacks) > 0 {
		return warn("not included: "+strings.Join(lacks, "; "), "everything else works; frontdesk tells you when you try one of these")
	}
	return ok("users and organizations can be read; whether banning and lockout are included is not checked")
}

func (x *examination) rateLimit(context.Context) Finding {
	header, _ := x.answers.last()
	for _, prefix := range []string{"X-RateLimit-", "RateLimit-"} {
		left, err := strconv.Atoi(header.Get(prefix + "Remaining"))
		if err != nil {
			continue
		}
		limit, _ := strconv.Atoi(header.Get(prefix + "Limit"))
		says := fmt.Sprintf("%d requests left", left)
		if limit > 0 {
			says = fmt.Sprintf("%d of %d requests left", left, limit)
		}
		if limit > 0 && left*10 < limit {
			return warn(says, "other programs use this key; bulk operations will wait")
		}
		return ok(says)
	}
	if wait := x.session.Client.RateLimitWait(); wait > 0 {
		return warn(fmt.Sprintf("the service asked us to wait %s", wait.Round(time.Second)), "other programs use this key")
	}
	return ok("not reported by the service; bulk operations use a tenth of the limit")
}
