package session

import (
	"context"
	"errors"

	"frontdesk/api"
	"frontdesk/api/config"
	"frontdesk/api/journal"
	"frontdesk/api/ops"
	"frontdesk/api/policy"
	"frontdesk/api/profile"
)

// Configured are the instances of the configuration and the environment. It implements
// [Instances].
type Configured struct {
	Resolver profile.Resolver
	Rules    *policy.Rules
	// Options are those of every session; Profile, Policy and Journal are the instance's
	// own.
	Options Options
	// StateHome is what XDG_STATE_HOME names or its place in the home folder; journals
	// are below it unless the configuration says otherwise.
	StateHome string
	// KeyRead is told every key that is read; it may be nil.
	KeyRead func(api.Key)
}

// Load reads the configuration at file, which need not exist. The resolver's Config is
// set; the error is a mistake in the file.
func Load(file string, person policy.Person, readOnly bool, r profile.Resolver, o Options) (*Configured, error) {
	conf, err := config.Load(file)
	if err != nil {
		return nil, err
	}
	rules, err := policy.New(conf, person, ops.Users(), readOnly)
	if err != nil {
		return nil, err
	}
	r.Config = conf
	return &Configured{Resolver: r, Rules: rules, Options: o}, nil
}

// List implements [Instances]: the roles are those of the operator on each. Where they
// have none the instance is left out, since it cannot be opened.
func (c *Configured) List() []profile.Instance {
	var all []profile.Instance
	for _, in := range c.Resolver.List() {
		if grant, err := c.Rules.On(in.ID, in.ReadOnly); err == nil {
			in.Role, in.ReadOnly = grant.Role, grant.ReadOnly
			all = append(all, in)
		}
	}
	return all
}

// Open implements [Instances]. A mistake of the operator's in a name, an address or the
// configuration is a [ConfigError].
func (c *Configured) Open(ctx context.Context, name string) (*Session, error) {
	in, err := c.Resolver.Find(name)
	if err != nil {
		return nil, asConfigError(err)
	}
	grant, err := c.Rules.On(in.ID, in.ReadOnly) // before a program that prints the key asks for a password
	if err != nil {
		return nil, err
	}
	place, err := c.Resolver.Resolve(ctx, name)
	if err != nil {
		return nil, asConfigError(err)
	}
	if c.KeyRead != nil {
		c.KeyRead(place.Key)
	}
	return c.open(ctx, place, grant)
}

// OpenProfile opens an instance whose key was read already.
func (c *Configured) OpenProfile(ctx context.Context, place profile.Profile) (*Session, error) {
	grant, err := c.Rules.On(place.Instance.ID, place.Instance.ReadOnly)
	if err != nil {
		return nil, err
	}
	return c.open(ctx, place, grant)
}

func (c *Configured) open(ctx context.Context, place profile.Profile, grant policy.Grant) (*Session, error) {
	place.Instance.Role, place.Instance.ReadOnly = grant.Role, grant.ReadOnly
	o := c.Options
	o.Profile, o.Policy, o.Journal = place, grant.Policy, c.OpenJournal(place.Instance)
	conf, id := c.Resolver.Config, place.Instance.ID
	o.ForwardSyslog, o.ForwardOTLP = conf.JournalFor(id).ForwardSyslog, conf.JournalFor(id).ForwardOTLP
	o.IdentityChecks, o.Ticket, o.Reasons = conf.ChecklistFor(id), conf.TicketFor(id), conf.Reasons
	return Open(ctx, o)
}

// OpenJournal returns the operator's journal of an instance, nil where the
// configuration wants none. No file is touched before it is needed.
func (c *Configured) OpenJournal(in profile.Instance) *journal.Journal {
	settings := c.Resolver.Config.JournalFor(in.ID)
	if !settings.IsOn() {
		return nil
	}
	dir, err := c.Resolver.ExpandPath(settings.Dir), error(nil)
	if dir == "" {
		dir, err = profile.JournalFolder(c.Resolver.Lookup, c.StateHome)
	}
	return journal.Open(journal.Options{
		Dir: dir, DirErr: err, Name: in.Kind.JournalName(), Keep: settings.KeepFor(), Now: c.Options.Clock, Rand: c.Options.Rand,
		Who: func() journal.Who { return journal.CurrentWho(c.Options.Env) },
	})
}

func asConfigError(err error) error {
	var mistake profile.ConfigError
	if errors.As(err, &mistake) {
		return ConfigError{err}
	}
	return err
}
