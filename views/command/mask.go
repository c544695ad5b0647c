package command

import (
	"errors"
	"io"

	"github.com/spf13/pflag"

	"frontdesk/api"
	"frontdesk/views/mask"
)

// declareMask makes the flag of the privacy mask.
func declareMask(f *pflag.FlagSet, on *bool) {
	f.BoolVar(on, "mask", false, "hide names, addresses, numbers and ids in what is printed")
}

// withMask is the environment with the privacy mask on, where it is wanted. The mask
// counts people in the order in which they come.
func (e Env) withMask(on bool) Env {
	if on {
		e.mask = mask.New(true)
		e.Stdout, e.Stderr = maskedWriter{e.mask, e.Stdout}, maskedWriter{e.mask, e.Stderr}
	}
	return e
}

// maskedWriter masks what is left of people in sentences; each Write must be whole
// where they are spoken of.
type maskedWriter struct {
	mask *mask.Mask
	w    io.Writer
}

// Write implements [io.Writer]; it counts what was given to it, not what came out.
func (m maskedWriter) Write(b []byte) (int, error) {
	if _, err := io.WriteString(m.w, m.mask.Text(string(b))); err != nil {
		return 0, err
	}
	return len(b), nil
}

// maskError is an error that may be printed.
func (e Env) maskError(err error) error {
	if err == nil || !e.mask.On() {
		return err
	}
	var several *ambiguousError
	if errors.As(err, &several) {
		for i := range several.users {
			e.mask.Note(&several.users[i])
		}
	}
	masked := e.mask.Text(err.Error())
	var exit Exit
	switch {
	case !errors.As(err, &exit):
		return errors.New(masked)
	case exit.Err != nil:
		exit.Err = errors.New(masked)
	}
	return exit
}

// userJSON is who it was about, as it may be printed.
func (e Env) userJSON(u *api.User) *userJSON { return newUserJSON(e.mask.User(u)) }
