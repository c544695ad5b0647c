package host

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"strconv"

	"frontdesk/api/sandbox/store"
	"frontdesk/api/sandbox/world"
)

// Reset restores the directory at o.Path to its initial state, at o.Now; if there is none,
// it creates one. A file that never was a frontdesk directory is refused and left
// unchanged.
//
// It works inside the file, in one transaction, rather than renaming a new file over it: a
// program that has the old file open would continue with an unlinked file, and its
// write-ahead log would be taken for the new one's. Only a damaged file is replaced; it is
// kept next to the new one, see OnSetAside.
func Reset(ctx context.Context, o OpenOptions) error {
	o = o.complete()
	if _, err := os.Stat(o.Path); errors.Is(err, fs.ErrNotExist) {
		st, err := Open(ctx, o)
		if err != nil {
			return err
		}
		return st.Close()
	}
	notes := map[string]string{}
	err := o.resetInPlace(ctx, notes)
	if !IsDamaged(o.Path, err) {
		return err
	}
	return o.replaceDamaged(ctx, notes)
}

// resetInPlace resets the file without replacing it, and copies the file's notes to notes.
func (o OpenOptions) resetInPlace(ctx context.Context, notes map[string]string) error {
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
		o, err = o.withNotedSize(notes[noteUsers])
	}
	if err == nil {
		err = world.Reset(ctx, st, o.worldOptions())
	}
	return errors.Join(err, st.Close())
}

// withNotedSize returns o with the number of users that the file notes.
func (o OpenOptions) withNotedSize(users string) (OpenOptions, error) {
	switch users {
	case "":
		return o, nil
	case noteEmpty:
		o.Users, o.Empty = 0, true
		return o, nil
	}
	n, err := strconv.Atoi(users)
	if err == nil {
		o.Users, o.Empty = n, false
	}
	return o, err
}

// replaceDamaged sets a damaged file aside and creates a new one of the same size and with
// the same key, as far as those could be read.
func (o OpenOptions) replaceDamaged(ctx context.Context, notes map[string]string) error {
	kept, back, err := store.SetAside(o.Path)
	if err != nil {
		return err
	}
	o, _ = o.withNotedSize(notes[noteUsers]) // an unreadable note is ignored
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
