package ops

// Catalogue is every operation, in menu order.
type Catalogue struct {
	ops  []Operation
	byID map[string]int
}

// Users is the catalogue of the Users API.
func Users() *Catalogue { return New(table()) }

// New builds a catalogue of the given entries; two entries of one id panic.
func New(ops []Operation) *Catalogue { panic("unwritten") }

// All are the entries in menu order.
func (c *Catalogue) All() []Operation { return c.ops }

// Get is the entry of that id.
func (c *Catalogue) Get(id string) (Operation, bool) { panic("unwritten") }

func table() []Operation { return nil }
