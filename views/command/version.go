package command

import (
	"runtime/debug"
	"strings"
)

// revisionShown is how much of a revision tells it from others.
const revisionShown = 12

// Version is what --version says: the version, which revision it was built from
// and with what. info is nil where the program does not know.
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
		parts = append(parts, "with changes that are in no revision")
	}
	return version + " (" + strings.Join(append(parts, info.GoVersion), ", ") + ")"
}
