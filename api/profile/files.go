package profile

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// ErrNoHome is returned if HOME is not set, because there is no directory for the user's
// files then. A system-wide directory would be shared by everybody.
var ErrNoHome = errors.New("HOME is not set")

// ErrRelativeHome is returned if HOME is relative, because the result would depend on the
// working directory.
var ErrRelativeHome = errors.New("HOME is not an absolute path")

// DemoFile returns the path of the demo's database below base, the value of XDG_DATA_HOME or
// its default in the home directory. It creates the directory if it is missing.
func DemoFile(lookup func(string) (string, bool), base string) (string, error) {
	folder, err := appFolder(lookup, "XDG_DATA_HOME", base)
	if err == nil {
		err = makeFolder(folder)
	}
	if err != nil {
		return "", fmt.Errorf("there is no folder to store the demo in: %w; use --db FILE", err)
	}
	return filepath.Join(folder, "demo.db"), nil
}

// SavedSearchesFile returns the path of the operator's saved searches below base, the value
// of XDG_CONFIG_HOME or its default in the home directory. It returns "" if there is no
// such directory.
func SavedSearchesFile(lookup func(string) (string, bool), base string) string {
	folder, err := appFolder(lookup, "XDG_CONFIG_HOME", base)
	if err != nil {
		return ""
	}
	return filepath.Join(folder, "queues.toml")
}

// ConfigFile is like SavedSearchesFile for the configuration file.
func ConfigFile(lookup func(string) (string, bool), base string) string {
	folder, err := appFolder(lookup, "XDG_CONFIG_HOME", base)
	if err != nil {
		return ""
	}
	return filepath.Join(folder, "config.toml")
}

// JournalFolder returns the directory of the operator's journals below base, the value of
// XDG_STATE_HOME or its default in the home directory. It does not create the directory.
func JournalFolder(lookup func(string) (string, bool), base string) (string, error) {
	folder, err := appFolder(lookup, "XDG_STATE_HOME", base)
	if err != nil {
		return "", fmt.Errorf("there is no folder to store it in: %w", err)
	}
	return filepath.Join(folder, "journal"), nil
}

// TourFile returns the path of the file with the progress of the tour, below base like
// JournalFolder. It returns "" if there is no such directory.
func TourFile(lookup func(string) (string, bool), base string) string {
	folder, err := appFolder(lookup, "XDG_STATE_HOME", base)
	if err != nil {
		return ""
	}
	return filepath.Join(folder, "tour.json")
}

// JournalName returns the name of the journal for instances of this kind. The demo has a
// journal of its own.
func (k Kind) JournalName() string {
	if k == Demo {
		return "demo"
	}
	return "journal"
}

// appFolder returns the program's own directory below base. Without HOME, base would be a
// directory at the root of the file system, which appFolder refuses.
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

// makeFolder creates the directory if it is missing.
func makeFolder(folder string) error {
	err := os.MkdirAll(folder, 0o700)
	var path *fs.PathError
	if errors.As(err, &path) {
		return fmt.Errorf("the folder %s cannot be created: %w", folder, path.Err)
	}
	return err
}
