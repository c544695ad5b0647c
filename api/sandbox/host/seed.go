package host

import (
	"context"
	"errors"
	"os"
	"runtime/debug"

	"frontdesk/api/sandbox/store"
)

// Progress is the progress of creating a directory.
type Progress struct {
	// Stage is what is being created, and Done of Total how much of it exists.
	Stage       Stage
	Done, Total int
	// Share is the share of the whole work that is done, 0 to 1. Users and indexes are
	// weighted by the time they take.
	Share float64
}

// Stage is a part of creating a directory.
type Stage int

// The stages in their order.
const (
	StageUsers Stage = iota
	StageIndexes
)

// usersShare is the share of the work that the users take, measured with a million of them
// on two processors.
const usersShare = 0.48

// userProgress adapts o.Progress to the world package.
func (o OpenOptions) userProgress() func(done, total int) {
	if o.Progress == nil {
		return nil
	}
	return func(done, total int) {
		o.Progress(Progress{Stage: StageUsers, Done: done, Total: total, Share: usersShare * float64(done) / float64(total)})
	}
}

// indexProgress adapts o.Progress to the store package.
func (o OpenOptions) indexProgress() func(done, total int, share float64) {
	if o.Progress == nil {
		return nil
	}
	return func(done, total int, share float64) {
		o.Progress(Progress{Stage: StageIndexes, Done: done, Total: total, Share: usersShare + (1-usersShare)*share})
	}
}

func (o OpenOptions) create(ctx context.Context, replace bool) error {
	return store.Builder{Replace: replace, IndexProgress: o.indexProgress()}.Create(ctx, o.Path, func(st *store.Store) error {
		if err := o.fill(ctx, st); err != nil {
			return err
		}
		debug.FreeOSMemory() // filling leaves garbage, and building the indexes needs memory
		return nil
	})
}

// SeedResult describes what [Seed] has created.
type SeedResult struct {
	Users, Banned int
	Bytes         int64 // size of the file
}

// Seed creates a directory of o.Users users at o.Path. If there is a file already the
// error is [fs.ErrExist], unless replace is set; a file that is not a directory is never
// replaced. The new file gets its name only when it is complete: after an error, or when
// ctx is cancelled, everything is as before.
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
