package ops

import "slices"

// Catalogue is every operation, in menu order.
type Catalogue struct {
	ops  []Operation
	byID map[string]int
}

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

// All are the entries in menu order.
func (c *Catalogue) All() []Operation { return slices.Clone(c.ops) }

// On are the entries that belong at the row of a part of that kind, in menu
// order: those addressed to one, and those that concern one.
func (c *Catalogue) On(part Part) []Operation {
	var out []Operation
	for i := range c.ops {
		if o := &c.ops[i]; part != PartNone && (o.Part == part || slices.Contains(o.Concerns, part)) {
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
