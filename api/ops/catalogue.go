package ops

import (
	"slices"
	"time"

	"frontdesk/api"
	"frontdesk/api/clean"
)

// Catalogue is every operation, in menu order.
type Catalogue struct {
	ops    []Operation
	byID   map[string]int
	policy Policy // nil allows everything
}

// Policy says why whoever works here may not do an operation to a user, ""
// where they may. The user is nil for an operation of ScopeDirectory.
type Policy func(op Operation, u *api.User) string

// Users is the catalogue of the Users API.
func Users() *Catalogue { return New(table()) }

// New builds a catalogue of the given entries; two entries of one id panic.
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

// WithPolicy returns the same entries under a policy, which every screen,
// subcommand and the desk then follow; nil allows everything.
func (c *Catalogue) WithPolicy(p Policy) *Catalogue {
	under := *c
	under.policy = p
	return &under
}

// Unavailable says why the operation cannot be done to the user now ("already
// banned"), "" where it can. With a part id it answers for that part as well.
// The policy is asked last; of an operation of several users it is asked as well
// whether SingleOp may be done to this one.
func (c *Catalogue) Unavailable(op Operation, u *api.User, part clean.Text, now time.Time) string {
	if reason := op.WhyNot(u, now); reason != "" {
		return reason
	}
	if op.WhyNotPart != nil && !part.Empty() {
		if reason := op.WhyNotPart(u, part, now); reason != "" {
			return reason
		}
	}
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

// All are the entries in menu order.
func (c *Catalogue) All() []Operation { return slices.Clone(c.ops) }

// ForPart are the entries that belong at the row of a part of that kind, in menu
// order: those addressed to one, and those that concern one.
func (c *Catalogue) ForPart(part Part) []Operation {
	var out []Operation
	for i := range c.ops {
		if o := &c.ops[i]; part != PartNone && (o.Part == part || slices.Contains(o.RelatedParts, part)) {
			out = append(out, *o)
		}
	}
	return out
}

// Get is the entry of that id.
func (c *Catalogue) Get(id string) (Operation, bool) {
	i, ok := c.byID[id]
	if !ok {
		return Operation{}, false
	}
	return c.ops[i], true
}

// table is the catalogue, family by family; the families stand in the order of
// the dashboard's menu.
func table() []Operation {
	return slices.Concat(
		access(), sessions(),
		signIn(), secondFactors(), passwords(), keys(),
		contact(), profile(), data(), deletion(), bulk(), directory())
}
