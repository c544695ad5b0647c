package users_test

import (
	"context"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestLocalMatches_DoNotMoveWhenTheAnswerComes(t *testing.T) {
	for _, c := range []struct{ name, order, scrolled string }{
		{name: "newest first"},
		{name: "oldest first", order: "O"},
		{name: "far down", scrolled: "pgdown"},
	} {
		t.Run(c.name, func(t *testing.T) {
			b, d := drive(t, 400, 96, 34)
			d.Async()
			for _, keys := range []string{c.order, c.scrolled, c.scrolled} {
				if keys != "" {
					was := rows(d)[0]
					d.Press(keys)
					d.Until("other rows are here", func() bool {
						now := rows(d)[0]
						return now != was && !strings.Contains(d.Screen(), "·····") && !strings.Contains(d.Screen(), "still searching")
					})
				}
			}
			d.Press("/")
			for _, letter := range []string{"e", "x", "a"} {
				g := hold(b, "query=")
				d.Type(letter)
				d.WaitFor("so far")
				local := rows(d)
				require.NotEmpty(t, local)
				close(g.open)
				d.Until("the answer is here", func() bool { return !strings.Contains(d.Screen(), "so far") })
				require.Equal(t, local, rows(d)[:len(local)], "after %q", letter)
			}
		})
	}
}

func TestLocalMatches_AreRankedAsTheAnswerWillBe(t *testing.T) {
	b, d := drive(t, 60, 96, 34)
	d.Async()
	hold(b, "query=")
	d.Press("/")
	d.Type("maya")
	d.WaitFor("so far")
	d.Has("best match first")
	require.Contains(t, rows(d)[0], "Maya Okafor")
}

// One key costs one request: nothing is counted or read in advance for a text that is
// still typed.
func TestCount_WaitsForTheEndOfTyping(t *testing.T) {
	b, d := drive(t, 400, 96, 34)
	rests := make(chan struct{})
	b.Env.Sleep = func(ctx context.Context, wait time.Duration) error {
		if wait < 100*time.Millisecond { // the pause between keys
			return ctx.Err()
		}
		select {
		case <-rests:
		case <-ctx.Done():
		}
		return ctx.Err()
	}
	d.Async()
	d.Press("/")
	before := len(b.Transport.Requests())
	for _, letter := range []string{"e", "x", "a"} {
		d.Type(letter)
		d.WaitFor("of 50+ found")
	}
	require.Equal(t, []string{"GET /v1/users", "GET /v1/users", "GET /v1/users"}, b.Transport.Requests()[before:])
	d.Settle()
	close(rests)
	d.Until("the total", func() bool { return regexp.MustCompile(`of \d+ found`).MatchString(d.Screen()) })
	d.Until("what is read ahead", func() bool {
		return strings.Count(strings.Join(b.Transport.Requests()[before:], "\n"), "/v1/users\n") > 3
	})
	counts := 0
	for _, sent := range b.Transport.Requests()[before:] {
		if sent == "GET /v1/users/count" {
			counts++
		}
	}
	require.Equal(t, 1, counts, "%v", b.Transport.Requests()[before:])
}
