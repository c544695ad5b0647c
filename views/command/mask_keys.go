package command

import (
	"slices"
	"strings"

	"frontdesk/api/clean"
)

// maskKeys masks secret keys in a message and, if the command line contains one, says
// where it belongs: it is in the shell's history now.
func maskKeys(message string, args []string) string {
	message = clean.MaskKeys(message)
	if slices.ContainsFunc(args, func(arg string) bool { return clean.MaskKeys(arg) != arg }) {
		message = strings.TrimRight(message, ". ") + ". A secret key belongs in CLERK_SECRET_KEY, not on the command line."
	}
	return message
}
