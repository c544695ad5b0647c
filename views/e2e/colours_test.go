package e2e

import (
	"regexp"
	"testing"

	"github.com/stretchr/testify/require"

	"frontdesk/api/config"
	"frontdesk/tui"
	"frontdesk/tui/tuitest"
)

// On a terminal of sixteen colours only those are written, and none is a rounded one: the
// accent is yellow, not red.
func TestColours_AreTheSixteenWhereThereAreNoMore(t *testing.T) {
	t.Parallel()
	tm := start(t, 120, 40, "TERM=xterm-16color", "COLORTERM=")
	tm.WaitFor("of 1,248", "? help")
	tm.Send("?")
	tm.WaitFor("filter")
	tm.leave("ctrl+c")
	out := tm.Output()
	for sgr, want := range map[string]bool{`[34]8[;:][25][;:][0-9;:]*`: false, `33`: true, `31`: false} {
		require.Equal(t, want, regexp.MustCompile(`\x1b\[([0-9]*;)*`+sgr+`m`).Match(out), sgr) // 33 is yellow, 31 red
	}
}

func TestColours_OfTheConfigurationHaveTheRolesOfTheThemes(t *testing.T) {
	require.ElementsMatch(t, tui.RoleNames(), config.Roles())
}

func TestColours_AreConfigured(t *testing.T) {
	t.Parallel()
	o := newOperator(t, "[theme]\nname = \"light\"\naccent = \"#123456\"\nok = 22\n\ndim = \"#e0e0e0\"\non-accent = \"#102030\"\n")
	_, out, _ := o.run("doctor")
	require.Contains(t, out, "hard to read: dim in the light theme (contrast 1.3); on-accent in the light theme (contrast 1.3)\n")
	_, out, _ = o.run("config", "show")
	require.Regexp(t, `theme accent +#123456 +\(line 3\)`, out)

	bin, err := built()
	require.NoError(t, err)
	for args, want := range map[string]bool{"": true, "--theme=light": true, "--theme=dark": false} {
		var given []string
		if args != "" {
			given = []string{args}
		}
		tm := term{tuitest.Start(t, bin, given, append(o.env, "COLORTERM=truecolor"), 80, 24), t}
		tm.WaitFor("of 1,248")
		tm.leave("q")
		require.Equal(t, want, regexp.MustCompile(`38;2;18;52;86\b`).Match(tm.Output()), args)
	}
	code, _, says := newOperator(t, "[theme]\naccent = \"brass\"\n").run("users")
	require.Equal(t, 2, code)
	require.Contains(t, says, "line 2: theme.accent must be a colour such as \"#e3b261\" or a number from 0 to 255, not “brass”\n")
}
