package api

import (
	"crypto/x509"
	"errors"
	"fmt"
	"math"
	"strings"
	"time"
)

// Advice returns what the operator can do now, or "" if nothing helps.
func (e *Error) Advice() string {
	if e.isWrite && IsOutcomeUnknown(e) {
		return "Check the user before you try again."
	}
	switch e.Kind {
	case KindBadKey:
		return "Check that the key is complete, belongs to this instance and has not been revoked."
	case KindForbidden:
		return e.forbiddenAdvice()
	case KindNotFound:
		if e.Code() == "resource_not_found" {
			return "It may have been deleted in the meantime; refresh to check."
		}
	case KindRateLimited:
		if e.RetryAfter >= maxRetryAfter {
			return "Clerk asks to wait a day or more."
		}
		return "Try again " + formatDelay(e.RetryAfter) + "."
	case KindConflict:
		if e.Code() == "user_managed_by_scim" {
			return "Make the change in the directory that manages this user."
		}
		return "Try again in a moment."
	case KindServer:
		if e.TraceID.Empty() || e.Code() != codeInternal {
			return "Try again in a moment."
		}
		return "Try again in a moment. If it keeps happening, give Clerk's support the trace id " + e.TraceID.Display() + "."
	case KindNetwork:
		return e.networkAdvice()
	case KindInvalidResponse:
		return "Check the address, and whether a proxy or a sign-in page is in between."
	case KindRefused:
		return e.refusedAdvice()
	}
	return ""
}

func (e *Error) forbiddenAdvice() string {
	switch {
	case e.Status == 402 && strings.Contains(e.Op, "ban"):
		return "Lock the user or revoke their sessions instead, or change the plan in the Clerk dashboard."
	case e.Status == 402:
		return "You can change the plan in the Clerk dashboard."
	case e.Code() == "feature_not_enabled", e.Code() == "organization_not_enabled_in_instance":
		return "You can turn it on in the Clerk dashboard."
	}
	return ""
}

func (e *Error) networkAdvice() string {
	var proxy *proxyError
	var unknown x509.UnknownAuthorityError
	switch {
	case errors.As(e.Err, &proxy):
		return proxy.advice()
	case e.trustProblem != "":
		return "Fix that, then try again."
	case errors.As(e.Err, &unknown) && e.proxy != "":
		return "The proxy " + e.proxy + " is in between. If it inspects connections, set SSL_CERT_FILE to its certificate; otherwise do not continue."
	case certificateReason(e.Err) != "":
		return "Check this machine's date and the address; do not continue if both are right."
	case e.Sent:
		return "Try again in a moment."
	}
	return "Check the network and the address, then try again."
}

func (e *Error) refusedAdvice() string {
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

// formatDelay returns a duration in words.
func formatDelay(d time.Duration) string {
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
