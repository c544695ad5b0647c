package users_test

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"frontdesk/tui/tuitest"
	"frontdesk/views/viewtest"
)

// exported asks for the export as the operator does and returns the only file in the
// home folder.
func exported(t *testing.T, b *viewtest.Harness, d *tuitest.Driver) string {
	t.Helper()
	d.Press("E")
	d.Dialog().Expect("Export users")
	d.Press("ctrl+s")
	d.Advance(time.Second)
	d.Press("y")
	d.Has("Exported")
	found, err := filepath.Glob(filepath.Join(b.Home, "frontdesk-users-*"))
	require.NoError(t, err)
	require.Len(t, found, 1)
	info, err := os.Stat(found[0])
	require.NoError(t, err)
	require.Equal(t, os.FileMode(0o600), info.Mode().Perm())
	raw, err := os.ReadFile(found[0])
	require.NoError(t, err)
	return string(raw)
}

func TestExport_WritesEverybodyOnAllPages(t *testing.T) {
	b, d := drive(t, 230, 120, 40)
	rows, err := csv.NewReader(strings.NewReader(exported(t, b, d))).ReadAll()
	require.NoError(t, err)
	require.Len(t, rows, 231)
	require.Equal(t, []string{"id", "first_name", "last_name"}, rows[0][:3])
	seen := map[string]bool{}
	for _, row := range rows[1:] {
		require.False(t, seen[row[0]])
		seen[row[0]] = true
	}
	d.Has("Exported 230 users to ~/frontdesk-users-")
}

func TestExport_WritesWhomAScanFinds(t *testing.T) {
	b, d := drive(t, 60, 120, 40)
	d.Press("/")
	d.Type("has:mfa")
	d.Press("enter")
	d.Has("Maya Okafor", "found")
	raw := exported(t, b, d)
	require.Contains(t, raw, "Okafor")
	require.NotContains(t, raw, "Raman", "she has none")
	require.Less(t, strings.Count(raw, "\n"), 60)
	d.Has("All 60 were checked")
}

func TestExport_MasksPeopleWhileTheMaskIsOn(t *testing.T) {
	b, d := drive(t, 60, 120, 40)
	b.Env.Mask.Toggle()
	raw := exported(t, b, d)
	require.NotContains(t, raw, "Okafor")
	require.NotContains(t, raw, "harborpine")
	require.NotContains(t, raw, b.FindUser("Maya Okafor").ID.Raw())
	require.Equal(t, 61, strings.Count(raw, "\n"))
}

func TestExport_JSONHasItsEnding(t *testing.T) {
	b, d := drive(t, 60, 120, 40)
	d.Press("E", "right")
	d.Dialog().Expect("Export users")
	d.Has(".json")
	d.Press("ctrl+s")
	d.Advance(time.Second)
	d.Press("y")
	d.Has("Exported 60 users")
	found, err := filepath.Glob(filepath.Join(b.Home, "*.json"))
	require.NoError(t, err)
	require.Len(t, found, 1)
	raw, err := os.ReadFile(found[0])
	require.NoError(t, err)
	var all []map[string]any
	require.NoError(t, json.Unmarshal(raw, &all))
	require.Len(t, all, 60)
}

func TestExport_AsksBeforeItReplacesAFile(t *testing.T) {
	b, d := drive(t, 60, 120, 40)
	path := filepath.Join(b.Home, "frontdesk-users-"+b.Clock.Now().Format(time.DateOnly)+".csv")
	require.NoError(t, os.WriteFile(path, []byte("mine"), 0o600))
	ask := func() {
		d.Press("E")
		d.Dialog().Expect("Export users")
		d.Press("ctrl+s")
		d.Advance(time.Second)
		d.Press("y")
		d.Dialog().Expect("Replace the file")
		d.Has("takes its place")
	}
	ask()
	d.Press("esc")
	kept, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, "mine", string(kept))
	ask()
	d.Advance(time.Second)
	d.Press("y")
	d.Has("Exported 60 users")
	raw, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, 61, strings.Count(string(raw), "\n"))
}

func TestExport_FailureLeavesNoFile(t *testing.T) {
	b, d := drive(t, 60, 120, 40)
	d.Press("E")
	d.Dialog().Expect("Export users")
	b.Transport.Intercept(refuse)
	d.Press("ctrl+s")
	d.Advance(time.Second)
	d.Press("y")
	d.Has("Nothing was exported", "No file was written")
	left, err := os.ReadDir(b.Home)
	require.NoError(t, err)
	for _, e := range left {
		require.NotContains(t, e.Name(), "frontdesk-users")
	}
}

func TestExport_StopLeavesNoFile(t *testing.T) {
	b, d := drive(t, 60, 120, 40)
	began := make(chan struct{})
	over := make(chan struct{})
	d.Press("E")
	d.Dialog().Expect("Export users")
	d.Async()
	b.Env.Sleep = func(ctx context.Context, _ time.Duration) error {
		close(began)
		<-ctx.Done()
		defer close(over)
		return ctx.Err()
	}
	d.Press("ctrl+s")
	d.Advance(time.Second)
	d.Press("y")
	<-began
	d.Press("E")
	d.Until("it stopped", func() bool { return strings.Contains(d.Screen(), "The export was stopped") })
	<-over
	require.Eventually(t, func() bool {
		left, err := filepath.Glob(filepath.Join(b.Home, ".frontdesk-users*"))
		return err == nil && len(left) == 0
	}, 5*time.Second, time.Millisecond)
}
