//go:build !linux

package journal

import (
	"errors"
	"syscall"
)

// addFacts adds nothing: only Linux tells more about a process.
func (k *Kernel) addFacts() {}

// IsRunning says that the process may still run; false is certain.
func (k Kernel) IsRunning(now Kernel) bool {
	return k.Host != now.Host || !errors.Is(syscall.Kill(k.PID, 0), syscall.ESRCH)
}
