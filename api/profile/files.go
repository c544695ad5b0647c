package profile

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// ErrNoHome is a program that is nobody's: files of its own have no place then, and
// a folder of the whole system is not one.
var ErrNoHome = errors.New("HOME is not set")

// ErrRelativeHome is a home folder that depends on where the program is started.
var ErrRelativeHome = errors.New("HOME is not an absolute path")

// DemoFile is the demo directory's file below base, which is what XDG_DATA_HOME names
// or its place in the home folder; the folder is made where it is missing. Where that
// cannot be there is none: a file in a folder of the whole system would stand in
// everybody's way.
func DemoFile(lookup func(string) (string, bool), base string) (string, error) {
	folder, err := appFolder(lookup, "XDG_DATA_HOME", base)
	if err == nil {
		err = makeFolder(folder)
	}
	if err != nil {
		return "", fmt.Errorf("no place for the demo directory: %w; use --db FILE", err)
	}
	return filepath.Join(folder, "demo.db"), nil
}

// SavedSearchesFile is the operator's file of saved searches below base, which is what
// XDG_CONFIG_HOME names or its place in the home folder; "" where there is neither.
func SavedSearchesFile(lookup func(string) (string, bool), base string) string {
	folder, err := appFolder(lookup, "XDG_CONFIG_HOME", base)
	if err != nil {
		return ""
	}
	return filepath.Join(folder, "queues.toml")
}

// ConfigFile is the operator's configuration below base, as SavedSearchesFile is.
func ConfigFile(lookup func(string) (string, bool), base string) string {
	folder, err := appFolder(lookup, "XDG_CONFIG_HOME", base)
	if err != nil {
		return ""
	}
	return filepath.Join(folder, "config.toml")
}

// JournalFolder is the folder of the operator's journals below base, which is what
// XDG_STATE_HOME names or its place in the home folder. It is not made.
func JournalFolder(lookup func(string) (string, bool), base string) (string, error) {
	folder, err := appFolder(lookup, "XDG_STATE_HOME", base)
	if err != nil {
		return "", fmt.Errorf("there is no place for it: %w", err)
	}
	return filepath.Join(folder, "journal"), nil
}

// TourFile is where the state of the tour is kept, below base as JournalFolder is; "" if
// there is no place for it.
func TourFile(lookup func(string) (string, bool), base string) string {
	folder, err := appFolder(lookup, "XDG_STATE_HOME", base)
	if err != nil {
		return ""
	}
	return filepath.Join(folder, "tour.json")
}

// JournalName is the name of an instance's journal in that folder. The demo has its own.
func (k Kind) JournalName() string {
	if k == Demo {
		return "demo"
	}
	return "journal"
}

// appFolder is the program's own folder below base. Without a home folder base would
// be one at the root of the system.
func appFolder(lookup func(string) (string, bool), variable, base string) (string, error) {
	named, _ := lookup(variable)
	if !filepath.IsAbs(base) {
		return "", ErrRelativeHome
	}
	if home, _ := lookup("HOME"); home == "" && !filepath.IsAbs(named) && filepath.Dir(filepath.Dir(base)) == string(filepath.Separator) {
		return "", ErrNoHome
	}
	return filepath.Join(base, "frontdesk"), nil
}

// makeFolder makes the folder where it is missing. The error is one sentence that
// names it.
func makeFolder(folder string) error {
	err := os.MkdirAll(folder, 0o700)
	var path *fs.PathError
	if errors.As(err, &path) {
		return fmt.Errorf("the folder %s cannot be created: %w", folder, path.Err)
	}
	return err
}
