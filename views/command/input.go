package command

import (
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/charmbracelet/x/term"
	"github.com/spf13/pflag"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/api/input"
	"frontdesk/api/ops"
)

// maxInput bounds a file or stdin, in bytes.
const maxInput = 1 << 20

// fieldInput is one field of an operation and its flags.
type fieldInput struct {
	field ops.Field
	name  string // of the flag
	flags *pflag.FlagSet
	// value, path and stdin are the possible sources of the value. inArgv reports
	// that a secret was given on the command line; its value is not kept.
	value, path string
	stdin       bool
	inArgv      bool
}

// flag returns the flag as it is typed: "--external-id".
func (in *fieldInput) flag() string { return "--" + in.flags.Lookup(in.name).Name }

// declareField declares the flags of a field, with a prefix if the name is taken.
func declareField(f *pflag.FlagSet, field ops.Field) *fieldInput {
	in := &fieldInput{field: field, name: field.Name, flags: f}
	if f.Lookup(in.name) != nil || in.name == "help" {
		in.name = "field-" + in.name
	}
	help := describeField(field)
	switch field.Kind {
	case ops.FieldSecret:
		f.Var((*refusedValue)(in), in.name, "")
		f.Lookup(in.name).Hidden = true
		in.declareSources(help)
	case ops.FieldJSON:
		f.StringVar(&in.value, in.name, "", help)
		in.declareSources(help)
	case ops.FieldFile:
		f.StringVar(&in.path, in.name, "", help)
	default:
		if field.IsList {
			f.Var(&listValue{&in.value}, in.name, help)
			break
		}
		f.StringVar(&in.value, in.name, "", help)
	}
	return in
}

func (in *fieldInput) declareSources(help string) {
	in.flags.StringVar(&in.path, in.name+"-file", "", help+", from this file")
	in.flags.BoolVar(&in.stdin, in.name+"-stdin", false, help+", from stdin")
}

// describeField returns a field's label, choices and hint, for the help.
func describeField(f ops.Field) string {
	help := f.Label
	if rest, ok := strings.CutPrefix(help, "E-"); ok {
		help = "The e-" + rest // fang would capitalize it as "E-Mail"
	}
	if values := slices.Concat(f.Choices, f.Suggestions); len(values) > 0 {
		help += ": " + strings.Join(values, " or ")
	}
	if f.Hint != "" {
		help += " (" + f.Hint + ")"
	}
	return strings.ReplaceAll(help, "`", "'") + noteIf(f.IsList, "; separate several with commas, or repeat the flag") + noteIf(f.Required, ", required")
}

// listValue is the value of a field that takes several, whose flag may be repeated.
type listValue struct{ joined *string }

func (v *listValue) String() string {
	if v.joined == nil {
		return ""
	}
	return *v.joined
}

func (v *listValue) Type() string { return "list" }

func (v *listValue) Set(value string) error {
	if *v.joined != "" {
		value = *v.joined + "," + value
	}
	*v.joined = value
	return nil
}

// refusedValue is the flag of a secret's value, which is not allowed. It drops the
// value.
type refusedValue fieldInput

func (v *refusedValue) String() string   { return "" }
func (v *refusedValue) Type() string     { return "secret" }
func (v *refusedValue) Set(string) error { v.inArgv = true; return nil }

// checkGiven returns an error if the field was given in a way that is not allowed.
func (in *fieldInput) checkGiven() error {
	changed := 0
	for _, name := range []string{in.name, in.name + "-file", in.name + "-stdin"} {
		if f := in.flags.Lookup(name); f != nil && f.Changed {
			changed++
		}
	}
	flag := in.flag()
	switch {
	case in.inArgv:
		return usage(fmt.Sprintf("%s is a secret, and anyone on this machine can read the command line: use %s-stdin or %s-file", flag, flag, flag))
	case changed > 1:
		return usage(flag + " is given in more than one way")
	}
	return nil
}

