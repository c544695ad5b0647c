package journal

import (
	"bytes"
	"fmt"
	"os"
	"strconv"
	"strings"

	"golang.org/x/sys/unix"
)

// unset is the kernel's value for a login uid or audit session that was never set: -1 as
// an unsigned 32-bit number.
const unset = "4294967295"

// addFacts fills in the facts about this process from /proc.
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

// processStat returns the device number of a process's terminal and its start time, or ""
// if there is no such process.
func processStat(pid int) (tty int, started string) {
	raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return 0, ""
	}
	// The process name, in parentheses, may contain spaces and parentheses.
	fields := strings.Fields(string(raw[bytes.LastIndexByte(raw, ')')+1:]))
	if len(fields) < 20 {
		return 0, ""
	}
	tty, _ = strconv.Atoi(fields[4])
	return tty, fields[19]
}

// ttyName returns the name of the terminal with a device number.
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

// IsRunning reports whether the process may still be running. It returns false only if it
// is certain.
func (k Kernel) IsRunning(now Kernel) bool {
	switch {
	case k.Host != now.Host:
		return true // processes of another machine cannot be checked
	case k.BootID != now.BootID:
		return false
	case k.PID == now.PID && k.Started == now.Started:
		return true
	}
	_, started := processStat(k.PID)
	return started != "" && (k.Started == "" || started == k.Started)
}
