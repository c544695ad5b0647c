package api_test

import (
	"context"
	"net/http"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/api/sandbox"
)

// limited responds with 429 and that Retry-After n times, then with Ann.
func limited(t *testing.T, n int32, after string) (*api.Client, *watch, *atomic.Int32) {
	t.Helper()
	var calls atomic.Int32
	client, w := serve(t, func(rw http.ResponseWriter, r *http.Request) {
		if calls.Add(1) > n {
			reply(200, annJSON)(rw, r)
			return
		}
		rw.Header()["Date"] = nil // the test's clock, not the machine's
		if after != "" {
			rw.Header().Set("Retry-After", after)
		}
		reply(429, `{"errors":[{"code":"too_many_requests"}]}`)(rw, r)
	})
	return client, w, &calls
}

func TestClient_WaitsForRetryAfter(t *testing.T) {
	for after, want := range map[string]time.Duration{
		"5":                               5 * time.Second,
		" 5 ":                             5 * time.Second,
		"0.5":                             500 * time.Millisecond,
		"":                                2 * time.Second, // unspecified: the default
		"0":                               2 * time.Second,
		"-3":                              2 * time.Second,
		"soon":                            2 * time.Second,
		"NaN":                             2 * time.Second,
		"\"5\"":                           2 * time.Second,
		"Tue, 01 Sep 2026 12:00:07 GMT":   7 * time.Second,
		"Tuesday, 01-Sep-26 12:00:07 GMT": 7 * time.Second,
		"Mon, 31 Aug 2026 12:00:00 GMT":   2 * time.Second, // already past
	} {
		client, w, calls := limited(t, 1, after)
		_, err := client.GetUser(ctx, ann)
		require.NoError(t, err, after)
		require.Equal(t, []time.Duration{want}, nonzero(w.naps()), "%q", after)
		require.EqualValues(t, 2, calls.Load())
	}
}

// nonzero drops the empty wait between a 429 and the limiter's.
func nonzero(naps []time.Duration) (out []time.Duration) {
	for _, d := range naps {
		if d > 0 {
			out = append(out, d)
		}
	}
	return out
}

// A wait beyond the call's deadline is reported instead of made.
func TestClient_DoesNotWaitForALongRetryAfter(t *testing.T) {
	for after, want := range map[string]time.Duration{
		"31": 31 * time.Second, "3600": time.Hour, "99999999999999999999": 24 * time.Hour, "+Inf": 24 * time.Hour, "1e400": 24 * time.Hour,
		"Wed, 02 Sep 2026 06:00:00 GMT": 18 * time.Hour,
	} {
		client, w, calls := limited(t, 100, after)
		_, err := client.GetUser(ctx, ann)
		require.Equal(t, want, failed(t, err, api.KindRateLimited).RetryAfter, after)
		require.EqualValues(t, 1, calls.Load())
		require.Empty(t, nonzero(w.naps()))
		// The next call is not even sent, as it would fail.
		_, err = client.ListUsers(ctx, api.Query{})
		e := failed(t, err, api.KindRateLimited)
		require.False(t, e.Sent)
		require.Equal(t, 30*time.Second, e.RetryAfter)
		require.EqualValues(t, 1, calls.Load())
	}
}

func TestClient_GivesUpAfterRepeated429s(t *testing.T) {
	client, w, calls := limited(t, 100, "1")
	_, err := client.GetUser(ctx, ann)
	require.EqualError(t, err, "Could not read the user: too many requests were made to this instance in a short time, so nothing was done. Try again in 1 second.")
	require.EqualValues(t, 4, calls.Load())
	require.Len(t, nonzero(w.naps()), 3)
}

// After a 429 nothing was done, so a write may wait and be sent again. After any other
// error it may not.
func TestClient_RepeatsWritesAfter429(t *testing.T) {
	client, w, calls := limited(t, 2, "3")
	_, err := client.BanUser(ctx, ann)
	require.NoError(t, err)
	require.EqualValues(t, 3, calls.Load())
	require.Equal(t, []time.Duration{3 * time.Second, 3 * time.Second}, nonzero(w.naps()))

	for after, tries := range map[string]int32{"3": 3, "11": 1, "": 1, "soon": 1} {
		client, _, calls := limited(t, 100, after)
		_, err := client.BanUser(ctx, ann)
		failed(t, err, api.KindRateLimited)
		require.False(t, api.IsOutcomeUnknown(err))
		require.Equal(t, tries, calls.Load(), after)
	}
}

