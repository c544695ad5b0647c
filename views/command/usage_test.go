package command_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/stretchr/testify/require"

	"frontdesk/api/ops"
	"frontdesk/tui/tuitest"
	"frontdesk/views/command"
)

func TestNoArgs_UnknownCommandIsAUsageError(t *testing.T) {
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
		root := &cobra.Command{Use: "frontdesk", Args: command.NoArgs, SilenceErrors: true, SilenceUsage: true, Run: func(*cobra.Command, []string) {}}
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

// program runs the whole command line as main does, and gives what it says.
func program(t *testing.T, args ...string) (out, says string, code int) {
	t.Helper()
	return programWith(t, "", args...)
}

// programWith has a file of saved searches.
func programWith(t *testing.T, queues string, args ...string) (out, says string, code int) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	env := command.Env{Catalogue: ops.Users(), SavedSearchFile: queues, Now: tuitest.NewClock().Now, Stdin: strings.NewReader(""), Stdout: &stdout, Stderr: &stderr}
	root := &cobra.Command{Use: "frontdesk", Args: command.NoArgs, RunE: func(*cobra.Command, []string) error { return nil }}
	root.Flags().String("theme", "", "")
	root.PersistentFlags().String("db", "", "")
	root.SetFlagErrorFunc(command.FlagError)
	root.SetOut(&stdout)
	command.CompleteNothing(root)
	command.CompleteValues(root, "theme", "auto", "dark")
	command.CompleteFiles(root, "db")
	root.AddCommand(command.New(env)...)
	err := command.Execute(t.Context(), root, args, command.Program{Version: "9.9.9 (here)", Stderr: &stderr, Plain: true})
	var exit command.Exit
	if errors.As(err, &exit) {
		code = exit.Code
	} else if err != nil {
		code = 1
	}
	return stdout.String(), stderr.String(), code
}

// Only what is close in spelling and harmless is suggested.
func TestFlagError_SuggestsFlags(t *testing.T) {
	for args, says := range map[string]string{
		"do --json":                   "there is no flag --json here: --json goes after the operation, as in: frontdesk do OPERATION --json",
		"do --jsno":                   "there is no flag --jsno here: --json goes after the operation, as in: frontdesk do OPERATION --json",
		"do --yes":                    "there is no flag --yes here: --yes goes after the operation, as in: frontdesk do OPERATION --yes",
		"do --code":                   "there is no flag --code here",
		"users --jq":                  "there is no flag --jq here",
		"users --q":                   "there is no flag --q here",
		"users --jsn":                 "there is no flag --jsn here: did you mean --json?",
		"users --oder x":              "there is no flag --oder here: did you mean --order?",
		"users --ofset 3":             "there is no flag --ofset here: did you mean --offset?",
		"users --lmit 3":              "there is no flag --lmit here: did you mean --limit?",
		"users --imit 3":              "there is no flag --imit here",
		"-V":                          "there is no such one-letter flag here; did you mean frontdesk --version?",
		"do ban_user x -V":            "there is no such one-letter flag here; did you mean frontdesk --version?",
		"users -v":                    "there is no such one-letter flag here; did you mean frontdesk --version?",
		"-?":                          "there is no such one-letter flag here; did you mean -h?",
		"do ban_user -H":              "there is no such one-letter flag here; did you mean -h?",
		"do ban_user x -y":            "there is no such one-letter flag here",
		"do ban_user x --yse":         "there is no flag --yse here",
		"do ban_user x --ye":          "there is no flag --ye here",
		"do set_user_totp x --reveel": "there is no flag --reveel here",
		"do get_usr x":                `there is no operation "get_usr": did you mean get_user?`,
		"do get_user_lst":             `there is no operation "get_user_lst": did you mean get_user_list?`,
		"do unlok_user x":             `there is no operation "unlok_user": did you mean unlock_user?`,
		"do unban_usr x":              `there is no operation "unban_usr": did you mean unban_user?`,
		"do unban x":                  `there is no operation "unban": did you mean unban_user?`,
		"do unlock-user-x x":          `there is no operation "unlock-user-x": did you mean unlock_user?`,
		"do banuser x":                `there is no operation "banuser": did you mean ban_user?`,
		"do ban x":                    `there is no operation "ban": frontdesk do --help lists them`,
		"do delete x":                 `there is no operation "delete": frontdesk do --help lists them`,
		"do delet_usr x":              `there is no operation "delet_usr": frontdesk do --help lists them`,
		"do verify":                   `there is no operation "verify": frontdesk do --help lists them`,
		"do verify_top x":             `there is no operation "verify_top": did you mean verify_totp?`,
		"do get_totp x":               `there is no operation "get_totp": frontdesk do --help lists them`,
		"help bogus":                  "there is no command “bogus”: frontdesk --help lists them",
		"help usres":                  "there is no command “usres”: did you mean frontdesk users?",
		"help do bogus":               `there is no operation "bogus": frontdesk do --help lists them`,
		"bogus --help":                "there is no command “bogus”: frontdesk --help lists them",
		"--db x bogus -h":             "there is no command “bogus”: frontdesk --help lists them",
		"do bogus --help":             `there is no operation "bogus": frontdesk do --help lists them`,
		"completion tcsh":             "there is no command “tcsh”: frontdesk completion --help lists them",
		"version":                     "there is no command “version”: did you mean frontdesk --version?",
		"man page":                    "frontdesk man takes no arguments: it prints the whole manual page",
	} {
		out, got, code := program(t, strings.Fields(args)...)
		require.Equal(t, "frontdesk: "+says+"\n", got, args)
		require.Equal(t, command.CodeUsage, code, args)
		require.Empty(t, out, args)
	}
	for _, args := range []string{"--help", "-h", "help", "help users", "help do", "help do ban_user", "do", "do --help", "do ban_user --help", "users -h", "users maya --help",
		"--db x --help", "completion --help", "completion bash", "help completion fish", "help help", "--version", "-v"} {
		out, got, code := program(t, strings.Fields(args)...)
		require.Zero(t, code, "%s: %s", args, got)
		require.NotEmpty(t, out, args)
		require.NotContains(t, out, "\x1b", args)
		require.Empty(t, got, args)
	}
	out, _, _ := program(t, "--version")
	require.Equal(t, "frontdesk version 9.9.9 (here)\n", out)
}

