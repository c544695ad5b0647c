package command_test

import (
	"runtime/debug"
	"testing"

	"github.com/stretchr/testify/require"

	"frontdesk/views/command"
)

func TestVersion(t *testing.T) {
	built := func(settings ...string) *debug.BuildInfo {
		info := &debug.BuildInfo{GoVersion: "go1.26.8"}
		for i := 0; i < len(settings); i += 2 {
			info.Settings = append(info.Settings, debug.BuildSetting{Key: settings[i], Value: settings[i+1]})
		}
		return info
	}
	const hash = "0123456789abcdef0123456789abcdef01234567"
	require.Equal(t, "0.1.0", command.Version("0.1.0", nil))
	require.Equal(t, "0.1.0 (revision unknown, go1.26.8)", command.Version("0.1.0", built()))
	require.Equal(t, "0.1.0 (revision 0123456789ab of 2026-11-30, go1.26.8)",
		command.Version("0.1.0", built("vcs.revision", hash, "vcs.time", "2026-11-30T12:00:00Z", "vcs.modified", "false")))
	require.Equal(t, "0.1.0 (revision 0123456789ab, with uncommitted changes, go1.26.8)",
		command.Version("0.1.0", built("vcs.revision", hash, "vcs.modified", "true")))
	require.Equal(t, "0.1.0 (revision 01, go1.26.8)", command.Version("0.1.0", built("vcs.revision", "01")))
}
