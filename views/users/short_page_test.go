package users_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"frontdesk/views/viewtest"
)

// A server may return fewer rows than requested: the list is read to its end, from the
// top, from the end and in a search, and a range is complete.
func TestFeed_ReadsAllUsersOfAServerWithSmallPages(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and the race detector has nothing to add")
	}
	for _, keys := range []string{"", "oo"} {
		b := numbered(t, 130)
		b.Transport.Intercept(viewtest.CapPageSize(20))
		d := run(t, b, 100, 30)
		d.Press(strings.Split(keys, "")...)
		d.Has("1–23 of 130")
		d.Press("G")
		d.Has("108–130 of 130")
		d.Lacks("·····")
		d.Press("g")
		seen := map[string]bool{}
		for range 130 {
			d.Lacks("·····")
			seen[who(t, d)] = true
			d.Press("j")
		}
		require.Len(t, seen, 130)
		for range 130 {
			d.Lacks("·····")
			d.Press("k")
		}
		d.Press("/")
		d.Type("p0") // P000 to P099, and no m0… of others
		d.Press("enter", "G")
		d.Has("of 100 found")
		d.Press("esc", "g", "v", "G", "v")
		d.Has("130 marked")
	}
}

// A search that fills exactly one of the server's pages is counted before its total is
// shown; one that was counted costs nothing more.
func TestCount_OfASearchThatFillsASmallPage(t *testing.T) {
	b := numbered(t, 130)
	b.Transport.Intercept(viewtest.CapPageSize(10))
	d := run(t, b, 100, 30)
	look(d, "p12")
	d.Has("10 found")
	d.Lacks("+ found")
	before := lists(b)
	d.Press("enter", "j", "G")
	require.Equal(t, before, lists(b))
	d.Press("esc")
	look(d, "p1")
	d.Press("enter", "G")
	d.Has("30 found")
	require.Equal(t, fmt.Sprintf("P%03d", 100), who(t, d))
}

func TestFeed_ShortLastPageNeedsNoRequestIfTheCountAgrees(t *testing.T) {
	b := numbered(t, 30)
	d := run(t, b, 100, 40)
	d.Has("1–30 of 30")
	require.Equal(t, 1, lists(b))
	d.Paste("p00")
	d.Has("10 found")
	require.Equal(t, 2, lists(b))
	require.Equal(t, []string{"GET /v1/users/count"}, counts(b.Transport.Requests()), "only everybody is counted")
}

func counts(sent []string) (out []string) {
	for _, s := range sent {
		if strings.HasSuffix(s, "/count") {
			out = append(out, s)
		}
	}
	return out
}
