package users_test

import (
	"net/http"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestSearch_FindsAndOpens(t *testing.T) {
	_, d := drive(t, 60, 120, 40)
	d.Has("1–33 of 60", "all users", "newest first ↓")
	d.Press("/")
	d.Type("0142")
	d.Has("1 found", "best match first", "+1 (415) 555-0142")
	require.Contains(t, marked(t, d), "Maya Okafor")
	d.Has("enter open")
	d.Press("enter")
	d.Has("Users › Maya Okafor")
	d.Press("q")
	d.Has("/ 0142", "1 found")
	d.Press("esc")
	d.Has("1–33 of 60")
	require.NotContains(t, d.Line(2), "0142")
}

func TestSearch_HighlightsMatches(t *testing.T) {
	_, d := drive(t, 60, 120, 40)
	d.Press("/")
	d.Type("okaf")
	row := 0
	for i := range 40 {
		if strings.HasPrefix(d.Line(i), " ▌ Maya Okafor") {
			row = i
		}
	}
	require.NotZero(t, row)
	plain, lit := d.CellAt(3, row), d.CellAt(8, row)
	require.NotEqual(t, plain.Style, lit.Style)
	require.Equal(t, lit.Style, d.CellAt(11, row).Style)
	require.Equal(t, plain.Style, d.CellAt(12, row).Style)
}

func TestLocalMatches_ShowUntilTheAnswerComes(t *testing.T) {
	b, d := drive(t, 60, 120, 40)
	d.Async()
	g := hold(b, "query=maya")
	d.Press("/")
	d.Type("maya")
	d.Has("1 so far")
	require.Contains(t, marked(t, d), "Maya Okafor")
	d.Lacks("1 found")
	close(g.open)
	d.WaitFor("1 found")
	require.Contains(t, marked(t, d), "Maya Okafor")
}

func TestSearch_LateAnswerDoesNotReplaceANewerOne(t *testing.T) {
	b, d := drive(t, 60, 120, 40)
	d.Async()
	late := make(chan struct{})
	b.Transport.Intercept(func(r *http.Request) (*http.Response, error) {
		if r.URL.Query().Get("query") == "sam" {
			<-late // and ignores the cancellation
		}
		return nil, nil
	})
	d.Press("/")
	d.Type("sam")
	d.Has("so far")
	d.Press("backspace", "backspace", "backspace")
	d.Type("maya")
	d.WaitFor("1 found")
	close(late)
	d.Settle()
	d.Has("1 found", "Maya Okafor")
	d.Lacks("Sam Carter")
}

func TestSearch_ShowsTheLastTextTyped(t *testing.T) {
	_, d := drive(t, 60, 120, 40)
	for range 10 {
		d.Burst("/", "o", "k", "a", "f", "o", "r")
		d.Has("1 found", "Maya Okafor")
		d.Burst("backspace", "backspace", "backspace", "backspace", "backspace", "backspace")
		d.Has("1–33 of 60")
		d.Press("esc")
	}
}

func TestSearch_SaysThatNobodyMatches(t *testing.T) {
	_, d := drive(t, 60, 120, 40)
	d.Press("/")
	d.Type("okafro")
	d.Has("No one matches “okafro”", "esc shows all users again", "and ids of all", "60 users.", "0 found")
	d.Lacks("could not", "Searching", "NAME")
	d.Press("esc")
	d.Has("1–33 of 60")
}

func TestSearch_FailureIsNotNoMatch(t *testing.T) {
	b, d := drive(t, 60, 100, 30)
	b.Transport.Intercept(refuse)
	d.Press("/")
	d.Type("zzzz")
	d.Has("The search for “zzzz” failed.", "retries in 5 s   enter, then r now")
	d.Lacks("No one matches")
	d.Press("esc")
	d.Has("1–23 of 60")
	d.Press("/")
	d.Type("maya")
	d.Has("Maya Okafor", "1 of the users read", "retries")
	b.Transport.Intercept(nil)
	d.Press("enter", "r")
	d.Has("1 found")
	d.Lacks("retries")
}

func TestSearch_EscRestoresThePlace(t *testing.T) {
	_, d := drive(t, 120, 100, 30)
	for range 60 {
		d.Press("j")
	}
	before := d.Screen()
	d.Press("/")
	d.Type("maya")
	d.Press("enter", "esc")
	d.Has("1 found")
	d.Press("esc")
	require.Equal(t, before, d.Screen())
	d.Press("esc")
	require.Equal(t, before, d.Screen(), "at the first screen esc goes nowhere")
	require.False(t, d.Left)
}

func TestSearchBox_MovesInTheListWhileTyping(t *testing.T) {
	_, d := drive(t, 60, 100, 30)
	d.Press("/")
	d.Type("sam")
	first := marked(t, d)
	d.Press("down")
	second := marked(t, d)
	require.NotEqual(t, first, second)
	d.Press("ctrl+p")
	require.Equal(t, first, marked(t, d))
	d.Press("ctrl+n")
	require.Equal(t, second, marked(t, d))
	d.Type(" ")
	require.Equal(t, second, marked(t, d))
	d.Type("cart")
	require.Equal(t, second[:20], marked(t, d)[:20], "the cursor stays with who was chosen")
	d.Press("ctrl+u")
	d.Has("1–23 of 60", "/ name, e-mail, phone, id")
}

func TestPaste_OpensTheBox(t *testing.T) {
	_, d := drive(t, 60, 100, 30)
	d.Paste("ok\x1b[31maf\u202e\n")
	d.Has("/ ok[31maf")
	d.Press("esc")
	d.Paste("0142")
	d.Has("Maya Okafor", "1 found")
}

// A held key or a typed log is not searched for at every key, and ends at the limit of
// the box, with a message.
func TestSearchBox_IsBounded(t *testing.T) {
	b, d := drive(t, 120, 120, 40)
	d.Press("/")
	d.Burst(strings.Split(strings.Repeat("a", 200), "")...)
	before := lists(b)
	d.Burst(strings.Split(strings.Repeat("b", 300), "")...)
	require.Equal(t, before, lists(b), "keys beyond ask for nothing")
	d.Has("Too long to search for")
	d.Paste(strings.Repeat("b", 4000))
	d.Has("The search box is full")
	d.Press("z")
	d.Lacks("bz")
	d.Press("esc")
	d.Has("of 120")

	// All pasted users are searched for, and text typed behind them narrows the
	// search.
	var ids []string
	for range 8 {
		ids = append(ids, b.FindUser("Maya Okafor").ID.Raw()[:27]+"0"+strconv.Itoa(len(ids))+"xxx")
	}
	asked := listQuery(b.Transport)
	d.Paste(strings.Join(ids, " "))
	for _, id := range ids {
		require.Contains(t, asked.last(), id)
	}
	d.Press("/")
	d.Type(" is:banned")
	require.Contains(t, asked.last(), "banned=true")
}

func TestSearch_SaysWhereEnterLeads(t *testing.T) {
	_, d := drive(t, 60, 120, 40)
	d.Press("/")
	d.Type("a")
	d.Has("enter to the list")
	d.Press("enter")
	d.Has("enter open")
}
