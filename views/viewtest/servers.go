package viewtest

import (
	"net/http"
	"net/http/httptest"
	"strconv"
	"sync"
)

// CapPageSize makes the server return at most that many users at a time, whatever
// limit asks for.
func CapPageSize(rows int) func(*http.Request) (*http.Response, error) {
	return onList(func(ask func(string) int, set func(string, int)) {
		set("limit", min(ask("limit"), rows))
	})
}

// RepeatPages makes the server return the same users again after every round of them:
// it ignores cursors, and counts its rows only so far.
func RepeatPages(rows, round int) func(*http.Request) (*http.Response, error) {
	return onList(func(ask func(string) int, set func(string, int)) {
		set("limit", min(ask("limit"), rows))
		set("offset", ask("offset")%round)
		set("starting_after", 0)
	})
}

// RateLimitOnce answers the first request to a path with 429 and that Retry-After.
func RateLimitOnce(path, after string) func(*http.Request) (*http.Response, error) {
	var once sync.Once
	return func(r *http.Request) (answer *http.Response, _ error) {
		if r.URL.Path != path {
			return nil, nil
		}
		once.Do(func() {
			w := httptest.NewRecorder()
			w.Header().Set("Retry-After", after)
			w.Header().Set("Content-Type", "application/json")
			w.WriteHeader(http.StatusTooManyRequests)
			_, _ = w.WriteString(`{"errors":[{"code":"too_many_requests","message":"Too many requests"}]}`)
			answer = w.Result()
		})
		return answer, nil
	}
}

// onList changes the query of GET /users before the server sees it; 0 removes a
// parameter.
func onList(change func(ask func(string) int, set func(string, int))) func(*http.Request) (*http.Response, error) {
	return func(r *http.Request) (*http.Response, error) {
		if r.URL.Path != "/v1/users" || r.Method != http.MethodGet {
			return nil, nil
		}
		q := r.URL.Query()
		change(func(name string) int {
			n, _ := strconv.Atoi(q.Get(name)) // 0 if absent
			return n
		}, func(name string, value int) {
			if q.Del(name); value > 0 {
				q.Set(name, strconv.Itoa(value))
			}
		})
		r.URL.RawQuery = q.Encode()
		return nil, nil
	}
}
