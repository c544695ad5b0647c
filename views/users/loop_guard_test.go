package users_test

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"frontdesk/views/viewtest"
)

// repeating answers every list with the same user, fifty times.
func repeating(b *viewtest.Harness) func(*http.Request) (*http.Response, error) {
	one := string(b.FindUser("maya okafor").Body)
	body := "[" + strings.Repeat(one+",", 49) + one + "]"
	return func(r *http.Request) (*http.Response, error) {
		if r.URL.Path != "/v1/users" {
			return nil, nil
		}
		return &http.Response{StatusCode: 200, Header: http.Header{"Content-Type": {"application/json"}}, Body: io.NopCloser(strings.NewReader(body)), Request: r}, nil
	}
}

// After a few answers without a new user the list says so, and only the operator
// retries.
func TestFeed_StopsWhenPagesRepeat(t *testing.T) {
	for name, order := range map[string][]string{"by age": nil, "by another order": {"o"}} {
		t.Run(name, func(t *testing.T) {
			b := viewtest.NewWithUsers(t, 120)
			b.Transport.Intercept(repeating(b))
			d := run(t, b, 140, 30)
			d.Press(order...)
			d.Press("G", "pgup", "g", "pgdown", "pgdown", "pgdown", "pgdown", "G")
			require.LessOrEqual(t, lists(b), 9*(1+len(order)), "requests")
			d.Has("! ", "The server keeps sending the same users, so the rest cannot be read.", "r retries", "Maya Okafor", "1–1 of 1+")
			sent := lists(b)
			d.Press("j", "k", "pgup", "pgdown", "G", "g")
			require.Equal(t, sent, lists(b), "nothing more is asked for")
			b.Transport.Intercept(nil)
			d.Press("r")
			d.Lacks("again and again")
			d.Press("G")
			d.Has("of 120")
			d.Lacks("·····", "again and again")
		})
	}
}
