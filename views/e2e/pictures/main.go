// Command pictures draws the README's pictures, the walk (an animated picture of a session
// at the desk), and every screen in every theme and size, from the built program in a PTY.
// It also checks all cells that it draws, and exits with 1 if something is wrong with a
// picture.
//
//	go run ./views/e2e/pictures                   # all of it; make pictures
//	go run ./views/e2e/pictures -matrix "" -docs docs   # the README's only
//	go run ./views/e2e/pictures -docs "" -themes dark,none -sizes 80x24 -screens menu
//
// What may live here: the scripts (scripts/*.txt), playing them, drawing, checking. What
// may not: anything that the product imports, and waits for a time instead of a screen.
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "pictures:", err)
		os.Exit(1)
	}
}

type options struct {
	bin, docs, matrix, themes, sizes, screens string
}

func run(args []string) error {
	var o options
	f := flag.NewFlagSet("pictures", flag.ContinueOnError)
	f.StringVar(&o.bin, "bin", "", "the program to draw (default: built from this module)")
	f.StringVar(&o.docs, "docs", "docs", "the folder for the README's pictures; \"\" draws none")
	f.StringVar(&o.matrix, "matrix", "docs/pictures", "the folder for every screen in every theme and size; \"\" draws none")
	f.StringVar(&o.themes, "themes", "", "only these themes of the matrix, with commas between")
	f.StringVar(&o.sizes, "sizes", "", "only these sizes of the matrix, as 80x24")
	f.StringVar(&o.screens, "screens", "", "only the sections that match this regular expression")
	if err := f.Parse(args); err != nil {
		return err
	}
	root, err := moduleRoot()
	if err != nil {
		return err
	}
	if o.bin == "" {
		dir, err := os.MkdirTemp("", "frontdesk-pictures-")
		if err != nil {
			return err
		}
		defer os.RemoveAll(dir)
		if o.bin, err = build(root, dir); err != nil {
			return err
		}
	}
	all, err := looks(filepath.Join(root, "theme.go"))
	if err != nil {
		return err
	}
	if o.docs != "" {
		if err := drawDocs(o.bin, o.docs, all); err != nil {
			return err
		}
	}
	if o.matrix == "" {
		return nil
	}
	return drawMatrix(o, all)
}

func drawMatrix(o options, all []look) error {
	m := &matrix{bin: o.bin, out: o.matrix, looks: all, sizes: sizes, names: machineNames()}
	if o.themes != "" {
		m.looks = slices.DeleteFunc(all, func(l look) bool { return !slices.Contains(strings.Split(o.themes, ","), l.Name) })
	}
	if o.sizes != "" {
		m.sizes = nil
		for _, s := range strings.Split(o.sizes, ",") {
			var cols, rows int
			if _, err := fmt.Sscanf(s, "%dx%d", &cols, &rows); err != nil {
				return fmt.Errorf("%q is no size: write 80x24", s)
			}
			m.sizes = append(m.sizes, [2]int{cols, rows})
		}
	}
	if o.screens != "" {
		var err error
		if m.sections, err = regexp.Compile(o.screens); err != nil {
			return err
		}
	}
	if err := os.MkdirAll(m.out, 0o755); err != nil {
		return err
	}
	if err := m.run(); err != nil {
		return err
	}
	fmt.Printf("%d pictures of %d screens: %s\n", len(m.drawn), len(m.screens), filepath.Join(m.out, "index.html"))
	if n := len(m.problems); n > 0 {
		return fmt.Errorf("%d problems, named above", n)
	}
	return nil
}

// moduleRoot returns the folder of go.mod.
func moduleRoot() (string, error) {
	out, err := exec.Command("go", "env", "GOMOD").Output()
	if err != nil {
		return "", fmt.Errorf("go env GOMOD: %w", err)
	}
	file := strings.TrimSpace(string(out))
	if file == "" || file == os.DevNull {
		return "", errors.New("run it inside the module: go run ./views/e2e/pictures")
	}
	return filepath.Dir(file), nil
}

// build builds the program into a folder.
func build(root, dir string) (string, error) {
	bin := filepath.Join(dir, "frontdesk")
	cmd := exec.Command("go", "build", "-o", bin, ".")
	cmd.Dir = root
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("go build: %w\n%s", err, out)
	}
	return bin, nil
}
