package store

import (
	"bufio"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// A textBuilding makes the text index of a directory that is being built, in a
// file of its own: a file has one writer, and so the tables' indexes and this
// one take a processor each. Until then what is to be indexed waits in a list on
// the disk, because in memory it would grow with the directory.
type textBuilding struct {
	list *os.File // the words of everybody in the order of seq, each ended by a NUL, which folded text has not
	w    *bufio.Writer
	path string // of the index
}

// newTextBuilding begins the list beside part, with a name that sweep knows.
func newTextBuilding(part string) (*textBuilding, error) {
	list, err := os.CreateTemp(filepath.Dir(part), filepath.Base(part)+"-words-*")
	if err != nil {
		return nil, err
	}
	return &textBuilding{list: list, w: bufio.NewWriterSize(list, 1<<18), path: part + "-text"}, nil
}

// remove takes both files away.
func (b *textBuilding) remove() {
	b.list.Close()
	os.Remove(b.list.Name())
	os.Remove(b.path) // which may not be there yet
}

// add takes note of the words of the next user.
func (b *textBuilding) add(w words) error {
	for _, text := range [...]string{w.name, w.email, w.phone, w.username, w.wallet} {
		if _, err := b.w.WriteString(text); err != nil {
			return err
		}
		if err := b.w.WriteByte(0); err != nil {
			return err
		}
	}
	return nil
}

// The text index is merged once, at the end: until then it keeps as many
// segments as there are statements (see bulkSearch), each with all that a
// statement brings. Afterwards everything is as SQLite has it by default.
const (
	searchToBuild = `INSERT INTO search(search, rank) VALUES ('hashsize', 16777216), ('automerge', 0), ('crisismerge', 1000);`
	searchToUse   = `INSERT INTO search(search) VALUES ('optimize');
		INSERT INTO search(search, rank) VALUES ('hashsize', 1048576), ('automerge', 4), ('crisismerge', 16);`
)

// index makes the index of what was added.
func (b *textBuilding) index(ctx context.Context) error {
	if err := b.w.Flush(); err != nil {
		return err
	}
	if _, err := b.list.Seek(0, io.SeekStart); err != nil {
		return err
	}
	f, err := os.OpenFile(b.path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	f.Close()
	c, err := dial(ctx, b.path, building)
	if err != nil {
		return err
	}
	err = c.execAll(ctx, searchTable, searchToBuild, "BEGIN")
	if err == nil {
		err = b.insert(ctx, c)
	}
	if err == nil {
		err = c.execAll(ctx, searchToUse, "COMMIT")
	}
	return errors.Join(err, c.close())
}

// insert puts the words of the list into the index.
func (b *textBuilding) insert(ctx context.Context, c *conn) error {
	const columns = 5
	rows := batch{into: insertWords, width: 1 + columns, rows: bulkSearch}
	t := &Tx{ctx: ctx, c: c}
	list := bufio.NewReaderSize(b.list, 1<<18)
	for seq := int64(1); ; seq++ {
		row := make([]any, 1, 1+columns)
		row[0] = seq
		for range columns {
			text, err := list.ReadString(0)
			if errors.Is(err, io.EOF) && len(row) == 1 {
				return rows.flush(t)
			}
			if err != nil {
				return err
			}
			row = append(row, strings.TrimSuffix(text, "\x00"))
		}
		if err := rows.add(t, row...); err != nil {
			return err
		}
	}
}

// copied puts the finished index into the directory: its tables go over page by
// page as they are.
func (b *textBuilding) copied(ctx context.Context, c *conn) error {
	if _, err := c.c.ExecContext(ctx, "ATTACH ? AS words", b.path); err != nil {
		return err
	}
	for _, table := range []string{"search_data", "search_idx", "search_config"} {
		err := c.execAll(ctx, "DELETE FROM main."+table, "INSERT INTO main."+table+" SELECT * FROM words."+table)
		if err != nil {
			return err
		}
	}
	return c.execAll(ctx, "DETACH words")
}
