package sandbox

import (
	"context"
	"net/http"
	"net/url"
	"strings"

	"frontdesk/api/sandbox/store"
)

// A route is one operation: its method, path and handler.
type route struct {
	method  string
	pattern string // below /v1; {name} is one path segment
	handle  func(*call) (any, error)

	since, until version // served from since up to, not including, until; "" means unbounded
	perUser      bool    // counts against the limit per user
	multipart    bool    // the body is a form with a file, not JSON

	segments []string
}

// call is one request, as passed to a handler.
type call struct {
	*Server
	ctx     context.Context
	r       *http.Request
	version version
	nowMS   int64 // the same time for the whole request
	path    map[string]string
	body    []byte // JSON; nil without a body
}

// read runs f on a consistent snapshot.
func (c *call) read(f func(*store.Tx) error) error { return c.store.Read(c.ctx, f) }

// write runs f as the request's one transaction.
func (c *call) write(f func(*store.Tx) error) error { return c.store.Write(c.ctx, f) }

// compileRoutes splits the patterns once, when the server is created.
func compileRoutes(table []route) []route {
	for i := range table {
		table[i].segments = strings.Split(strings.Trim(table[i].pattern, "/"), "/")
	}
	return table
}

// find returns the route for method and path. Literal segments take precedence over
// placeholders. Without a match it returns the methods that the path allows, for a 405
// response.
func find(table []route, method string, segments []string, v version) (*route, map[string]string, []string) {
	var best *route
	var bestPath map[string]string
	var allowed []string
	bestScore := -1
	for i := range table {
		candidate := &table[i]
		if (candidate.since != "" && v < candidate.since) || (candidate.until != "" && v >= candidate.until) {
			continue
		}
		path, score := candidate.match(segments)
		if score < 0 {
			continue
		}
		if candidate.method != method {
			allowed = append(allowed, candidate.method)
			continue
		}
		if score > bestScore {
			best, bestPath, bestScore = candidate, path, score
		}
	}
	return best, bestPath, allowed
}

// match returns how many segments match literally, -1 if the route does not match.
func (t *route) match(segments []string) (map[string]string, int) {
	if len(segments) != len(t.segments) {
		return nil, -1
	}
	score := 0
	var path map[string]string
	for i, want := range t.segments {
		if strings.HasPrefix(want, "{") {
			if segments[i] == "" {
				return nil, -1
			}
			if path == nil {
				path = make(map[string]string, 2)
			}
			path[want[1:len(want)-1]] = segments[i]
			continue
		}
		if want != segments[i] {
			return nil, -1
		}
		score++
	}
	return path, score
}

// segmentsOf splits the path below /v1; ok is false for any other path.
func segmentsOf(u *url.URL) (segments []string, ok bool) {
	rest, found := strings.CutPrefix(u.EscapedPath(), "/v1/")
	if !found {
		return nil, false
	}
	segments = strings.Split(strings.TrimSuffix(rest, "/"), "/")
	for i, segment := range segments {
		plain, err := url.PathUnescape(segment)
		if err != nil {
			return nil, false
		}
		segments[i] = plain
	}
	return segments, true
}
