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

// Folder is the program's own folder below base, which is what variable names
// ("XDG_DATA_HOME") or its place in the home folder. It never is one of the system's.
func Folder(lookup func(string) (string, bool), variable, base string) (string, error) {
	named, _ := lookup(variable)
	if home, _ := lookup("HOME"); home == "" && !filepath.IsAbs(named) && filepath.Dir(filepath.Dir(base)) == string(filepath.Separator) {
		return "", ErrNoHome
	}
	return filepath.Join(base, "frontdesk"), nil
}

// MakeFolder makes the folder where it is missing. The error is one sentence that
// names it.
func MakeFolder(folder string) error {
	err := os.MkdirAll(folder, 0o700)
	var path *fs.PathError
	if errors.As(err, &path) {
		return fmt.Errorf("the folder %s cannot be made: %w", folder, path.Err)
	}
	return err
}
