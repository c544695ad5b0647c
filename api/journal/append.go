package journal

import (
	"encoding/base32"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// Append writes one record, flushes it to disk, and returns it as written. It fills in the
// fields listed at [Record].
func (j *Journal) Append(r Record) (Record, error) {
	err := j.locked(func(f *os.File) error {
		w, err := j.begin(f)
		if err != nil {
			return err
		}
		defer w.close()
		r, err = w.write(r)
		return err
	})
	if err != nil {
		return Record{}, j.note(err)
	}
	j.written.Store(true)
	return r, j.note(nil)
}

// writer appends to the file while the lock is held.
type writer struct {
	j     *Journal
	f     *os.File
	isNew bool // f was opened by rotate, not by the caller of begin
	seq   uint64
	hash  string
}

// begin finds the end of the chain. If the end is damaged, it writes a Recovered record.
func (j *Journal) begin(f *os.File) (*writer, error) {
	end, err := j.readEnd(f)
	if err != nil {
		return nil, describe("its file", f.Name(), err)
	}
	w := &writer{j: j, f: f, seq: end.seq, hash: end.hash}
	if !end.isSound() {
		if err := w.recover(end); err != nil {
			return nil, err
		}
	}
	if end.size >= j.o.MaxSize {
		if err := w.rotate(); err != nil {
			return nil, err
		}
	}
	return w, nil
}

func (w *writer) close() {
	if w.isNew {
		w.f.Close()
	}
}

// recover writes a Recovered record after a damaged end, which it leaves in place.
func (w *writer) recover(end end) error {
	r := Record{Kind: Recovered}
	prefix := ""
	switch {
	case end.isUnterminated && end.torn == nil:
		prefix, r.Message = "\n", "the last record had no newline"
	case end.isUnterminated:
		prefix, r.Torn = "\n", &Torn{Bytes: len(end.torn), Hash: hashOf(end.torn)}
		r.Message = "a write was cut off"
	}
	if end.damaged > 0 {
		r.Message = strings.TrimPrefix(fmt.Sprintf("%s; lines before this one are damaged: %d", r.Message, end.damaged), "; ")
	}
	_, err := w.writeAfter(prefix, r)
	return err
}

func (w *writer) write(r Record) (Record, error) { return w.writeAfter("", r) }

// writeAfter writes the prefix and the record in a single call.
func (w *writer) writeAfter(prefix string, r Record) (Record, error) {
	if r.ID == "" {
		id, err := newID(w.j.o.Rand)
		if err != nil {
			return r, err
		}
		r.ID = id
	}
	r.Version, r.Seq, r.Prev, r.Time, r.Who = version, w.seq+1, w.hash, w.j.o.Now().UTC(), w.j.who()
	line, err := encode(&r)
	if err != nil {
		return r, err
	}
	if _, err := w.j.o.Write(w.f, append([]byte(prefix), line...)); err != nil {
		return r, describe("its file", w.f.Name(), err)
	}
	if err := w.j.o.Sync(w.f); err != nil {
		return r, describe("its file", w.f.Name(), err)
	}
	w.seq, w.hash = r.Seq, r.Hash
	return r, nil
}

// rotate renames the file and continues the chain in a new one.
func (w *writer) rotate() error {
	old := filepath.Join(w.j.o.Dir, fmt.Sprintf("%s-%012d.jsonl", w.j.o.Name, w.seq))
	if _, err := os.Lstat(old); err == nil {
		return nil // the name is taken, so keep writing to the same file
	}
	if err := os.Rename(w.j.Path(), old); err != nil {
		return describe("its file", w.j.Path(), err)
	}
	f, err := w.j.openForAppend()
	if err != nil {
		return err
	}
	w.close()
	w.f, w.isNew = f, true
	_, err = w.write(Record{Kind: Rotated, Message: "continues " + filepath.Base(old)})
	return err
}

// newID returns a random identifier of 16 letters and digits.
func newID(random io.Reader) (string, error) {
	var raw [10]byte
	if _, err := io.ReadFull(random, raw[:]); err != nil {
		return "", fmt.Errorf("no random number for the journal: %w", err)
	}
	return strings.ToLower(base32.StdEncoding.EncodeToString(raw[:])), nil
}
