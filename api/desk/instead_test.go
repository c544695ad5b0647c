package desk_test

import (
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"frontdesk/api"
	"frontdesk/api/desk"
	"frontdesk/api/ops"
	"frontdesk/api/sandbox/faults"
)

// answering responds to every write with this response; the request does not reach the
// server.
func answering(status int, header, body string) func(*http.Request) (*http.Response, error) {
	return func(r *http.Request) (*http.Response, error) {
		h := http.Header{"Content-Type": {"application/json"}}
		if name, value, ok := strings.Cut(header, ": "); ok {
			h.Set(name, value)
		}
		return &http.Response{StatusCode: status, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, Header: h, Request: r,
			ContentLength: int64(len(body)), Body: io.NopCloser(strings.NewReader(body))}, nil
	}
}

func (p *peer) answerWrites(status int, header, body string) {
	answer := answering(status, header, body)
	p.wire.alter = func(r *http.Request, had *http.Response, err error) (*http.Response, error) {
		if r.Method == http.MethodGet || err != nil {
			return had, err
		}
		return answer(r)
	}
}

// If a response arrived, the sentence does not say that there was none.
func TestDescribeLost_SaysWhatArrived(t *testing.T) {
	for _, c := range []struct {
		status             int
		header, body, says string
	}{
		{500, "Content-Type: text/html", "<html>", "the server answered with an error (HTTP 500)"},
		{503, "", `{"errors":[]}`, "the server answered with an error (HTTP 503)"},
		{307, "Location: https://login.example/x?token=secret", "", "a redirect to https://login.example/x (HTTP 307) was not followed"},
		{302, "", "", "a redirect to another address (HTTP 302) was not followed"},
		{204, "", "", "the answer could not be understood (HTTP 204)"},
		{200, "Content-Type: text/html", "<html>", "the answer could not be understood (it is a web page)"},
		{200, "", "", "the answer could not be understood (it is empty)"},
		{200, "", "null", "the answer could not be understood (it is for another user)"},
		{200, "", `{"id":"user_2zzzzzzzzzzzzzzzzzzzzzzzzzz","banned":true}`, "the answer could not be understood (it is for another user)"},
	} {
		p := newPeer(t)
		in := p.intent("ban_user")
		p.loseRequests()
		p.wire.next = acting{p.wire.next, answering(c.status, c.header, c.body)}
		out := p.desk().Do(p.Context(), in)
		require.Equal(t, desk.Unknown, out.State, c.says)
		require.EqualError(t, out.Err, c.says+", and 5 s later it does not show (not banned)")
		require.Equal(t, "5 s later it does not show (not banned)", desk.DescribeLookup(out.Err))

		p = newPeer(t)
		in = p.intent("ban_user")
		p.answerWrites(c.status, c.header, c.body)
		out = p.desk().Do(p.Context(), in)
		require.Equal(t, desk.Done, out.State, c.says)
		require.Equal(t, c.says, desk.DescribeLost(out.LostAnswer))

		p = newPeer(t)
		many, _ := p.ops.Get("users_ban")
		p.wire.next = acting{p.wire.next, answering(c.status, c.header, c.body)}
		all := p.desk().DoBulk(p.Context(), desk.Bulk{Op: many, Seen: []*api.User{p.user()}, Reason: "x"}, nil)
		if c.body == "null" || strings.HasPrefix(c.body, `{"id"`) {
			require.NotEqual(t, desk.UserDone, all.Users[0].State)
			continue // for a list, something else is wrong
		}
		require.EqualError(t, all.Stopped, c.says+", and 5 s later it does not show")
		require.Equal(t, desk.UserUnknown, all.Users[0].State)
		require.NotNil(t, all.Pending)
	}
}

// acting handles writes itself and lets reads through.
type acting struct {
	next   http.RoundTripper
	answer func(*http.Request) (*http.Response, error)
}

func (a acting) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.Method == http.MethodGet {
		return a.next.RoundTrip(r)
	}
	if r.Body != nil {
		r.Body.Close()
	}
	return a.answer(r)
}

// body is the user's JSON, read without the recording transport.
func (p *peer) body() string {
	p.Helper()
	return string(p.user().Body)
}

// A 200 that shows the user unchanged is neither success nor refusal: the user is read
// again.
func TestDo_ContradictoryResponse(t *testing.T) {
	all(t, func(o ops.Operation) bool {
		return o.Applied != nil && o.Scope == ops.ScopeUser && o.Call != nil && o.ID != several
	}, func(t *testing.T, p *peer, o ops.Operation) {
		in := p.intent(o.ID)
		// It confirms in the form of every kind of response.
		was := strings.Replace(p.body(), "{", `{"deleted":true,"user_id":"`+danielID+`","email_address":"new@pine.example","phone_number":"+14155550144",`, 1)
		if !in.Request.PartID.Empty() {
			was = strings.Replace(was, `"id":"`+danielID+`"`, `"id":"`+in.Request.PartID.Raw()+`"`, 1)
		}
		p.clock.pass(time.Second)
		p.wire.next = acting{p.wire.next, answering(200, "", was)}
		out := p.desk().Do(p.Context(), in)
		require.Equal(t, desk.Unknown, out.State, "nothing was done, and nothing was refused")
		require.ErrorContains(t, out.Err, "the server accepted it, but it had no effect that shows, and 5 s later it does not show")
	})

	p := newPeer(t)
	in := p.intent("ban_user")
	p.answerWrites(200, "", p.body())
	out := p.desk().Do(p.Context(), in)
	require.Equal(t, desk.Done, out.State, "the server did act")
	require.True(t, out.ReadBack)
	require.True(t, out.User.Banned)

	p = newPeer(t)
	in = p.intent("ban_user")
	was := p.body()
	p.wire.next = acting{p.wire.next, answering(200, "", was)}
	p.wire.arrived = func(r *http.Request) {
		if r.Method != http.MethodGet {
			p.server.SetFaults(faults.Switches{ErrorRate: 1})
		}
	}
	out = p.desk().Do(p.Context(), in)
	require.Equal(t, desk.Unknown, out.State)
	require.ErrorContains(t, out.Err, "the server accepted it, but it had no effect that shows, and checking it failed too: ")
}

// A name that the server stores in another form was stored all the same.
func TestDo_ResponseInAnotherForm(t *testing.T) {
	p := newPeer(t)
	in := p.intent("update_user")
	in.Request.Values = map[string]string{"first_name": "Danielle "}
	p.wire.next = acting{p.wire.next, answering(200, "", strings.Replace(p.body(), `"Daniel"`, `"Danielle"`, 1))}
	out := p.desk().Do(p.Context(), in)
	require.Equal(t, desk.Done, out.State, "%v", out.Err)
	require.False(t, out.ReadBack)
}
