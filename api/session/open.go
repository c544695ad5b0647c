package session

import (
	"context"
	"crypto/rand"
	"io"
	"slices"
	"strings"
	"time"

	"frontdesk/api"
	"frontdesk/api/config"
	"frontdesk/api/desk"
	"frontdesk/api/exchange"
	"frontdesk/api/journal"
	"frontdesk/api/ops"
	"frontdesk/api/profile"
	"frontdesk/api/sandbox"
	"frontdesk/api/sandbox/host"
)

// Options configure a session. Profile and Clock are required.
type Options struct {
	Profile   profile.Profile
	UserAgent string
	// DemoFile returns the path of the demo database; it is only called for a demo.
	DemoFile func() (string, error)
	Clock    func() time.Time
	Jitter   func() float64      // in [0, 1), spreads the waits between retries
	Env      func(string) string // for the settings of the proxy and of OpenTelemetry
	Rand     io.Reader
	// Policy decides what the operator may do; nil allows everything. Journal records
	// changes; nil records nothing.
	Policy  ops.Policy
	Journal *journal.Journal
	// ForwardSyslog and ForwardOTLP are the forwarding destinations; "" means none.
	ForwardSyslog, ForwardOTLP string
	// IdentityChecks replaces the built-in identity checks unless it is empty.
	IdentityChecks []string
	// Ticket and Reasons are copied to the Session.
	Ticket  config.Ticket
	Reasons []config.Reason
}

// ConfigError is a mistake in the address or the key of an instance.
type ConfigError struct{ error }

func (e ConfigError) Unwrap() error { return e.error }

// Open opens the instance of o.Profile. A demo database is opened in the background:
// requests wait for it, and Demo.Wait reports an error.
func Open(ctx context.Context, o Options) (*Session, error) {
	in := o.Profile.Instance
	s := &Session{Catalogue: ops.Users().WithIdentityChecks(o.IdentityChecks).WithPolicy(o.Policy).WithTicket(ticketRule(o.Ticket)), Instance: in, Journal: o.Journal, Ticket: o.Ticket, Reasons: o.Reasons, Exchanges: exchange.NewLog(), Close: func() {}}
	conf := api.Config{BaseURL: in.URL, Key: o.Profile.Key, UserAgent: o.UserAgent, Clock: o.Clock, Jitter: o.Jitter, Env: o.Env, Exchanges: s.Exchanges}
	var err error
	if in.Kind == profile.Demo {
		if s.Demo, err = embed(ctx, o, &conf); err != nil {
			return nil, err
		}
		s.Close = func() { _ = s.Demo.Close() }
	} else {
		profile.Harden()
	}
	if s.Client, err = api.New(conf); err != nil {
		s.Close()
		return nil, ConfigError{err}
	}
	recorder := s.newRecorder(o)
	s.Desk, err = desk.New(desk.Config{Client: s.Client, Catalogue: s.Catalogue, Clock: o.Clock, MinInterval: in.Kind.RequestInterval(), Journal: recorder})
	if err != nil {
		s.Close()
		return nil, err
	}
	if err := s.newForwarding(o); err != nil {
		s.Close()
		return nil, ConfigError{err}
	}
	return s, nil
}

// newRecorder returns the recorder for the desk, or nil without a journal.
func (s *Session) newRecorder(o Options) desk.Journal {
	if o.Journal == nil {
		return nil
	}
	in := o.Profile.Instance
	written := journal.Instance{Name: in.Name, Kind: strings.ToLower(in.Kind.String()), Key: o.Profile.Key.Fingerprint()}
	return s.SetJournal(o.Journal, written, o.Clock)
}

// embed starts to open the demo database and points the client at its server.
func embed(ctx context.Context, o Options, conf *api.Config) (*host.Embedded, error) {
	path, err := o.DemoFile()
	if err != nil {
		return nil, err
	}
	secret := "sk_test_" + rand.Text() + rand.Text()
	if conf.Key, err = api.NewKey(secret); err != nil {
		return nil, err
	}
	demo := host.Embed(ctx, host.OpenOptions{Path: path, Now: o.Clock, Rand: o.Rand}, secret)
	conf.BaseURL, conf.Transport = sandbox.InProcessURL+"/v1", demo
	return demo, nil
}

// ticketRule converts a configured ticket into a rule of the catalogue.
func ticketRule(t config.Ticket) ops.TicketRule {
	return ops.TicketRule{
		IsAsked: t.IsAsked(), Label: t.Label, Pattern: t.Pattern, Matches: t.Matches,
		IsNeeded: t.RequiredFrom != "", From: ops.Tier(max(0, slices.Index(config.Tiers(), t.RequiredFrom))),
	}
}
