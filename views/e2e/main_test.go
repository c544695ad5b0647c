package e2e

import (
	"flag"
	"os"
	"testing"
)

// TestMain runs more of these tests in parallel than there are processors: most of the
// time they wait for a quiet terminal. -parallel on the command line wins.
func TestMain(m *testing.M) {
	if err := flag.Set("test.parallel", "6"); err != nil {
		panic(err)
	}
	code := m.Run()
	if buildFolder != "" {
		_ = os.RemoveAll(buildFolder) // what stays is 40 MB in the system's temporary folder
	}
	os.Exit(code)
}
