package command_test

import (
	"testing"

	"github.com/spf13/cobra"
	"github.com/stretchr/testify/require"

	"frontdesk/api/ops"
	"frontdesk/tui/tuitest"
	"frontdesk/views/command"
)

func TestACommandThatNobodyKnowsIsAMistakeInTheUsage(t *testing.T) {
	env := command.Env{Catalogue: ops.Users(), Now: tuitest.NewClock().Now}
	for args, says := range map[[2]string]string{
		{"banuser", ""}:       "there is no command “banuser”: did you mean frontdesk do ban_user?",
		{"user", "maya"}:      "there is no command “user”: did you mean frontdesk users?",
		{"disable-mfa", "x"}:  "there is no command “disable-mfa”: did you mean frontdesk do disable_mfa?",
		{"nonsense", ""}:      "there is no command “nonsense”: frontdesk --help lists them",
		{"\x1b[2J", ""}:       "there is no command “␛[2J”: frontdesk --help lists them",
		{"--limt", "3"}:       "there is no flag --limt here: did you mean frontdesk users --limit?",
		{"--them", "dark"}:    "there is no flag --them here: did you mean --theme?",
		{"--nonsense", "one"}: "there is no flag --nonsense here",
	} {
		root := &cobra.Command{Use: "frontdesk", Args: command.Strays, SilenceErrors: true, SilenceUsage: true, Run: func(*cobra.Command, []string) {}}
		root.Flags().String("theme", "", "")
		root.SetFlagErrorFunc(command.FlagError)
		root.AddCommand(command.New(env)...)
		given := args[:]
		if args[1] == "" {
			given = args[:1]
		}
		root.SetArgs(given)
		var exit command.Exit
		require.ErrorAs(t, root.Execute(), &exit)
		require.Equal(t, command.CodeUsage, exit.Code)
		require.Equal(t, says, exit.Error())
	}
}

func TestAMinusBeforeATokenIsNoFlag(t *testing.T) {
	args := func(given ...string) []string { return command.Args(given) }
	require.Equal(t, []string{"users", "maya", "--limit", "2", "--", "-is:banned", "-has:mfa"}, args("users", "-is:banned", "maya", "-has:mfa", "--limit", "2"))
	require.Equal(t, []string{"users", "--", "-is:banned", "-word"}, args("users", "-is:banned", "--", "-word"))
	for _, as := range [][]string{
		{"users", "--order", "-created_at", "maya"}, {"users", "--", "-is:banned"}, {"do", "ban_user", "-is:banned"}, {"users", "-x"}, {},
		{"users", "--email=a:b"}, {"users", "--", "users", "-a:b"},
	} {
		require.Equal(t, as, args(as...))
	}
	c := newCounter(t)
	told := c.run(command.Args([]string{"users", "-is:banned", "tilda", "--json"})...)
	require.Zero(t, told.code, told.err)
	require.Contains(t, told.out, someoneID)
	told = c.run(command.Args([]string{"users", "is:banned", "-is:baned"})...)
	require.Equal(t, command.CodeUsage, told.code)
	require.Contains(t, told.err, "“-is:baned”")
}

// Who it is about comes before who agrees to it.
func TestWithoutATerminalThePersonIsLookedUpFirst(t *testing.T) {
	c := newCounter(t)
	told := c.run("do", "ban_user", "nobody@fjord.example", "--reason", "x")
	require.Equal(t, command.CodeFailed, told.code)
	require.Contains(t, told.err, "nobody has the id")
	require.NotContains(t, told.err, "--yes")
	told = c.run("do", "ban_user", "tilda@fjord.example", "--reason", "x")
	require.Equal(t, command.CodeUsage, told.code)
	require.Equal(t, "frontdesk: nobody is at the terminal to agree to this for Tilda Nord   tilda@fjord.example   "+someoneID+": add --yes\n", told.err)
	told = c.run("do", "users_ban", "nobody@fjord.example", "--reason", "x")
	require.Equal(t, command.CodeFailed, told.code)
	require.Empty(t, c.writes())
}

func TestARehearsalSaysThatTheRealRunNeedsAReason(t *testing.T) {
	c := newCounter(t)
	for _, op := range []string{"ban_user", "users_ban"} {
		told := c.run("do", op, "tilda@fjord.example", "--dry-run")
		require.Zero(t, told.code, told.err)
		require.Contains(t, told.out, "Nothing was sent.")
		require.Contains(t, told.err, "the real one needs a --reason")
		require.Empty(t, c.run("do", op, "tilda@fjord.example", "--dry-run", "--reason", "x").err)
	}
	require.Empty(t, c.run("do", "get_user", someoneID, "--dry-run").err)
	require.Empty(t, c.writes())
}
