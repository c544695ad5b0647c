// Package world creates the demo data: "Harbor & Pine", a ticket shop, its customers, and
// a few support cases among them. It writes records into a store and is independent of
// HTTP.
//
// Names and people are read from data/names.txt and data/people.txt when a world is
// created. Nothing in it may belong to a real person: e-mail addresses end in .example,
// phone numbers are +1 (XXX) 555-0100 to 0199, IP addresses are 203.0.113.x.
//
// The same seed and time create the same records on every machine; nothing here reads a
// clock.
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
	// DefaultUsers is how many users the demo has.
	DefaultUsers = 1248
	// DefaultSeed is the demo's seed.
	DefaultSeed = 20260317
)

// The notes that the world keeps in the file; times are in milliseconds.
const (
	noteCreated   = "world_created_at"
	noteRefreshed = "world_refreshed_at"
	noteSeed      = "world_seed"
	noteFixed     = "world_cast" // ids of the people who are not generated
)

// ErrNotEmpty is returned if the directory already has users.
var ErrNotEmpty = errors.New("the directory has users already")

// Options say which world to create. Zero Users and Seed mean the demo's own; Now is
// required; Progress may be nil and receives how many users exist so far.
type Options struct {
	Users    int
	Empty    bool // only the instance: no users, no organizations, nothing to refresh
	Seed     uint64
	Now      time.Time
	Progress func(done, total int)
	// Pictures are PNGs to use as uploaded profile images; without any, the world paints some.
	Pictures [][]byte
}

// Fill fills an empty directory in one transaction. It keeps only a few users in memory at
// a time.
func Fill(ctx context.Context, st *store.Store, o Options) error {
	o, err := o.complete()
	if err != nil {
		return err
	}
	return st.Write(ctx, func(tx *store.Tx) error { return fill(tx, o) })
}

// Reset empties the directory and fills it again in one transaction: other programs see
// either the old world or the new one.
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
		return o, fmt.Errorf("an empty directory cannot have %d users", o.Users)
	}
	if o.Users == 0 {
		o.Users = DefaultUsers
	}
	if o.Seed == 0 {
		o.Seed = DefaultSeed
	}
	if o.Users < 0 {
		return o, fmt.Errorf("the number of users cannot be negative: %d", o.Users)
	}
	if o.Now.IsZero() {
		return o, errors.New("the world needs the current time")
	}
	return o, nil
}

// reportEvery is the number of users between two calls of Progress.
const reportEvery = 500

func fill(tx *store.Tx, o Options) error {
	if n, err := tx.CountUsers(store.Query{}); err != nil {
		return err
	} else if n > 0 {
		return ErrNotEmpty
	}
	w := newWriter(tx, o)
	if o.Empty {
		return tx.PutSettings(w.createInstance())
	}
	if err := w.writeInstance(); err != nil {
		return err
	}
	if err := w.writeUsers(); err != nil {
		return err
	}
	now := strconv.FormatInt(o.Now.UnixMilli(), 10)
	for key, value := range map[string]string{noteCreated: now, noteRefreshed: now, noteSeed: strconv.FormatUint(o.Seed, 10), noteFixed: strings.Join(w.fixedIDs, " ")} {
		if err := tx.SetNote(key, value); err != nil {
			return err
		}
	}
	return nil
}

// writeUsers writes users while other goroutines prepare the next ones and generate those
// after them.
func (w *writer) writeUsers() error {
	const batch, ahead = 32, 2
	stop := make(chan struct{})
	defer close(stop)
	invented := runAhead(stop, ahead, batches(people(w.options), batch, w.makeRecord))
	ready := runAhead(stop, ahead, func(yield func([]*record) bool) {
		for some := range invented {
			for _, r := range some {
				r.prepare()
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

// runAhead iterates over all in a goroutine, at most ahead values before the receiver,
// until stop is closed.
func runAhead[T any](stop <-chan struct{}, ahead int, all iter.Seq[T]) <-chan T {
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

// batches creates the records of people, size at a time.
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
