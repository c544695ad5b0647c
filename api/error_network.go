package api

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"

	"frontdesk/api/clean"
)

// networkReason returns why the connection failed.
func (e *Error) networkReason() string {
	var dns *net.DNSError
	var record tls.RecordHeaderError
	var timeout net.Error
	var proxy *proxyError
	switch {
	case errors.As(e.Err, &proxy):
		return proxy.reason()
	case errors.As(e.Err, &dns):
		if dns.IsNotFound {
			return "the name " + clean.NewText(dns.Name).Display() + " could not be found"
		}
		return "the name " + clean.NewText(dns.Name).Display() + " could not be looked up"
	case certificateReason(e.Err) != "":
		if e.trustProblem != "" {
			return certificateReason(e.Err) + ", and " + e.trustProblem
		}
		return certificateReason(e.Err)
	case errors.As(e.Err, &record), isTLSError(e.Err):
		return "no secure connection could be made"
	case errors.Is(e.Err, syscall.ECONNREFUSED):
		return "nothing answers at that address (connection refused)"
	case errors.Is(e.Err, syscall.ENETUNREACH), errors.Is(e.Err, syscall.EHOSTUNREACH):
		return "the server cannot be reached (no network)"
	case errors.Is(e.Err, context.DeadlineExceeded), errors.As(e.Err, &timeout) && timeout.Timeout():
		return "the server did not answer in time"
	}
	if e.Sent {
		return "the connection was lost before the whole answer arrived"
	}
	return "no connection could be made"
}

// certificateReason returns a sentence for an invalid certificate, or "" for any other
// error.
func certificateReason(err error) string {
	var host x509.HostnameError
	var unknown x509.UnknownAuthorityError
	var invalid x509.CertificateInvalidError
	var roots x509.SystemRootsError
	var verify *tls.CertificateVerificationError
	switch {
	case errors.As(err, &host):
		return "the server's certificate is for another name"
	case errors.As(err, &unknown):
		return "the server's certificate is not signed by anyone this machine trusts"
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired:
		return "the server's certificate is not valid at this machine's date"
	case errors.As(err, &roots):
		return "this machine's list of trusted certificates could not be read"
	case errors.As(err, &invalid), errors.As(err, &verify):
		return "the server's certificate is not valid"
	}
	return ""
}

func isTLSError(err error) bool {
	var alert tls.AlertError
	return errors.As(err, &alert) || (err != nil && strings.Contains(err.Error(), "HTTP response to HTTPS client"))
}

// trustFileProblem returns what is wrong with the files of trusted certificates that the
// environment names, for the case that a certificate was not trusted: crypto/x509 skips
// files it cannot read without an error. It returns "" if nothing is wrong or the system
// does not use these files.
func (c *Client) trustFileProblem(err error) string {
	var unknown x509.UnknownAuthorityError
	var roots x509.SystemRootsError
	if !errors.As(err, &unknown) && !errors.As(err, &roots) || runtime.GOOS == "darwin" || runtime.GOOS == "ios" || runtime.GOOS == "windows" {
		return ""
	}
	if file := c.env("SSL_CERT_FILE"); file != "" {
		raw, err := os.ReadFile(file)
		if err == nil && !hasCertificate(raw) {
			return "no certificate was found in " + describeTrustPath("SSL_CERT_FILE", file)
		} else if err != nil {
			return describeTrustPath("SSL_CERT_FILE", file) + " cannot be read: " + fileErrorReason(err)
		}
	}
	for _, dir := range filepath.SplitList(c.env("SSL_CERT_DIR")) {
		if _, err := os.ReadDir(dir); dir != "" && err != nil {
			return describeTrustPath("SSL_CERT_DIR", dir) + " cannot be read: " + fileErrorReason(err)
		}
	}
	return ""
}

func describeTrustPath(variable, path string) string {
	what := "the file"
	if variable == "SSL_CERT_DIR" {
		what = "a folder"
	}
	return what + " that " + variable + " names (" + clean.NewText(path).Display() + ")"
}

func hasCertificate(raw []byte) bool {
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

// fileErrorReason returns a file error without its path, which the sentence has already
// named.
func fileErrorReason(err error) string {
	var path *fs.PathError
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "it does not exist"
	case errors.Is(err, fs.ErrPermission):
		return "permission denied"
	case errors.Is(err, syscall.EISDIR):
		return "it is a folder"
	case errors.As(err, &path):
		return path.Err.Error()
	}
	return strings.TrimSpace(err.Error())
}
