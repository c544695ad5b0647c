package forward

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"strings"
	"syscall"
)

// cursor is the position up to which records were forwarded to a destination.
type cursor struct {
	Seq     uint64 `json:"seq"`
	Hash    string `json:"hash"`
	Address string `json:"address"`
}

// path returns the path of one of the destination's files, next to the journal.
func (l *line) path(ending string) string {
	return strings.TrimSuffix(l.f.o.Journal.Path(), ".jsonl") + ".forward-" + strings.ToLower(l.name) + ending
}

// cursor returns the Seq of the last record forwarded. It returns 0 if none was, if the
// address of the destination has changed, or if the journal was started anew.
func (l *line) cursor(ctx context.Context) (uint64, error) {
	raw, err := os.ReadFile(l.path(".json"))
	if errors.Is(err, fs.ErrNotExist) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	var c cursor
	if json.Unmarshal(raw, &c) != nil || c.Address != l.address {
		return 0, nil // sending records twice is better than losing them
	}
	last, ok, err := l.f.o.Journal.Last(ctx)
	if err != nil {
		return 0, err
	}
	if !ok || last.Seq < c.Seq || last.Seq == c.Seq && last.Hash != c.Hash {
		return 0, nil
	}
	return c.Seq, nil
}

// saveCursor replaces the cursor file.
func (l *line) saveCursor(c cursor) error {
	raw, err := json.Marshal(c)
	if err != nil {
		return err
	}
	next := l.path(".json.new")
	if err := os.Remove(next); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	f, err := os.OpenFile(next, os.O_WRONLY|os.O_CREATE|os.O_EXCL|syscall.O_NOFOLLOW, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(append(raw, '\n'))
	if err := errors.Join(err, f.Close()); err != nil {
		return err
	}
	return os.Rename(next, l.path(".json"))
}

// behind returns the number of records not forwarded yet.
func (l *line) behind(ctx context.Context) (uint64, error) {
	at, err := l.cursor(ctx)
	if err != nil {
		return 0, err
	}
	last, ok, err := l.f.o.Journal.Last(ctx)
	if err != nil || !ok {
		return 0, err
	}
	return last.Seq - at, nil
}
