package e2e

import (
	"os/exec"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"frontdesk/tui/tuitest"
)

func TestHelp_SendsNoQueriesToADumbTerminal(t *testing.T) {
	t.Parallel()
	bin, err := built()
	require.NoError(t, err)
	run := func(args []string, env ...string) (out string, code int) {
		tm := tuitest.Start(t, bin, args, env, 100, 60)
		code = tm.WaitExit()
		return string(tm.Output()), code
	}
	for _, kind := range []string{"TERM=dumb", "TERM="} {
		for _, args := range []string{"--help", "help", "-h", "users --help", "help do ban_user", "do", "--version", "man", "completion bash"} {
			out, code := run(strings.Fields(args), kind)
			require.Zero(t, code, "%s %s: %s", kind, args, out)
			require.NotEmpty(t, out)
			require.NotContains(t, out, "\x1b", "%s %s", kind, args)
		}
		out, code := run([]string{"help", "bogus"}, kind)
		require.Equal(t, 2, code)
		require.Equal(t, "frontdesk: there is no command “bogus”: frontdesk --help lists them\r\n", out)
	}
	out, code := run([]string{"--help"}, "COLORTERM=truecolor")
	require.Zero(t, code)
	require.Contains(t, out, "\x1b]11;?", "fang asks for the background")

	// Nor are queries sent where somebody else would read the answer.
	tm := tuitest.Start(t, "/bin/sh", []string{"-c", bin + " --help </dev/null"}, nil, 100, 60)
	require.Zero(t, tm.WaitExit())
	require.NotContains(t, string(tm.Output()), "\x1b")
}

func TestVersion_NamesTheBuild(t *testing.T) {
	t.Parallel()
	bin, err := built()
	require.NoError(t, err)
	out, err := exec.Command(bin, "--version").Output()
	require.NoError(t, err)
	require.Regexp(t, `^frontdesk version \d+\.\d+\.\d+ \(revision (unknown|[0-9a-f]{12} of \d{4}-\d\d-\d\d)(, with changes that are in no revision)?, `+runtime.Version()+`\)\n$`, string(out))
}

func TestMan_PrintsTheManualPage(t *testing.T) {
	t.Parallel()
	bin, err := built()
	require.NoError(t, err)
	out, err := exec.Command(bin, "man").Output()
	require.NoError(t, err)
	page := string(out)
	require.True(t, strings.HasPrefix(page, ".TH FRONTDESK 1 "))
	for _, word := range []string{"\n.SH NAME\n", "\\fBban_user\\fP USER", "\\fBusers\\fP", "\\fBsandbox\\fP", "--confirm", "frontdesk man prints the manual page"} {
		require.Contains(t, page, word)
	}
}
