package journal

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"time"
)

// Prune removes records that are older than Options.Keep, by whole files: a record is
// kept for that long at least, and half as long again at most. The chain of what remains
// stays intact. A Keep of 0 removes nothing.
func (j *Journal) Prune() error {
	if j.o.Keep <= 0 {
		return nil
	}
	return j.locked(func(f *os.File) error {
		if err := j.closeOldFile(f); err != nil {
			return err
		}
		files, err := j.rotated()
		if err != nil {
			return err
		}
		files = append(files, j.Path())
		for i, path := range files[:len(files)-1] {
			// All records of a file are older than the first of the next one.
			next, err := firstTime(files[i+1])
			if err != nil {
				return err
			}
			if j.o.Now().Sub(next) <= j.o.Keep {
				return nil
			}
			if err := os.Remove(path); err != nil {
				return describe("its file", path, err)
			}
		}
		return nil
	})
}

// closeOldFile begins a new file if the first record of the current one is older than
// half of Options.Keep.
func (j *Journal) closeOldFile(f *os.File) error {
	info, err := f.Stat()
	if err != nil || info.Size() == 0 {
		return err
	}
	first, err := firstTime(f.Name())
	if err != nil || j.o.Now().Sub(first) <= j.o.Keep/2 {
		return err
	}
	w, err := j.begin(f)
	if err != nil {
		return err
	}
	defer w.close()
	if w.isNew { // begin has just done it
		return nil
	}
	return w.rotate()
}

// firstTime returns the time of a file's first record.
func firstTime(path string) (time.Time, error) {
	f, err := openForRead(path)
	if err != nil {
		return time.Time{}, err
	}
	defer f.Close()
	line, err := bufio.NewReaderSize(f, maxLine+1).ReadSlice('\n')
	var r struct{ Time time.Time }
	if err == nil {
		err = json.Unmarshal(line, &r)
	}
	if err != nil || r.Time.IsZero() {
		return time.Time{}, fmt.Errorf("the first record of %s cannot be read, so no old records are removed", path)
	}
	return r.Time, nil
}
