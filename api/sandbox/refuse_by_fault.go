package sandbox

import (
	"net/http"
	"strconv"
	"time"
)

// refuseByFault writes the error that a fault switch asks for, in Clerk's wording.
func (s *Server) refuseByFault(w http.ResponseWriter, r *http.Request, status int, retryAfter string) {
	trace, e := s.traceID(), errOfStatus(status)
	if retryAfter != "" {
		e = errRetryAfter(retryAfter)
	}
	s.refuse(e, trace).write(w, r, trace)
}

// errRetryAfter returns a 429 with this Retry-After header, valid or not; "-" means none.
func errRetryAfter(text string) *apiError {
	e := errTooMany(time.Second)
	if seconds, err := strconv.Atoi(text); err == nil {
		e.problems[0].Meta = map[string]any{"resets_in": seconds}
	}
	if e.retryAfter = text; text == "-" {
		e.retryAfter = ""
	}
	return e
}

// errOfStatus returns Clerk's error with that status.
func errOfStatus(status int) *apiError {
	switch status {
	case http.StatusInternalServerError:
		return errInternal
	case http.StatusServiceUnavailable:
		return fail(status, "service_unavailable", "Service unavailable", "Service unavailable")
	case http.StatusGatewayTimeout:
		return fail(status, "gateway_timeout", "Gateway Timeout", "A request to a 3rd party service timed out")
	case http.StatusConflict:
		return fail(status, "resource_locked", "resource busy",
			"This resource is currently being modified by another request. Please try again.")
	case http.StatusUnauthorized:
		return errKeyInvalid
	case http.StatusPaymentRequired:
		return errPlan("fault")
	case http.StatusForbidden:
		return fail(status, "authorization_invalid", "Unauthorized request", "You are not authorized to perform this request")
	case http.StatusNotFound:
		return errResourceNotFound
	case http.StatusTooManyRequests:
		return errTooMany(time.Second)
	}
	return fail(status, "bad_request", http.StatusText(status), "A fault switch asked for status "+strconv.Itoa(status))
}
