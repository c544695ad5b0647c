package api_test

import (
	"crypto/rand"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"frontdesk/api"
	"frontdesk/api/sandbox"
	"frontdesk/api/sandbox/host"
)

// Problems with the demo's file reach the operator in words, for writes as for reads.
func TestEmbedded_WriteReportsAMissingFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "demo.db")
	demo := host.Embed(t.Context(), host.OpenOptions{Path: path, Users: 60, Now: time.Now, Rand: rand.Reader}, rawKey)
	t.Cleanup(func() { _ = demo.Close() }) // of a file that no longer exists
	client := newClient(t, api.Config{BaseURL: sandbox.InProcessURL, Transport: demo}, newWatch())
	users, err := client.ListUsers(ctx, api.Query{Limit: 1})
	require.NoError(t, err)
	require.NoError(t, os.Remove(path))
	_, err = client.LockUser(ctx, users[0].ID)
	e := failed(t, err, api.KindServer)
	require.Equal(t, "The directory's file "+path+" was deleted or replaced while it was in use, so nothing was written; restart to continue with the current file", e.ServerMessage())
	require.Contains(t, err.Error(), e.ServerMessage())
	after, err := client.GetUser(ctx, users[0].ID)
	require.NoError(t, err)
	require.Equal(t, users[0].Locked, after.Locked, "nothing was done")
}