// isGiven reports whether the field was given.
func (in *fieldInput) isGiven() bool {
	if in.stdin || in.path != "" {
		return true
	}
	return in.flags.Changed(in.name)
}

// read reads the value.
func (in *fieldInput) read(env Env) (string, error) {
	flag := in.flag()
	var raw []byte
	var err error
	switch {
	case in.stdin:
		flag += "-stdin"
		raw, err = readStdin(env, in.field)
	case in.path != "":
		flag += "-file"
		raw, err = readFile(in.path)
	default:
		return in.value, nil
	}
	if err != nil {
		return "", usage(fmt.Sprintf("%s: %s", flag, clean.Sentence(err.Error())))
	}
	text, err := input.DecodeText(raw)
	if err != nil {
		return "", usage(fmt.Sprintf("%s: %s", flag, clean.Sentence(err.Error())))
	}
	value := strings.TrimSuffix(text, "\n")
	if value == "" {
		return "", usage(flag + ": it is empty")
	}
	return value, nil
}

// readStdin reads stdin to its end. On a terminal it reads a secret without echo.
func readStdin(env Env, f ops.Field) ([]byte, error) {
	if env.StdinIsTerminal && f.Kind == ops.FieldSecret {
		terminal, ok := env.Stdin.(interface{ Fd() uintptr })
		if !ok {
			return nil, errors.New("it would be visible while you type it here: use a pipe or a file")
		}
		fmt.Fprintf(env.Stderr, "%s (not shown): ", f.Label)
		defer fmt.Fprintln(env.Stderr)
		return term.ReadPassword(terminal.Fd())
	}
	return readAll(env.Stdin)
}

func readFile(path string) ([]byte, error) {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, os.ErrNotExist):
		return nil, errors.New("the file does not exist")
	case err == nil && info.IsDir():
		return nil, errors.New("this is a folder, not a file")
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, errors.New("the file cannot be read")
	}
	defer file.Close()
	return readAll(file)
}

func readAll(from io.Reader) ([]byte, error) {
	raw, err := io.ReadAll(io.LimitReader(from, maxInput+1))
	switch {
	case err != nil:
		return nil, errors.New("it cannot be read")
	case len(raw) > maxInput:
		return nil, errors.New("it is longer than 1 MB")
	}
	return raw, nil
}

// readInputs reads the fields that were given. image is the file of a FieldFile.
func (o *options) readInputs(env Env) (values map[string]string, image *api.ImageFile, err error) {
	values = map[string]string{}
	for _, in := range o.inputs {
		if !in.isGiven() {
			continue
		}
		if in.field.Kind == ops.FieldFile {
			checked, err := api.CheckImage(in.path)
			if err != nil {
				return nil, nil, usage(in.flag() + ": " + clean.Sentence(err.Error()))
			}
			image = &checked
			continue
		}
		value, err := in.read(env)
		if err != nil {
			return nil, nil, err
		}
		if _, omitted := in.field.Normalize(value); omitted > 0 {
			o.addNote(env, in.flag()+": "+input.OmittedNote)
		}
		if problem := in.field.Validate(value, true); problem != "" {
			return nil, nil, usage(in.flag() + " " + clean.Sentence(problem))
		}
		values[in.field.Name] = value // NewRequest normalizes it
	}
	return values, image, nil
}

// addNote prints how the input was changed and adds it to the answer.
func (o *options) addNote(env Env, note string) {
	o.notes = append(o.notes, note)
	fmt.Fprintln(env.Stderr, note)
}

// usesStdin counts the fields that are read from stdin.
func (o *options) usesStdin() (count int) {
	for _, in := range o.inputs {
		if in.stdin {
			count++
		}
	}
	return count
}

// missingNote says which flag is missing.
func (in *fieldInput) missingNote() string {
	flag := in.flag()
	if in.field.Kind == ops.FieldSecret {
		flag += "-stdin or " + flag + "-file"
	}
	return flag + " is missing: " + in.field.Label
}
