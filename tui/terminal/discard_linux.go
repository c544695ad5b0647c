package terminal

import (
	"os"

	"golang.org/x/sys/unix"
)

// discardOutput drops what the terminal has not read yet, and wakes the write that waits
// for room: dropping alone does not wake it.
func discardOutput(out *os.File) {
	fd := int(out.Fd())
	_ = unix.IoctlSetInt(fd, unix.TCFLSH, unix.TCOFLUSH)
	_ = unix.IoctlSetInt(fd, unix.TCXONC, unix.TCOOFF)
	_ = unix.IoctlSetInt(fd, unix.TCXONC, unix.TCOON)
}
