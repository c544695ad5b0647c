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

// Probe says why the journal could not be written, as Check does, and writes a file of
// the size of a long record beside it for that, so that a full disk shows too. It is for
// finding out whether a journal that failed can be written again.
func (j *Journal) Probe() error {
	return j.note(j.locked(func(*os.File) error {
		path := filepath.Join(j.o.Dir, j.o.Name+".probe")
		_ = os.Remove(path) // of a program that was killed
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

// ShortReason says why the journal cannot be read or written, in a few words: those for
// the common reasons, else those of the error without its folder. It is cleaned text.
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
