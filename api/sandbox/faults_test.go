package sandbox

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"frontdesk/api/sandbox/faults"

	"github.com/stretchr/testify/require"
)

// forBothTransports runs a test through the in-process transport and over a socket.
func forBothTransports(t *testing.T, run func(*testing.T, *testServer)) {
	t.Run("in process", func(t *testing.T) { run(t, newTestServer(t)) })
	t.Run("tcp", func(t *testing.T) { run(t, newTestServer(t).overTCP()) })
}

// requireBroken sends a request whose connection is expected to break, before the response
// or in its body, and returns what was read of the body.
func (d *testServer) requireBroken(method, path string) (body []byte, err error) {
	d.t.Helper()
	response, err := d.transport.RoundTrip(d.request(method, path, nil))
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	return io.ReadAll(response.Body)
}

func TestFaults_DropBeforeAndAfterActing(t *testing.T) {
	forBothTransports(t, func(t *testing.T, d *testServer) {
		u := d.person("Ann", 1)
		d.SetFaults(faults.Switches{Drop: "before", Count: 1})
		_, err := d.requireBroken("POST", "/users/"+u.ID+"/ban")
		require.Error(t, err)
		require.False(t, d.stored(u.ID).Banned)
		d.SetFaults(faults.Switches{Drop: "after", Count: 1})
		_, err = d.requireBroken("POST", "/users/"+u.ID+"/ban")
		require.True(t, errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || strings.Contains(err.Error(), "EOF"), "%v", err)
		require.True(t, d.stored(u.ID).Banned, "it acted before it dropped")
		require.Equal(t, "Ann", d.do("GET", "/users", nil).names(), "the count ran out")
	})
}

func TestFaults_CutBody(t *testing.T) {
	forBothTransports(t, func(t *testing.T, d *testServer) {
		u := d.person("Ann", 1)
		d.SetFaults(faults.Switches{CutBody: true})
		body, err := d.requireBroken("POST", "/users/"+u.ID+"/ban")
		require.ErrorIs(t, err, io.ErrUnexpectedEOF)
		require.NotEmpty(t, body)
		require.False(t, json.Valid(body))
		require.True(t, d.stored(u.ID).Banned)
	})
}

func TestFaults_HTMLAndErrors(t *testing.T) {
	forBothTransports(t, func(t *testing.T, d *testServer) {
		u := d.person("Ann", 1)
		d.SetFaults(faults.Switches{HTML: true, Count: 1})
		r := d.do("POST", "/users/"+u.ID+"/ban", nil)
		require.Equal(t, 502, r.status)
		require.Contains(t, r.header.Get("Content-Type"), "text/html")
		require.Contains(t, string(r.body), "<html>")
		for status, code := range map[int]string{0: "internal_clerk_error", 503: "service_unavailable", 504: "gateway_timeout", 409: "resource_locked"} {
			d.SetFaults(faults.Switches{ErrorRate: 1, ErrorStatus: status, Count: 1})
			if status == 0 {
				status = 500
			}
			d.do("POST", "/users/"+u.ID+"/ban", nil).fails(status, code)
		}
		require.False(t, d.stored(u.ID).Banned)
	})
}

func TestFaults_ErrorRateIsARate(t *testing.T) {
	d := newTestServer(t)
	d.SetFaults(faults.Switches{ErrorRate: 0.25})
	failed := 0
	for range 400 {
		if d.do("GET", "/users/count", nil).status == 500 {
			failed++
		}
	}
	require.InDelta(t, 100, failed, 40)
}

func TestFaults_RetryAfterOfAnyKind(t *testing.T) {
	forBothTransports(t, func(t *testing.T, d *testServer) {
		for given, want := range map[string]string{"3": "3", "soon": "soon", "Wed, 21 Oct 2026 07:28:00 GMT": "Wed, 21 Oct 2026 07:28:00 GMT", "-5": "-5", "-": "", "1e9": "1e9"} {
			d.SetFaults(faults.Switches{RetryAfter: given})
			r := d.do("GET", "/users", nil)
			r.fails(429, "too_many_requests")
			require.Equal(t, want, r.header.Get("Retry-After"))
		}
	})
}

