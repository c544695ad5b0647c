package host

import (
	"context"
	"crypto/rand"
	"errors"
	"io"
	"io/fs"
	"strconv"
	"time"

	"frontdesk/api/sandbox"
	"frontdesk/api/sandbox/store"
	"frontdesk/api/sandbox/world"
)

// ErrInvalidPath is returned for a path that cannot be a directory file.
var ErrInvalidPath = store.ErrInvalidPath

// IsDamaged reports whether err comes from a file at path that was a directory file and is
// damaged. [Reset] replaces such a file.
func IsDamaged(path string, err error) bool { return store.IsDamaged(path, err) }

// OpenOptions say which directory to open, and how to create it if it does not exist.
type OpenOptions struct {
	// Path is the file. Its folder must exist.
	Path string
	// Users is how many users a new file has; 0 means [world.DefaultUsers].
	Users int
	// Empty creates a new file without users.
	Empty bool
	// Seed chooses the users; 0 means [world.DefaultSeed].
	Seed uint64
	// Now is the clock; nil means [time.Now].
	Now func() time.Time
	// Rand is the source of secrets; nil means [rand.Reader].
	Rand io.Reader
	// Progress receives the progress of creating a new file; nil is allowed.
	Progress func(Progress)
	// OnSetAside receives the path to which a reset has renamed a damaged file; nil is
	// allowed.
	OnSetAside func(path string)
}

// The notes that this package keeps in the file.
const (
	noteKey   = "secret_key"
	noteUsers = "demo_users"
	noteEmpty = "nobody" // the value of noteUsers in a file created with Empty
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

func (o OpenOptions) worldOptions() world.Options {
	return world.Options{Users: o.Users, Empty: o.Empty, Seed: o.Seed, Now: o.Now(), Progress: o.userProgress(), Pictures: profileImages()}
}

// Open opens the directory, creates it if it does not exist, and moves its times to now if
// they are more than a day old. Several programs may do so at once: a new file gets its
// name only when it is complete, and later programs use it. The error is one sentence; the
// file is then unchanged.
func Open(ctx context.Context, o OpenOptions) (*store.Store, error) {
	o = o.complete()
	err := o.create(ctx, false)
	if err != nil && !errors.Is(err, fs.ErrExist) {
		return nil, err
	}
	st, err := store.Open(ctx, o.Path)
	if err != nil {
		return nil, err
	}
	if err := o.refresh(ctx, st); err != nil {
		return nil, errors.Join(err, st.Close())
	}
	return st, nil
}

// refresh fills a directory that has never been filled and moves the times of one that is
// more than a day old.
func (o OpenOptions) refresh(ctx context.Context, st *store.Store) error {
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
	if err := world.Fill(ctx, st, o.worldOptions()); err != nil {
		return err
	}
	note := strconv.Itoa(o.Users)
	if o.Empty {
		note = noteEmpty
	}
	return st.Write(ctx, func(tx *store.Tx) error { return tx.SetNote(noteUsers, note) })
}

// profileImages returns the uploaded profile images of the demo: faces, by which support
// staff recognize people.
func profileImages() [][]byte {
	const faces = 16
	var out [][]byte
	var portraits sandbox.PortraitEncoder
	for i := range faces {
		if png, err := portraits.PNG("user_uploaded " + strconv.Itoa(i)); err == nil {
			out = append(out, png)
		}
	}
	return out
}
