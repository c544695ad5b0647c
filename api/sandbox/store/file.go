package store

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"modernc.org/sqlite"
)

const (
	applicationID = 0x66646b31 // "fdk1" in the header of every file of ours
	schemaVersion = 2          // 2: Arabic and Hebrew are folded
)

// Result codes of SQLite (sqlite.org/rescode.html), without their extension.
const (
	codeBusy       = 5
	codeReadOnly   = 8
	codeIO         = 10
	codeCorrupt    = 11
	codeFull       = 13
	codeCantOpen   = 14
	codeConstraint = 19
	codeNotADB     = 26

	// Connections share some memory in a file beside the directory; without room for it not
	// even a read can begin.
	codeNoRoomToShare = codeIO | 19<<8
)

// pathError is a path that cannot be a directory file.
type pathError string

func (e pathError) Error() string { return string(e) }

// Is makes every pathError an [ErrInvalidPath].
func (e pathError) Is(target error) bool { return target == ErrInvalidPath }

const (
	errFolder pathError = "is a folder"
	errDevice pathError = "is a device or a pipe, not a file"
	errParent pathError = "cannot be created, its folder is missing"
)

// recognise reads only the first bytes of the file: SQLite must not open a file that is
// not ours, because that alone can leave a -wal file next to it. fresh reports that there
// is nothing at path yet.
func recognise(path string) (fresh bool, err error) {
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return true, nil
	}
	if err != nil {
		return false, err
	}
	if info.IsDir() {
		return false, errFolder
	}
	if !info.Mode().IsRegular() {
		return false, errDevice
	}
	if info.Size() == 0 {
		return true, nil
	}
	f, err := os.Open(path)
	if err != nil {
		return false, err
	}
	defer f.Close()
	var head [100]byte
	if _, err := io.ReadFull(f, head[:]); err != nil || string(head[:16]) != "SQLite format 3\x00" {
		return false, errNoDatabase
	}
	if binary.BigEndian.Uint32(head[68:]) != applicationID {
		return false, ErrForeignFile
	}
	if binary.BigEndian.Uint32(head[60:]) > schemaVersion {
		return false, ErrNewerSchema
	}
	return false, nil
}

// initialise writes the schema into a new file, in one transaction; another process that
// does the same waits for it.
func initialise(ctx context.Context, path string) error {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	made := err == nil
	if made {
		f.Close()
	} else if !errors.Is(err, fs.ErrExist) {
		return err
	}
	err = writeSchema(ctx, path)
	if err != nil && made {
		os.Remove(path)
	}
	return err
}

func writeSchema(ctx context.Context, path string) error {
	c, err := dial(ctx, path, creating)
	if err != nil {
		return err
	}
	defer c.close()
	if err := c.exec(ctx, "BEGIN EXCLUSIVE"); err != nil {
		return err
	}
	var version int
	if err := c.row(ctx, "PRAGMA user_version", nil, &version); err != nil {
		return err
	}
	if version == 0 {
		if err := c.execAll(ctx, tables, searchTable, indexes, stamp); err != nil {
			c.exec(ctx, "ROLLBACK")
			return err
		}
	}
	if err := c.exec(ctx, "COMMIT"); err != nil {
		c.exec(ctx, "ROLLBACK")
		return err
	}
	return c.switchToWAL(ctx)
}

