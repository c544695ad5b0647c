package keyinput

import (
	"io"
	"sync/atomic"
	"testing"
	"time"

	"github.com/creack/pty"
	"github.com/stretchr/testify/require"
)

// reading is a Reader of a terminal that is read until its end.
type reading struct {
	*Reader
	keyboard io.Writer
	empty    atomic.Int64 // Reads that returned nothing
	typed    chan string
	end      chan error
}

func startReading(t *testing.T) *reading {
	t.Helper()
	master, tty, err := pty.Open()
	require.NoError(t, err)
	t.Cleanup(func() { _, _ = master.Close(), tty.Close() })
	r := &reading{Reader: New(tty), keyboard: master, typed: make(chan string, 10), end: make(chan error, 1)}
	go func() {
		for in := make([]byte, 80); ; {
			n, err := r.Read(in)
			switch {
			case err != nil:
				r.end <- err
				return
			case n == 0:
				r.empty.Add(1)
			default:
				r.typed <- string(in[:n])
			}
		}
	}()
	return r
}

func (r *reading) waitAsleep(t *testing.T) {
	t.Helper()
	require.Eventually(t, r.asleep.Load, time.Minute, time.Millisecond)
}

func TestReader_SleepsUntilSomethingHappens(t *testing.T) {
	r := startReading(t)
	r.waitAsleep(t)

	before := r.empty.Load()
	r.Wake()
	require.Eventually(t, func() bool { return r.empty.Load() >= before+2 }, time.Minute, time.Millisecond, "it returns now and then again")
	r.waitAsleep(t)

	_, err := io.WriteString(r.keyboard, "m\n")
	require.NoError(t, err)
	require.Equal(t, "m\n", <-r.typed)
	r.waitAsleep(t)

	require.NoError(t, r.Close())
	require.ErrorIs(t, <-r.end, io.EOF)
	r.Wake() // of a Reader that is closed does nothing
}
