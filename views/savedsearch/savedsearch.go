// Package savedsearch reads and writes saved searches: a name, and the text of a
// search.
//
// What may live here: the built-in searches and the operator's file. What may not:
// what a text means (api/search), lists, screens.
//
// The file is TOML, one search a line:
//
//	vip = "org:harbor-and-pine is:active"
//
// A search of the file replaces a built-in one of the same name; an empty text
// removes it.
package savedsearch

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/pelletier/go-toml/v2"

	"frontdesk/api/clean"
	"frontdesk/api/input"
)

// Search is a saved search.
type Search struct {
	Name  string // as typed after a colon: letters, digits, - and _
	Text  string // of the search box
	IsOwn bool   // from the operator's file
}

// BuiltIn returns the searches that exist without a file.
func BuiltIn() []Search {
	return []Search{
		{Name: "locked", Text: "is:locked"},
		{Name: "banned", Text: "is:banned"},
		{Name: "new-today", Text: "created:today"},
		{Name: "never-signed-in", Text: "signed-in:never"},
		{Name: "no-mfa", Text: "no:mfa"},
		{Name: "unverified", Text: "has:email no:email-verified"},
		{Name: "asleep", Text: "active:>90d"},
	}
}

// maxFileSize and maxSearches bound what is read of a file.
const maxFileSize, maxSearches = 1 << 20, 500

// header is the beginning of a new file.
const header = "# frontdesk's saved searches: a name and the text of the search.\n" +
	"# vip = \"org:harbor-and-pine is:active\"\n\n"

// Read returns the built-in searches overridden by those of the file at path, which
// may be missing. An error names file and line ("queues.toml line 2: …"); the
// built-in searches come with it.
func Read(path string) ([]Search, error) {
	if path == "" {
		return BuiltIn(), nil
	}
	own, _, err := read(path)
	if err != nil {
		return BuiltIn(), fmt.Errorf("%s %w", filepath.Base(path), err)
	}
	return override(BuiltIn(), own), nil
}

// override replaces, adds and removes searches by name.
func override(all, own []Search) []Search {
	for _, q := range own {
		at := slices.IndexFunc(all, func(o Search) bool { return o.Name == q.Name })
		switch {
		case at >= 0 && q.Text == "":
			all = slices.Delete(all, at, at+1)
		case at >= 0:
			all[at] = q
		case q.Text != "":
			all = append(all, q)
		}
	}
	return all
}

// read returns the searches of the file, and its text.
func read(path string) (own []Search, text []byte, err error) {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil, nil
	case err != nil:
		return nil, nil, withoutPath(err)
	case !info.Mode().IsRegular():
		return nil, nil, errors.New("is not a file")
	case info.Size() > maxFileSize:
		return nil, nil, errors.New("is too large")
	}
	if text, err = os.ReadFile(path); err != nil {
		return nil, nil, withoutPath(err)
	}
	decoded, err := input.DecodeText(text)
	if err != nil {
		return nil, text, errors.New("is neither UTF-8 nor UTF-16 text")
	}
	text = []byte(decoded)
	named := map[string]string{}
	if err := toml.Unmarshal(text, &named); err != nil {
		return nil, text, withLine(err)
	}
	if len(named) > maxSearches {
		return nil, text, fmt.Errorf("has more than %d saved searches", maxSearches)
	}
	for name, search := range named {
		if wrong := CheckName(name); wrong != "" {
			return nil, text, fmt.Errorf("line %d: the name “%s” %s", lineOf(text, name), clean.NewText(name).Display(), wrong)
		}
		own = append(own, Search{Name: name, Text: strings.TrimSpace(search), IsOwn: true})
	}
	slices.SortFunc(own, func(a, b Search) int { return cmp.Compare(lineOf(text, a.Name), lineOf(text, b.Name)) })
	return own, text, nil
}

// Save adds a search to the file, or changes the one of that name; the rest of the
// file stays as it is. The file is replaced by a rename, so that no reader sees half
// of it.
func Save(path, name, text string) error {
	if wrong := CheckName(name); wrong != "" {
		return errors.New("the name " + wrong)
	}
	own, file, err := read(path)
	if err != nil {
		return fmt.Errorf("%s %w", filepath.Base(path), err)
	}
	if len(file) == 0 {
		file = []byte(header)
	}
	line := name + " = " + strconv.Quote(text)
	lines := strings.Split(strings.TrimRight(string(file), "\n"), "\n")
	at := lineOf(file, name) - 1
	if slices.ContainsFunc(own, func(q Search) bool { return q.Name == name }) && at >= 0 {
		lines[at] = line
	} else {
		lines = append(lines, line)
	}
	return replaceFile(path, strings.Join(lines, "\n")+"\n")
}

func replaceFile(path, text string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return withoutPath(err)
	}
	f, err := os.CreateTemp(filepath.Dir(path), ".queues-*")
	if err != nil {
		return withoutPath(err)
	}
	_, err = f.WriteString(text)
	err = errors.Join(err, f.Sync(), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		_ = os.Remove(f.Name())
	}
	return withoutPath(err)
}

// CheckName returns what is wrong with a name, "" if nothing is.
func CheckName(name string) string {
	const longest = 40
	switch {
	case name == "":
		return "is missing"
	case len(name) > longest:
		return "is longer than " + strconv.Itoa(longest) + " letters"
	case strings.Trim(name, "0123456789") == "":
		return "needs a letter: a number goes to that row"
	case strings.ContainsFunc(name, func(r rune) bool {
		return r != '-' && r != '_' && (r < '0' || r > '9') && (r|0x20 < 'a' || r|0x20 > 'z')
	}):
		return "takes letters, digits, - and _ only"
	}
	return ""
}

// lineOf returns the line, from 1, that defines a name, 0 for none.
func lineOf(text []byte, name string) int {
	for i, line := range strings.Split(string(text), "\n") {
		key, _, found := strings.Cut(line, "=")
		if key = strings.Trim(strings.TrimSpace(key), `"'`); found && key == name {
			return i + 1
		}
	}
	return 0
}

// withLine adds the line number to an error of the TOML decoder.
func withLine(err error) error {
	var wrong *toml.DecodeError
	if !errors.As(err, &wrong) {
		return errors.New(clean.Sentence(err.Error()))
	}
	line, _ := wrong.Position()
	return fmt.Errorf("line %d: %s", line, clean.NewText(strings.TrimPrefix(wrong.Error(), "toml: ")).Display())
}

// withoutPath removes the path from a file system error: the caller names it.
func withoutPath(err error) error {
	var at *fs.PathError
	if errors.As(err, &at) {
		return at.Err
	}
	return err
}
