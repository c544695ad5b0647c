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
	// skewWarn and skewFail are how far this clock may be from the service's. Locks,
	// expiries and "5 minutes ago" are computed here.
	skewWarn = 5 * time.Second
	skewFail = 5 * time.Minute
)

// observer is the way to the service. It keeps what the last answer said about itself.
type observer struct {
	next http.RoundTripper
	now  func() time.Time

	mu     sync.Mutex
	header http.Header
	at     time.Time // half-way between request and answer
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

// service are the checks that ask the instance. The first that gets no answer is the
// last.
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
		return failed(err, "frontdesk sandbox reset makes a new demo directory")
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
			return failed(err, "copy the secret key again from the dashboard: API keys")
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
			return ok("the demo goes by this machine's")
		}
		return warn("the service does not say what time it is", "")
	}
	skew := at.Sub(theirs.Add(500 * time.Millisecond)) // it is given in whole seconds
	says := fmt.Sprintf("this machine is %s %s the service", skew.Abs().Round(time.Second), map[bool]string{true: "ahead of", false: "behind"}[skew > 0])
	const do = "set the clock (timedatectl set-ntp true): locks and expiries are counted with it"
	switch {
	case skew.Abs() > skewFail:
		return fail(says, do)
	case skew.Abs() > skewWarn:
		return warn(says, do)
	}
	return ok("agrees with the service's")
}

func (x *examination) version(context.Context) Finding {
	header, _ := x.answers.last()
	answered := clean.NewText(header.Get("Clerk-API-Version")).Display()
	if answered != "" && answered != string(api.NewestVersion) {
		return warn(fmt.Sprintf("asked for %s, answered with %s", api.NewestVersion, answered), "an address between here and Clerk may change it; look at url")
	}
	return ok(string(api.NewestVersion))
}

// plan tries harmless reads for what the plan or the instance's settings leave out.
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
		return warn("not included: "+strings.Join(lacks, "; "), "the rest works; what is left out says so where it is asked for")
	}
	return ok("users and organizations can be read; banning and lockout show only when they are tried")
}

func (x *examination) rateLimit(context.Context) Finding {
	header, _ := x.answers.last()
	for _, prefix := range []string{"X-RateLimit-", "RateLimit-"} {
		left, err := strconv.Atoi(header.Get(prefix + "Remaining"))
		if err != nil {
			continue
		}
		limit, _ := strconv.Atoi(header.Get(prefix + "Limit"))
		says := fmt.Sprintf("%d requests are left", left)
		if limit > 0 {
			says = fmt.Sprintf("%d of %d requests are left", left, limit)
		}
		if limit > 0 && left*10 < limit {
			return warn(says, "other programs use this key; long work waits for its turn")
		}
		return ok(says)
	}
	if wait := x.session.Client.RateLimitWait(); wait > 0 {
		return warn(fmt.Sprintf("the service asked to wait for %s", wait.Round(time.Second)), "other programs use this key")
	}
	return ok("the service does not say what is left; long work takes a tenth of what it allows")
}
