// Package profile says which instance the program works on: where it is, what
// kind it is, what it is called, and where the program's own files lie. It reads
// nothing by itself; main hands it the environment.
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
	// Operator is who sits at the desk ("jo@ops-2").
	Operator string
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
