package command

import (
	"slices"
	"strings"

	"frontdesk/api/clean"
)

// maskKeys is an error without the secret key that somebody typed into the command
// line, which their shell's history has now: it belongs into the environment.
func maskKeys(says string, args []string) string {
	says = clean.MaskKeys(says)
	if slices.ContainsFunc(args, func(arg string) bool { return clean.MaskKeys(arg) != arg }) {
		says = strings.TrimRight(says, ". ") + ". A secret key goes into CLERK_SECRET_KEY, not into the command line."
	}
	return says
}
