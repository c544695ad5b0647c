package api_test

import (
	"bufio"
	"context"
	"crypto/x509"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"frontdesk/api"
	"frontdesk/api/sandbox"
	"frontdesk/api/sandbox/faults"
)

func TestError_Sentences(t *testing.T) {
	items := func(code, message, long, meta string) string {
		return `{"errors":[{"code":"` + code + `","message":"` + message + `","long_message":"` + long + `","meta":` + meta + `}],"clerk_trace_id":"0f1e2d3c"}`
	}
	for want, c := range map[string]struct {
		status  int
		body    string
		kind    api.Kind
		unknown bool
	}{
		"Could not ban the user: the secret key was not accepted. Check that the key is complete, belongs to this instance and has not been revoked.":                                          {401, items("clerk_key_invalid", "m", "l", "{}"), api.KindBadKey, false},
		"Could not ban the user: the plan of this instance does not include it (ban_user). Lock the user or revoke their sessions instead, or change the plan in the Clerk dashboard.":         {402, items("unsupported_subscription_plan_features", "m", "l", `{"unsupported_features":["ban_user"]}`), api.KindForbidden, false},
		"Could not ban the user: the feature is switched off in this instance. You can turn it on in the Clerk dashboard.":                                                                     {403, items("feature_not_enabled", "m", "l", "{}"), api.KindForbidden, false},
		"Could not ban the user: No user was found with id user_a. It may have been deleted in the meantime; refresh to check.":                                                                {404, items("resource_not_found", "not found", "No user was found with id user_a.", "null"), api.KindNotFound, false},
		"Could not ban the user: something other than Clerk answered (HTTP 404). Check the address, and whether a proxy or a sign-in page is in between.":                                      {404, "404 page not found", api.KindInvalidResponse, false},
		"Could not ban the user: something other than Clerk answered (HTTP 403). Check the address, and whether a proxy or a sign-in page is in between.":                                      {403, "<html>Access denied", api.KindInvalidResponse, false},
		"Could not ban the user: another request is changing the same thing right now. Try again in a moment.":                                                                                 {409, items("resource_locked", "m", "l", "{}"), api.KindConflict, false},
		"Could not ban the user: The user is managed by a directory. Make the change in the directory that manages this user.":                                                                 {409, items("user_managed_by_scim", "m", "The user is managed by a directory.", "{}"), api.KindConflict, false},
		"Could not ban the user: it is too large for the server. Choose a smaller one.":                                                                                                        {413, `{}`, api.KindRefused, false},
		"Could not ban the user: the server does not accept this type of content. Choose another file.":                                                                                        {415, ``, api.KindRefused, false},
		"Could not ban the user: first_name is invalid; b. Correct it and try again.":                                                                                                          {422, `{"errors":[{"message":"is invalid","meta":{"param_name":"first_name"}},{"code":"b"},{}]}`, api.KindRefused, false},
		"Could not ban the user: too many requests were made to this instance in a short time, so nothing was done. Try again in 20 seconds.":                                                  {429, items("too_many_requests", "m", "l", "{}"), api.KindRateLimited, false},
		"It is unclear whether the attempt to ban the user worked: the server had an internal error (HTTP 500). Check the user before you try again.":                                          {500, items("internal_clerk_error", "Oops", "", "{}"), api.KindServer, true},
		"It is unclear whether the attempt to ban the user worked: The directory's file is damaged. Check the user before you try again.":                                                      {500, items("directory_file_failed", "failed", "The directory's file is damaged.", "{}"), api.KindServer, true},
		"It is unclear whether the attempt to ban the user worked: the server is not available at the moment (HTTP 503). Check the user before you try again.":                                 {503, "<html>", api.KindServer, true},
		"It is unclear whether the attempt to ban the user worked: the answer could not be understood (it is a web page). Check the user before you try again.":                                {200, " <!doctype html>", api.KindInvalidResponse, true},
		"It is unclear whether the attempt to ban the user worked: the answer could not be understood (the answer is not valid JSON). Check the user before you try again.":                    {200, annJSON[:30], api.KindInvalidResponse, true},
		"It is unclear whether the attempt to ban the user worked: the answer could not be understood (it is for another user). Check the user before you try again.":                          {200, `{"id":"user_b"}`, api.KindInvalidResponse, true},
		"It is unclear whether the attempt to ban the user worked: the server redirected to another address (HTTP 302), which frontdesk does not follow. Check the user before you try again.": {302, ``, api.KindInvalidResponse, true},
		"It is unclear whether the attempt to ban the user worked: the answer could not be understood (HTTP 204). Check the user before you try again.":                                        {204, ``, api.KindInvalidResponse, true},
	} {
		client, _ := serve(t, reply(c.status, c.body, "Retry-After", "20", "X-Clerk-Trace-Id", "from-header"))
		_, err := client.BanUser(ctx, ann)
		require.EqualError(t, err, want)
		e := failed(t, err, c.kind)
		require.Equal(t, c.status, e.Status)
		require.Equal(t, c.unknown, api.IsOutcomeUnknown(err), want)
		require.True(t, e.Sent)
		if strings.Contains(c.body, "trace") {
			require.Equal(t, "0f1e2d3c", e.TraceID.Raw())
		} else {
			require.Equal(t, "from-header", e.TraceID.Raw())
		}
	}
}

