package command

import (
	"runtime/debug"
	"strings"
)

// revisionShown is how many characters of a revision are shown.
const revisionShown = 12

// Version returns the text of --version: the version, the revision and the version of
// Go. info may be nil.
func Version(version string, info *debug.BuildInfo) string {
	if info == nil {
		return version
	}
	built := map[string]string{}
	for _, s := range info.Settings {
		built[s.Key] = s.Value
	}
	revision := "revision unknown"
	if hash := built["vcs.revision"]; hash != "" {
		revision = "revision " + hash[:min(len(hash), revisionShown)]
	}
	parts := []string{revision}
	if at := built["vcs.time"]; at != "" {
		day, _, _ := strings.Cut(at, "T")
		parts[0] += " of " + day
	}
	if built["vcs.modified"] == "true" {
		parts = append(parts, "with uncommitted changes")
	}
	return version + " (" + strings.Join(append(parts, info.GoVersion), ", ") + ")"
}
