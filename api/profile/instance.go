// Package profile says which instance the program works on: where it is, what
// kind it is, what it is called. It reads nothing by itself; main hands it the
// environment.
package profile

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
	Kind Kind
	Name string // "Harbor & Pine", or the host
	// Operator is who sits at the desk ("jo@ops-2").
	Operator string
}
