package journal

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"frontdesk/api/clean"
)

// Probe reports whether a journal that failed can be written again. It does what Check
// does, and also writes a temporary file of the size of a long record, to detect a full
// disk.
func (j *Journal) Probe() error {
	return j.note(j.locked(func(*os.File) error {
		path := filepath.Join(j.o.Dir, j.o.Name+".probe")
		_ = os.Remove(path) // left over from a program that was killed
		f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL|syscall.O_NOFOLLOW|syscall.O_CLOEXEC, 0o600)
		if err != nil {
			return describe("its folder", j.o.Dir, err)
		}
		defer os.Remove(path)
		defer f.Close()
		if _, err := j.o.Write(f, bytes.Repeat([]byte{'\n'}, maxLine)); err != nil {
			return describe("its folder", j.o.Dir, err)
		}
		return j.o.Sync(f)
	}))
}

// ShortReason describes an error of the journal in a few words: the usual ones by a fixed
// phrase ("the disk is full"), others by the error text without the directory. The result
// is safe to display.
func (j *Journal) ShortReason(err error) string {
	for reason, words := range map[syscall.Errno]string{
		syscall.ENOSPC: "the disk is full", syscall.EDQUOT: "the disk quota is used up", syscall.EROFS: "the disk is read-only",
		syscall.EACCES: "no permission", syscall.EPERM: "no permission", syscall.EIO: "the disk fails",
	} {
		if errors.Is(err, reason) {
			return words
		}
	}
	words := err.Error()
	if j.o.Dir != "" {
		words = strings.ReplaceAll(words, j.o.Dir+string(filepath.Separator), "")
		words = strings.ReplaceAll(words, j.o.Dir, filepath.Base(j.o.Dir))
	}
	return clean.Sentence(words)
}
