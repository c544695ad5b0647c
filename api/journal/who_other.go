//go:build !linux

package journal

import (
	"errors"
	"syscall"
)

// addFacts does nothing on systems other than Linux.
func (k *Kernel) addFacts() {}

// IsRunning reports whether the process may still be running. It returns false only if it
// is certain.
func (k Kernel) IsRunning(now Kernel) bool {
	return k.Host != now.Host || !errors.Is(syscall.Kill(k.PID, 0), syscall.ESRCH)
}
