package profile

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"slices"
	"strings"
	"time"

	"golang.org/x/sys/unix"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/api/config"
)

const (
	// commandTimeout is the default of Resolver.CommandTimeout.
	commandTimeout = 10 * time.Second
	// maxKeyText is an upper bound for the length of a key.
	maxKeyText = 4 << 10
)

// readKey reads the key of a configured instance. Errors never quote what was read, because
// it may be a key.
func (r Resolver) readKey(ctx context.Context, name string, in config.Instance) (api.Key, error) {
	at := "instance." + name
	switch {
	case len(in.KeyCommand) > 0:
		text, err := r.runCommand(ctx, in.KeyCommand)
		if err != nil {
			return api.Key{}, fmt.Errorf("instance %s: the key command %s %w", name, commandName(in.KeyCommand), err)
		}
		key, err := api.NewKey(text)
		if err != nil {
			return api.Key{}, fmt.Errorf("instance %s: the output of %s: %w", name, commandName(in.KeyCommand), err)
		}
		return key, nil
	case in.KeyFile != "":
		key, err := ReadKeyFile(r.ExpandPath(in.KeyFile))
		if err != nil {
			return api.Key{}, ConfigError{r.Config.ErrorAt(at+".key_file", "instance "+name+": "+err.Error())}
		}
		return key, nil
	}
	value, isSet := r.Lookup(in.KeyEnv)
	if !isSet || strings.TrimSpace(value) == "" {
		return api.Key{}, ConfigError{r.Config.ErrorAt(at+".key_env", fmt.Sprintf("instance %s: its key is read from the environment variable %s, which is %s", name, in.KeyEnv, map[bool]string{true: "empty", false: "not set"}[isSet]))}
	}
	key, err := api.NewKey(value)
	if err != nil {
		return api.Key{}, ConfigError{r.Config.ErrorAt(at+".key_env", fmt.Sprintf("instance %s: %s: %s", name, in.KeyEnv, err))}
	}
	return key, nil
}

// commandName returns the program of a key command without its arguments, which may be
// confidential.
func commandName(argv []string) string { return clean.NewText(argv[0]).Display() }

// runCommand runs a key command and returns the line that it prints. The error continues a
// sentence that begins with the name of the program.
func (r Resolver) runCommand(ctx context.Context, argv []string) (string, error) {
	limit := cmp.Or(r.CommandTimeout, commandTimeout)
	timeout, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	cmd := exec.CommandContext(timeout, r.ExpandPath(argv[0]), argv[1:]...)
	cmd.Env = r.EnvironWithoutKeys()
	cmd.Stderr = r.Stderr
	cmd.WaitDelay = time.Second // a child of the program may keep its output open
	out := limitedBuffer{left: maxKeyText}
	cmd.Stdout = &out
	err := cmd.Run()
	var exit *exec.ExitError
	switch {
	case ctx.Err() != nil:
		return "", errors.New("was stopped")
	case timeout.Err() != nil || errors.Is(err, exec.ErrWaitDelay):
		return "", fmt.Errorf("did not finish within %s", limit)
	case out.isFull:
		return "", errors.New("printed more than a key")
	case errors.Is(err, exec.ErrNotFound) || errors.Is(err, fs.ErrNotExist):
		return "", errors.New("was not found")
	case errors.Is(err, fs.ErrPermission):
		return "", errors.New("is not executable")
	case errors.As(err, &exit) && exit.ExitCode() >= 0:
		return "", fmt.Errorf("failed with exit code %d", exit.ExitCode())
	case errors.As(err, &exit):
		return "", errors.New("was killed by a signal")
	case err != nil:
		return "", errors.New("could not be run")
	}
	text := strings.TrimSpace(out.text.String())
	if text == "" {
		return "", errors.New("printed nothing")
	}
	if n := strings.Count(text, "\n") + 1; n > 1 {
		return "", fmt.Errorf("printed %d lines; it should print the key and nothing else", n)
	}
	return text, nil
}

// EnvironWithoutKeys returns the environment without the variables that hold keys, to pass
// on to other programs.
func (r Resolver) EnvironWithoutKeys() []string {
	secret := r.Config.KeyVariables()
	return slices.DeleteFunc(slices.Clone(r.Environ), func(pair string) bool {
		name, value, _ := strings.Cut(pair, "=")
		return slices.Contains(secret, name) || clean.MaskKeys(value) != value
	})
}

// limitedBuffer is a buffer that fails once more than left bytes are written.
type limitedBuffer struct {
	text   bytes.Buffer
	left   int
	isFull bool
}

// Write implements [io.Writer].
func (l *limitedBuffer) Write(b []byte) (int, error) {
	if l.left -= len(b); l.left < 0 {
		l.isFull = true
		return 0, io.ErrShortWrite
	}
	return l.text.Write(b)
}

// ReadKeyFile reads a key from a file. It refuses a file that other users can read or
// write. It checks the opened file, so that the file cannot be swapped between check and
// use.
func ReadKeyFile(path string) (api.Key, error) {
	shown := "the key file " + clean.NewText(path).Display()
	f, err := os.OpenFile(path, os.O_RDONLY|unix.O_NOFOLLOW|unix.O_NONBLOCK|unix.O_CLOEXEC, 0)
	if errors.Is(err, unix.ELOOP) {
		return api.Key{}, errors.New(shown + " is a symbolic link; use the path of the file itself")
	}
	if err != nil {
		var at *fs.PathError
		if errors.As(err, &at) {
			err = at.Err
		}
		return api.Key{}, fmt.Errorf("%s cannot be read: %w", shown, err)
	}
	defer f.Close()
	var stat unix.Stat_t
	if err := unix.Fstat(int(f.Fd()), &stat); err != nil {
		return api.Key{}, fmt.Errorf("%s cannot be read: %w", shown, err)
	}
	switch mode := os.FileMode(stat.Mode & 0o777); {
	case stat.Mode&unix.S_IFMT != unix.S_IFREG:
		return api.Key{}, errors.New(shown + " is not a file")
	case int(stat.Uid) != os.Geteuid():
		return api.Key{}, errors.New(shown + " belongs to another user; it must be yours")
	case mode&0o077 != 0:
		return api.Key{}, fmt.Errorf("other users can read or write %s (mode %04o); run chmod 600 on it", shown, mode)
	case stat.Size > maxKeyText:
		return api.Key{}, errors.New(shown + " is larger than a key")
	}
	text, err := io.ReadAll(io.LimitReader(f, maxKeyText))
	if err != nil {
		return api.Key{}, fmt.Errorf("%s cannot be read: %w", shown, errors.Unwrap(err))
	}
	key, err := api.NewKey(string(text))
	if err != nil {
		return api.Key{}, fmt.Errorf("%s: %w", shown, err)
	}
	return key, nil
}