// Server text is cleaned for the screen.
func TestError_TextIsCleaned(t *testing.T) {
	client, _ := serve(t, reply(422, `{"errors":[{"code":"\u001b[2J","message":"a","long_message":"bad \u001b[31m\u202e\u0085","meta":{"param_name":"p\u001b"}}],"clerk_trace_id":"\u0007"}`))
	_, err := client.BanUser(ctx, ann)
	e := failed(t, err, api.KindRefused)
	for _, out := range []string{err.Error(), e.Code(), e.Items[0].Param(), e.Advice(), e.Summary(), e.Items[0].Sentence()} {
		for _, r := range out {
			require.False(t, r < ' ' || r == 0x7f || (r >= 0x80 && r < 0xa0) || r == 0x202e, "%q", out)
		}
	}
}

func TestClient_RepeatsReadsWithBrokenResponses(t *testing.T) {
	for body, tries := range map[string]int32{annJSON[:30]: 4, `[]`: 4, `{}`: 4, `null`: 4, ``: 4, `<html>`: 1} {
		var calls atomic.Int32
		client, w := serve(t, func(rw http.ResponseWriter, r *http.Request) {
			calls.Add(1)
			reply(200, body)(rw, r)
		})
		_, err := client.GetUser(ctx, ann)
		failed(t, err, api.KindInvalidResponse)
		require.Equal(t, tries, calls.Load(), "%q", body)
		if tries > 1 {
			require.Equal(t, []time.Duration{125 * time.Millisecond, 250 * time.Millisecond, 500 * time.Millisecond}, w.naps())
		}
	}
}

func TestClient_BoundsResponseBodies(t *testing.T) {
	endless := func(w http.ResponseWriter, r *http.Request) {
		chunk := []byte(strings.Repeat("[", 1<<16))
		for r.Context().Err() == nil {
			if _, err := w.Write(chunk); err != nil {
				return
			}
		}
	}
	client, _ := serve(t, endless)
	_, err := client.ListUsers(ctx, api.Query{})
	failed(t, err, api.KindInvalidResponse)
	require.ErrorContains(t, err, "larger than 16 MB")

	client, _ = serve(t, func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(500)
		endless(w, r)
	})
	_, err = client.BanUser(ctx, ann)
	failed(t, err, api.KindServer)

	client, _ = serve(t, reply(200, strings.Repeat("[", 16<<20)))
	_, err = client.BanUser(ctx, ann)
	failed(t, err, api.KindInvalidResponse)
}