// switchToWAL sets the journal mode, which the file keeps. SQLite does not wait for other
// connections here, so this function does.
func (c *conn) switchToWAL(ctx context.Context) error {
	pause := time.NewTicker(5 * time.Millisecond)
	defer pause.Stop()
	for range 1000 {
		err := c.exec(ctx, "PRAGMA journal_mode=WAL")
		if sqliteCode(err) != codeBusy {
			return err
		}
		select {
		case <-pause.C:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return errors.New("another program keeps it locked")
}

// sqliteCode returns SQLite's primary result code, 0 for other errors.
func sqliteCode(err error) int { return sqliteFullCode(err) & 0xff }

// sqliteFullCode returns SQLite's extended result code.
func sqliteFullCode(err error) int {
	var e *sqlite.Error
	if errors.As(err, &e) {
		return e.Code()
	}
	return 0
}

// DescribeFileError returns what is wrong with the directory's file or disk, such as "is
// damaged", for the error of a read or a write; it returns "" for other errors.
func DescribeFileError(err error) string {
	switch {
	case errors.Is(err, ErrReplaced):
		return "was deleted or replaced while it was in use, so nothing was written; restart to continue with the current file"
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT), sqliteCode(err) == codeFull:
		return "cannot be written, the disk is full"
	case sqliteFullCode(err) == codeNoRoomToShare:
		return "cannot be read or written, the disk is full"
	case sqliteCode(err) == codeCantOpen && (errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR)):
		return "no longer exists"
	case IsReadOnly(err):
		return "or its folder is read-only"
	case sqliteCode(err) == codeBusy:
		return "is locked by another program"
	case sqliteCode(err) == codeCorrupt, sqliteCode(err) == codeNotADB, errors.Is(err, ErrDamaged):
		return "is damaged"
	case sqliteCode(err) == codeCantOpen, sqliteCode(err) == codeIO:
		return "cannot be read or written"
	}
	return ""
}

// IsReadOnly reports whether a write failed because the directory's file or its folder may
// not be written: nothing was.
func IsReadOnly(err error) bool {
	return errors.Is(err, syscall.EROFS) || sqliteCode(err) == codeReadOnly ||
		sqliteCode(err) == codeCantOpen && errors.Is(err, fs.ErrPermission)
}

// errNoDatabase is a file that is not a database at all.
var errNoDatabase = fmt.Errorf("%w, nor any other database", ErrForeignFile)

// IsDamaged reports whether err comes from a file at path that was a directory, by its
// content or its name, and is damaged.
func IsDamaged(path string, err error) bool {
	if errors.Is(err, errNoDatabase) {
		return filepath.Ext(path) == ".db" // any other file may be somebody's document
	}
	return DescribeFileError(err) == "is damaged"
}

// fileError says what is wrong with a directory's file without SQLite's words.
type fileError struct {
	says  string
	cause error
}

func (e *fileError) Error() string { return e.says }
func (e *fileError) Unwrap() error { return e.cause }

// checkWritable tries what SQLite has to do but reports badly: writing to the file, and
// creating another next to it.
func checkWritable(path string) error {
	file, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	err = file.Close()
	beside, failed := os.CreateTemp(filepath.Dir(path), ".frontdesk-*")
	if failed != nil {
		return failed
	}
	_, written := beside.Write(make([]byte, 32<<10)) // at least as much as is shared
	return errors.Join(err, written, beside.Close(), os.Remove(beside.Name()))
}

// describeError describes what happened to the file in words, wrapping err.
func describeError(path string, err error) error {
	if err == nil || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	say := func(what string) error { return fmt.Errorf("directory file %s %s: %w", path, what, err) }
	var pe *fs.PathError
	if errors.As(err, &pe) {
		err = pe.Err // the path is already named
	}
	if sqliteCode(err) == codeCantOpen || sqliteCode(err) == codeIO {
		err = errors.Join(err, checkWritable(path))
	}
	switch {
	case errors.Is(err, ErrForeignFile), errors.Is(err, ErrNewerSchema):
		return fmt.Errorf("%s: %w", path, err)
	case sqliteCode(err) == 0 && (errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR)):
		err = errParent
		fallthrough
	case errors.Is(err, ErrInvalidPath):
		return fmt.Errorf("directory file %s %w", path, err)
	case errors.Is(err, fs.ErrPermission) && sqliteCode(err) == 0:
		return say("may not be opened")
	case DescribeFileError(err) != "":
		return &fileError{"directory file " + path + " " + DescribeFileError(err), err}
	case sqliteCode(err) == 0:
		return fmt.Errorf("directory file %s: %w", path, err)
	}
	return say("failed")
}
