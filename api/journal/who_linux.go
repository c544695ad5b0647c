package journal

import (
	"bytes"
	"fmt"
	"os"
	"strconv"
	"strings"

	"golang.org/x/sys/unix"
)

// unset is what the kernel says for a login uid or an audit session that was never
// set: -1 as an unsigned number.
const unset = "4294967295"

// addFacts reads what /proc says about this process.
func (k *Kernel) addFacts() {
	k.LoginUID, k.Session = readFact("/proc/self/loginuid"), readFact("/proc/self/sessionid")
	k.BootID = readFact("/proc/sys/kernel/random/boot_id")
	tty, started := processStat(k.PID)
	k.TTY, k.Started = ttyName(tty), started
}

func readFact(path string) string {
	raw, err := os.ReadFile(path)
	if err != nil {
		return ""
	}
	if text := strings.TrimSpace(string(raw)); text != unset {
		return text
	}
	return ""
}

// processStat returns the device number of a process's terminal and when it was
// started, "" where there is no such process.
func processStat(pid int) (tty int, started string) {
	raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return 0, ""
	}
	// The name, in brackets, may hold spaces and brackets itself.
	fields := strings.Fields(string(raw[bytes.LastIndexByte(raw, ')')+1:]))
	if len(fields) < 20 {
		return 0, ""
	}
	tty, _ = strconv.Atoi(fields[4])
	return tty, fields[19]
}

// ttyName returns the name of a terminal by its device number.
func ttyName(device int) string {
	major, minor := unix.Major(uint64(device)), unix.Minor(uint64(device))
	switch {
	case device == 0:
		return ""
	case major >= 136 && major <= 143:
		return fmt.Sprintf("pts/%d", (major-136)<<20|minor)
	case major == 4 && minor < 64:
		return fmt.Sprintf("tty%d", minor)
	}
	return fmt.Sprintf("%d:%d", major, minor)
}

// IsRunning says that the process may still run; false is certain.
func (k Kernel) IsRunning(now Kernel) bool {
	switch {
	case k.Host != now.Host:
		return true // nothing is known about processes of another machine
	case k.BootID != now.BootID:
		return false
	case k.PID == now.PID && k.Started == now.Started:
		return true
	}
	_, started := processStat(k.PID)
	return started != "" && (k.Started == "" || started == k.Started)
}
