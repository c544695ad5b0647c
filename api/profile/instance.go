// Package profile says which instance the program works on: where it is, what
// kind it is, what it is called, where its key comes from, and where the program's own
// files lie. It reads the environment only as main hands it over; for a key it reads
// the file or runs the program that the configuration names.
package profile

import "time"

// Kind is what an instance is; every screen shows it in a word and a colour.
type Kind int

const (
	Demo        Kind = iota // the embedded directory: nothing leaves this machine
	Development             // sk_test_
	Production              // sk_live_
)

func (k Kind) String() string {
	return [...]string{"DEMO", "DEVELOPMENT", "PRODUCTION"}[k]
}

// Instance is the place being worked on.
type Instance struct {
	// ID is its name in the configuration, "" for the one that the environment names.
	ID   string
	Kind Kind
	Name string // for screens: "Harbor & Pine", or the host
	URL  string // of the API; "" is Clerk's own
	// Operator is who sits at the desk ("jo@ops-2"), Role what they are called in the
	// configuration; "" where it has no roles.
	Operator, Role string
	// ReadOnly says that nothing but harmless reads is done.
	ReadOnly bool
}

// OperatorLine is who sits at the desk and what they may do: "jo@ops-2 · agent".
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

// RequestInterval is the least time between two requests of long work on an instance of
// the kind, so that it takes at most a tenth of the rate limit there is: 1,000
// requests in 10 seconds in production, 100 elsewhere.
func (k Kind) RequestInterval() time.Duration {
	if k == Production {
		return 100 * time.Millisecond
	}
	return time.Second
}
