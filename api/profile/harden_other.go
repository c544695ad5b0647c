//go:build !linux

package profile

// Harden does nothing on systems other than Linux.
func Harden() {}
