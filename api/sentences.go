package api

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"net"
	"strings"
	"syscall"
	"time"
)

// What says what happened, in one or two plain sentences.
func (e *Error) What() string {
	if e.write && Unknown(e) {
		return fmt.Sprintf("It is not known whether it worked to %s: %s.", e.op(), e.because())
	}
	if e.Kind == KindCancelled {
		return fmt.Sprintf("Gave up trying to %s: %s.", e.op(), e.because())
	}
	return fmt.Sprintf("Could not %s: %s.", e.op(), e.because())
}

func (e *Error) op() string {
	if e.Op == "" {
		return "do it"
	}
	return e.Op
}

// because is the reason, without a full stop.
func (e *Error) because() string {
	switch e.Kind {
	case KindKey:
		return "the secret key was not accepted"
	case KindForbidden:
		return e.forbidden()
	case KindNotFound:
		return e.said("it was not found")
	case KindLimited:
		return "too many requests were made to this instance in a short time, so nothing was done"
	case KindConflict:
		if e.Code() == "resource_locked" {
			return "another request is changing the same thing right now"
		}
		return e.said("it clashes with another change")
	case KindServer:
		return e.serverFailed()
	case KindNetwork:
		return e.network()
	case KindGarbled:
		return e.garbled()
	case KindCancelled:
		if errors.Is(e.Err, context.DeadlineExceeded) {
			return "it took longer than it was given"
		}
		return "it was cancelled"
	}
	return e.refused()
}

// said is the server's own words, or fallback where it had none.
func (e *Error) said(fallback string) string {
	var parts []string
	for _, item := range e.Items {
		if words := item.Words(); words != "" {
			parts = append(parts, strings.TrimRight(words, ". "))
		}
	}
	if len(parts) == 0 {
		return fallback
	}
	return strings.Join(parts, "; ")
}

// Words is what the item says, fit for a screen: its sentence, else its
// fragment with the field before it ("email_address is invalid").
func (i ErrorItem) Words() string {
	if long := i.LongMessage.Display(); long != "" {
		return long
	}
	message, param := i.Message.Display(), i.Param()
	switch {
	case message == "":
		return i.Code.Display()
	case param != "" && !strings.Contains(message, param):
		return param + " " + message
	}
	return message
}

func (e *Error) forbidden() string {
	switch {
	case e.Status == 402:
		if features := e.features(); features != "" {
			return "the plan of this instance does not include it (" + features + ")"
		}
		return "the plan of this instance does not include it"
	case e.Code() == "feature_not_enabled":
		return "the feature is switched off in this instance"
	case e.Code() == "organization_not_enabled_in_instance":
		return "organizations are switched off in this instance"
	}
	return e.said("this instance does not allow it")
}

// features are the plan features that a 402 names.
func (e *Error) features() string {
	var names []string
	for _, item := range e.Items {
		var meta struct {
			Features []string `json:"unsupported_features"`
		}
		_ = json.Unmarshal(item.Meta, &meta) // absent or of another shape: no names
		for _, name := range meta.Features {
			names = append(names, NewText(name).Display())
		}
	}
	return strings.Join(names, ", ")
}

func (e *Error) refused() string {
	switch e.Status {
	case 0:
		if e.Err != nil {
			return NewText(e.Err.Error()).Display()
		}
		return "it was refused"
	case 413:
		return e.said("it is too big for the server")
	case 415:
		return e.said("the server does not take this type of content")
	case 405:
		return e.said("the server does not offer this")
	}
	return e.said(fmt.Sprintf("the server refused it (HTTP %d)", e.Status))
}

func (e *Error) serverFailed() string {
	switch e.Status {
	case 502, 503:
		return fmt.Sprintf("the server is not available at the moment (HTTP %d)", e.Status)
	case 504:
		return "the server did not answer in time (HTTP 504)"
	}
	return fmt.Sprintf("the server had an error of its own (HTTP %d)", e.Status)
}

