// Package place says on which instance a command works: it reads the flags that all
// commands share and the configuration, and opens what they mean.
//
// What may live here: --instance, --read-only, --db, and opening by them. What may not:
// how an instance is found or its key read (api/profile, api/session).
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

// Env is what is needed from outside.
type Env struct {
	Lookup  func(string) (string, bool) // os.LookupEnv
	Environ []string
	// Home, ConfigHome, DataHome and StateHome are the operator's folders.
	Home, ConfigHome, DataHome, StateHome string
	// LoginUIDFile is where the kernel says who logged in.
	LoginUIDFile string
	Stderr       io.Writer
	Options      session.Options // those that all sessions have in common
}

// Place is the instance that the flags name.
type Place struct {
	Instance, DB string
	ReadOnly     bool
	// Keys takes secret keys out of what is printed.
	Keys api.KeyMask

	env Env
}

// New returns a Place whose flags Declare declares.
func New(env Env) *Place {
	p := &Place{env: env}
	secret, _ := env.Lookup("CLERK_SECRET_KEY")
	if key, err := api.NewKey(secret); err == nil {
		p.Keys.Add(key)
	}
	return p
}

// Declare declares the flags for root and all below it.
func (p *Place) Declare(root *cobra.Command) {
	f := root.PersistentFlags()
	f.StringVar(&p.Instance, "instance", "", "the instance of config.toml to work on, or demo (default: FRONTDESK_INSTANCE, CLERK_SECRET_KEY's, the configured default, the demo)")
	f.BoolVar(&p.ReadOnly, "read-only", false, "do nothing but read")
	f.StringVar(&p.DB, "db", "", "file of the embedded directory (default: in your data directory; a temporary one for sandbox)")
	command.CompleteFiles(root, "db")
	command.CompleteDynamic(root, "instance", p.names)
}

// names are what --instance takes; of a configuration with a mistake, none.
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

// ConfigFile returns the path of the configuration, which need not exist.
func (p *Place) ConfigFile() string { return profile.ConfigFile(p.env.Lookup, p.env.ConfigHome) }

// SavedSearchFile returns the path of the operator's saved searches, which need not exist.
func (p *Place) SavedSearchFile() string {
	return profile.SavedSearchesFile(p.env.Lookup, p.env.ConfigHome)
}

// DemoFile returns the file of the demo directory: the one that --db names, or the
// operator's own.
func (p *Place) DemoFile() (string, error) {
	if p.DB != "" {
		return p.DB, nil
	}
	return profile.DemoFile(p.env.Lookup, p.env.DataHome)
}

// TourFile returns the file of the tour's state, "" if there is no place for it.
func (p *Place) TourFile() string { return profile.TourFile(p.env.Lookup, p.env.StateHome) }

// ResetDemo makes the demo's directory as on its first day. It may be open.
func (p *Place) ResetDemo(ctx context.Context) error {
	path, err := p.DemoFile()
	if err != nil {
		return err
	}
	return directory.ExplainOpen(host.Reset(ctx, host.OpenOptions{Path: path, Now: p.env.Options.Clock, Rand: p.env.Options.Rand}), p.DB)
}

// CheckTour returns a mistake in usage unless the instance that the flags name is the
// demo. It reads no key.
func (p *Place) CheckTour(all *session.Configured) error {
	in, err := all.Resolver.Find(all.Resolver.Selected(p.Instance))
	switch {
	case err != nil:
		return usage(err)
	case in.Kind == profile.Demo:
		return nil
	}
	return usage(fmt.Errorf("the tour is on the demo, and this would be %s: frontdesk tour --instance demo", clean.NewText(in.Name).Display()))
}

// Instances reads the configuration. Its error is a mistake in usage.
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

// OpenIn opens the instance that flags, environment and configuration name.
func (p *Place) OpenIn(ctx context.Context, all *session.Configured) (*session.Session, error) {
	s, err := all.Open(ctx, all.Resolver.Selected(p.Instance))
	var mistake session.ConfigError
	if errors.As(err, &mistake) {
		return nil, usage(err)
	}
	return s, err
}

// Connect opens the instance and waits until a demo's directory is open.
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

// Journal returns the journal of the instance, whose key is not needed.
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
		return nil, fmt.Errorf("no journal is kept of %s: it is switched off in config.toml", in.Name)
	}
	return j, nil
}

func usage(err error) error { return command.Exit{Code: command.CodeUsage, Err: err} }
