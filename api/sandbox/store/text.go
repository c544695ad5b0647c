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

// A textBuilder creates the text index of a directory that is being built, in a file of
// its own: a file has one writer, so this index and those of the tables can use a
// processor each. Until then the search words are in a list on the disk, because memory
// would grow with the directory.
type textBuilder struct {
	list *os.File // the words of all users in the order of seq, each ended by a NUL, which folded text does not have
	w    *bufio.Writer
	path string // of the index
}

// newTextBuilder starts the list next to part, with a name that removeLeftovers knows.
func newTextBuilder(part string) (*textBuilder, error) {
	list, err := os.CreateTemp(filepath.Dir(part), filepath.Base(part)+"-words-*")
	if err != nil {
		return nil, err
	}
	return &textBuilder{list: list, w: bufio.NewWriterSize(list, 1<<18), path: part + "-text"}, nil
}

// remove deletes both files.
func (b *textBuilder) remove() {
	b.list.Close()
	os.Remove(b.list.Name())
	os.Remove(b.path) // may not exist yet
}

// add records the words of the next user.
func (b *textBuilder) add(w searchWords) error {
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

// The text index is merged once, at the end: until then it has as many segments as there
// were statements (see bulkSearch), each with all that a statement brings. Afterwards
// everything is as SQLite has it by default.
const (
	searchToBuild = `INSERT INTO search(search, rank) VALUES ('hashsize', 16777216), ('automerge', 0), ('crisismerge', 1000);`
	searchToUse   = `INSERT INTO search(search) VALUES ('optimize');
		INSERT INTO search(search, rank) VALUES ('hashsize', 1048576), ('automerge', 4), ('crisismerge', 16);`
)

// index creates the index of the added words.
func (b *textBuilder) index(ctx context.Context) error {
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
func (b *textBuilder) insert(ctx context.Context, c *conn) error {
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

// copyInto copies the finished index into the directory: its tables are copied page by
// page.
func (b *textBuilder) copyInto(ctx context.Context, c *conn) error {
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
