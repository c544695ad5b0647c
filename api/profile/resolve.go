package profile

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"path/filepath"
	"strings"
	"time"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/api/config"
)

// Profile is an instance and the key to access it.
type Profile struct {
	Instance Instance
	Key      api.Key // the zero Key for a demo
}

// ErrNoKey is returned if an API address is set without a key.
var ErrNoKey = errors.New("CLERK_API_URL is set but CLERK_SECRET_KEY is not: set both to work on that instance, or neither for the demo")

// ErrEmptyKey is returned if the key is set but empty. Opening the demo instead would let
// the operator mistake it for their own instance.
var ErrEmptyKey = errors.New("CLERK_SECRET_KEY is empty; set it, or unset it to use the demo")

// Resolver finds instances in the configuration and the environment.
type Resolver struct {
	Config *config.Config
	Lookup func(string) (string, bool) // os.LookupEnv
	// Environ is the environment of the program. Key commands inherit it without the
	// variables that hold keys.
	Environ  []string
	Operator string // "jo@ops-2"
	Home     string // the operator's home directory, for "~/"
	// Stderr receives the standard error of key commands, such as a password prompt. If
	// it is nil, that output is discarded.
	Stderr io.Writer
	// CommandTimeout limits how long a key command may run; 0 means 10 seconds.
	CommandTimeout time.Duration
}

// ConfigError is a mistake in the configuration, the environment or an instance name. No
// request was sent.
type ConfigError struct{ error }

func (e ConfigError) Unwrap() error { return e.error }

// Selected returns the name of the instance to open: flag (the value of --instance) if not
// empty, else FRONTDESK_INSTANCE, the instance of CLERK_SECRET_KEY
// (config.EnvironmentName), the configured default, or the demo, in that order.
func (r Resolver) Selected(flag string) string {
	if flag != "" {
		return flag
	}
	if named, _ := r.Lookup("FRONTDESK_INSTANCE"); named != "" {
		return named
	}
	byDefault := r.Config.Default
	if r.hasEnvironment() && (byDefault == "" || r.Config.Instances[byDefault].KeyEnv != "CLERK_SECRET_KEY") {
		return config.EnvironmentName
	}
	if byDefault != "" {
		return byDefault
	}
	return config.DemoName
}

// hasEnvironment reports whether the environment defines an instance.
func (r Resolver) hasEnvironment() bool {
	_, key := r.Lookup("CLERK_SECRET_KEY")
	address, _ := r.Lookup("CLERK_API_URL")
	return key || strings.TrimSpace(address) != ""
}

// List returns the instances that can be opened: the one from the environment if any, the
// configured ones in file order, and the demo. It runs no key command and reads no key file.
func (r Resolver) List() []Instance {
	var all []Instance
	if r.hasEnvironment() {
		if p, err := r.environment(); err == nil {
			all = append(all, p.Instance)
		}
	}
	for _, name := range r.Config.Names() {
		all = append(all, r.configured(name))
	}
	if _, configured := r.Config.Instances[config.DemoName]; !configured {
		all = append(all, r.demo(config.DemoName))
	}
	return all
}

// Find returns the instance with a name from Selected or Instance.ID. It runs no key
// command and reads no key file.
func (r Resolver) Find(name string) (Instance, error) {
	_, isConfigured := r.Config.Instances[name]
	switch {
	case name == "" || name == config.EnvironmentName:
		p, err := r.environment()
		if err != nil {
			return Instance{}, ConfigError{err}
		}
		return p.Instance, nil
	case name == config.DemoName && !isConfigured:
		return r.demo(name), nil
	case !isConfigured:
		return Instance{}, ConfigError{r.unknown(name)}
	}
	in := r.configured(name)
	if err := api.CheckURL(in.URL); err != nil {
		return Instance{}, ConfigError{r.Config.ErrorAt("instance."+name+".url", "instance "+name+": "+err.Error())}
	}
	return in, nil
}

// Resolve returns an instance with its key.
func (r Resolver) Resolve(ctx context.Context, name string) (Profile, error) {
	in, err := r.Find(name)
	if err != nil {
		return Profile{}, err
	}
	switch {
	case in.ID == "":
		return r.environment()
	case in.Kind == Demo:
		return Profile{Instance: in}, nil
	}
	own := r.Config.Instances[name]
	key, err := r.readKey(ctx, name, own)
	if err != nil {
		return Profile{}, err
	}
	if key.IsLive() != (in.Kind == Production) {
		return Profile{}, ConfigError{r.Config.ErrorAt("instance."+name+".kind", fmt.Sprintf("instance %s is of kind %s, but its key is a %s key (%s); nothing was sent", name, own.Kind, keyKind(key), key))}
	}
	return Profile{Instance: in, Key: key}, nil
}

func keyKind(key api.Key) string {
	if key.IsLive() {
		return config.KindProduction
	}
	return config.KindDevelopment
}

// unknown returns the error for an unknown instance name. It lists the known ones.
func (r Resolver) unknown(name string) error {
	says := "there is no instance “" + clean.NewText(name).Display() + "”"
	if names := r.Config.Names(); len(names) > 0 {
		return errors.New(says + "; known instances: " + strings.Join(append(names, config.DemoName), ", "))
	}
	return errors.New(says + ": no instances are configured (frontdesk config init creates an example)")
}

func (r Resolver) demo(id string) Instance {
	return Instance{ID: id, Kind: Demo, Name: "Harbor & Pine", Operator: r.Operator}
}

// configured returns an instance from the configuration file.
func (r Resolver) configured(name string) Instance {
	own := r.Config.Instances[name]
	kind := map[string]Kind{config.KindDemo: Demo, config.KindDevelopment: Development, config.KindProduction: Production}[own.Kind]
	in := Instance{ID: name, Kind: kind, Name: clean.NewText(own.Title).Display(), URL: own.URL, Operator: r.Operator, ReadOnly: own.ReadOnly}
	switch {
	case own.Title != "":
	case kind == Demo:
		in.Name = r.demo(name).Name
	default:
		in.Name = name
	}
	return in
}

// environment returns the instance of CLERK_SECRET_KEY and CLERK_API_URL, or the demo if
// neither is set.
func (r Resolver) environment() (Profile, error) {
	secret, named := r.Lookup("CLERK_SECRET_KEY")
	base, _ := r.Lookup("CLERK_API_URL")
	secret, base = strings.TrimSpace(secret), strings.TrimSpace(base)
	if named && secret == "" {
		return Profile{}, ErrEmptyKey
	}
	if secret == "" {
		if base != "" {
			return Profile{}, ErrNoKey
		}
		return Profile{Instance: r.demo("")}, nil
	}
	key, err := api.NewKey(secret)
	if err != nil {
		return Profile{}, err
	}
	kind := Development
	if key.IsLive() {
		kind = Production
	}
	return Profile{Instance: Instance{Kind: kind, Name: hostName(base), URL: base, Operator: r.Operator}, Key: key}, nil
}

func hostName(base string) string {
	if u, err := url.Parse(base); err == nil && u.Host != "" {
		return clean.NewText(u.Host).Display()
	}
	return "api.clerk.com"
}

// ExpandPath replaces a leading "~/" in a configured path with the home directory.
func (r Resolver) ExpandPath(p string) string {
	if rest, inHome := strings.CutPrefix(p, "~/"); inHome {
		return filepath.Join(r.Home, rest)
	}
	return p
}
