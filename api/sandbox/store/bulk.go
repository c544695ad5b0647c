package store

import (
	"database/sql/driver"
	"strings"
)

// bulkRows is how many rows of a file that is being built go into one
// statement: a statement costs more than what it writes.
//
// A statement of several rows is a savepoint, at which the text index writes
// all that it has gathered, as a segment that must be merged later. Its own
// rows therefore wait until they are many: as many as SQLite's 32,766
// parameters of a statement have room for, in round numbers.
const (
	bulkRows   = 64
	bulkSearch = 4096
)

// A batch gathers rows of one table.
type batch struct {
	into  string // "INSERT INTO table (columns) VALUES "
	width int    // columns
	rows  int    // that are enough for a statement
	args  []driver.NamedValue
}

// batches are those of the tables that many rows go into, and the words of
// everybody.
type batches struct {
	users, docs, identifications, sessions, memberships batch
	text                                                *textBuilding
}

func newBatches(text *textBuilding) *batches {
	return &batches{
		users:           batch{into: insertColumns, width: len(columnNames) + 1, rows: bulkRows},
		docs:            batch{into: insertDoc, width: 2, rows: bulkRows},
		identifications: batch{into: insertIdentification, width: 4, rows: bulkRows},
		sessions:        batch{into: insertSession, width: 7, rows: bulkRows},
		memberships:     batch{into: insertMembership, width: 5, rows: bulkRows},
		text:            text,
	}
}

// add gathers a row, and writes what is gathered when it is enough. The values
// are as a driver takes them: int64, string, bool or nil.
func (b *batch) add(t *Tx, row ...any) error {
	for _, v := range row {
		b.args = append(b.args, driver.NamedValue{Ordinal: len(b.args) + 1, Value: v})
	}
	if len(b.args) < b.rows*b.width {
		return nil
	}
	return b.flush(t)
}

func (b *batch) flush(t *Tx) error {
	rows := len(b.args) / b.width
	if rows == 0 {
		return nil
	}
	row := placeholders(b.width)
	err := t.c.execValues(t.ctx, b.into+row+strings.Repeat(","+row, rows-1), b.args)
	b.args = b.args[:0]
	return err
}

// flush writes what is left.
func (b *batches) flush(t *Tx) error {
	if b == nil {
		return nil
	}
	return first(b.users.flush(t), b.docs.flush(t), b.identifications.flush(t), b.sessions.flush(t), b.memberships.flush(t))
}

// placeholders is "(?,?,?)".
func placeholders(n int) string { return "(?" + strings.Repeat(",?", n-1) + ")" }
