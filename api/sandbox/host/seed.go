package host

import (
	"context"
	"errors"
	"os"

	"frontdesk/api/sandbox/store"
)

// Progress is how far the making of a directory has come.
type Progress struct {
	// Stage is what is being made now, and Done of Total how much of it exists.
	Stage       Stage
	Done, Total int
	// Share is how much of the whole work is done, 0 to 1, people and indexes
	// weighed by the time they take.
	Share float64
}

// Stage is a part of the work.
type Stage int

// The two stages, in the order in which they come.
const (
	StageUsers Stage = iota
	StageIndexes
)

// peopleShare is how much of the work the people are: measured at a million,
// with two processors.
const peopleShare = 0.48

// peopled is o.Progress as the world tells it.
func (o OpenOptions) peopled() func(done, total int) {
	if o.Progress == nil {
		return nil
	}
	return func(done, total int) {
		o.Progress(Progress{Stage: StageUsers, Done: done, Total: total, Share: peopleShare * float64(done) / float64(total)})
	}
}

// indexed is o.Progress as the store tells it.
func (o OpenOptions) indexed() func(done, total int, share float64) {
	if o.Progress == nil {
		return nil
	}
	return func(done, total int, share float64) {
		o.Progress(Progress{Stage: StageIndexes, Done: done, Total: total, Share: peopleShare + (1-peopleShare)*share})
	}
}

func (o OpenOptions) create(ctx context.Context, replace bool) error {
	return store.Builder{Replace: replace, IndexProgress: o.indexed()}.Create(ctx, o.Path, func(st *store.Store) error {
		return o.fill(ctx, st)
	})
}

// SeedResult is what [Seed] made.
type SeedResult struct {
	Users, Banned int
	Bytes         int64 // of the file
}

// Seed makes a directory of o.Users people at o.Path. Where one is there
// already the error is [fs.ErrExist], unless replace says that it may go; a
// file that is no directory never goes. The name is taken only when the new
// file is whole: an error or a cancelled ctx leaves everything as it was.
func Seed(ctx context.Context, o OpenOptions, replace bool) (SeedResult, error) {
	o = o.complete()
	var made SeedResult
	if err := o.create(ctx, replace); err != nil {
		return made, err
	}
	st, err := store.Open(ctx, o.Path)
	if err != nil {
		return made, err
	}
	banned := true
	err = st.Read(ctx, func(tx *store.Tx) (err error) {
		if made.Users, err = tx.CountUsers(store.Query{}); err != nil {
			return err
		}
		made.Banned, err = tx.CountUsers(store.Query{Banned: &banned})
		return err
	})
	if info, statErr := os.Stat(o.Path); statErr == nil {
		made.Bytes = info.Size()
	}
	return made, errors.Join(err, st.Close())
}
