package users_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"frontdesk/tui/tuitest"
	"frontdesk/views/viewtest"
)

// rows returns the list's rows on the screen without the cursor.
func rows(d *tuitest.Driver) []string {
	var out []string
	listed := false
	for _, l := range strings.Split(d.Screen(), "\n") {
		switch {
		case strings.HasPrefix(l, "───") && listed:
			return out
		case strings.HasPrefix(l, "   NAME"):
			listed = true
		case listed:
			if row, _, _ := strings.Cut(l, "│"); strings.TrimSpace(row) != "" {
				out = append(out, row)
			}
		}
	}
	return out
}

// first checks who is in the first row, with the cursor on it.
func first(t *testing.T, d *tuitest.Driver, when string) string {
	t.Helper()
	all := rows(d)
	require.NotEmpty(t, all, "%s:\n%s", when, d.Screen())
	require.True(t, strings.HasPrefix(all[0], " ▌ "), "%s: the cursor is not on the first row:\n%s", when, d.Screen())
	_, heads, _ := strings.Cut(d.Screen(), "   NAME")
	return strings.TrimSpace(strings.TrimPrefix(all[0], " ▌ ")[:len("NAME")+strings.Index(heads, "EMAIL")-1])
}

// The best match has the cursor at every key, before and after the answer, wherever
// the cursor was before the search.
func TestSearch_CursorIsOnTheBestMatchAtEveryKey(t *testing.T) {
	words := []string{"eli", "-is:banned pine", "ana", "dan", "sam", "ma"}
	if testing.Short() {
		words = words[:2] // the others take the same ways
	}
	for _, typed := range words {
		for _, at := range []int{0, 40} {
			t.Run(typed, func(t *testing.T) {
				b, d := drive(t, 1248, 120, 40)
				d.Async()
				for range at {
					d.Press("j")
				}
				d.Until("rows", func() bool { return d.Tasks() == 0 })
				d.Press("/")
				word := typed
				if filter, rest, ok := strings.Cut(typed, " "); ok {
					d.Type(filter + " ")
					word = rest
				}
				for i := range word {
					g := hold(b, "query=")
					d.Advance(100 * time.Millisecond)
					d.Type(word[i : i+1])
					if strings.Contains(d.Screen(), "so far") {
						first(t, d, "before the answer to "+word[:i+1])
					}
					close(g.open)
					d.Until("the answer", func() bool { return d.Tasks() == 0 })
					first(t, d, "after the answer to "+word[:i+1])
				}
			})
		}
	}
}

func TestSearch_CursorIsOnTheBestMatchOfAPaste(t *testing.T) {
	for _, typed := range []string{"eli", "ana", "dan", "-is:banned pine"} {
		_, d := drive(t, 1248, 120, 40)
		d.Burst(append([]string{"/"}, letters(typed)...)...)
		first(t, d, typed)
	}
}

// The user whom the operator chose keeps the cursor through the answer and further
// keys; if they do not match any more, the best match has it.
func TestSearch_CursorStaysOnTheChosenUserWhileTheyMatch(t *testing.T) {
	b, d := drive(t, 60, 120, 40)
	d.Async()
	g := hold(b, "query=")
	d.Press("/")
	d.Type("sam")
	d.Press("down", "down")
	who := marked(t, d)
	close(g.open)
	d.Until("the answer", func() bool { return d.Tasks() == 0 })
	require.Equal(t, who[:60], marked(t, d)[:60])
	d.Type(" car")
	d.Until("the answer", func() bool { return d.Tasks() == 0 })
	require.Equal(t, who[:60], marked(t, d)[:60])
	for range 7 {
		d.Press("backspace")
	}
	d.Type("ma")
	d.Until("the answer", func() bool { return d.Tasks() == 0 })
	first(t, d, "after another search")
}

// resorted returns a list right after an answer that put another user first than the
// local matches had.
func resorted(t *testing.T) (b *viewtest.Harness, d *tuitest.Driver, before, after string) {
	t.Helper()
	b, d = drive(t, 1248, 120, 40)
	d.Async()
	g := hold(b, "query=")
	d.Press("/")
	d.Type("dan")
	before = first(t, d, "before the answer")
	d.Press("enter")
	d.Advance(time.Second)
	close(g.open)
	d.Until("the answer", func() bool { return d.Tasks() == 0 })
	after = first(t, d, "after the answer")
	require.NotEqual(t, before, after, "the answer does not re-sort: take another search for this test")
	return b, d, before, after
}

// A key pressed as the answer came was meant for the previous user.
func TestMisfireGuard_IgnoresKeysAfterTheCursorShifted(t *testing.T) {
	for _, key := range []string{"enter", "l", "b", "x", "space", "y"} {
		b, d, _, after := resorted(t)
		d.Send(tuitest.Key(key))
		require.False(t, d.Asking(), "%s:\n%s", key, d.Screen())
		d.Has("ignored, because the list changed just then", "Press again to act on "+after)
		d.Lacks("Users ›", "marked")
		require.NotContains(t, strings.Join(b.Transport.Requests(), "\n"), "POST")
		d.Press(key) // at a person's pace
		if key == "b" || key == "l" {
			require.True(t, d.Asking(), "%s:\n%s", key, d.Screen())
			d.Has(after)
		}
	}
}

func TestMisfireGuard_AllowsMoving(t *testing.T) {
	_, d, _, _ := resorted(t)
	second := rows(d)[1]
	d.Send(tuitest.Key("down"))
	require.Equal(t, second[3:60], marked(t, d)[3+len("▌")-1:60+len("▌")-1])
	d.Lacks("ignored, because the list changed")
}

func TestMisfireGuard_AllowsKeysOnTheFirstRows(t *testing.T) {
	_, d := drive(t, 60, 120, 40)
	d.Send(tuitest.Key("enter"))
	d.Has("Users ›")
}

// While a sort is in progress no user is under the cursor: the answer may bring
// another one.
func TestMisfireGuard_IgnoresAKeyDuringASort(t *testing.T) {
	b, d := drive(t, 60, 120, 40)
	d.Async()
	open := make(chan struct{})
	b.Transport.Intercept(func(r *http.Request) (*http.Response, error) {
		if strings.Contains(r.URL.RawQuery, "last_active_at") {
			<-open
		}
		return nil, nil
	})
	d.Press("o")
	close(open)
	d.Until("the answer", func() bool { return d.Tasks() == 0 })
	d.Send(tuitest.Key("b"))
	require.False(t, d.Asking(), d.Screen())
	d.Has("ignored, because the list changed")
}

// letters returns the keys of a text.
func letters(text string) []string {
	var out []string
	for _, r := range text {
		if r == ' ' {
			out = append(out, "space")
			continue
		}
		out = append(out, string(r))
	}
	return out
}
