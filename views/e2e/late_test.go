package e2e

import (
	"net/http"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"
)

// The connection is cut, and the directory carries the ban out once the console has
// given up waiting: the console says that the outcome is unknown, and later that it
// was done.
func TestConsole_FindsThatTheServerActedLate(t *testing.T) {
	t.Parallel()
	g := newGate(t)
	tm := g.banning(t)
	g.open <- func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }
	tm.WaitFor("It is unclear whether Maya Lindqvist")
	tm.WaitFor("It may still happen.")
	require.NotContains(t, tm.Screen(), "Nothing was done")

	var maya []struct{ ID string }
	require.Equal(t, http.StatusOK, ask(t, g.URL+"/v1", g.key, "/users?query=m.lindqvist@", &maya))
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, g.URL+"/v1/users/"+maya[0].ID+"/ban", nil)
	require.NoError(t, err)
	req.Header.Set("Authorization", "Bearer "+g.key)
	g.open <- nil
	res, err := http.DefaultClient.Do(req)
	require.NoError(t, err)
	res.Body.Close()
	require.Equal(t, http.StatusOK, res.StatusCode)
	<-g.arrived

	tm.WaitFor("it was done: banned Maya")
	tm.WaitGone("It is unclear")
	require.NoError(t, syscall.Kill(tm.PID(), syscall.SIGTERM))
	require.Zero(t, tm.WaitExit())
}