func TestFaults_SelectRequests(t *testing.T) {
	d := newTestServer(t)
	u := d.person("Ann", 1)
	d.SetFaults(faults.Switches{ErrorRate: 1, Method: "post", Path: "/users/*/ban", Count: 2})
	require.Equal(t, 200, d.do("GET", "/users", nil).status)
	require.Equal(t, 200, d.do("POST", "/users/"+u.ID+"/lock", nil).status)
	d.do("POST", "/users/"+u.ID+"/ban", nil).fails(500, "internal_clerk_error")
	require.Equal(t, 1, d.Faults().Count)
	d.do("POST", "/users/"+u.ID+"/ban", nil).fails(500, "internal_clerk_error")
	require.Equal(t, 200, d.do("POST", "/users/"+u.ID+"/ban", nil).status)
	require.Equal(t, faults.Switches{}, d.Faults())
	d.SetFaults(faults.Switches{ErrorRate: 1, Path: "/users/**"})
	require.Equal(t, 500, d.do("GET", "/users", nil).status)
	require.Equal(t, 500, d.do("GET", "/users/"+u.ID, nil).status)
	require.Equal(t, 400, d.do("GET", "/sessions", nil).status)
}

func TestFaults_LatencyCanBeCancelled(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := &testServer{Server: New(Options{Key: testKey, Store: nil}), t: t, base: InProcessURL}
		d.transport = d.Transport()
		d.SetFaults(faults.Switches{Latency: faults.Duration(2 * time.Second), Jitter: faults.Duration(time.Second), Drop: "before"})
		began := time.Now()
		_, err := d.requireBroken("GET", "/users")
		require.ErrorIs(t, err, io.ErrUnexpectedEOF)
		require.GreaterOrEqual(t, time.Since(began), 2*time.Second)
		require.Less(t, time.Since(began), 3*time.Second)

		d.SetFaults(faults.Switches{Latency: faults.Duration(30 * time.Second)})
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		began = time.Now()
		_, err = d.transport.RoundTrip(d.request("GET", "/users", nil).WithContext(ctx))
		require.ErrorIs(t, err, context.DeadlineExceeded)
		require.Equal(t, time.Second, time.Since(began))
		synctest.Wait() // the handler has ended too
	})
}

func TestFaults_Drip(t *testing.T) {
	forBothTransports(t, func(t *testing.T, d *testServer) {
		d.person("Ann", 1)
		d.SetFaults(faults.Switches{Drip: faults.Duration(time.Millisecond)})
		require.Equal(t, "Ann", d.do("GET", "/users", nil).names())
	})
}

func TestFaultsEndpoint_SetsAndShows(t *testing.T) {
	forBothTransports(t, func(t *testing.T, d *testServer) {
		for _, path := range []string{"/_sandbox/faults", "/v1/_sandbox/faults"} {
			set := d.do("POST", path, `{"latency":"5ms","jitter":2.5,"error_rate":1,"error_status":503,"method":"GET","path":"/users","count":1}`, "Authorization", "").ok()
			require.Equal(t, "5ms", set["latency"])
			require.Equal(t, "2.5ms", set["jitter"])
			require.EqualValues(t, 503, d.do("GET", path, nil, "Authorization", "").ok()["error_status"])
			d.do("GET", "/users", nil).fails(503, "service_unavailable")
			require.EqualValues(t, 0, d.do("GET", path, nil).ok()["error_status"])
			d.do("POST", path, `{"html":true}`).ok()
			require.Equal(t, true, d.do("GET", path, nil).ok()["html"])
			d.do("DELETE", path, nil).ok()
			require.Equal(t, 200, d.do("GET", "/users", nil).status)
			d.do("POST", path, `{"html":true}`).ok()
			d.do("POST", path, nil).ok()
			require.Equal(t, 200, d.do("GET", "/users", nil).status)
		}
	})
}

func TestFaultsEndpoint_Refuses(t *testing.T) {
	d := newTestServer(t).overTCP()
	for _, body := range []string{
		`{"latncy":"5ms"}`, `{"latency":"soon"}`, `{"latency":true}`, `{"latency":-1}`, `{"error_rate":2}`, `{"error_status":200}`,
		`{"drop":"sometimes"}`, `{"count":-1}`, `{"path":"["}`, `{"retry_after":"1\r\nX: y"}`, `[`,
	} {
		d.do("POST", "/_sandbox/faults", body).fails(422, "form_param_value_invalid")
	}
	d.do("PATCH", "/_sandbox/faults", nil).fails(405, "method_not_allowed")
	d.SetFaults(faults.Switches{ErrorRate: 7})
	require.Equal(t, faults.Switches{}, d.Faults())
	// A web page on this machine must not set them.
	d.do("POST", "/_sandbox/faults", `{}`, "Authorization", "", "Origin", "https://evil.example").fails(401, "authorization_header_format_invalid")
	request := d.request("GET", "/_sandbox/faults", nil, "Authorization", "")
	request.Host = "rebound.example"
	response, err := d.transport.RoundTrip(request)
	require.NoError(t, err)
	response.Body.Close()
	require.Equal(t, 401, response.StatusCode)
}

