package host

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"os"
	"regexp"
	"strings"
	"syscall"

	"frontdesk/api/sandbox/store"
)

// secretKey returns the directory's own secret key, generating it on the first call. It
// survives a reset, so that everything configured with it keeps working.
func secretKey(ctx context.Context, st *store.Store, random io.Reader, production bool) (string, error) {
	prefix, note := testPrefix, noteKey
	if production {
		prefix, note = livePrefix, noteKey+"_live"
	}
	var key string
	err := st.Write(ctx, func(tx *store.Tx) error {
		var err error
		if key, err = tx.Note(note); err != nil || key != "" {
			return err
		}
		var raw [30]byte
		if _, err := io.ReadFull(random, raw[:]); err != nil {
			return fmt.Errorf("cannot generate a secret key: %w", err)
		}
		key = prefix + base64.RawURLEncoding.EncodeToString(raw[:])
		return tx.SetNote(note, key)
	})
	return key, err
}

const (
	testPrefix = "sk_test_"
	livePrefix = "sk_live_"
)

var keyPattern = regexp.MustCompile(`^sk_(test|live)_[A-Za-z0-9_-]+$`)

// maxKeyFile is how much of a secret key file is read, in bytes.
const maxKeyFile = 4096

// readKey returns the key in SecretKeyFile, "" without one.
func (o ServeOptions) readKey() (string, error) {
	if o.SecretKeyFile == "" {
		return "", nil
	}
	// Without O_NONBLOCK opening a named pipe would block.
	file, err := os.OpenFile(o.SecretKeyFile, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return "", fmt.Errorf("cannot read the secret key file: %w", err)
	}
	defer file.Close()
	if err := checkPrivate(file); err != nil {
		return "", fmt.Errorf("the secret key file %s %w", o.SecretKeyFile, err)
	}
	raw, err := io.ReadAll(io.LimitReader(file, maxKeyFile))
	if err != nil {
		return "", fmt.Errorf("cannot read the secret key file: %w", err)
	}
	key := strings.TrimSpace(string(raw))
	if !keyPattern.MatchString(key) { // the content is not repeated: it may be another secret
		return "", fmt.Errorf("the secret key file %s does not contain a key starting with sk_test_ or sk_live_", o.SecretKeyFile)
	}
	return key, nil
}

// checkPrivate returns why the file must not hold a secret. It checks the open file,
// because the name may lead to another one by now.
func checkPrivate(file *os.File) error {
	info, err := file.Stat()
	if err != nil {
		return err
	}
	owner, known := info.Sys().(*syscall.Stat_t)
	switch {
	case !info.Mode().IsRegular():
		return errors.New("is not a regular file")
	case known && int(owner.Uid) != os.Getuid():
		return errors.New("is owned by another user")
	case info.Mode().Perm()&0o077 != 0:
		return errors.New("is accessible to other users; chmod 600 fixes that")
	}
	return nil
}
