package users_test

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"frontdesk/views/viewtest"
)

// repeating answers every list with one person, fifty times.
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

// A server that gives the same person for every page is not asked for ever: after a
// few answers that bring nobody new it is said, and only the operator asks again.
func TestFeed_StopsWhenPagesRepeat(t *testing.T) {
	for name, order := range map[string][]string{"by age": nil, "by another order": {"o"}} {
		t.Run(name, func(t *testing.T) {
			b := viewtest.NewWithUsers(t, 120)
			b.Transport.Intercept(repeating(b))
			d := run(t, b, 140, 30)
			d.Press(order...)
			d.Press("G", "pgup", "g", "pgdown", "pgdown", "pgdown", "pgdown", "G")
			require.LessOrEqual(t, lists(b), 9*(1+len(order)), "requests")
			d.Has("! ", "The same users come again and again, so the others cannot be reached.", "r tries again", "Maya Okafor", "1–1 of 1+")
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
