// Package contract is test support: it holds every request and answer that
// passes a handler against Clerk's OpenAPI document. What may live here: the
// middleware and what the document is known to get wrong. What may not: anything
// that a program needs while it runs.
package contract

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/legacy"
)

// DocumentEnv names the document's file; unset or empty, nothing is checked.
const DocumentEnv = "CLERK_OPENAPI"

// documented is the version that the document describes. Older versions accept
// requests that it refuses.
const documented = "2026-05-12"

// Wrap returns h with every exchange checked. The test fails when h answers
// with something that the document does not allow, and when a request that the
// document does not allow is answered as if it were fine. It returns h itself
// where [Environment] is not set.
func Wrap(t testing.TB, h http.Handler) http.Handler {
	t.Helper()
	file := os.Getenv(DocumentEnv)
	if file == "" {
		return h
	}
	router, err := document(file)
	if err != nil {
		t.Fatalf("the OpenAPI document: %v", err)
	}
	return &checked{t: t, inner: h, router: router}
}

// document is read once in a process: reading takes longer than most tests.
var document = func() func(string) (routers.Router, error) {
	var once sync.Once
	var router routers.Router
	var err error
	return func(file string) (routers.Router, error) {
		once.Do(func() { router, err = load(file) })
		return router, err
	}
}()

func load(file string) (routers.Router, error) {
	doc, err := openapi3.NewLoader().LoadFromFile(file)
	if err != nil {
		return nil, err
	}
	doc.Servers = openapi3.Servers{{URL: "/v1"}}
	allowTimezone(doc)
	return legacy.NewRouter(doc, openapi3.DisableExamplesValidation())
}

// allowTimezone adds what Clerk's newest clients read and write of a user and the
// document is too old to know, where it closes the object to all else.
func allowTimezone(doc *openapi3.T) {
	const name = "timezone"
	known := openapi3.NewSchemaRef("", openapi3.NewStringSchema().WithNullable())
	allow := func(s *openapi3.SchemaRef) {
		if s != nil && s.Value != nil && s.Value.Properties != nil && s.Value.Properties[name] == nil {
			s.Value.Properties[name] = known
		}
	}
	if doc.Components != nil {
		allow(doc.Components.Schemas["User"])
	}
	for _, at := range []struct{ path, method string }{{"/users", http.MethodPost}, {"/users/{user_id}", http.MethodPatch}} {
		item := doc.Paths.Value(at.path)
		if item == nil {
			continue
		}
		if o := item.GetOperation(at.method); o != nil && o.RequestBody != nil && o.RequestBody.Value != nil {
			if media := o.RequestBody.Value.Content.Get("application/json"); media != nil {
				allow(media.Schema)
			}
		}
	}
}

type checked struct {
	t      testing.TB
	inner  http.Handler
	router routers.Router
}

// ServeHTTP implements [http.Handler].
func (c *checked) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	route, params, err := c.router.FindRoute(&http.Request{Method: r.Method, URL: &url.URL{Path: strings.TrimSuffix(r.URL.Path, "/")}})
	if err != nil { // pictures, fault switches, and what the document left out
		c.inner.ServeHTTP(w, r)
		return
	}
	body, err := io.ReadAll(r.Body)
	if err != nil { // the client went away, or is being tested for that
		r.Body = io.NopCloser(io.MultiReader(bytes.NewReader(body), broken{err}))
		c.inner.ServeHTTP(w, r)
		return
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	tee := &tee{ResponseWriter: w, status: http.StatusOK}
	c.inner.ServeHTTP(tee, r) // a dropped connection is a panic and passes through here
	defer tee.Flush()

	input := requestInput(r, body, route, params)
	if problem := checkRequest(input, body); problem != nil && tee.status < 300 {
		c.t.Errorf("%s %s was answered %d although its request breaks the document: %v", r.Method, r.URL, tee.status, problem)
	}
	if problem := checkResponse(input, tee); problem != nil {
		c.t.Errorf("%s %s answered %d with what breaks the document: %v", r.Method, r.URL, tee.status, problem)
	}
}

func requestInput(r *http.Request, body []byte, route *routers.Route, params map[string]string) *openapi3filter.RequestValidationInput {
	again := r.Clone(context.WithoutCancel(r.Context()))
	again.Body = io.NopCloser(bytes.NewReader(body))
	return &openapi3filter.RequestValidationInput{
		Request: again, Route: route, PathParams: params, QueryParams: r.URL.Query(),
		Options: &openapi3filter.Options{
			AuthenticationFunc:  openapi3filter.NoopAuthenticationFunc,
			SkipSettingDefaults: true,
			MultiError:          true,
			// A part's own type (image/png) has no decoder there; and null is
			// what the Go client sends for "no body".
			ExcludeRequestBody: strings.HasPrefix(r.Header.Get("Content-Type"), "multipart/") || bytes.Equal(bytes.TrimSpace(body), []byte("null")),
		},
	}
}

func checkRequest(input *openapi3filter.RequestValidationInput, body []byte) error {
	if v := versionOf(input.Request.Header, input.QueryParams); v != documented {
		return nil
	}
	if err := openapi3filter.ValidateRequest(context.Background(), input); err != nil {
		return fmt.Errorf("%w (body %.300s)", err, body)
	}
	return nil
}

func versionOf(h http.Header, query url.Values) string {
	return h.Get("Clerk-API-Version") + query.Get("__clerk_api_version")
}

func checkResponse(input *openapi3filter.RequestValidationInput, got *tee) error {
	kind := got.Header().Get("Content-Type")
	if got.status >= 500 && kind != "application/json" {
		return nil // a gateway speaking, not the API
	}
	if kind != "application/json" {
		return fmt.Errorf("Content-Type %q", kind)
	}
	if input.QueryParams.Get("paginated") == "true" {
		return nil // the document knows only the bare array
	}
	err := openapi3filter.ValidateResponse(context.Background(), &openapi3filter.ResponseValidationInput{
		RequestValidationInput: input, Status: got.status, Header: got.Header(),
		Body: io.NopCloser(bytes.NewReader(got.body.Bytes())), Options: input.Options,
	})
	if err != nil {
		return fmt.Errorf("%w (body %.2000s)", err, got.body.String())
	}
	return nil
}

// tee keeps a copy of an answer, and holds it back until it has been checked:
// a test that has its answer may end, and cannot be failed after that.
type tee struct {
	http.ResponseWriter
	status int
	body   bytes.Buffer
	passed int // bytes of body that were passed on
	begun  bool
}

func (t *tee) WriteHeader(status int) {
	if !t.begun {
		t.status = status
	}
}

func (t *tee) Write(p []byte) (int, error) { return t.body.Write(p) }

// Flush implements [http.Flusher].
func (t *tee) Flush() {
	if !t.begun {
		t.begun = true
		t.ResponseWriter.WriteHeader(t.status)
	}
	if rest := t.body.Bytes()[t.passed:]; len(rest) > 0 {
		t.passed += len(rest)
		_, _ = t.ResponseWriter.Write(rest) // the client may be gone
	}
	if f, ok := t.ResponseWriter.(http.Flusher); ok {
		f.Flush()
	}
}

// broken ends a body as it ended before.
type broken struct{ err error }

func (b broken) Read([]byte) (int, error) { return 0, b.err }
