package e2e

import (
	"flag"
	"os"
	"testing"
)

// TestMain lets more of these tests run side by side than there are processors: most
// of the time they wait for a terminal to be quiet. -parallel on the command line wins.
func TestMain(m *testing.M) {
	if err := flag.Set("test.parallel", "4"); err != nil {
		panic(err)
	}
	os.Exit(m.Run())
}
