package e2e

import (
	"encoding/xml"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// The program that draws the README's pictures draws the list of the built program, and
// finds nothing wrong with it.
func TestPictures_DrawTheBuiltProgram(t *testing.T) {
	if testing.Short() {
		t.Skip("builds a program")
	}
	t.Parallel()
	bin, err := built()
	require.NoError(t, err)
	to := t.TempDir()
	out, err := exec.Command("go", "run", "frontdesk/views/e2e/pictures", "-bin", bin, "-docs", "", "-matrix", to,
		"-themes", "dark", "-sizes", "80x24", "-screens", "^list$").CombinedOutput()
	require.NoError(t, err, "%s", out)
	for _, name := range []string{"list", "list-end"} {
		drawn, err := os.ReadFile(filepath.Join(to, name, "dark-80x24.svg"))
		require.NoError(t, err)
		require.NoError(t, xml.Unmarshal(drawn, new(struct{})))
		require.Contains(t, string(drawn), ">frontdesk<")
	}
	index, err := os.ReadFile(filepath.Join(to, "index.html"))
	require.NoError(t, err)
	require.Contains(t, string(index), `src="list/dark-80x24.svg"`)
}