func TestTransport_CancelsRequests(t *testing.T) {
	d := newTestServer(t)
	u := d.person("Ann", 1)
	client := &http.Client{Transport: d.transport, Timeout: time.Minute}
	response, err := client.Do(d.request("GET", "/users", nil))
	require.NoError(t, err)
	require.Equal(t, "200 OK", response.Status)
	require.Positive(t, response.ContentLength)
	require.NoError(t, response.Body.Close())

	cancelled, cancel := context.WithCancel(context.Background())
	cancel()
	_, err = d.transport.RoundTrip(d.request("POST", "/users/"+u.ID+"/ban", nil).WithContext(cancelled))
	require.ErrorIs(t, err, context.Canceled)
	require.False(t, d.stored(u.ID).Banned)

	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	response, err = d.transport.RoundTrip(d.request("GET", "/users", nil).WithContext(ctx))
	require.NoError(t, err)
	cancel()
	_, err = io.ReadAll(response.Body)
	require.ErrorIs(t, err, context.Canceled)
	require.NoError(t, response.Body.Close())
}

// afterFunc returns an option that makes the server act late with time.AfterFunc, and a
// channel that is closed once it has acted.
func afterFunc() (option func(*Options), acted <-chan struct{}) {
	done := make(chan struct{})
	return func(o *Options) {
		o.After = func(d time.Duration, f func()) { time.AfterFunc(d, func() { f(); close(done) }) }
	}, done
}

// A server that seemed to have lost a request carries it out later, in each way of seeming
// so.
func TestFaults_ActAfterActsLate(t *testing.T) {
	const late = 8 * time.Second
	for name, f := range map[string]faults.Switches{
		"dropped":           {Drop: "before"},
		"a gateway's page":  {HTML: true},
		"an error":          {ErrorRate: 1},
		"a gateway timeout": {ErrorRate: 1, ErrorStatus: 504},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				after, acted := afterFunc()
				d := newTestServer(t, after)
				u := d.person("Ann", 1)
				f.ActAfter, f.Method = faults.Duration(late), "PATCH"
				d.SetFaults(f)
				began := time.Now()
				response, err := d.transport.RoundTrip(d.request("PATCH", "/users/"+u.ID, `{"first_name":"Anna"}`))
				if err == nil {
					response.Body.Close()
					require.GreaterOrEqual(t, response.StatusCode, 500)
				}
				require.Equal(t, "Ann", d.stored(u.ID).FirstName)
				<-acted
				require.Equal(t, late, time.Since(began))
				require.Equal(t, "Anna", d.stored(u.ID).FirstName, "with the body that was sent")
			})
		})
	}
}

// It is also carried out if the client stopped waiting.
func TestFaults_ActAfterTheClientLeft(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		after, acted := afterFunc()
		d := newTestServer(t, after)
		u := d.person("Ann", 1)
		d.SetFaults(faults.Switches{Latency: faults.Duration(time.Minute), ActAfter: faults.Duration(3 * time.Second)})
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		_, err := d.transport.RoundTrip(d.request("POST", "/users/"+u.ID+"/ban", nil).WithContext(ctx))
		require.Error(t, err)
		require.False(t, d.stored(u.ID).Banned)
		<-acted
		require.True(t, d.stored(u.ID).Banned)
	})
}

func TestFaults_ActAfterNeedsALostAnswer(t *testing.T) {
	for f, fine := range map[faults.Switches]bool{
		{ActAfter: 1}: false, {ActAfter: 1, Drop: "after"}: false, {ActAfter: 1, ErrorRate: 1, ErrorStatus: 422}: false, {ActAfter: -1, HTML: true}: false,
		{ActAfter: 1, Drop: "before"}: true, {ActAfter: 1, HTML: true}: true, {ActAfter: 1, ErrorRate: 1}: true, {ActAfter: 1, Latency: 1}: true,
	} {
		require.Equal(t, fine, f.Check() == nil, "%+v", f)
	}
}
