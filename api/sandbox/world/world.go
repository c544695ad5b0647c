// Package world is the demo: "Harbor & Pine", a ticket shop, with the people
// who buy there and the seven stories a visitor can play. It writes records
// into a store and knows nothing of HTTP.
//
// What may live here: names, places, the cast, who gets which trait, and how
// the whole moves along with time. What may not: anything of Clerk's wire, and
// any value that could belong to somebody: mail goes to .example, phone numbers
// are +1 (XXX) 555-0100 to 0199, addresses on the net 203.0.113.x.
//
// The same seed at the same instant makes the same records, whatever the
// machine; nothing here reads a clock.
package world

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"strconv"
	"strings"
	"time"

	"frontdesk/api/sandbox/store"
)

const (
	// DefaultUsers is how many people the demo has.
	DefaultUsers = 1248
	// DefaultSeed is the demo's own.
	DefaultSeed = 20260317
)

// The notes that the world leaves in the file: times in milliseconds.
const (
	noteCreated   = "world_created_at"
	noteRefreshed = "world_refreshed_at"
	noteSeed      = "world_seed"
	noteFixed     = "world_cast" // the ids of the cast
)

// ErrNotEmpty says that somebody lives in the directory already.
var ErrNotEmpty = errors.New("the directory has users already")

// Options say what to invent. Zero Users and Seed are the demo's own; Now is
// needed; Progress may be nil and is told how many users exist so far.
type Options struct {
	Users    int
	Empty    bool // only the instance: no people, no organizations, nothing to move along
	Seed     uint64
	Now      time.Time
	Progress func(done, total int)
	// Pictures are the PNGs that people have uploaded, handed out in turn; none
	// is a few paintings of the sea.
	Pictures [][]byte
}

// Fill peoples an empty directory in one transaction. It keeps a few people in
// memory at a time, however many there are to be.
func Fill(ctx context.Context, st *store.Store, o Options) error {
	o, err := o.complete()
	if err != nil {
		return err
	}
	return st.Write(ctx, func(tx *store.Tx) error { return fill(tx, o) })
}

// Reset empties the directory and fills it again, in one transaction: whoever
// else has the file open sees the old world or the new one.
func Reset(ctx context.Context, st *store.Store, o Options) error {
	o, err := o.complete()
	if err != nil {
		return err
	}
	return st.Write(ctx, func(tx *store.Tx) error {
		if err := tx.Clear(); err != nil {
			return err
		}
		return fill(tx, o)
	})
}

func (o Options) complete() (Options, error) {
	if o.Empty && o.Users != 0 {
		return o, fmt.Errorf("nobody and %d users cannot both be invented", o.Users)
	}
	if o.Users == 0 {
		o.Users = DefaultUsers
	}
	if o.Seed == 0 {
		o.Seed = DefaultSeed
	}
	if o.Users < 0 {
		return o, fmt.Errorf("%d users cannot be invented", o.Users)
	}
	if o.Now.IsZero() {
		return o, errors.New("the world needs to know what time it is")
	}
	return o, nil
}

// reportEvery is how many users go by between two words of progress.
const reportEvery = 500

func fill(tx *store.Tx, o Options) error {
	if n, err := tx.CountUsers(store.Query{}); err != nil {
		return err
	} else if n > 0 {
		return ErrNotEmpty
	}
	w := newWriter(tx, o)
	if o.Empty {
		return tx.PutSettings(w.found())
	}
	if err := w.instance(); err != nil {
		return err
	}
	if err := w.everybody(); err != nil {
		return err
	}
	now := strconv.FormatInt(o.Now.UnixMilli(), 10)
	for key, value := range map[string]string{noteCreated: now, noteRefreshed: now, noteSeed: strconv.FormatUint(o.Seed, 10), noteFixed: strings.Join(w.cast, " ")} {
		if err := tx.SetNote(key, value); err != nil {
			return err
		}
	}
	return nil
}

// everybody writes the people while the next of them are made ready and those
// after them are invented: three processors can work at it, and two are busy.
func (w *writer) everybody() error {
	const batch, ahead = 64, 4
	stop := make(chan struct{})
	defer close(stop)
	invented := made(stop, ahead, batches(everybody(w.options), batch, w.record))
	ready := made(stop, ahead, func(yield func([]*record) bool) {
		for some := range invented {
			for _, r := range some {
				r.pack()
			}
			if !yield(some) {
				return
			}
		}
	})
	done := 0
	for some := range ready {
		for _, r := range some {
			if err := w.put(r); err != nil {
				return err
			}
			if done++; w.options.Progress != nil && (done%reportEvery == 0 || done == w.options.Users) {
				w.options.Progress(done, w.options.Users)
			}
		}
	}
	return nil
}

// made goes through all in a goroutine of its own, up to ahead of who receives,
// until stop is closed.
func made[T any](stop <-chan struct{}, ahead int, all iter.Seq[T]) <-chan T {
	out := make(chan T, ahead)
	go func() {
		defer close(out)
		for one := range all {
			select {
			case out <- one:
			case <-stop:
				return
			}
		}
	}()
	return out
}

// batches makes records of people, some at a time.
func batches(people iter.Seq[*person], size int, of func(*person) *record) iter.Seq[[]*record] {
	return func(yield func([]*record) bool) {
		some := make([]*record, 0, size)
		for p := range people {
			if some = append(some, of(p)); len(some) == size {
				if !yield(some) {
					return
				}
				some = make([]*record, 0, size)
			}
		}
		if len(some) > 0 {
			yield(some)
		}
	}
}
