// Package config reads and validates the configuration file, config.toml: the
// instances and where their keys come from, the roles, the journal, the ticket, the
// canned reasons and the theme.
//
// What may live here: the settings, their validation, and error messages that name
// file and line. What may not: reading a key (api/profile), deciding whether an
// operation is allowed (api/policy), screens.
package config

import (
	"cmp"
	"maps"
	"regexp"
	"slices"
	"time"
)

// Config is the content of the configuration file. The zero value stands for a missing
// file. The doc tags become the descriptions in the JSON schema.
type Config struct {
	Default   string              `toml:"default" doc:"the instance to open when none is named on the command line"`
	Instances map[string]Instance `toml:"instance" doc:"the instances, keyed by the name passed to --instance"`
	Roles     []Role              `toml:"role" doc:"roles, which decide what each person may do; the first role that lists a person applies; without any role, everybody may do everything"`
	Journal   Journal             `toml:"journal" doc:"how changes are recorded"`
	Ticket    Ticket              `toml:"ticket" doc:"the ticket number to ask for along with the reason"`
	Checklist []string            `toml:"checklist" doc:"identity checks to tick before access is granted or permanently removed; replaces the built-in list"`
	Reasons   []Reason            `toml:"reason" doc:"canned reasons, each filled in with one key"`
	Theme     Theme               `toml:"theme" doc:"how the console looks"`

	path  string
	lines map[string]int
}

// Values of Instance.Kind.
const (
	KindDemo        = "demo"
	KindDevelopment = "development"
	KindProduction  = "production"
)

// Names of the built-in instances, which exist without an entry in the file. Roles may
// name them. Only the demo may also be configured.
const (
	DemoName        = "demo"
	EnvironmentName = "environment" // the instance of CLERK_SECRET_KEY
)

// Instance configures one instance. Exactly one of KeyCommand, KeyFile and KeyEnv is
// set, or none for a demo.
type Instance struct {
	Title string `toml:"title" doc:"the name shown on screen"`
	Kind  string `toml:"kind" doc:"the kind of instance; the key must be of the same kind" enum:"demo development production"`
	URL   string `toml:"url" doc:"the base URL of the API; https://api.clerk.com/v1 if not set"`

	KeyCommand []string `toml:"key_command" doc:"a command that prints the secret key: the program and its arguments, run without a shell"`
	KeyFile    string   `toml:"key_file" doc:"a file that holds the secret key and that only you can read"`
	KeyEnv     string   `toml:"key_env" doc:"the environment variable that holds the secret key"`

	ReadOnly bool `toml:"read_only" doc:"whether all changes are refused"`

	// These override the top-level settings if set.
	Journal   *Journal `toml:"journal" doc:"overrides the top-level journal for this instance"`
	Ticket    *Ticket  `toml:"ticket" doc:"overrides the top-level ticket for this instance"`
	Checklist []string `toml:"checklist" doc:"overrides the top-level checklist for this instance"`
}

// Role lists people and the operations they may perform. Allow and Deny name operations
// by id ("ban_user"), tier ("T2") or group ("group:Access"); "reads" stands for all reads
// that reveal no secret, "*" for everything.
type Role struct {
	Name      string   `toml:"name" doc:"the name of the role; viewer, agent and manager have built-in permissions, any other name needs allow or like"`
	Who       []string `toml:"who" doc:"operating system users, groups as group:NAME, or * for everybody not listed in another role"`
	Like      string   `toml:"like" doc:"another role whose allow and deny apply here as well"`
	Allow     []string `toml:"allow" doc:"allowed operations (ban_user), tiers (T2), groups (group:Access), reads, or *"`
	Deny      []string `toml:"deny" doc:"denied operations, named as in allow; deny takes precedence over allow"`
	Instances []string `toml:"instances" doc:"the instances on which the role applies; all if not set"`
}

// Journal configures where changes are recorded and where the records are forwarded.
type Journal struct {
	Enabled       *bool  `toml:"enabled" doc:"whether changes are recorded; true if not set"`
	Dir           string `toml:"dir" doc:"the directory of the journal; frontdesk/journal in your state directory if not set"`
	Keep          string `toml:"keep" doc:"how long to keep records, for example 90d or 12h; forever if not set"`
	ForwardSyslog string `toml:"forward_syslog" doc:"local, or the address of a syslog server: udp://, tcp:// or unix://"`
	ForwardOTLP   string `toml:"forward_otlp" doc:"the URL of an OpenTelemetry collector that accepts logs over HTTP"`
}

// IsOn reports whether changes are recorded.
func (j Journal) IsOn() bool { return j.Enabled == nil || *j.Enabled }

// KeepFor returns how long to keep records; 0 means forever.
func (j Journal) KeepFor() time.Duration { d, _ := parseAge(j.Keep); return d }

// Ticket configures the ticket number that is asked for along with the reason.
type Ticket struct {
	Label        string `toml:"label" doc:"the label of the field, such as Zendesk"`
	Pattern      string `toml:"pattern" doc:"a regular expression that the whole ticket number must match"`
	RequiredFrom string `toml:"required_from" doc:"the lowest tier of operation that requires a ticket; never required if not set" enum:"T0 T1 T2 T3 T4"`
}

// IsAsked reports whether to ask for a ticket at all.
func (t Ticket) IsAsked() bool { return t != Ticket{} }

// Matches reports whether text matches the pattern. Without a pattern any text does.
func (t Ticket) Matches(text string) bool {
	if t.Pattern == "" {
		return true
	}
	pattern, err := compileWhole(t.Pattern)
	return err == nil && pattern.MatchString(text)
}

// compileWhole compiles the pattern so that it must match the whole text. It compiles the
// bare pattern first, so that an error quotes what the user wrote.
func compileWhole(pattern string) (*regexp.Regexp, error) {
	if _, err := regexp.Compile(pattern); err != nil {
		return nil, err
	}
	return regexp.Compile(`^(?:` + pattern + `)$`)
}

// Reason is a canned reason that one key fills in.
type Reason struct {
	Key  string `toml:"key" doc:"the key that fills it in, one character"`
	Text string `toml:"text" doc:"the text of the reason"`
}

// Path returns the path of the file that was read, or "" if there is none.
func (c *Config) Path() string { return c.path }

// Names returns the names of the configured instances, in file order.
func (c *Config) Names() []string {
	return slices.SortedFunc(maps.Keys(c.Instances), func(a, b string) int {
		return cmp.Or(cmp.Compare(c.line("instance."+a), c.line("instance."+b)), cmp.Compare(a, b))
	})
}

// JournalFor returns the journal settings that apply to an instance: its own if set, the
// top-level ones otherwise. The instance need not be configured.
func (c *Config) JournalFor(name string) Journal {
	if own := c.Instances[name].Journal; own != nil {
		return *own
	}
	return c.Journal
}

// TicketFor is like JournalFor for the ticket.
func (c *Config) TicketFor(name string) Ticket {
	if own := c.Instances[name].Ticket; own != nil {
		return *own
	}
	return c.Ticket
}

// ChecklistFor is like JournalFor for the checklist.
func (c *Config) ChecklistFor(name string) []string {
	if own := c.Instances[name].Checklist; own != nil {
		return own
	}
	return c.Checklist
}

// KeyVariables returns the names of the environment variables that hold keys. They must
// not be passed on to other programs.
func (c *Config) KeyVariables() []string {
	names := []string{"CLERK_SECRET_KEY"}
	for _, name := range c.Names() {
		if variable := c.Instances[name].KeyEnv; variable != "" && !slices.Contains(names, variable) {
			names = append(names, variable)
		}
	}
	return names
}
