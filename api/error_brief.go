package api

import (
	"context"
	"errors"
	"fmt"
	"net"
	"syscall"
)

// BriefReason returns the reason in a few words ("connection lost"), for a line that has
// no room for [Error.Reason].
func (e *Error) BriefReason() string {
	switch e.Kind {
	case KindBadKey:
		return "secret key not accepted"
	case KindRateLimited:
		return "too many requests (429)"
	case KindServer:
		switch e.Status {
		case 502, 503:
			return fmt.Sprintf("server not available (%d)", e.Status)
		case 504:
			return "no answer in time (504)"
		}
		return fmt.Sprintf("server error (%d)", e.Status)
	case KindNetwork:
		return e.briefNetworkReason()
	case KindInvalidResponse:
		return "answer not understood"
	case KindCancelled:
		if errors.Is(e.Err, context.DeadlineExceeded) {
			return "took too long"
		}
		return "cancelled"
	}
	return e.Reason()
}

func (e *Error) briefNetworkReason() string {
	var dns *net.DNSError
	var timeout net.Error
	var proxy *proxyError
	switch {
	case errors.As(e.Err, &proxy):
		return "no connection through the proxy"
	case errors.As(e.Err, &dns):
		return "server name not found"
	case certificateReason(e.Err) != "":
		return "certificate not accepted"
	case errors.Is(e.Err, syscall.ECONNREFUSED):
		return "connection refused"
	case errors.Is(e.Err, syscall.ENETUNREACH), errors.Is(e.Err, syscall.EHOSTUNREACH):
		return "no network"
	case errors.Is(e.Err, context.DeadlineExceeded), errors.As(e.Err, &timeout) && timeout.Timeout():
		return "no answer in time"
	case e.Sent:
		return "connection lost"
	}
	return "no connection"
}

// BriefSummary is Summary of a read with the reason in a few words.
func (e *Error) BriefSummary() string {
	return "Could not " + e.operation() + ": " + e.BriefReason() + "."
}
