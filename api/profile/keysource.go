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
	// helperTimeout is the default of Resolver.HelperTimeout.
	helperTimeout = 10 * time.Second
	// maxKeyText is more than any key has.
	maxKeyText = 4 << 10
)

// readKey reads the key of a configured instance. Its errors are sentences and never
// quote what was read.
func (r Resolver) readKey(ctx context.Context, name string, in config.Instance) (api.Key, error) {
	at := "instance." + name
	switch {
	case len(in.KeyCommand) > 0:
		text, err := r.runHelper(ctx, in.KeyCommand)
		if err != nil {
			return api.Key{}, fmt.Errorf("instance %s: %s, which should print its key, %w", name, helperName(in.KeyCommand), err)
		}
		key, err := api.NewKey(text)
		if err != nil {
			return api.Key{}, fmt.Errorf("instance %s: what %s printed: %w", name, helperName(in.KeyCommand), err)
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
		return api.Key{}, ConfigError{r.Config.ErrorAt(at+".key_env", fmt.Sprintf("instance %s: the environment variable %s, which should hold its key, is %s", name, in.KeyEnv, map[bool]string{true: "empty", false: "not set"}[isSet]))}
	}
	key, err := api.NewKey(value)
	if err != nil {
		return api.Key{}, ConfigError{r.Config.ErrorAt(at+".key_env", fmt.Sprintf("instance %s: %s: %s", name, in.KeyEnv, err))}
	}
	return key, nil
}

// helperName is the program without its arguments, which may say more than others
// should read.
func helperName(argv []string) string { return clean.NewText(argv[0]).Display() }

// runHelper returns the line that the program prints. Its error goes on from the
// program's name.
func (r Resolver) runHelper(ctx context.Context, argv []string) (string, error) {
	limit := cmp.Or(r.HelperTimeout, helperTimeout)
	timeout, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	cmd := exec.CommandContext(timeout, r.ExpandPath(argv[0]), argv[1:]...)
	cmd.Env = r.EnvironWithoutKeys()
	cmd.Stderr = r.Stderr
	cmd.WaitDelay = time.Second // what it started may hold its output open
	out := limitedBuffer{left: maxKeyText}
	cmd.Stdout = &out
	err := cmd.Run()
	var exit *exec.ExitError
	switch {
	case ctx.Err() != nil:
		return "", errors.New("was stopped")
	case timeout.Err() != nil || errors.Is(err, exec.ErrWaitDelay):
		return "", fmt.Errorf("did not end within %s", limit)
	case out.isFull:
		return "", errors.New("printed more than a key")
	case errors.Is(err, exec.ErrNotFound) || errors.Is(err, fs.ErrNotExist):
		return "", errors.New("is not there")
	case errors.Is(err, fs.ErrPermission):
		return "", errors.New("may not be run")
	case errors.As(err, &exit) && exit.ExitCode() >= 0:
		return "", fmt.Errorf("failed with exit code %d", exit.ExitCode())
	case errors.As(err, &exit):
		return "", errors.New("was ended by a signal")
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

// EnvironWithoutKeys is the environment without the variables that hold keys, for other
// programs.
func (r Resolver) EnvironWithoutKeys() []string {
	secret := r.Config.KeyVariables()
	return slices.DeleteFunc(slices.Clone(r.Environ), func(pair string) bool {
		name, value, _ := strings.Cut(pair, "=")
		return slices.Contains(secret, name) || clean.MaskKeys(value) != value
	})
}

// limitedBuffer keeps what is written, as long as it is not more than left bytes.
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

// ReadKeyFile reads a key from a file that nobody else can read. The checks are made
// on the opened file, so that it cannot be swapped between check and use.
func ReadKeyFile(path string) (api.Key, error) {
	shown := "the key file " + clean.NewText(path).Display()
	f, err := os.OpenFile(path, os.O_RDONLY|unix.O_NOFOLLOW|unix.O_NONBLOCK|unix.O_CLOEXEC, 0)
	if errors.Is(err, unix.ELOOP) {
		return api.Key{}, errors.New(shown + " is a symbolic link; name the file itself")
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
		return api.Key{}, fmt.Errorf("others may read or write %s (%04o); chmod 600 it", shown, mode)
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
