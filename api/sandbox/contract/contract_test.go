package contract

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// recordingTB records whether Wrap fails the test.
type recordingTB struct {
	testing.TB
	said []string
}

func (w *recordingTB) Helper() {}
func (w *recordingTB) Errorf(format string, a ...any) {
	w.said = append(w.said, fmt.Sprintf(format, a...))
}

func TestWrap_ReportsViolations(t *testing.T) {
	if os.Getenv(DocumentEnv) == "" {
		t.Skipf("%s names no document", DocumentEnv)
	}
	for name, try := range map[string]struct {
		method, url, body, version string
		status                     int
		answer                     string
		want                       string
	}{
		"fine":                  {"GET", "http://frontdesk.local/v1/users/count", "", documentVersion, 200, `{"object":"total_count","total_count":1}`, ""},
		"fine over a socket":    {"GET", "http://127.0.0.1:1234/v1/users/count", "", documentVersion, 200, `{"object":"total_count","total_count":1}`, ""},
		"answer":                {"GET", "http://frontdesk.local/v1/users/count", "", documentVersion, 200, `{"object":"total_count"}`, "total_count"},
		"a list of users":       {"GET", "http://frontdesk.local/v1/users", "", documentVersion, 200, `[{"id":"user_x"}]`, "breaks the document"},
		"error body":            {"GET", "http://frontdesk.local/v1/users/x", "", documentVersion, 404, `{"error":"not found"}`, "errors"},
		"request":               {"POST", "http://frontdesk.local/v1/users/ban", `{}`, documentVersion, 200, `[]`, "although its request"},
		"request refused":       {"POST", "http://frontdesk.local/v1/users/ban", `{}`, documentVersion, 422, `{"errors":[]}`, ""},
		"request of an old one": {"PATCH", "http://frontdesk.local/v1/users/x/metadata", `{"what":1}`, "2021-02-05", 422, `{"errors":[]}`, ""},
		"null for no body":      {"POST", "http://frontdesk.local/v1/sessions/x/revoke", "null", documentVersion, 404, `{"errors":[]}`, ""},
		"elsewhere":             {"GET", "http://frontdesk.local/img/x", "", "", 200, `png`, ""},
	} {
		t.Run(name, func(t *testing.T) {
			seen := &recordingTB{TB: t}
			h := Wrap(seen, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				w.Header().Set("Content-Type", "application/json")
				w.WriteHeader(try.status)
				_, _ = w.Write([]byte(try.answer))
			}))
			request := httptest.NewRequest(try.method, try.url, strings.NewReader(try.body))
			request.Header.Set("Content-Type", "application/json")
			request.Header.Set("Clerk-API-Version", try.version)
			recorded := httptest.NewRecorder()
			h.ServeHTTP(recorded, request)
			require.Equal(t, try.status, recorded.Code)
			require.Equal(t, try.answer, recorded.Body.String())
			if try.want == "" {
				require.Empty(t, seen.said)
				return
			}
			require.Len(t, seen.said, 1)
			require.Contains(t, seen.said[0], try.want)
		})
	}
}

func TestWrap_WithoutADocumentReturnsTheHandler(t *testing.T) {
	t.Setenv(DocumentEnv, "")
	h := http.NewServeMux()
	require.Same(t, h, Wrap(t, h))
}
