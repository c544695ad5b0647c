// Package place selects the instance that a command works on. It declares the global flags,
// reads the configuration, and opens the selected instance.
//
// What may live here: --instance, --read-only, --db, and opening what they select. What may
// not: resolving an instance or reading its key (api/profile, api/session).
package place

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/api/journal"
	"frontdesk/api/policy"
	"frontdesk/api/profile"
	"frontdesk/api/sandbox/host"
	"frontdesk/api/session"
	"frontdesk/views/command"
	"frontdesk/views/command/directory"
)

// Env holds the dependencies of a Place.
type Env struct {
	Lookup  func(string) (string, bool) // os.LookupEnv
	Environ []string
	// Home, ConfigHome, DataHome and StateHome are the operator's directories.
	Home, ConfigHome, DataHome, StateHome string
	// LoginUIDFile is the kernel's file with the login uid.
	LoginUIDFile string
	Stderr       io.Writer
	Options      session.Options // options common to all sessions
}

// Place holds the global flags and opens the instance that they select.
type Place struct {
	Instance, DB string
	ReadOnly     bool
	// Keys removes secret keys from output.
	Keys api.KeyMask

	env Env
}

// New returns a Place. Call Declare to add its flags to a command.
func New(env Env) *Place {
	p := &Place{env: env}
	secret, _ := env.Lookup("CLERK_SECRET_KEY")
	if key, err := api.NewKey(secret); err == nil {
		p.Keys.Add(key)
	}
	return p
}

// Declare adds the flags to root and all its subcommands.
func (p *Place) Declare(root *cobra.Command) {
	f := root.PersistentFlags()
	f.StringVar(&p.Instance, "instance", "", "the instance to work on, as named in config.toml, or demo (default: FRONTDESK_INSTANCE, the instance of CLERK_SECRET_KEY, the default in config.toml, or the demo)")
	f.BoolVar(&p.ReadOnly, "read-only", false, "refuse all changes")
	f.StringVar(&p.DB, "db", "", "file of the demo data (default: in your data directory; a temporary file for sandbox)")
	command.CompleteFiles(root, "db")
	command.CompleteDynamic(root, "instance", p.names)
}

// names returns the values of --instance for completion; none if the configuration is
// invalid.
func (p *Place) names() []string {
	all, err := p.Instances()
	if err != nil {
		return nil
	}
	var names []string
	for _, in := range all.List() {
		if in.ID != "" {
			names = append(names, in.ID)
		}
	}
	return names
}

// ConfigFile returns the path of the configuration file, which need not exist.
func (p *Place) ConfigFile() string { return profile.ConfigFile(p.env.Lookup, p.env.ConfigHome) }

// SavedSearchFile returns the path of the operator's saved searches, which need not exist.
func (p *Place) SavedSearchFile() string {
	return profile.SavedSearchesFile(p.env.Lookup, p.env.ConfigHome)
}

// DemoFile returns the path of the demo database: the value of --db, or the default one.
func (p *Place) DemoFile() (string, error) {
	if p.DB != "" {
		return p.DB, nil
	}
	return profile.DemoFile(p.env.Lookup, p.env.DataHome)
}

// TourFile returns the path of the file with the progress of the tour, or "" if there is no
// directory for it.
func (p *Place) TourFile() string { return profile.TourFile(p.env.Lookup, p.env.StateHome) }

// ResetDemo resets the demo data, which may be in use.
func (p *Place) ResetDemo(ctx context.Context) error {
	path, err := p.DemoFile()
	if err != nil {
		return err
	}
	return directory.ExplainOpen(host.Reset(ctx, host.OpenOptions{Path: path, Now: p.env.Options.Clock, Rand: p.env.Options.Rand}), p.DB)
}

// CheckTour returns a usage error unless the selected instance is the demo. It reads no key.
func (p *Place) CheckTour(all *session.Configured) error {
	in, err := all.Resolver.Find(all.Resolver.Selected(p.Instance))
	switch {
	case err != nil:
		return usage(err)
	case in.Kind == profile.Demo:
		return nil
	}
	return usage(fmt.Errorf("the tour runs on the demo only, but %s is selected; run frontdesk tour --instance demo", clean.NewText(in.Name).Display()))
}

// Instances reads the configuration. Its error is a usage error.
func (p *Place) Instances() (*session.Configured, error) {
	options := p.env.Options
	options.DemoFile = p.DemoFile
	all, err := session.Load(p.ConfigFile(), policy.CurrentPerson(p.env.LoginUIDFile), p.ReadOnly,
		profile.Resolver{Lookup: p.env.Lookup, Environ: p.env.Environ, Operator: profile.CurrentOperator(), Home: p.env.Home, Stderr: p.env.Stderr}, options)
	if err != nil {
		return nil, usage(err)
	}
	all.StateHome, all.KeyRead = p.env.StateHome, p.Keys.Add
	return all, nil
}

// OpenIn opens the instance selected by flags, environment and configuration.
func (p *Place) OpenIn(ctx context.Context, all *session.Configured) (*session.Session, error) {
	s, err := all.Open(ctx, all.Resolver.Selected(p.Instance))
	var mistake session.ConfigError
	if errors.As(err, &mistake) {
		return nil, usage(err)
	}
	return s, err
}

// Connect opens the instance and, for a demo, waits until its database is open.
func (p *Place) Connect(ctx context.Context) (*session.Session, error) {
	all, err := p.Instances()
	if err != nil {
		return nil, err
	}
	s, err := p.OpenIn(ctx, all)
	if err != nil {
		return nil, err
	}
	if err := directory.ExplainOpen(s.Demo.Wait(ctx), p.DB); err != nil {
		s.Close()
		return nil, err
	}
	return s, nil
}

// Journal returns the journal of the instance without reading its key.
func (p *Place) Journal() (*journal.Journal, error) {
	all, err := p.Instances()
	if err != nil {
		return nil, err
	}
	in, err := all.Resolver.Find(all.Resolver.Selected(p.Instance))
	if err != nil {
		return nil, usage(err)
	}
	j := all.OpenJournal(in)
	if j == nil {
		return nil, fmt.Errorf("the journal is switched off for %s in config.toml", in.Name)
	}
	return j, nil
}

func usage(err error) error { return command.Exit{Code: command.CodeUsage, Err: err} }
