//go:build !linux

package terminal

import "os"

// discardOutput does nothing: how to wake a blocked write is only known for Linux.
func discardOutput(*os.File) {}
