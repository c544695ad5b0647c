package api

import (
	"fmt"
	"slices"
)

// Version is an API version by the day it was released. It is
// sent with every request, so that an answer never changes its form by itself.
type Version string

// The versions between which something differs for users.
const (
	OldestVersion Version = "2021-02-05"
	// versionPending is the first whose sessions have the status pending, and tasks.
	versionPending Version = "2025-04-10"
	// versionCompromised is the first that can mark a password as compromised.
	versionCompromised Version = "2025-11-10"
	// NewestVersion takes no metadata in PATCH /users/{id}. UserChange has none under any
	// version: UpdateMetadata merges under all of them.
	NewestVersion Version = "2026-05-12"
)

// Versions are those that Clerk keeps up, oldest first. The client speaks each.
func Versions() []Version {
	return []Version{OldestVersion, "2024-10-01", versionPending, versionCompromised, NewestVersion}
}

func (v Version) isKnown() bool { return slices.Contains(Versions(), v) }

// requireVersion refuses a call that the client's version does not have, before anything
// is sent: the server would answer 404, as if the user were not there.
func (c *Client) requireVersion(v Version, k call) error {
	if c.version >= v {
		return nil
	}
	return k.newError(KindRefused, fmt.Errorf("version %s of the API does not have it; it came with %s", c.version, v))
}
