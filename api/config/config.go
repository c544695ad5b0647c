// Package config reads the operator's configuration, config.toml: which instances
// there are and where the key of each is, who may do what, the journal, the ticket
// and the reasons.
//
// What may live here: the settings, and what is wrong with them by file and line. What
// may not: reading a key (api/profile), judging an operation (api/policy), screens.
package config

import (
	"cmp"
	"maps"
	"regexp"
	"slices"
	"time"
)

// Config is what the file says. The zero Config is that of no file. The doc tags describe
// the settings in the JSON schema.
type Config struct {
	Default   string              `toml:"default" doc:"the instance to open where none is named"`
	Instances map[string]Instance `toml:"instance" doc:"the instances, by the name that --instance takes"`
	Roles     []Role              `toml:"role" doc:"who may do what; the first that names somebody is theirs; without any, everybody may do everything"`
	Journal   Journal             `toml:"journal" doc:"where changes are recorded"`
	Ticket    Ticket              `toml:"ticket" doc:"the reference to a case that is asked for beside the reason"`
	Checklist []string            `toml:"checklist" doc:"the statements that identify the caller, to be ticked before access is given or taken for good, in place of the supplied ones"`
	Reasons   []Reason            `toml:"reason" doc:"reasons that a key fills in"`

	path  string
	lines map[string]int
}

// Kinds of instance, as the file spells them.
const (
	KindDemo        = "demo"
	KindDevelopment = "development"
	KindProduction  = "production"
)

// Names of instances that exist without being in the file. A role may name them; only
// the demo may be configured.
const (
	DemoName        = "demo"
	EnvironmentName = "environment" // that of CLERK_SECRET_KEY
)

// Instance is one instance and the source of its key: exactly one of KeyCommand,
// KeyFile and KeyEnv, none for a demo.
type Instance struct {
	Title string `toml:"title" doc:"what screens call it"`
	Kind  string `toml:"kind" doc:"what it is; its key must be of the same kind" enum:"demo development production"`
	URL   string `toml:"url" doc:"the address of the API, where it is not https://api.clerk.com/v1"`

	KeyCommand []string `toml:"key_command" doc:"a program that prints the secret key, and its arguments; no shell reads them"`
	KeyFile    string   `toml:"key_file" doc:"a file with the secret key that only you can read"`
	KeyEnv     string   `toml:"key_env" doc:"the environment variable with the secret key"`

	ReadOnly bool `toml:"read_only" doc:"nobody does anything but read"`

	// These replace the general ones where they are set.
	Journal   *Journal `toml:"journal" doc:"in place of the general one"`
	Ticket    *Ticket  `toml:"ticket" doc:"in place of the general one"`
	Checklist []string `toml:"checklist" doc:"in place of the general one"`
}

// Role gives people operations. Operations are named by their id ("ban_user"), their
// tier ("T2"), their group ("group:Access"), "reads", or all together ("*").
type Role struct {
	Name      string   `toml:"name" doc:"viewer, agent and manager bring what they allow; another name needs allow or like"`
	Who       []string `toml:"who" doc:"users of this system, group:NAME, or * for everybody whom no other role names"`
	Like      string   `toml:"like" doc:"a role whose allow and deny count here too"`
	Allow     []string `toml:"allow" doc:"operations (ban_user), tiers (T2), groups (group:Access), reads, or *"`
	Deny      []string `toml:"deny" doc:"as allow; it wins"`
	Instances []string `toml:"instances" doc:"where the role holds; everywhere if none is named"`
}

// Journal says where writes are recorded and where records are forwarded to.
type Journal struct {
	Enabled       *bool  `toml:"enabled" doc:"false records nothing; true if not set"`
	Dir           string `toml:"dir" doc:"the folder; by default frontdesk/journal in your state folder"`
	Keep          string `toml:"keep" doc:"how long records are kept: 90d, 12h; for ever if not set"`
	ForwardSyslog string `toml:"forward_syslog" doc:"local, or the address of a syslog server: udp://, tcp:// or unix://"`
	ForwardOTLP   string `toml:"forward_otlp" doc:"the address of an OpenTelemetry collector that takes logs over HTTP"`
}

// IsOn reports whether writes are recorded.
func (j Journal) IsOn() bool { return j.Enabled == nil || *j.Enabled }

// KeepFor is how long records are kept, 0 for ever.
func (j Journal) KeepFor() time.Duration { d, _ := parseAge(j.Keep); return d }

// Ticket is the reference to a case that is asked for beside the reason.
type Ticket struct {
	Label        string `toml:"label" doc:"what it is called in questions"`
	Pattern      string `toml:"pattern" doc:"a regular expression that the whole ticket matches"`
	RequiredFrom string `toml:"required_from" doc:"the lowest tier that needs one; none if not set" enum:"T0 T1 T2 T3 T4"`
}

// IsAsked reports whether there is a ticket to ask for.
func (t Ticket) IsAsked() bool { return t != Ticket{} }

// Matches reports whether text is a ticket; without a pattern every text is.
func (t Ticket) Matches(text string) bool {
	if t.Pattern == "" {
		return true
	}
	pattern, err := compileWhole(t.Pattern)
	return err == nil && pattern.MatchString(text)
}

func compileWhole(pattern string) (*regexp.Regexp, error) {
	if _, err := regexp.Compile(pattern); err != nil {
		return nil, err
	}
	return regexp.Compile(`^(?:` + pattern + `)$`)
}

// Reason is a reason that a key fills in.
type Reason struct {
	Key  string `toml:"key" doc:"the key, one character"`
	Text string `toml:"text" doc:"the reason"`
}

// Path is the file that was read, "" where there is none.
func (c *Config) Path() string { return c.path }

// Names are the configured instances, in the order of the file.
func (c *Config) Names() []string {
	return slices.SortedFunc(maps.Keys(c.Instances), func(a, b string) int {
		return cmp.Or(cmp.Compare(c.line("instance."+a), c.line("instance."+b)), cmp.Compare(a, b))
	})
}

// JournalFor, TicketFor and ChecklistFor are the settings that hold on an instance,
// which need not be configured.
func (c *Config) JournalFor(name string) Journal {
	if own := c.Instances[name].Journal; own != nil {
		return *own
	}
	return c.Journal
}

// TicketFor is described at JournalFor.
func (c *Config) TicketFor(name string) Ticket {
	if own := c.Instances[name].Ticket; own != nil {
		return *own
	}
	return c.Ticket
}

// ChecklistFor is described at JournalFor.
func (c *Config) ChecklistFor(name string) []string {
	if own := c.Instances[name].Checklist; own != nil {
		return own
	}
	return c.Checklist
}

// KeyVariables are the names of the environment variables that hold keys; no other
// program is told them.
func (c *Config) KeyVariables() []string {
	names := []string{"CLERK_SECRET_KEY"}
	for _, name := range c.Names() {
		if variable := c.Instances[name].KeyEnv; variable != "" && !slices.Contains(names, variable) {
			names = append(names, variable)
		}
	}
	return names
}
