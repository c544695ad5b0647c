package sandbox

import (
	"crypto/rand"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
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
