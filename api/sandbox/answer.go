package sandbox

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"runtime/debug"
	"strconv"
	"strings"
)

// answer is a whole response, complete before its first byte is written.
type answer struct {
	status     int
	body       []byte
	version    version
	allow      string
	retryAfter string
}

// serveAPI answers one request below /v1.
func (s *Server) serveAPI(w http.ResponseWriter, r *http.Request) {
	trace := s.traceID()
	s.answer(r, trace).write(w, r, trace)
}

// answer makes the checks in the order of the real service: the key before the route (so
// that the API cannot be explored without one), then version, rate limit, route and body.
func (s *Server) answer(r *http.Request, trace string) (out answer) {
	served := versionDefault
	defer func() {
		if caught := recover(); caught != nil {
			if caught == http.ErrAbortHandler {
				panic(caught)
			}
			s.log(fmt.Sprintf("sandbox: panic: %v\n%s", caught, debug.Stack()))
			out = s.refuse(errInternal, trace)
		}
		out.version = served
	}()
	if err := s.authorized(r); err != nil {
		return s.refuse(err, trace)
	}
	v, refused := versionOf(r)
	if refused != nil {
		return s.refuse(refused, trace)
	}
	served = v
	if err := s.limits.allowInstance(s.now()); err != nil {
		return s.refuse(err, trace)
	}
	segments, ok := segmentsOf(r.URL)
	if !ok {
		return s.refuse(errURLNotFound, trace)
	}
	found, path, allowed := find(s.routes, r.Method, segments, v)
	if found == nil {
		return s.refuseRoute(allowed, trace)
	}
	return s.run(found, &call{Server: s, ctx: r.Context(), r: r, version: v, nowMS: s.now().UnixMilli(), path: path}, trace)
}

// run reads the body, calls the handler and encodes what it returned.
func (s *Server) run(found *route, c *call, trace string) answer {
	if found.perUser {
		if err := s.limits.allowUser(found.method+" "+found.pattern, c.path["user_id"], s.now()); err != nil {
			return s.refuse(err, trace)
		}
	}
	if !found.multipart && found.method != http.MethodGet {
		if err := c.readBody(); err != nil {
			return s.refuse(err, trace)
		}
	}
	value, err := found.handle(c)
	if err != nil {
		return s.refuse(s.asAPIError(err), trace)
	}
	body, err := encode(value)
	if err != nil {
		s.log("sandbox: " + err.Error())
		return s.refuse(errInternal, trace)
	}
	return answer{status: http.StatusOK, body: body}
}

func (s *Server) refuse(e *apiError, trace string) answer {
	body, err := encode(errorBody{Errors: e.problems, TraceID: trace})
	if err != nil { // a meta value that cannot be encoded is a bug here
		panic(err)
	}
	return answer{status: e.status, body: body, retryAfter: e.retryAfter}
}

func (s *Server) refuseRoute(allowed []string, trace string) answer {
	if len(allowed) == 0 {
		return s.refuse(errURLNotFound, trace)
	}
	out := s.refuse(errMethod, trace)
	out.allow = strings.Join(allowed, ", ")
	return out
}

// encode does not escape <, > and &, like the real service, and ends without a newline.
func encode(value any) ([]byte, error) {
	var buffer bytes.Buffer
	encoder := json.NewEncoder(&buffer)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		return nil, fmt.Errorf("could not encode an answer: %w", err)
	}
	return bytes.TrimSuffix(buffer.Bytes(), []byte("\n")), nil
}

// write sends a. Clients compare the content type for equality, so it names no charset. A
// failed write means that the client has disconnected.
func (a answer) write(w http.ResponseWriter, r *http.Request, trace string) {
	h := w.Header()
	h.Set("Content-Type", "application/json")
	h.Set("Content-Length", strconv.Itoa(len(a.body)))
	h.Set("Cache-Control", "no-store")
	setTrace(h, trace)
	if a.version != "" {
		h.Set("Clerk-Api-Version", string(a.version))
	}
	if a.allow != "" {
		h.Set("Allow", a.allow)
	}
	if a.retryAfter != "" {
		h.Set("Retry-After", a.retryAfter)
	}
	w.WriteHeader(a.status)
	if r.Method != http.MethodHead {
		_, _ = w.Write(a.body)
	}
}

func setTrace(h http.Header, trace string) {
	h.Set("X-Clerk-Trace-Id", trace)
	h.Set("X-Cloud-Trace-Context", trace)
}