// Cancelling returns at once, whatever the server does.
func TestClient_CancelDuringARequest(t *testing.T) {
	arrived, answered := make(chan struct{}, 8), make(chan struct{})
	client, _ := serve(t, func(_ http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		arrived <- struct{}{}
		<-answered // the server goes on without noticing that nobody waits
	})
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() {
		_, err := client.BanUser(ctx, ann)
		done <- err
	}()
	<-arrived
	cancel()
	err := <-done
	close(answered)
	require.True(t, failed(t, err, api.KindCancelled).Sent)
	require.True(t, api.IsOutcomeUnknown(err))
	require.True(t, api.IsCancelled(err))
	require.ErrorIs(t, err, context.Canceled)

	dead, cancel := context.WithCancel(context.Background())
	cancel()
	_, err = client.BanUser(dead, ann)
	require.False(t, failed(t, err, api.KindCancelled).Sent, "nothing was sent")
	require.False(t, api.IsOutcomeUnknown(err))
	require.EqualError(t, err, "Gave up trying to ban the user: it was cancelled.")
}

// Nothing delays the return after the cancellation.
func TestClient_CancelReturnsAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		thinks := roundTrip(func(r *http.Request) (*http.Response, error) {
			<-r.Context().Done()
			return nil, r.Context().Err()
		})
		client, err := api.New(api.Config{BaseURL: sandbox.InProcessURL, Key: key(t), Transport: thinks})
		require.NoError(t, err)
		ctx, cancel := context.WithCancel(t.Context())
		begin := time.Now()
		time.AfterFunc(time.Second, cancel)
		_, err = client.BanUser(ctx, ann)
		require.Equal(t, time.Second, time.Since(begin))
		failed(t, err, api.KindCancelled)
	})
}

// A server that sends single bytes slowly cannot delay a call beyond its deadline.
func TestClient_SlowBodyEndsAtTheDeadline(t *testing.T) {
	drip := func(text string) *rawServer {
		return listen(t, func(w *rawServer, n int, c net.Conn, in *bufio.Reader) {
			if !w.request(in) {
				return
			}
			for _, b := range []byte(text) {
				if _, err := c.Write([]byte{b}); err != nil {
					return
				}
				// Ends when the client disconnects.
				_ = c.SetReadDeadline(time.Now().Add(20 * time.Millisecond))
				if _, err := in.ReadByte(); err == io.EOF {
					return
				}
			}
		})
	}
	const minutes = 20000 // of bytes, at 20 ms each: far longer than a busy machine takes to notice
	header, body := strings.TrimSuffix(okHeader, "\r\n")+"X-Slow: "+strings.Repeat("x", minutes), strings.Repeat(" ", minutes)
	for _, text := range []string{header, strings.Replace(okHeader, "50", strconv.Itoa(minutes), 1) + body} {
		w := drip(text)
		client := newClient(t, api.Config{BaseURL: "http://" + w.Addr().String(), Timeout: 200 * time.Millisecond}, newWatch())
		at := time.Now()
		_, err := client.BanUser(ctx, ann)
		require.True(t, failed(t, err, api.KindNetwork).Sent)
		require.True(t, api.IsOutcomeUnknown(err))
		require.ErrorContains(t, err, "did not answer in time")
		_, err = client.GetUser(ctx, ann)
		failed(t, err, api.KindNetwork)
		require.Less(t, time.Since(at), time.Minute)
	}
}

func TestClient_KeepsTheCallersDeadline(t *testing.T) {
	client, _ := serve(t, func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Millisecond)
	defer cancel()
	_, err := client.GetUser(ctx, ann)
	failed(t, err, api.KindCancelled)
	require.EqualError(t, err, "Gave up trying to read the user: it took longer than allowed.")
}

