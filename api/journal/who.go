package journal

import (
	"os"
	"os/user"
)

// CurrentWho returns the user who runs this process. env is os.Getenv.
func CurrentWho(env func(string) string) Who {
	w := Who{
		Kernel:  Kernel{UID: os.Getuid(), PID: os.Getpid()},
		Claimed: Claimed{SudoUser: env("SUDO_USER"), SSHConnection: env("SSH_CONNECTION")},
	}
	if u, err := user.Current(); err == nil {
		w.Kernel.User = u.Username
	}
	w.Kernel.Host, _ = os.Hostname()
	w.Kernel.addFacts()
	return w
}
