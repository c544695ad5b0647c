package tour

import (
	"encoding/json"
	"os"
	"path/filepath"
	"sync"
)

// How a step ended.
const (
	done    = '+'
	skipped = '-'
)

// State is the progress of the tour.
type State struct {
	// Offered reports that the offer was made.
	Offered bool
	// Steps are how the steps so far ended.
	Steps []rune
}

// step is the present step, len(steps) at the end.
func (s State) step() int { return len(s.Steps) }

// complete returns s without what no step has.
func (s State) complete() State {
	if len(s.Steps) > len(steps) {
		s.Steps = nil
	}
	return s
}

// stored is State in the file.
type stored struct {
	Offered bool   `json:"offered"`
	Steps   string `json:"steps"`
}

// File stores the State. If several writes overlap, the newest wins.
type File struct {
	path string

	mu            sync.Mutex
	made, written int
}

// NewFile returns the file at path, which need not exist; nil if path is "".
func NewFile(path string) *File {
	if path == "" {
		return nil
	}
	return &File{path: path}
}

// Read returns the stored State, or the zero State if the file cannot be read.
func (f *File) Read() State {
	if f == nil {
		return State{}
	}
	const most = 4 << 10
	content, err := os.ReadFile(f.path)
	var was stored
	if err != nil || len(content) > most || json.Unmarshal(content, &was) != nil {
		return State{}
	}
	return State{Offered: was.Offered, Steps: []rune(was.Steps)}
}

// writer returns what writes a State, outside the loop.
func (f *File) writer(s State) func() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.made++
	number, content := f.made, stored{s.Offered, string(s.Steps)}
	return func() error { return f.write(number, content) }
}

func (f *File) write(number int, content stored) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if number < f.written {
		return nil
	}
	out, err := json.Marshal(content)
	if err != nil {
		return err
	}
	folder := filepath.Dir(f.path)
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return err
	}
	part, err := os.CreateTemp(folder, ".tour-*")
	if err != nil {
		return err
	}
	defer os.Remove(part.Name())
	_, err = part.Write(append(out, '\n'))
	if ended := part.Close(); err == nil {
		err = ended
	}
	if err == nil {
		err = os.Rename(part.Name(), f.path)
	}
	if err == nil {
		f.written = number
	}
	return err
}
