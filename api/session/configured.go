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

// Configured opens the instances defined by the configuration and the environment. It
// implements [Instances].
type Configured struct {
	Resolver profile.Resolver
	Rules    *policy.Rules
	// Options apply to every session. Profile, Policy and Journal are overwritten for
	// each instance.
	Options Options
	// StateHome is the value of XDG_STATE_HOME or its default in the home directory.
	// Journals are stored below it by default.
	StateHome string
	// KeyRead, if not nil, is called with every key that is read.
	KeyRead func(api.Key)
}

// Load reads the configuration file, which need not exist, and sets r.Config. An error
// describes a mistake in the file.
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

// List implements [Instances]. It omits instances on which the operator has no role, since
// they cannot be opened.
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

// Open implements [Instances]. For a mistake in the name, the address or the configuration
// it returns a [ConfigError].
func (c *Configured) Open(ctx context.Context, name string) (*Session, error) {
	in, err := c.Resolver.Find(name)
	if err != nil {
		return nil, asConfigError(err)
	}
	grant, err := c.Rules.On(in.ID, in.ReadOnly) // before the key command prompts for a password
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

// OpenProfile opens an instance whose key has been read.
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
	if place.Instance.Kind == profile.Demo && len(o.Reasons) == 0 {
		o.Reasons = DemoReasons()
	}
	return Open(ctx, o)
}

// DemoReasons are the usual reasons of the demo if the configuration has none: an example
// of what a team may configure.
func DemoReasons() []config.Reason {
	return []config.Reason{
		{Key: "c", Text: "called back"},
		{Key: "u", Text: "user asked"},
		{Key: "f", Text: "fraud"},
	}
}

// OpenJournal returns the operator's journal for an instance, or nil if it is disabled in
// the configuration. It does not access the disk.
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
