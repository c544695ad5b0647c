//go:build !linux

package profile

// Harden does nothing where the kernel offers none of it.
func Harden() {}
