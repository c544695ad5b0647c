package e2e

import (
	"bufio"
	"encoding/json"
	"net/http"
	"os/exec"
	"strings"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"
)

// served starts `frontdesk sandbox` and returns the two lines it prints.
func served(t *testing.T, args ...string) (base, key string) {
	t.Helper()
	bin, err := built()
	require.NoError(t, err)
	cmd := exec.Command(bin, append([]string{"sandbox", "--listen", "127.0.0.1:0"}, args...)...)
	cmd.Env = []string{"HOME=" + t.TempDir(), "TMPDIR=" + t.TempDir()}
	out, err := cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	t.Cleanup(func() {
		_ = cmd.Process.Signal(syscall.SIGTERM)
		require.NoError(t, cmd.Wait(), "a server that is told to stop stops in good order")
	})
	lines := bufio.NewScanner(out)
	require.True(t, lines.Scan())
	base, ok := strings.CutPrefix(lines.Text(), "base url ")
	require.True(t, ok, lines.Text())
	require.True(t, lines.Scan())
	key, ok = strings.CutPrefix(lines.Text(), "secret key ")
	require.True(t, ok, "the second line is the key")
	return base, key
}

// ask sends a request as curl does.
func ask(t *testing.T, base, key, path string, into any) int {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, base+path, nil)
	require.NoError(t, err)
	req.Header.Set("Authorization", "Bearer "+key)
	res, err := http.DefaultClient.Do(req)
	require.NoError(t, err)
	defer res.Body.Close()
	require.NoError(t, json.NewDecoder(res.Body).Decode(into))
	return res.StatusCode
}

func TestConsole_BanIsSeenOverHTTP(t *testing.T) {
	t.Parallel()
	base, key := served(t)
	var two []struct {
		ID     string `json:"id"`
		Banned bool   `json:"banned"`
	}
	require.Equal(t, http.StatusOK, ask(t, base, key, "/users?limit=2", &two))
	require.Len(t, two, 2)

	tm := start(t, 120, 40, "CLERK_API_URL="+base, "CLERK_SECRET_KEY="+key)
	tm.WaitFor("DEVELOPMENT")
	tm.open("m.lindqvist", "Maya Lindqvist")
	tm.Send("b")
	tm.WaitFor("Ban user")
	tm.Type("fraud")
	tm.Send("enter")
	tm.confirm("To undo:")
	tm.WaitFor("Banned Maya Lindqvist")

	require.Equal(t, http.StatusOK, ask(t, base, key, "/users?query=m.lindqvist@", &two))
	require.Len(t, two, 1)
	require.True(t, two[0].Banned)
	tm.leave("ctrl+c")
}

func TestKey_WrongOneIsExplained(t *testing.T) {
	t.Parallel()
	base, _ := served(t)
	tm := start(t, 120, 40, "CLERK_API_URL="+base, "CLERK_SECRET_KEY=sk_test_"+strings.Repeat("x", 40))
	tm.WaitFor("key")
	tm.WaitUntil("the list to have failed in words", func(s string) bool {
		return strings.Contains(s, "secret key") && !strings.Contains(s, "Nobody")
	})
	tm.leave("ctrl+c")
}