// A redirect is not followed, since it would receive the key.
func TestClient_DoesNotFollowRedirects(t *testing.T) {
	elsewhere := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("the redirect was followed") }))
	t.Cleanup(elsewhere.Close)
	for _, status := range []int{301, 302, 303, 307, 308} {
		client, _ := serve(t, reply(status, annJSON, "Location", elsewhere.URL))
		_, err := client.GetUser(ctx, ann)
		require.Equal(t, status, failed(t, err, api.KindInvalidResponse).Status)
		_, err = client.BanUser(ctx, ann)
		failed(t, err, api.KindInvalidResponse)
	}
}

func TestClient_ExplainsConnectionFailures(t *testing.T) {
	silent := httptest.NewUnstartedServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	silent.Config.ErrorLog = log.New(io.Discard, "", 0) // the handshakes are meant to fail
	silent.StartTLS()
	t.Cleanup(silent.Close)
	plain := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	t.Cleanup(plain.Close)
	closed := httptest.NewServer(nil)
	closed.Close()
	dial := func(err error) http.RoundTripper {
		return &http.Transport{DialContext: func(context.Context, string, string) (net.Conn, error) { return nil, err }}
	}
	for name, c := range map[string]struct {
		base      string
		transport http.RoundTripper
		want      string
	}{
		"a certificate of nobody": {base: silent.URL, want: "the server's certificate is not signed by anyone this machine trusts. Check this machine's date"},
		"TLS to a plain server":   {base: strings.Replace(plain.URL, "http:", "https:", 1), want: "no secure connection could be made. Check the network and the address"},
		"refused":                 {base: closed.URL, want: "nothing answers at that address (connection refused). Check the network"},
		"no such name": {base: "https://clerk.example", transport: dial(&net.DNSError{Err: "no such host", Name: "clerk.example", IsNotFound: true}),
			want: "the name clerk.example could not be found. Check the network"},
		"no name server": {base: "https://clerk.example", transport: dial(&net.DNSError{Err: "server misbehaving", Name: "clerk.example"}),
			want: "the name clerk.example could not be looked up."},
		"expired":    {base: "https://clerk.example", transport: dial(x509.CertificateInvalidError{Reason: x509.Expired}), want: "certificate is not valid at this machine's date."},
		"other name": {base: "https://clerk.example", transport: dial(x509.HostnameError{Certificate: silent.Certificate(), Host: "x"}), want: "certificate is for another name."},
	} {
		t.Run(name, func(t *testing.T) {
			client := newClient(t, api.Config{BaseURL: c.base, Transport: c.transport}, newWatch())
			_, err := client.BanUser(ctx, ann)
			require.False(t, failed(t, err, api.KindNetwork).Sent)
			require.False(t, api.IsOutcomeUnknown(err), "nothing left this machine")
			require.ErrorContains(t, err, "Could not ban the user: ")
			require.ErrorContains(t, err, c.want)
			_, err = client.ListUsers(ctx, api.Query{})
			failed(t, err, api.KindNetwork)
		})
	}
}

// The in-process server cannot tell whether it acted, so it may have.
func TestClient_InProcessServerDropsTheRequest(t *testing.T) {
	d := newDesk(t)
	maya := d.person("Maya", 1)
	d.server.SetFaults(faults.Switches{Drop: "after", Method: "POST"})
	_, err := d.BanUser(ctx, maya)
	require.True(t, api.IsOutcomeUnknown(err))
	failed(t, err, api.KindNetwork)
	d.server.SetFaults(faults.Switches{})
	u, err := d.GetUser(ctx, maya)
	require.NoError(t, err)
	require.True(t, u.Banned, "it did act")

	d.server.SetFaults(faults.Switches{Drop: "before", Count: 2})
	_, err = d.GetUser(ctx, maya)
	require.NoError(t, err, "the third try comes through")
	d.server.SetFaults(faults.Switches{CutBody: true, Count: 1})
	_, err = d.UnbanUser(ctx, maya)
	require.True(t, api.IsOutcomeUnknown(err))
	d.server.SetFaults(faults.Switches{HTML: true})
	_, err = d.ListUsers(ctx, api.Query{})
	failed(t, err, api.KindServer)
}

