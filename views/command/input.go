package command

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"

	"github.com/charmbracelet/x/term"
	"github.com/spf13/pflag"

	"frontdesk/api"
	"frontdesk/api/clean"
	reader "frontdesk/api/input"
	"frontdesk/api/ops"
)

// maxInput is how much of a file or of stdin is taken for one field, in bytes.
const maxInput = 1 << 20

// input is one field of an operation as flags.
type input struct {
	field ops.Field
	name  string // of the flag
	flags *pflag.FlagSet
	// value, path and stdin are where the value comes from; of a secret there is
	// no value, only the mark that one was tried.
	value, path string
	stdin       bool
	inArgv      bool
}

// declareField makes a field's flags. A name that is taken gets a prefix.
func declareField(f *pflag.FlagSet, field ops.Field) *input {
	in := &input{field: field, name: field.Name, flags: f}
	if f.Lookup(in.name) != nil || in.name == "help" {
		in.name = "field-" + in.name
	}
	help := describe(field)
	switch field.Kind {
	case ops.FieldSecret:
		f.Var((*refusedValue)(in), in.name, "")
		f.Lookup(in.name).Hidden = true
		in.declareSources(help)
	case ops.FieldJSON:
		f.StringVar(&in.value, in.name, "", help)
		in.declareSources("the same")
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

func (in *input) declareSources(help string) {
	in.flags.StringVar(&in.path, in.name+"-file", "", help+", from this file")
	in.flags.BoolVar(&in.stdin, in.name+"-stdin", false, help+", from stdin")
}

// describe is a field in the help: label, choices, hint.
func describe(f ops.Field) string {
	says := f.Label
	if rest, hyphen := strings.CutPrefix(says, "E-"); hyphen {
		says = "The e-" + rest // the help writes the first word with capitals, "E-Mail"
	}
	if known := append(f.Choices[:len(f.Choices):len(f.Choices)], f.Suggestions...); len(known) > 0 {
		says += ": " + strings.Join(known, " or ")
	}
	if f.Hint != "" {
		says += " (" + f.Hint + ")"
	}
	return strings.ReplaceAll(says, "`", "'") + needed(f.IsList, "; several: commas, or the flag again") + needed(f.Required, ", needed")
}

// listValue is a field that takes several values: the flag may come again.
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

// refusedValue is the flag that a secret must not be given by. It forgets the value.
type refusedValue input

func (v *refusedValue) String() string   { return "" }
func (v *refusedValue) Type() string     { return "secret" }
func (v *refusedValue) Set(string) error { v.inArgv = true; return nil }

// refused says why what was given cannot be taken, before anything is read.
func (in *input) refused() error {
	changed := 0
	for _, name := range []string{in.name, in.name + "-file", in.name + "-stdin"} {
		if f := in.flags.Lookup(name); f != nil && f.Changed {
			changed++
		}
	}
	flag := in.flags.Lookup(in.name).Name
	switch {
	case in.inArgv:
		return usage(fmt.Sprintf("--%s is a secret, and everybody on this machine can read the command line: use --%s-stdin or --%s-file", flag, flag, flag))
	case changed > 1:
		return usage(fmt.Sprintf("--%s is given in more than one way", flag))
	}
	return nil
}

// given says that the operator named the field.
func (in *input) given() bool {
	if in.stdin || in.path != "" {
		return true
	}
	return in.flags.Changed(in.name)
}

// read gives the value as a form would hold it.
func (in *input) read(env Env) (string, error) {
	flag := "--" + in.flags.Lookup(in.name).Name
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
	text, err := reader.DecodeText(raw)
	if err != nil {
		return "", usage(fmt.Sprintf("%s: %s", flag, clean.Sentence(err.Error())))
	}
	value := strings.TrimSuffix(text, "\n")
	if value == "" {
		return "", usage(flag + ": there is nothing in it")
	}
	return value, nil
}

// readStdin reads to the end; a secret is typed unseen on a terminal.
func readStdin(env Env, f ops.Field) ([]byte, error) {
	if env.StdinIsTerminal && f.Kind == ops.FieldSecret {
		terminal, ok := env.Stdin.(interface{ Fd() uintptr })
		if !ok {
			return nil, errors.New("it cannot be typed unseen here: use a pipe or a file")
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
		return nil, errors.New("there is no such file")
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

// typed reads every field that was given; image is the checked file of a FieldFile.
func (o *options) typed(env Env) (values map[string]string, image *api.ImageFile, err error) {
	values = map[string]string{}
	for _, in := range o.inputs {
		if !in.given() {
			continue
		}
		if in.field.Kind == ops.FieldFile {
			checked, err := api.CheckImage(in.path)
			if err != nil {
				return nil, nil, usage("--" + in.name + ": " + clean.Sentence(err.Error()))
			}
			image = &checked
			continue
		}
		value, err := in.read(env)
		if err != nil {
			return nil, nil, err
		}
		if _, omitted := in.field.Normalize(value); omitted > 0 {
			o.note(env, "--"+in.flags.Lookup(in.name).Name+": "+reader.OmittedNote)
		}
		if wrong := in.field.Validate(value, true); wrong != "" {
			return nil, nil, usage("--" + in.flags.Lookup(in.name).Name + " " + clean.Sentence(wrong))
		}
		values[in.field.Name] = value // the request tidies it, knowing what is there now
	}
	return values, image, nil
}

// note says at once, and in the answer, what was done to what was given.
func (o *options) note(env Env, says string) {
	o.notes = append(o.notes, says)
	fmt.Fprintln(env.Stderr, says)
}

// usesStdin says that a field takes it, so that no answer can come from there.
func (o *options) usesStdin() (count int) {
	for _, in := range o.inputs {
		if in.stdin {
			count++
		}
	}
	return count
}

// withoutValue is what pflag says, without the value that was given: it may be
// a secret that was meant for another flag.
func withoutValue(err error) string {
	var value *pflag.InvalidValueError
	var missing *pflag.ValueRequiredError
	var unknown *pflag.NotExistError
	var syntax *pflag.InvalidSyntaxError
	switch {
	case errors.As(err, &value):
		return "--" + value.GetFlag().Name + " " + takes(value)
	case errors.As(err, &missing):
		return "--" + missing.GetFlag().Name + " needs a value"
	case errors.As(err, &unknown) && unknown.GetSpecifiedShortnames() == "":
		return "there is no flag --" + unknown.GetSpecifiedName() + " here"
	case errors.As(err, &unknown):
		return "there is no such one-letter flag here"
	case errors.As(err, &syntax):
		return "a flag is misspelled"
	}
	return "the flags cannot be understood"
}

// takes says what a flag takes that was given something else.
func takes(wrong *pflag.InvalidValueError) string {
	// pflag gives no strconv error to look for, so the number is read again.
	if isTooLarge(wrong.GetValue()) {
		return "is a number, and that one is too large"
	}
	switch wrong.GetFlag().Value.Type() {
	case "int":
		return "is a whole number"
	case "uint64":
		return "is a whole number, 0 or more"
	case "float64":
		return "is a number"
	case "duration":
		return "is a time like 250ms or 3s"
	case "bool":
		return "is true or false"
	}
	return "cannot be given that value"
}

// isTooLarge reports whether a whole number does not fit 64 bits.
func isTooLarge(number string) bool {
	_, err := strconv.ParseInt(number, 0, 64)
	return errors.Is(err, strconv.ErrRange)
}

// missing says which flag is needed.
func (in *input) missing() string {
	flag := "--" + in.flags.Lookup(in.name).Name
	if in.field.Kind == ops.FieldSecret {
		return flag + "-stdin or " + flag + "-file is missing: " + in.field.Label
	}
	return flag + " is missing: " + in.field.Label
}