func TestClient_RepeatsReadsAfterServerErrors(t *testing.T) {
	for _, status := range []int{500, 502, 503, 504} {
		var reads, writes atomic.Int32
		client, w := serve(t, func(rw http.ResponseWriter, r *http.Request) {
			if r.Method == "GET" {
				reads.Add(1)
			} else {
				writes.Add(1)
			}
			reply(status, `<html>`, "Retry-After", "2")(rw, r)
		})
		_, err := client.GetUser(ctx, ann)
		failed(t, err, api.KindServer)
		require.EqualValues(t, 4, reads.Load())
		require.Equal(t, []time.Duration{2 * time.Second, 2 * time.Second, 2 * time.Second}, w.naps())
		_, err = client.LockUser(ctx, ann)
		require.True(t, api.IsOutcomeUnknown(err))
		require.EqualValues(t, 1, writes.Load())
		_, err = client.OAuthTokens(ctx, ann, clean.NewText("google"))
		require.True(t, api.IsOutcomeUnknown(err), "reading a token may refresh it: not repeated")
		require.EqualValues(t, 5, reads.Load())
	}
	for _, status := range []int{400, 401, 402, 403, 404, 409, 410, 422} {
		var calls atomic.Int32
		client, _ := serve(t, func(rw http.ResponseWriter, r *http.Request) {
			calls.Add(1)
			reply(status, `{"errors":[{"code":"x"}]}`)(rw, r)
		})
		_, err := client.GetUser(ctx, ann)
		require.Error(t, err)
		require.EqualValues(t, 1, calls.Load(), status)
	}
}

// A 429 to one call delays the others too, with some spread. A waiting call can be
// cancelled.
func TestClient_LimiterIsShared(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		begin := time.Now()
		var calls atomic.Int32
		transport := roundTrip(func(r *http.Request) (*http.Response, error) {
			if calls.Add(1) == 1 {
				return answer(r, 429, `{}`, "Retry-After", "5"), nil
			}
			require.GreaterOrEqual(t, time.Since(begin), 5*time.Second)
			return answer(r, 200, annJSON), nil
		})
		client, err := api.New(api.Config{BaseURL: sandbox.InProcessURL, Key: key(t), Transport: transport, Jitter: func() float64 { return 0.5 }})
		require.NoError(t, err)
		done := make(chan error, 3)
		read := func(ctx context.Context) {
			_, err := client.GetUser(ctx, ann)
			done <- err
		}
		go read(t.Context())
		synctest.Wait()
		go read(t.Context())
		ctx, cancel := context.WithCancel(t.Context())
		go read(ctx)
		synctest.Wait()
		require.EqualValues(t, 1, calls.Load(), "the others wait")
		cancel()
		failed(t, <-done, api.KindCancelled)
		require.Zero(t, time.Since(begin))
		require.NoError(t, <-done)
		require.NoError(t, <-done)
		require.EqualValues(t, 3, calls.Load())
		require.Equal(t, 5*time.Second+125*time.Millisecond, time.Since(begin))
	})
}

// A hung server costs a read half of its time, then the other half, and a write all of it.
func TestClient_Deadlines(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var calls atomic.Int32
		hang := roundTrip(func(r *http.Request) (*http.Response, error) {
			calls.Add(1)
			<-r.Context().Done()
			return nil, r.Context().Err()
		})
		client, err := api.New(api.Config{BaseURL: sandbox.InProcessURL, Key: key(t), Transport: hang})
		require.NoError(t, err)
		begin := time.Now()
		_, err = client.GetUser(t.Context(), ann)
		failed(t, err, api.KindNetwork)
		require.ErrorContains(t, err, "the server did not answer in time")
		require.EqualValues(t, 2, calls.Load())
		require.Equal(t, 30*time.Second, time.Since(begin))
		begin = time.Now()
		_, err = client.BanUser(t.Context(), ann)
		require.True(t, api.IsOutcomeUnknown(err))
		require.EqualValues(t, 3, calls.Load())
		require.Equal(t, 30*time.Second, time.Since(begin))
	})
}

// The machine's clock may jump without making the wait longer.
func TestClient_SurvivesClockJumps(t *testing.T) {
	client, w, calls := limited(t, 1, "5")
	_, err := client.GetUser(ctx, ann)
	require.NoError(t, err)
	w.mu.Lock()
	w.now = w.now.Add(-48 * time.Hour)
	w.mu.Unlock()
	_, err = client.GetUser(ctx, ann)
	require.NoError(t, err)
	require.EqualValues(t, 3, calls.Load())
}

// Waits are reported when they begin and when they end.
func TestClient_RateLimitWait(t *testing.T) {
	client, _, _ := limited(t, 1, "5")
	var told []time.Duration
	_, err := client.GetUser(api.OnRateLimitWait(ctx, func(d time.Duration) { told = append(told, d) }), ann)
	require.NoError(t, err)
	require.Equal(t, []time.Duration{5 * time.Second, 0}, told)
	told = nil
	_, err = client.GetUser(api.OnRateLimitWait(ctx, func(d time.Duration) { told = append(told, d) }), ann)
	require.NoError(t, err)
	require.Empty(t, told, "nothing is to be waited for")
}
