package api

import (
	"crypto/x509"
	"encoding/pem"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"

	"frontdesk/api/clean"
)

// trustNote says what is wrong with the files of trusted certificates that the
// environment names, after a certificate was not trusted: crypto/x509 passes over
// what it cannot read. "" where nothing is, or where the system does not go by them.
func (c *Client) trustNote(err error) string {
	var unknown x509.UnknownAuthorityError
	var roots x509.SystemRootsError
	if !errors.As(err, &unknown) && !errors.As(err, &roots) || runtime.GOOS == "darwin" || runtime.GOOS == "ios" || runtime.GOOS == "windows" {
		return ""
	}
	if file := c.env("SSL_CERT_FILE"); file != "" {
		raw, err := os.ReadFile(file)
		if err == nil && !holdsCertificate(raw) {
			return "there is no certificate in " + named("SSL_CERT_FILE", file)
		} else if err != nil {
			return named("SSL_CERT_FILE", file) + " cannot be read: " + why(err)
		}
	}
	for _, dir := range filepath.SplitList(c.env("SSL_CERT_DIR")) {
		if _, err := os.ReadDir(dir); dir != "" && err != nil {
			return named("SSL_CERT_DIR", dir) + " cannot be read: " + why(err)
		}
	}
	return ""
}

func named(variable, path string) string {
	what := "the file"
	if variable == "SSL_CERT_DIR" {
		what = "a folder"
	}
	return what + " that " + variable + " names (" + clean.NewText(path).Display() + ")"
}

func holdsCertificate(raw []byte) bool {
	for {
		block, rest := pem.Decode(raw)
		if block == nil {
			return false
		}
		if _, err := x509.ParseCertificate(block.Bytes); err == nil && block.Type == "CERTIFICATE" {
			return true
		}
		raw = rest
	}
}

// why is a file's error without its path, which was said.
func why(err error) string {
	var path *fs.PathError
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "it is not there"
	case errors.Is(err, fs.ErrPermission):
		return "permission denied"
	case errors.Is(err, syscall.EISDIR):
		return "it is a folder"
	case errors.As(err, &path):
		return path.Err.Error()
	}
	return strings.TrimSpace(err.Error())
}
