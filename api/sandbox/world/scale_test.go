package world

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"frontdesk/api/sandbox/store"
)

func TestScaleTmp(t *testing.T) {
	n, _ := strconv.Atoi(os.Getenv("SCALE"))
	if n == 0 {
		t.Skip()
	}
	path := filepath.Join(os.TempDir(), "scale.db")
	os.Remove(path)
	t0 := time.Now()
	require.NoError(t, store.Create(context.Background(), path, func(st *store.Store) error {
		defer func() { fmt.Println("fill", time.Since(t0)) }()
		return Fill(context.Background(), st, Options{Users: n, Now: time.Date(2026, 8, 21, 9, 30, 0, 0, time.UTC)})
	}))
	fi, _ := os.Stat(path)
	fmt.Println("all", time.Since(t0), fi.Size()/1e6)
}
