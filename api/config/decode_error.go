package config

import (
	"errors"
	"reflect"
	"slices"
	"strings"

	"github.com/pelletier/go-toml/v2"

	"frontdesk/api/clean"
)

// decodeError turns an error of the TOML decoder into an *Error in terms of our settings.
func (c *Config) decodeError(err error) error {
	var missing *toml.StrictMissingError
	var wrong *toml.DecodeError
	switch {
	case errors.As(err, &missing):
		line, _ := missing.Errors[0].Position()
		return &Error{c.path, line, describeUnknown(missing.Errors[0].Key())}
	case !errors.As(err, &wrong):
		return &Error{c.path, 0, clean.Sentence(strings.TrimPrefix(err.Error(), "toml: "))}
	}
	line, _ := wrong.Position()
	if field := typeAt(wrong.Key()); field != nil && isTypeMistake(wrong) {
		return &Error{c.path, line, settingName(wrong.Key()) + " must be " + describeType(field)}
	}
	return &Error{c.path, line, clean.Sentence(strings.TrimPrefix(wrong.Error(), "toml: "))}
}

// isTypeMistake reports whether a value in well-formed TOML has the wrong type.
func isTypeMistake(err *toml.DecodeError) bool {
	return strings.Contains(err.Error(), "cannot")
}

// describeUnknown describes an unknown setting and suggests the one that was probably meant.
func describeUnknown(key toml.Key) string {
	for i := range key { // report the outermost unknown key
		if typeAt(key[:i+1]) == nil {
			key = key[:i+1]
			break
		}
	}
	name := key[len(key)-1]
	says := "there is no setting “" + clean.NewText(name).Display() + "”"
	if len(key) > 1 {
		says += " in " + settingName(key[:len(key)-1])
	}
	switch name {
	case "key", "secret", "secret_key", "api_key":
		return says + ": keys must not be stored in this file; use key_command, key_file or key_env"
	case "instances", "roles", "reasons":
		return says + "; it is called " + strings.TrimSuffix(name, "s")
	}
	known := settingsOf(typeAt(key[:len(key)-1]))
	if near := nearest(name, known); near != "" {
		return says + "; did you mean " + near + "?"
	}
	if len(known) > 0 {
		return says + "; it takes " + strings.Join(known, ", ")
	}
	return says
}

// settingName returns the name of a setting for an error message: "instance.staging.url".
func settingName(key toml.Key) string { return clean.NewText(strings.Join(key, ".")).Display() }

// typeAt returns the type of the setting at a path, or nil if there is no such setting.
func typeAt(key toml.Key) reflect.Type {
	t := reflect.TypeFor[Config]()
	for _, name := range key {
		for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice {
			t = t.Elem()
		}
		switch t.Kind() {
		case reflect.Map:
			t = t.Elem()
		case reflect.Struct:
			field, ok := fieldOf(t, name)
			if !ok {
				return nil
			}
			t = field
		default:
			return nil
		}
	}
	return t
}

func fieldOf(t reflect.Type, name string) (reflect.Type, bool) {
	for i := range t.NumField() {
		if t.Field(i).Tag.Get("toml") == name {
			return t.Field(i).Type, true
		}
	}
	return nil, false
}

// settingsOf returns the names of the settings in a table of type t.
func settingsOf(t reflect.Type) []string {
	for t != nil && (t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice) {
		t = t.Elem()
	}
	if t == nil || t.Kind() != reflect.Struct {
		return nil
	}
	var names []string
	for i := range t.NumField() {
		if name := t.Field(i).Tag.Get("toml"); name != "" {
			names = append(names, name)
		}
	}
	return names
}

// describeType describes the values that a setting of type t takes.
func describeType(t reflect.Type) string {
	if t == reflect.TypeFor[Colour]() {
		return colourValues
	}
	switch t.Kind() {
	case reflect.Pointer:
		return describeType(t.Elem())
	case reflect.Bool:
		return "true or false"
	case reflect.String:
		return "a string in quotes"
	case reflect.Slice:
		if t.Elem().Kind() == reflect.Struct {
			return "a table in double brackets"
		}
		return `a list of strings: ["one", "two"]`
	}
	return "a table"
}

// nearest returns the known name with the smallest edit distance to name, or "" if none is
// close.
func nearest(name string, known []string) string {
	best := ""
	least := max(1, len(name)/3) + 1
	for _, k := range known {
		if d := editDistance(strings.ToLower(name), k); d < least {
			best, least = k, d
		}
	}
	return best
}

// editDistance returns the number of insertions, deletions, replacements and swaps of
// neighboring bytes that turn a into b.
func editDistance(a, b string) int {
	rows := make([][]int, len(a)+1)
	for i := range rows {
		rows[i] = make([]int, len(b)+1)
		rows[i][0] = i
	}
	for j := range rows[0] {
		rows[0][j] = j
	}
	for i := 1; i <= len(a); i++ {
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			options := []int{rows[i-1][j] + 1, rows[i][j-1] + 1, rows[i-1][j-1] + cost}
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				options = append(options, rows[i-2][j-2]+1)
			}
			rows[i][j] = slices.Min(options)
		}
	}
	return rows[len(a)][len(b)]
}
