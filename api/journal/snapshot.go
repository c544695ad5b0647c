package journal

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

// KeepSnapshots is how long a snapshot is kept.
const KeepSnapshots = 30 * 24 * time.Hour

// Snapshot holds users as they were before an operation that cannot be undone from the
// record alone. Unlike records it includes private metadata, so it is stored in a separate
// file and deleted after 30 days.
type Snapshot struct {
	Record    string    `json:"record"` // the ID of the intent
	Operation string    `json:"operation"`
	Instance  Instance  `json:"instance"`
	Time      time.Time `json:"time"`
	// Users holds the JSON of the users as sent by the server, without secrets.
	Users []json.RawMessage `json:"users"`
}

// ErrNoSnapshot is returned if a record has no snapshot or its snapshot was deleted.
var ErrNoSnapshot = errors.New("no snapshot is kept for it")

// NewID returns an ID for a record that will be appended later.
func (j *Journal) NewID() (string, error) { return newID(j.o.Rand) }

func (j *Journal) snapshotDir() string { return filepath.Join(j.o.Dir, j.o.Name+"-snapshots") }

// snapshotFile returns the path of a snapshot. It validates the id, which must not act as a
// path.
func (j *Journal) snapshotFile(id string) (string, error) {
	if id == "" || strings.Trim(id, "abcdefghijklmnopqrstuvwxyz234567") != "" {
		return "", ErrNoSnapshot
	}
	return filepath.Join(j.snapshotDir(), id+".json"), nil
}

// SaveSnapshot writes a snapshot and flushes it to disk.
func (j *Journal) SaveSnapshot(s Snapshot) error {
	path, err := j.snapshotFile(s.Record)
	if err != nil {
		return err
	}
	s.Time = j.o.Now().UTC()
	raw, err := json.Marshal(s)
	if err != nil {
		return err
	}
	if err := j.checkDir(); err != nil {
		return j.note(err)
	}
	if err := j.checkFolder("the folder of its snapshots", j.snapshotDir()); err != nil {
		return j.note(err)
	}
	return j.note(j.writeSnapshot(path, raw))
}

func (j *Journal) writeSnapshot(path string, raw []byte) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL|syscall.O_NOFOLLOW|syscall.O_CLOEXEC, 0o600)
	if err != nil {
		return describe("its snapshot", path, err)
	}
	defer f.Close()
	_, err = j.o.Write(f, raw)
	if err == nil {
		err = j.o.Sync(f)
	}
	if err != nil {
		_ = os.Remove(path)
		return describe("its snapshot", path, err)
	}
	return nil
}

// LoadSnapshot returns the snapshot of a record, or ErrNoSnapshot.
func (j *Journal) LoadSnapshot(id string) (Snapshot, error) {
	path, err := j.snapshotFile(id)
	if err != nil {
		return Snapshot{}, err
	}
	f, err := openForRead(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return Snapshot{}, ErrNoSnapshot
	case err != nil:
		return Snapshot{}, err
	}
	defer f.Close()
	if err := checkOwn("its snapshot", "600", f); err != nil {
		return Snapshot{}, err
	}
	var s Snapshot
	if err := json.NewDecoder(f).Decode(&s); err != nil || s.Record != id {
		return Snapshot{}, fmt.Errorf("the snapshot %s is damaged", path)
	}
	if j.o.Now().Sub(s.Time) > KeepSnapshots {
		return Snapshot{}, ErrNoSnapshot
	}
	return s, nil
}

// PurgeSnapshots deletes snapshots older than 30 days.
func (j *Journal) PurgeSnapshots() error {
	entries, err := os.ReadDir(j.snapshotDir())
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return describe("the folder of its snapshots", j.snapshotDir(), err)
	}
	var failed error
	for _, e := range entries {
		info, err := e.Info()
		if err != nil || !info.Mode().IsRegular() || !strings.HasSuffix(e.Name(), ".json") || j.o.Now().Sub(info.ModTime()) <= KeepSnapshots {
			continue
		}
		if err := os.Remove(filepath.Join(j.snapshotDir(), e.Name())); err != nil {
			failed = errors.Join(failed, err)
		}
	}
	return failed
}
