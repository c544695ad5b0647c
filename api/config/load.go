package config

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/pelletier/go-toml/v2"
	"golang.org/x/sys/unix"

	"frontdesk/api/clean"
)

// maxFileSize is the size of the largest file that is accepted.
const maxFileSize = 1 << 20

// Error describes a mistake in the configuration file.
type Error struct {
	Path string
	Line int // 0 if the error concerns the whole file
	Says string
}

func (e *Error) Error() string {
	at := clean.NewText(e.Path).Display()
	if e.Line > 0 {
		at += fmt.Sprintf(" line %d", e.Line)
	}
	return at + ": " + clean.Sentence(clean.MaskKeys(e.Says))
}

// ErrorAt returns an *Error for the setting at a path ("instance.staging.url"), for
// mistakes that only another package can detect.
func (c *Config) ErrorAt(setting, says string) error {
	return &Error{Path: c.path, Line: c.line(setting), Says: says}
}

// Load reads the file at path. If the file does not exist or path is "", Load returns the
// zero Config. Any error is an *Error.
func Load(path string) (*Config, error) {
	if path == "" {
		return &Config{}, nil
	}
	text, err := readFile(path)
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, unix.ENOTDIR) {
		return &Config{}, nil
	}
	if err != nil {
		return nil, &Error{Path: path, Says: err.Error()}
	}
	return Parse(path, text)
}

// Parse parses and validates the text of a file. Errors refer to it as path.
func Parse(path string, text []byte) (*Config, error) {
	text = bytes.TrimPrefix(text, []byte("\ufeff")) // a byte order mark, which Notepad and PowerShell write
	c := &Config{path: path, lines: linesOf(text)}
	decoder := toml.NewDecoder(strings.NewReader(string(text))).DisallowUnknownFields()
	if err := decoder.Decode(c); err != nil {
		return nil, c.decodeError(err)
	}
	if err := c.check(); err != nil {
		return nil, err
	}
	return c, nil
}

// readFile reads the file. It refuses a file that another user could have written, because
// the configuration names programs to run and grants permissions.
func readFile(path string) ([]byte, error) {
	f, err := os.OpenFile(path, os.O_RDONLY|unix.O_NONBLOCK, 0)
	if err != nil {
		return nil, fmt.Errorf("it cannot be read: %w", withoutPath(err))
	}
	defer f.Close()
	info, err := f.Stat()
	switch {
	case err != nil:
		return nil, fmt.Errorf("it cannot be read: %w", withoutPath(err))
	case !info.Mode().IsRegular():
		return nil, errors.New("it is not a file")
	case info.Size() > maxFileSize:
		return nil, errors.New("it is larger than 1 MB, which is too large for a configuration file")
	case info.Mode().Perm()&0o022 != 0:
		return nil, fmt.Errorf("other users can write to it, and it names programs to run; run chmod go-w %s", filepath.Base(path))
	}
	var stat unix.Stat_t
	if err := unix.Fstat(int(f.Fd()), &stat); err != nil {
		return nil, fmt.Errorf("it cannot be read: %w", err)
	}
	if stat.Uid != 0 && int(stat.Uid) != os.Geteuid() {
		return nil, errors.New("it belongs to another user; it must be yours or root's")
	}
	text, err := io.ReadAll(io.LimitReader(f, maxFileSize))
	if err != nil {
		return nil, fmt.Errorf("it cannot be read: %w", withoutPath(err))
	}
	return text, nil
}

// withoutPath removes the path from a file system error, because Error adds it.
func withoutPath(err error) error {
	var at *fs.PathError
	if errors.As(err, &at) {
		return at.Err
	}
	return err
}
