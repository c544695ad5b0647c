package sandbox

import (
	"context"
	"crypto/rand"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"frontdesk/api/sandbox/contract"
)

// The share that is done grows with every word of it, up to all.
func TestTheProgressOfASeedEndsAtAll(t *testing.T) {
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
	require.Equal(t, MakingPeople, said[0].Stage)
	last := said[len(said)-1]
	require.Equal(t, MakingIndexes, last.Stage)
	require.Equal(t, last.Total, last.Done)
	require.Equal(t, 1.0, last.Share, "the bar goes away then")
}

// A directory of nobody stays one: it is not taken for one that was never peopled.
func TestOpenDemo_OfNobodyIsEmptyAndStaysSo(t *testing.T) {
	o := demoOptions(filepath.Join(t.TempDir(), "demo.db"))
	o.Users, o.Nobody = 0, true
	for range 2 {
		st, err := OpenDemo(context.Background(), o)
		require.NoError(t, err)
		require.Zero(t, countIn(t, st))
		d := &desk{t: t, store: st, now: testStart, base: InProcessURL, version: testVersion}
		d.Server = New(Options{Store: st, Key: testKey, Now: d.clock})
		d.over = NewTransport(contract.Wrap(t, d.Server))
		require.Empty(t, d.do("GET", "/users", nil).list())
		require.Zero(t, d.do("GET", "/users/count", nil).ok()["total_count"])
		require.Empty(t, d.do("GET", "/v1/organizations", nil).ok()["data"])
		require.Equal(t, "development", d.do("GET", "/instance", nil).ok()["environment_type"])
		made := d.do("POST", "/users", fields{"email_address": []string{"first@mail.example"}}).ok()
		d.do("DELETE", "/users/"+made["id"].(string), nil).ok()
		require.NoError(t, st.Close())
		// What opens it later, or puts it back, does not say that nobody is wanted.
		o.Nobody, o.Now = false, func() time.Time { return testStart.Add(72 * time.Hour) }
		require.NoError(t, Reset(context.Background(), o.Path))
	}
	require.Error(t, OpenOptions{Path: filepath.Join(t.TempDir(), "x.db"), Users: 5, Nobody: true}.complete().create(context.Background(), false))
}
