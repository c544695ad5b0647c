package journal

import (
	"bytes"
	"io"
	"iter"
	"os"
	"path/filepath"
	"slices"
)

// backwardChunk is the number of bytes linesBackward reads at a time.
const backwardChunk = 32 << 10

// line is a line without its newline.
type line struct {
	text []byte
	// isUnterminated reports whether the newline is missing at the end of the file.
	isUnterminated bool
}

// linesBackward yields the lines in the first size bytes of f, last line first.
func linesBackward(f io.ReaderAt, size int64) iter.Seq2[line, error] {
	return func(yield func(line, error) bool) {
		var rest []byte // read so far, contains no newline
		unterminated, isLast := true, true
		for at := size; at > 0; {
			n := min(int64(backwardChunk), at)
			at -= n
			chunk := make([]byte, n, int(n)+len(rest))
			if _, err := f.ReadAt(chunk, at); err != nil {
				yield(line{}, err)
				return
			}
			rest = append(chunk, rest...)
			for {
				i := bytes.LastIndexByte(rest, '\n')
				if i < 0 {
					break
				}
				text := rest[i+1:]
				rest = rest[:i]
				if isLast {
					isLast = false
					unterminated = len(text) > 0
					if !unterminated {
						continue
					}
				}
				if !yield(line{text, unterminated}, nil) {
					return
				}
				unterminated = false
			}
		}
		if size > 0 {
			yield(line{rest, isLast}, nil)
		}
	}
}

// end describes the end of a chain.
type end struct {
	seq  uint64
	hash string
	size int64 // of the file being written
	// isUnterminated reports whether the file lacks its final newline. torn is the text
	// after the last newline unless it is a complete record.
	isUnterminated bool
	torn           []byte
	damaged        int // number of damaged lines at the end
}

// isSound reports whether the next record can be appended without recovery.
func (e end) isSound() bool { return !e.isUnterminated && e.damaged == 0 }

// readEnd finds the last record of the chain in f or, if f has none, in the rotated file
// before it.
func (j *Journal) readEnd(f *os.File) (end, error) {
	info, err := f.Stat()
	if err != nil {
		return end{}, err
	}
	e := end{size: info.Size()}
	found, err := e.readFrom(f, info.Size())
	if err != nil || found {
		return e, err
	}
	names, err := j.rotated()
	if err != nil {
		return e, err
	}
	for _, name := range slices.Backward(names) {
		found, err := e.readFile(name)
		if err != nil || found {
			return e, err
		}
	}
	e.seq, e.hash = e.seq+uint64(e.damaged), noHash()
	return e, nil
}

func (e *end) readFile(name string) (found bool, err error) {
	f, err := openForRead(name)
	if err != nil {
		return false, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return false, err
	}
	return e.readFrom(f, info.Size())
}

func (e *end) readFrom(f io.ReaderAt, size int64) (found bool, err error) {
	for l, err := range linesBackward(f, size) {
		if err != nil {
			return false, err
		}
		r, bad := decode(l.text)
		e.isUnterminated = e.isUnterminated || l.isUnterminated
		switch {
		case bad == nil:
			e.seq, e.hash = r.Seq+uint64(e.damaged), r.Hash
			return true, nil
		case l.isUnterminated:
			e.torn = bytes.Clone(l.text)
		default:
			e.damaged++
		}
	}
	return false, nil
}

// rotated returns the paths of the rotated files, oldest first.
func (j *Journal) rotated() ([]string, error) {
	names, err := filepath.Glob(filepath.Join(escapeGlob(j.o.Dir), escapeGlob(j.o.Name)+"-[0-9]*.jsonl"))
	slices.Sort(names)
	return names, err
}

// escapeGlob escapes the special characters of filepath.Glob.
func escapeGlob(path string) string {
	var b bytes.Buffer
	for _, c := range []byte(path) {
		if bytes.IndexByte([]byte(`*?[\`), c) >= 0 {
			b.WriteByte('\\')
		}
		b.WriteByte(c)
	}
	return b.String()
}
