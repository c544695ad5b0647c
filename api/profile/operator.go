package profile

import (
	"os"
	"os/user"
	"strings"
)

// CurrentOperator returns the user and host of this process: "jo@ops-2".
func CurrentOperator() string {
	name, host := "someone", "this machine"
	if u, err := user.Current(); err == nil {
		name = u.Username
	}
	if h, err := os.Hostname(); err == nil {
		host, _, _ = strings.Cut(h, ".")
	}
	return name + "@" + host
}