func TestEscapeExclusions_MinusBeforeATokenIsNoFlag(t *testing.T) {
	args := func(given ...string) []string { return command.EscapeExclusions(given) }
	require.Equal(t, []string{"users", "maya", "--limit", "2", "--", "-is:banned", "-has:mfa"}, args("users", "-is:banned", "maya", "-has:mfa", "--limit", "2"))
	require.Equal(t, []string{"users", "--", "-is:banned", "-word"}, args("users", "-is:banned", "--", "-word"))
	for _, as := range [][]string{
		{"users", "--order", "-created_at", "maya"}, {"users", "--", "-is:banned"}, {"do", "ban_user", "-is:banned"}, {"users", "-x"}, {},
		{"users", "--email=a:b"}, {"users", "--", "users", "-a:b"},
	} {
		require.Equal(t, as, args(as...))
	}
	c := newCounter(t)
	told := c.run(command.EscapeExclusions([]string{"users", "-is:banned", "tilda", "--json"})...)
	require.Zero(t, told.code, told.err)
	require.Contains(t, told.out, someoneID)
	told = c.run(command.EscapeExclusions([]string{"users", "is:banned", "-is:baned"})...)
	require.Equal(t, command.CodeUsage, told.code)
	require.Contains(t, told.err, "“-is:baned”")
}

// Who it is about comes before who agrees to it.
func TestDo_WithoutTerminalNamesTheUser(t *testing.T) {
	c := newCounter(t)
	told := c.run("do", "ban_user", "nobody@fjord.example", "--reason", "asked to")
	require.Equal(t, command.CodeFailed, told.code)
	require.Contains(t, told.err, "nobody has the id")
	require.NotContains(t, told.err, "--yes")
	told = c.run("do", "ban_user", "tilda@fjord.example", "--reason", "asked to")
	require.Equal(t, command.CodeUsage, told.code)
	require.Equal(t, "frontdesk: No terminal to ask on for Tilda Nord   tilda@fjord.example   "+someoneID+". Add --yes to confirm.\n", told.err)
	told = c.run("do", "users_ban", "nobody@fjord.example", "--reason", "asked to")
	require.Equal(t, command.CodeFailed, told.code)
	require.Empty(t, c.writes())
}

func TestDryRun_SaysThatTheRealRunNeedsAReason(t *testing.T) {
	c := newCounter(t)
	for _, op := range []string{"ban_user", "users_ban"} {
		told := c.run("do", op, "tilda@fjord.example", "--dry-run")
		require.Zero(t, told.code, told.err)
		require.Contains(t, told.out, "Nothing was sent.")
		require.Contains(t, told.err, "the real run needs --reason")
		require.Empty(t, c.run("do", op, "tilda@fjord.example", "--dry-run", "--reason", "asked to").err)
	}
	require.Empty(t, c.run("do", "get_user", someoneID, "--dry-run").err)
	require.Empty(t, c.writes())
}
