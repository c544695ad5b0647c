package host

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"io"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"frontdesk/api/sandbox"
	"frontdesk/api/sandbox/contract"
)

// The share grows with every call and ends at 1.
func TestSeed_ProgressGrowsToAll(t *testing.T) {
	var said []Progress
	made, err := Seed(t.Context(), OpenOptions{
		Path: filepath.Join(t.TempDir(), "directory.db"), Users: 1200, Now: time.Now, Rand: rand.Reader,
		Progress: func(p Progress) { said = append(said, p) },
	}, false)
	require.NoError(t, err)
	require.Equal(t, 1200, made.Users)
	for i, p := range said[1:] {
		require.Greater(t, p.Share, said[i].Share)
		require.GreaterOrEqual(t, p.Stage, said[i].Stage)
	}
	require.Equal(t, StageUsers, said[0].Stage)
	last := said[len(said)-1]
	require.Equal(t, StageIndexes, last.Stage)
	require.Equal(t, last.Total, last.Done)
	require.Equal(t, 1.0, last.Share, "the bar goes away then")
}

// A directory made without users is not mistaken for one that was never filled.
func TestOpen_EmptyDirectoryStaysEmpty(t *testing.T) {
	o := testOptions(filepath.Join(t.TempDir(), "demo.db"))
	o.Users, o.Empty = 0, true
	for range 2 {
		st, err := Open(context.Background(), o)
		require.NoError(t, err)
		require.Zero(t, countUsers(t, st))
		server := sandbox.New(sandbox.Options{Store: st, Key: "sk_test_x", Now: o.Now})
		ask := func(method, path, body string) string {
			request, err := http.NewRequest(method, sandbox.InProcessURL+"/v1"+path, strings.NewReader(body))
			require.NoError(t, err)
			request.Header.Set("Authorization", "Bearer sk_test_x")
			request.Header.Set("Clerk-API-Version", "2026-05-12")
			request.Header.Set("Content-Type", "application/json")
			response, err := sandbox.NewTransport(contract.Wrap(t, server)).RoundTrip(request)
			require.NoError(t, err)
			defer response.Body.Close()
			require.Equal(t, http.StatusOK, response.StatusCode)
			answer, err := io.ReadAll(response.Body)
			require.NoError(t, err)
			return string(answer)
		}
		require.Equal(t, "[]", ask("GET", "/users", ""))
		require.Contains(t, ask("GET", "/users/count", ""), `"total_count":0`)
		require.Contains(t, ask("GET", "/organizations", ""), `"data":[]`)
		require.Contains(t, ask("GET", "/instance", ""), `"environment_type":"development"`)
		var made struct{ ID string }
		require.NoError(t, json.Unmarshal([]byte(ask("POST", "/users", `{"email_address":["first@mail.example"]}`)), &made))
		ask("DELETE", "/users/"+made.ID, "")
		require.NoError(t, st.Close())
		// Later opens and resets do not ask for an empty directory.
		o.Empty, o.Now = false, func() time.Time { return testStart.Add(72 * time.Hour) }
		require.NoError(t, Reset(context.Background(), OpenOptions{Path: o.Path}))
	}
	require.Error(t, OpenOptions{Path: filepath.Join(t.TempDir(), "x.db"), Users: 5, Empty: true}.complete().create(context.Background(), false))
}
