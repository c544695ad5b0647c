package sandbox

import (
	"context"
	"io"
	"time"

	"frontdesk/api/sandbox/store"
)

// OpenOptions says which demo to open.
type OpenOptions struct {
	// Path is the file; its folder must exist.
	Path string
	// Users is how many people are invented when the file has to be made; 0 is the demo's own number.
	Users int
	// Seed chooses which people; 0 is the demo's own.
	Seed int64
	// Now is the clock; nil is [time.Now].
	Now func() time.Time
	// Rand feeds what must not be guessed; nil is crypto/rand.
	Rand io.Reader
	// Progress is told how many of the users exist; nil is silence.
	Progress func(done, total int)
}

// OpenDemo opens the demo's directory. It is made at the first start, and its
// times are moved to now when it is older than a day. Two programs may do this
// at once.
func OpenDemo(ctx context.Context, o OpenOptions) (*store.Store, error) { panic("unwritten") }

// Reset puts the demo at path back to how it was first made. A file that is not
// a frontdesk directory is refused and left alone.
func Reset(ctx context.Context, path string) error { panic("unwritten") }
