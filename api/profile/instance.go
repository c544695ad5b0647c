// Package profile selects the instance to work on, reads its key, and locates the
// program's own files.
//
// What may live here: resolving an instance and its key from flags, configuration and
// environment, who runs the program, and default paths. What may not: the settings
// themselves (api/config), permissions (api/policy), requests to the API. The environment
// is passed in by main.
package profile

import "time"

// Kind is the kind of an instance. Every screen shows it as a word and a color.
type Kind int

const (
	Demo        Kind = iota // the embedded directory: nothing leaves this machine
	Development             // sk_test_
	Production              // sk_live_
)

func (k Kind) String() string {
	return [...]string{"DEMO", "DEVELOPMENT", "PRODUCTION"}[k]
}

// Instance describes an instance.
type Instance struct {
	// ID is the name in the configuration, or "" for the instance of CLERK_SECRET_KEY.
	ID   string
	Kind Kind
	Name string // shown on screen: "Harbor & Pine", or the host
	URL  string // base URL of the API; "" is api.clerk.com
	// Operator is the person running the program ("jo@ops-2"). Role is their configured
	// role, or "" if no roles are configured.
	Operator, Role string
	// ReadOnly reports whether changes are refused.
	ReadOnly bool
}

// OperatorLine returns the operator and their role: "jo@ops-2 · agent".
func (i Instance) OperatorLine() string {
	line := i.Operator
	if i.Role != "" {
		line += " · " + i.Role
	}
	if i.ReadOnly {
		line += " · read-only"
	}
	return line
}

// RequestInterval returns the minimum time between two requests of a bulk operation. It
// uses at most a tenth of the rate limit: 1,000 requests in 10 seconds in production, 100
// elsewhere.
func (k Kind) RequestInterval() time.Duration {
	if k == Production {
		return 100 * time.Millisecond
	}
	return time.Second
}