func (e *Error) garbled() string {
	switch {
	case e.Status >= 300 && e.Status < 400:
		return fmt.Sprintf("the server pointed to another address (HTTP %d), which is not followed", e.Status)
	case e.Status >= 400:
		return fmt.Sprintf("something other than Clerk answered (HTTP %d)", e.Status)
	case e.Err != nil:
		return "the answer could not be understood (" + NewText(e.Err.Error()).Display() + ")"
	}
	return "the answer could not be understood"
}

// network tells the ways apart in which a connection fails.
func (e *Error) network() string {
	var dns *net.DNSError
	var record tls.RecordHeaderError
	var timeout net.Error
	switch {
	case errors.As(e.Err, &dns):
		if dns.IsNotFound {
			return "the name " + NewText(dns.Name).Display() + " is not known to the network"
		}
		return "the name " + NewText(dns.Name).Display() + " could not be looked up"
	case badCertificate(e.Err) != "":
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
	var verify *tls.CertificateVerificationError
	switch {
	case errors.As(err, &host):
		return "the server's certificate is for another name"
	case errors.As(err, &unknown):
		return "the server's certificate is not signed by anyone this machine trusts"
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired:
		return "the server's certificate is not valid at this machine's date"
	case errors.As(err, &invalid), errors.As(err, &verify):
		return "the server's certificate is not valid"
	}
	return ""
}

func isTLS(err error) bool {
	var alert tls.AlertError
	return errors.As(err, &alert) || (err != nil && strings.Contains(err.Error(), "HTTP response to HTTPS client"))
}

// Next says what the person at the desk can do now, "" where nothing helps.
func (e *Error) Next() string {
	if e.write && Unknown(e) {
		return "Look at the user again before you try once more."
	}
	switch e.Kind {
	case KindKey:
		return "Check that it is the whole key of this instance and that it has not been revoked."
	case KindForbidden:
		return e.nextForbidden()
	case KindNotFound:
		if e.Code() == "resource_not_found" {
			return "It may have been deleted in the meantime; refresh to see."
		}
	case KindLimited:
		return "Try again " + in(e.RetryAfter) + "."
	case KindConflict:
		if e.Code() == "user_managed_by_scim" {
			return "Make the change in the directory that manages this user."
		}
		return "Try again in a moment."
	case KindServer:
		if e.TraceID.Empty() {
			return "Try again in a moment."
		}
		return "Try again in a moment; if it goes on, Clerk's support can look up trace id " + e.TraceID.Display() + "."
	case KindNetwork:
		return e.nextNetwork()
	case KindGarbled:
		return "Check the address, and whether a proxy or a sign-in page stands in between."
	case KindRefused:
		return e.nextRefused()
	}
	return ""
}

func (e *Error) nextForbidden() string {
	switch {
	case e.Status == 402 && strings.Contains(e.Op, "ban"):
		return "Lock the user or revoke their sessions instead, or change the plan in the Clerk dashboard."
	case e.Status == 402:
		return "The plan is changed in the Clerk dashboard."
	case e.Code() == "feature_not_enabled", e.Code() == "organization_not_enabled_in_instance":
		return "It is switched on in the Clerk dashboard."
	}
	return ""
}

func (e *Error) nextNetwork() string {
	switch {
	case badCertificate(e.Err) != "":
		return "Check this machine's date and the address; do not go on if both are right."
	case e.Sent:
		return "Try again in a moment."
	}
	return "Check the network and the address, then try again."
}

func (e *Error) nextRefused() string {
	switch e.Status {
	case 413:
		return "Choose a smaller one."
	case 415:
		return "Choose another file."
	case 422:
		return "Correct it and try again."
	}
	return ""
}

// in is a wait in words.
func in(d time.Duration) string {
	switch s := int64(math.Ceil(d.Seconds())); {
	case s <= 0:
		return "in a few seconds"
	case s == 1:
		return "in 1 second"
	case s < 120:
		return fmt.Sprintf("in %d seconds", s)
	case s < 2*3600:
		return fmt.Sprintf("in %d minutes", (s+59)/60)
	default:
		return fmt.Sprintf("in %d hours", (s+3599)/3600)
	}
}
