package api

import (
	"fmt"
	"slices"
)

// Version is an API version, named by its release date. It is sent with every request so
// that responses do not change their form.
type Version string

// The versions that differ in what concerns users.
const (
	OldestVersion Version = "2021-02-05"
	// versionPending is the first version whose sessions have the status pending, and
	// tasks.
	versionPending Version = "2025-04-10"
	// versionCompromised is the first version that can mark a password as compromised.
	versionCompromised Version = "2025-11-10"
	// NewestVersion does not accept metadata in PATCH /users/{id}. UserChange therefore
	// has none under any version; UpdateMetadata works under all of them.
	NewestVersion Version = "2026-05-12"
)

// Versions returns the versions that Clerk supports, oldest first. The client supports
// each.
func Versions() []Version {
	return []Version{OldestVersion, "2024-10-01", versionPending, versionCompromised, NewestVersion}
}

func (v Version) isKnown() bool { return slices.Contains(Versions(), v) }

// requireVersion rejects a call that the client's version does not have before anything is
// sent: the server would answer 404 as if the user did not exist.
func (c *Client) requireVersion(v Version, k call) error {
	if c.version >= v {
		return nil
	}
	return k.newError(KindRefused, fmt.Errorf("API version %s does not have this operation; it was added in %s", c.version, v))
}
