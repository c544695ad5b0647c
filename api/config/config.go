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

// Config is what the file says. The zero Config is that of no file.
type Config struct {
	// Default is the instance to open where none is named; "" for none.
	Default   string              `toml:"default"`
	Instances map[string]Instance `toml:"instance"`
	// Roles are tried in the order of the file; none gives everybody everything.
	Roles     []Role   `toml:"role"`
	Journal   Journal  `toml:"journal"`
	Ticket    Ticket   `toml:"ticket"`
	Checklist []string `toml:"checklist"` // replaces the statements asked at T3; nil keeps them
	Reasons   []Reason `toml:"reason"`

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
	Title string `toml:"title"`
	Kind  string `toml:"kind"`
	URL   string `toml:"url"`

	KeyCommand []string `toml:"key_command"` // a program and its arguments; no shell reads them
	KeyFile    string   `toml:"key_file"`
	KeyEnv     string   `toml:"key_env"`

	// ReadOnly refuses everybody everything but harmless reads.
	ReadOnly bool `toml:"read_only"`

	// Journal, Ticket and Checklist replace the general ones where they are set.
	Journal   *Journal `toml:"journal"`
	Ticket    *Ticket  `toml:"ticket"`
	Checklist []string `toml:"checklist"`
}

// Role gives people operations. Operations are named by their id ("ban_user"), their
// tier ("T2"), their group ("group:Access") or all together ("*").
type Role struct {
	Name string `toml:"name"`
	// Who are names of OS users, "group:NAME", or "*" for everybody whom no other role
	// names.
	Who []string `toml:"who"`
	// Like is the role whose Allow and Deny count here too.
	Like  string   `toml:"like"`
	Allow []string `toml:"allow"`
	Deny  []string `toml:"deny"` // wins over Allow
	// Instances are where the role holds; none is everywhere.
	Instances []string `toml:"instances"`
}

// Journal says where writes are recorded and where records are forwarded to.
type Journal struct {
	Enabled       *bool  `toml:"enabled"` // nil is true
	Dir           string `toml:"dir"`
	Keep          string `toml:"keep"`           // how long: "90d", "12h"; "" is for ever
	ForwardSyslog string `toml:"forward_syslog"` // "local" or an address: "udp://logs:514", "unix:///dev/log"
	ForwardOTLP   string `toml:"forward_otlp"`   // the URL of a collector's logs: "https://otel:4318/v1/logs"
}

// IsOn reports whether writes are recorded.
func (j Journal) IsOn() bool { return j.Enabled == nil || *j.Enabled }

// KeepFor is how long records are kept, 0 for ever.
func (j Journal) KeepFor() time.Duration { d, _ := parseAge(j.Keep); return d }

// Ticket is the reference to a case that is asked for beside the reason.
type Ticket struct {
	Label   string `toml:"label"`   // what it is called: "Zendesk"
	Pattern string `toml:"pattern"` // a regular expression that the whole ticket matches
	// RequiredFrom is the lowest tier ("T2") that needs one; "" is none.
	RequiredFrom string `toml:"required_from"`
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
	Key  string `toml:"key"`
	Text string `toml:"text"`
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
