package ops

import (
	"slices"
	"time"

	"frontdesk/api"
	"frontdesk/api/clean"
)

// Catalogue holds the operations in menu order, and the policy that applies to them.
type Catalogue struct {
	ops    []Operation
	byID   map[string]int
	policy Policy // nil allows everything
	ticket TicketRule
}

// Policy returns why an operation is not allowed for a user, or "" if it is. The user is
// nil for an operation of ScopeDirectory.
type Policy func(op Operation, u *api.User) string

// Users returns the catalogue of Clerk's Users API.
func Users() *Catalogue { return New(table()) }

// New returns a catalogue of the given entries. It panics if two have the same id.
func New(ops []Operation) *Catalogue {
	c := &Catalogue{ops: slices.Clone(ops), byID: make(map[string]int, len(ops))}
	for i, o := range c.ops {
		if _, twice := c.byID[o.ID]; twice {
			panic("ops: two operations are called " + o.ID)
		}
		c.byID[o.ID] = i
	}
	return c
}

// WithPolicy returns the same entries under a policy that screens, subcommands and desk
// follow; nil allows everything.
func (c *Catalogue) WithPolicy(p Policy) *Catalogue {
	under := *c
	under.policy = p
	return &under
}

// Restrict returns the same entries under a further policy: what either forbids is
// forbidden.
func (c *Catalogue) Restrict(more Policy) *Catalogue {
	before := c.policy
	if before == nil {
		return c.WithPolicy(more)
	}
	return c.WithPolicy(func(op Operation, u *api.User) string {
		if reason := before(op, u); reason != "" {
			return reason
		}
		return more(op, u)
	})
}

// Unavailable returns why the operation cannot be done to the user now, or "" if it can:
// Inapplicable's reason or, if there is none, Forbidden's.
func (c *Catalogue) Unavailable(op Operation, u *api.User, part clean.Text, now time.Time) string {
	if reason := c.Inapplicable(op, u, part, now); reason != "" {
		return reason
	}
	return c.Forbidden(op, u)
}

// Inapplicable returns why the operation does not apply to the user now ("already banned"),
// or "" if it does. A part id that is not empty includes that part.
func (c *Catalogue) Inapplicable(op Operation, u *api.User, part clean.Text, now time.Time) string {
	if reason := op.WhyNot(u, now); reason != "" {
		return reason
	}
	if op.WhyNotPart != nil && !part.Empty() {
		if reason := op.WhyNotPart(u, part, now); reason != "" {
			return reason
		}
	}
	return ""
}

// Forbidden returns why policy does not allow the operation, or "" if it does. An operation
// of ScopeUsers needs SingleOp to be allowed too. Inputs may raise the tier: see
// [Operation.WithValues].
func (c *Catalogue) Forbidden(op Operation, u *api.User) string {
	if c.policy == nil {
		return ""
	}
	if reason := c.policy(op, u); reason != "" {
		return reason
	}
	if single, ok := c.Get(op.SingleOp); ok {
		return c.policy(single, u)
	}
	return ""
}

// All returns the entries in menu order.
func (c *Catalogue) All() []Operation { return slices.Clone(c.ops) }

// ForPart returns the entries to offer for a part, in menu order: those that take it and
// those related to it.
func (c *Catalogue) ForPart(part Part) []Operation {
	var out []Operation
	for i := range c.ops {
		if o := &c.ops[i]; part != PartNone && (o.Part == part || slices.Contains(o.RelatedParts, part)) {
			out = append(out, *o)
		}
	}
	return out
}

// Get returns the entry with that id.
func (c *Catalogue) Get(id string) (Operation, bool) {
	i, ok := c.byID[id]
	if !ok {
		return Operation{}, false
	}
	return c.ops[i], true
}

// table lists all entries, grouped in the order of the dashboard's menu.
func table() []Operation {
	return slices.Concat(
		access(), sessions(),
		signIn(), secondFactors(), passwords(), keys(),
		contact(), profile(), data(), deletion(), bulk(), directory())
}
