package api

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"strings"
	"syscall"

	"frontdesk/api/clean"
)

// network tells the ways apart in which a connection fails.
func (e *Error) network() string {
	var dns *net.DNSError
	var record tls.RecordHeaderError
	var timeout net.Error
	var proxy *proxyError
	switch {
	case errors.As(e.Err, &proxy):
		return proxy.says()
	case errors.As(e.Err, &dns):
		if dns.IsNotFound {
			return "the name " + clean.NewText(dns.Name).Display() + " is not known to the network"
		}
		return "the name " + clean.NewText(dns.Name).Display() + " could not be looked up"
	case badCertificate(e.Err) != "":
		if e.trust != "" {
			return badCertificate(e.Err) + ", and " + e.trust
		}
		return badCertificate(e.Err)
	case errors.As(e.Err, &record), isTLS(e.Err):
		return "no secure connection could be made"
	case errors.Is(e.Err, syscall.ECONNREFUSED):
		return "nothing answers at that address (connection refused)"
	case errors.Is(e.Err, syscall.ENETUNREACH), errors.Is(e.Err, syscall.EHOSTUNREACH):
		return "there is no way to the server (no network)"
	case errors.Is(e.Err, context.DeadlineExceeded), errors.As(e.Err, &timeout) && timeout.Timeout():
		return "the server did not answer in time"
	}
	if e.Sent {
		return "the connection was lost before the whole answer was there"
	}
	return "no connection could be made"
}

// badCertificate is the sentence for a certificate that does not hold, "" for
// every other error.
func badCertificate(err error) string {
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

func isTLS(err error) bool {
	var alert tls.AlertError
	return errors.As(err, &alert) || (err != nil && strings.Contains(err.Error(), "HTTP response to HTTPS client"))
}
