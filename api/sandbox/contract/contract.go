// Package contract provides a test middleware that checks requests and responses against
// Clerk's OpenAPI document. It knows the document's mistakes.
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

// DocumentEnv is the environment variable that names the document's file. Without it
// nothing is checked.
const DocumentEnv = "CLERK_OPENAPI"

// documentVersion is the API version that the document describes. Older versions accept
// requests that it does not allow.
const documentVersion = "2026-05-12"

// Wrap returns h with every exchange checked. The test fails if h sends a response that
// the document does not allow, or accepts a request that it does not allow. Without
// [DocumentEnv] it returns h itself.
func Wrap(t testing.TB, h http.Handler) http.Handler {
	t.Helper()
	if os.Getenv(DocumentEnv) == "" {
		return h
	}
	router, err := loadOnce()
	if err != nil {
		t.Fatalf("the OpenAPI document: %v", err)
	}
	return &checkedHandler{t: t, inner: h, router: router}
}

// loadOnce reads the document once per process, since reading takes longer than most
// tests.
var loadOnce = sync.OnceValues(func() (routers.Router, error) { return load(os.Getenv(DocumentEnv)) })

func load(file string) (routers.Router, error) {
	doc, err := openapi3.NewLoader().LoadFromFile(file)
	if err != nil {
		return nil, err
	}
	doc.Servers = openapi3.Servers{{URL: "/v1"}}
	allowTimezone(doc)
	return legacy.NewRouter(doc, openapi3.DisableExamplesValidation())
}

// allowTimezone adds the user's timezone to the document: Clerk's newest clients read and
// write it, but the document is older and forbids unknown fields.
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

type checkedHandler struct {
	t      testing.TB
	inner  http.Handler
	router routers.Router
}

// ServeHTTP implements [http.Handler].
func (c *checkedHandler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	route, params, err := c.router.FindRoute(&http.Request{Method: r.Method, URL: &url.URL{Path: strings.TrimSuffix(r.URL.Path, "/")}})
	if err != nil { // pictures, fault switches, and paths that the document lacks
		c.inner.ServeHTTP(w, r)
		return
	}
	body, err := io.ReadAll(r.Body)
	if err != nil { // the client has disconnected, which may be what is tested
		r.Body = io.NopCloser(io.MultiReader(bytes.NewReader(body), failedBody{err}))
		c.inner.ServeHTTP(w, r)
		return
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	buffered := &bufferedResponse{ResponseWriter: w, status: http.StatusOK}
	c.inner.ServeHTTP(buffered, r) // a dropped connection panics through here
	defer buffered.Flush()

	input := requestInput(r, body, route, params)
	if problem := checkRequest(input, body); problem != nil && buffered.status < 300 {
		c.t.Errorf("%s %s was answered %d although its request breaks the document: %v", r.Method, r.URL, buffered.status, problem)
	}
	if problem := checkResponse(input, buffered); problem != nil {
		c.t.Errorf("%s %s answered %d with what breaks the document: %v", r.Method, r.URL, buffered.status, problem)
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
			// The document has no decoder for a part's type (image/png), and null is what
			// Clerk's Go client sends for no body.
			ExcludeRequestBody: strings.HasPrefix(r.Header.Get("Content-Type"), "multipart/") || bytes.Equal(bytes.TrimSpace(body), []byte("null")),
		},
	}
}

func checkRequest(input *openapi3filter.RequestValidationInput, body []byte) error {
	if v := versionOf(input.Request.Header, input.QueryParams); v != documentVersion {
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

func checkResponse(input *openapi3filter.RequestValidationInput, got *bufferedResponse) error {
	kind := got.Header().Get("Content-Type")
	if got.status >= 500 && kind != "application/json" {
		return nil // a gateway's response, not the API's
	}
	if kind != "application/json" {
		return fmt.Errorf("Content-Type %q", kind)
	}
	if input.QueryParams.Get("paginated") == "true" {
		return nil // the document has only the bare array
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

// bufferedResponse delays a response until it has been checked: a test that has its
// response may end, and cannot fail after that.
type bufferedResponse struct {
	http.ResponseWriter
	status int
	body   bytes.Buffer
	passed int // bytes of body that were sent
	begun  bool
}

func (b *bufferedResponse) WriteHeader(status int) {
	if !b.begun {
		b.status = status
	}
}

func (b *bufferedResponse) Write(p []byte) (int, error) { return b.body.Write(p) }

// Flush implements [http.Flusher].
func (b *bufferedResponse) Flush() {
	if !b.begun {
		b.begun = true
		b.ResponseWriter.WriteHeader(b.status)
	}
	if rest := b.body.Bytes()[b.passed:]; len(rest) > 0 {
		b.passed += len(rest)
		_, _ = b.ResponseWriter.Write(rest) // the client may have disconnected
	}
	if f, ok := b.ResponseWriter.(http.Flusher); ok {
		f.Flush()
	}
}

// failedBody ends a body with the error that ended it before.
type failedBody struct{ err error }

func (b failedBody) Read([]byte) (int, error) { return 0, b.err }
