package host

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strconv"
	"time"

	"frontdesk/api/sandbox"
	"frontdesk/api/sandbox/store"
	"frontdesk/api/sandbox/world"
)

// ErrInvalidPath is a path at which there can be no directory file.
var ErrInvalidPath = store.ErrInvalidPath

// IsDamaged says that an error is of a file at path that holds no directory any more,
// or no whole one, which [Reset] mends.
func IsDamaged(path string, err error) bool { return store.IsDamaged(path, err) }

// OpenOptions says which demo to open.
type OpenOptions struct {
	// Path is the file; its folder must exist.
	Path string
	// Users is how many people are invented when the file has to be made; 0 is the demo's own number.
	Users int
	// Empty makes a new file without people instead.
	Empty bool
	// Seed chooses which people; 0 is the demo's own.
	Seed uint64
	// Now is the clock; nil is [time.Now].
	Now func() time.Time
	// Rand feeds what must not be guessed; nil is [rand.Reader].
	Rand io.Reader
	// Progress is told how far the making of a new file has come; nil is silence.
	Progress func(Progress)
	// OnSetAside is told where a damaged file lies that a reset put aside; nil is silence.
	OnSetAside func(path string)
}

// The file's own notes that this package writes.
const (
	noteKey   = "secret_key"
	noteUsers = "demo_users"
	nobody    = "nobody" // as noteUsers; 0 there is the demo's own number
)

func (o OpenOptions) complete() OpenOptions {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Rand == nil {
		o.Rand = rand.Reader
	}
	return o
}

func (o OpenOptions) world() world.Options {
	return world.Options{Users: o.Users, Empty: o.Empty, Seed: o.Seed, Now: o.Now(), Progress: o.peopled(), Pictures: uploaded()}
}

// OpenDemo opens the demo's directory. It is made at the first start, and its
// times are moved along when it is older than a day. Two programs may do this
// at once: the file gets its name only when it is whole, and who comes second
// takes what is there. An error is one sentence and leaves the file as it was.
func OpenDemo(ctx context.Context, o OpenOptions) (*store.Store, error) {
	o = o.complete()
	err := o.create(ctx, false)
	if err != nil && !errors.Is(err, fs.ErrExist) {
		return nil, err
	}
	st, err := store.Open(ctx, o.Path)
	if err != nil {
		return nil, err
	}
	if err := o.freshen(ctx, st); err != nil {
		return nil, errors.Join(err, st.Close())
	}
	return st, nil
}

// freshen peoples a directory in which nobody has ever lived, and moves one
// along that was left alone for a day.
func (o OpenOptions) freshen(ctx context.Context, st *store.Store) error {
	empty := false
	err := st.Read(ctx, func(tx *store.Tx) error {
		settings, err := tx.Settings()
		empty = settings.InstanceID == ""
		return err
	})
	if err != nil {
		return err
	}
	if empty {
		if err := o.fill(ctx, st); err != nil && !errors.Is(err, world.ErrNotEmpty) {
			return err
		}
	}
	return world.Refresh(ctx, st, o.Now())
}

func (o OpenOptions) fill(ctx context.Context, st *store.Store) error {
	if err := world.Fill(ctx, st, o.world()); err != nil {
		return err
	}
	note := strconv.Itoa(o.Users)
	if o.Empty {
		note = nobody
	}
	return st.Write(ctx, func(tx *store.Tx) error { return tx.SetNote(noteUsers, note) })
}

// Reset restores the directory at o.Path to the state in which it was made, at
// o.Now; if there is none, it makes one. A file that never was a frontdesk
// directory is refused and left alone.
//
// It works inside the file, in one transaction, rather than renaming a new file
// over it: a program that has the old file open would go on with a file without a
// name, and its write-ahead log would be taken for the new one's. Only a damaged
// file is replaced; it is kept beside the new one, see OnSetAside.
func Reset(ctx context.Context, o OpenOptions) error {
	o = o.complete()
	if _, err := os.Stat(o.Path); errors.Is(err, fs.ErrNotExist) {
		st, err := OpenDemo(ctx, o)
		if err != nil {
			return err
		}
		return st.Close()
	}
	notes := map[string]string{}
	err := o.putBack(ctx, notes)
	if !IsDamaged(o.Path, err) {
		return err
	}
	return o.mend(ctx, notes)
}

// putBack resets inside of the file. What the file notes of itself goes into notes.
func (o OpenOptions) putBack(ctx context.Context, notes map[string]string) error {
	st, err := store.Open(ctx, o.Path)
	if err != nil {
		return err
	}
	err = st.Read(ctx, func(tx *store.Tx) error {
		for _, name := range []string{noteUsers, noteKey, noteKey + "_live"} {
			note, err := tx.Note(name)
			if err != nil {
				return err
			}
			notes[name] = note
		}
		return nil
	})
	if err == nil {
		err = st.Check(ctx)
	}
	if err == nil {
		o, err = o.noted(notes[noteUsers])
	}
	if err == nil {
		err = world.Reset(ctx, st, o.world())
	}
	return errors.Join(err, st.Close())
}

// noted is o with as many people as the directory notes that it was made with.
func (o OpenOptions) noted(users string) (OpenOptions, error) {
	switch users {
	case "":
		return o, nil
	case nobody:
		o.Users, o.Empty = 0, true
		return o, nil
	}
	n, err := strconv.Atoi(users)
	if err == nil {
		o.Users, o.Empty = n, false
	}
	return o, err
}

// mend puts a damaged file aside and makes a new one of the same size and key, as
// far as those could still be read.
func (o OpenOptions) mend(ctx context.Context, notes map[string]string) error {
	kept, back, err := store.SetAside(o.Path)
	if err != nil {
		return err
	}
	o, _ = o.noted(notes[noteUsers]) // a damaged note is none
	if err := o.create(ctx, false); err != nil {
		return errors.Join(err, back())
	}
	if o.OnSetAside != nil {
		o.OnSetAside(kept)
	}
	st, err := store.Open(ctx, o.Path)
	if err != nil {
		return err
	}
	err = st.Write(ctx, func(tx *store.Tx) error {
		for _, name := range []string{noteKey, noteKey + "_live"} {
			if notes[name] == "" {
				continue
			}
			if err := tx.SetNote(name, notes[name]); err != nil {
				return err
			}
		}
		return nil
	})
	return errors.Join(err, st.Close())
}

// keyOf is the directory's own secret key, made when it is first asked for. It
// survives a reset, so that what was configured with it goes on working.
func keyOf(ctx context.Context, st *store.Store, random io.Reader, production bool) (string, error) {
	prefix, note := testPrefix, noteKey
	if production {
		prefix, note = livePrefix, noteKey+"_live"
	}
	var key string
	err := st.Write(ctx, func(tx *store.Tx) error {
		var err error
		if key, err = tx.Note(note); err != nil || key != "" {
			return err
		}
		var raw [30]byte
		if _, err := io.ReadFull(random, raw[:]); err != nil {
			return fmt.Errorf("no randomness for a secret key: %w", err)
		}
		key = prefix + base64.RawURLEncoding.EncodeToString(raw[:])
		return tx.SetNote(note, key)
	})
	return key, err
}

const (
	testPrefix = "sk_test_"
	livePrefix = "sk_live_"
)

// uploaded are the pictures that the demo's people have chosen: faces, since a
// desk knows people by their faces.
func uploaded() [][]byte {
	const faces = 16
	var out [][]byte
	for i := range faces {
		if png, err := sandbox.PortraitPNG("user_uploaded " + strconv.Itoa(i)); err == nil {
			out = append(out, png)
		}
	}
	return out
}