func TestIsOutcomeUnknown(t *testing.T) {
	require.False(t, api.IsOutcomeUnknown(nil))
	require.False(t, api.IsOutcomeUnknown(io.ErrUnexpectedEOF))
	require.True(t, api.IsOutcomeUnknown(&api.Error{Kind: api.KindNetwork, Sent: true}))
	require.False(t, api.IsOutcomeUnknown(&api.Error{Kind: api.KindNetwork}))
	require.False(t, api.IsOutcomeUnknown(&api.Error{Kind: api.KindRateLimited, Sent: true, Status: 429}))
	require.False(t, api.IsOutcomeUnknown(&api.Error{Kind: api.KindInvalidResponse, Sent: true, Status: 404}))
}

// With FinishWrites a sent write is awaited up to the deadline although its caller
// cancels. What was not sent is cancelled at once.
func TestFinishWrites_WaitsForSentRequests(t *testing.T) {
	for name, c := range map[string]struct {
		after time.Duration // how long the server takes
		until time.Duration // how long the call takes
		fails bool
	}{
		"the answer comes":       {3 * time.Second, 3 * time.Second, false},
		"the deadline is before": {time.Hour, 30 * time.Second, true},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				sent := 0
				slow := roundTrip(func(r *http.Request) (*http.Response, error) {
					sent++
					select {
					case <-time.After(c.after):
						return &http.Response{StatusCode: 200, Header: http.Header{}, Request: r, ContentLength: -1,
							Body: io.NopCloser(strings.NewReader(`{"object":"user","id":"` + ann.Raw() + `","banned":true}`))}, nil
					case <-r.Context().Done():
						return nil, r.Context().Err()
					}
				})
				client, err := api.New(api.Config{BaseURL: sandbox.InProcessURL, Key: key(t), Transport: slow})
				require.NoError(t, err)
				ctx, cancel := context.WithCancel(api.FinishWrites(t.Context()))
				begin := time.Now()
				time.AfterFunc(time.Second, cancel)
				u, err := client.BanUser(ctx, ann)
				require.Equal(t, c.until, time.Since(begin))
				if c.fails {
					require.True(t, api.IsOutcomeUnknown(err))
				} else {
					require.NoError(t, err)
					require.True(t, u.Banned)
				}
				_, err = client.BanUser(ctx, ann)
				require.False(t, failed(t, err, api.KindCancelled).Sent)
				_, err = client.GetUser(ctx, ann)
				failed(t, err, api.KindCancelled)
				require.Equal(t, 1, sent, "nothing more is sent")
			})
		})
	}
}

// Waiting for the rate limit is not an exchange: it ends at once.
func TestFinishWrites_EndsWaitsBeforeSending(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		sent := 0
		limited := roundTrip(func(r *http.Request) (*http.Response, error) {
			sent++
			return &http.Response{StatusCode: 429, Header: http.Header{"Retry-After": {"9"}}, Request: r, ContentLength: -1,
				Body: io.NopCloser(strings.NewReader(`{"errors":[{"code":"too_many_requests"}]}`))}, nil
		})
		client, err := api.New(api.Config{BaseURL: sandbox.InProcessURL, Key: key(t), Transport: limited})
		require.NoError(t, err)
		ctx, cancel := context.WithCancel(api.FinishWrites(t.Context()))
		begin := time.Now()
		time.AfterFunc(time.Second, cancel)
		_, err = client.BanUser(ctx, ann)
		require.Error(t, err)
		require.False(t, api.IsOutcomeUnknown(err))
		require.Equal(t, time.Second, time.Since(begin))
		require.Equal(t, 1, sent)
	})
}
