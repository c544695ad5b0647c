package store

import (
	"cmp"
	"database/sql/driver"
	"strings"
)

// bulkRows is how many rows go into one statement while a file is being built: a statement
// costs more than what it writes.
//
// A statement of several rows is a savepoint, at which the text index writes everything it
// holds as a segment that has to be merged later. Its rows therefore wait until they are
// many: about as many as the 32,766 parameters that SQLite allows.
const (
	bulkRows   = 64
	bulkSearch = 4096
)

// A batch collects rows of one table.
type batch struct {
	into  string // "INSERT INTO table (columns) VALUES "
	width int    // columns
	rows  int    // per statement
	args  []driver.NamedValue
}

// batches are the batches of the large tables, and the search words of all users.
type batches struct {
	users, docs, identifications, sessions, memberships batch
	text                                                *textBuilder
}

func newBatches(text *textBuilder) *batches {
	return &batches{
		users:           batch{into: insertColumns, width: len(columnNames) + 1, rows: bulkRows},
		docs:            batch{into: insertDoc, width: 2, rows: bulkRows},
		identifications: batch{into: insertIdentification, width: 4, rows: bulkRows},
		sessions:        batch{into: insertSession, width: 7, rows: bulkRows},
		memberships:     batch{into: insertMembership, width: 5, rows: bulkRows},
		text:            text,
	}
}

// add collects a row, and writes the batch when it is full. The values are a driver's:
// int64, string, bool or nil.
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

// flush writes the remaining rows.
func (b *batches) flush(t *Tx) error {
	if b == nil {
		return nil
	}
	return cmp.Or(b.users.flush(t), b.docs.flush(t), b.identifications.flush(t), b.sessions.flush(t), b.memberships.flush(t))
}

// placeholders returns "(?,?,?)".
func placeholders(n int) string { return "(?" + strings.Repeat(",?", n-1) + ")" }
