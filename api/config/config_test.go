package config_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"

	"frontdesk/api/config"
)

const whole = `default = "staging"
checklist = ["The caller named the order number."]

[instance.staging]
title = "Harbor & Pine staging"
kind = "development"
url = "https://api.clerk.com/v1"
key_command = ["op", "read", "op://support/staging/key"]

[instance.live]
kind = "production"
key_file = "~/keys/live"
read_only = true
ticket = { label = "Zendesk", pattern = "ZD-[0-9]+", required_from = "T2" }
checklist = ["The caller read out the code."]

[instance.live.journal]
enabled = false

[instance.old]
kind = "development"
key_env = "OLD_KEY"

[[role]]
name = "lead"
like = "agent"
who = ["jo", "group:leads"]
allow = ["delete_user"]
deny = ["group:Data"]
instances = ["live", "demo"]

[[role]]
name = "viewer"
who = ["*"]

[journal]
dir = "/var/lib/frontdesk"
keep = "90d"
forward_syslog = "local"
forward_otlp = "https://otel.example:4318/v1/logs"

[[reason]]
key = "c"
text = "called back"
`

func TestParse_ReadsTheWholeFile(t *testing.T) {
	c, err := config.Parse("config.toml", []byte(whole))
	require.NoError(t, err)
	require.Equal(t, "staging", c.Default)
	require.Equal(t, []string{"staging", "live", "old"}, c.Names(), "in the order of the file")
	require.Equal(t, []string{"op", "read", "op://support/staging/key"}, c.Instances["staging"].KeyCommand)
	require.True(t, c.Instances["live"].ReadOnly)
	require.Equal(t, []string{"CLERK_SECRET_KEY", "OLD_KEY"}, c.KeyVariables())

	require.True(t, c.JournalFor("staging").IsOn())
	require.Equal(t, 90*24*time.Hour, c.JournalFor("staging").KeepFor())
	require.False(t, c.JournalFor("live").IsOn())
	require.True(t, (&config.Config{}).JournalFor("").IsOn(), "without a file")
	require.Equal(t, []string{"The caller read out the code."}, c.ChecklistFor("live"))
	require.Equal(t, []string{"The caller named the order number."}, c.ChecklistFor("staging"))

	ticket := c.TicketFor("live")
	require.True(t, ticket.IsAsked())
	require.True(t, ticket.Matches("ZD-4711"))
	require.False(t, ticket.Matches("see ZD-4711"), "the whole ticket matches")
	require.False(t, c.TicketFor("staging").IsAsked())
	require.Equal(t, []config.Reason{{Key: "c", Text: "called back"}}, c.Reasons)
}

func TestParse_AllowsAByteOrderMark(t *testing.T) {
	c, err := config.Parse("config.toml", []byte("\ufeff"+whole))
	require.NoError(t, err)
	require.Equal(t, "staging", c.Default)
}

// Every mistake is one sentence with the line on which it stands.
func TestParse_NamesTheMistakeAndItsLine(t *testing.T) {
	const instance = "[instance.x]\nkind = \"development\"\nkey_env = \"K\"\n"
	for text, says := range map[string]string{
		"\ndefualt = \"x\"":                                "line 2: there is no setting “defualt”; did you mean default?",
		"[instances.x]\nkind = \"demo\"":                   "line 1: there is no setting “instances”; it is called instance",
		"[instance.x]\nkind = \"demo\"\ntilte = \"X\"":     "line 3: there is no setting “tilte” in instance.x; did you mean title?",
		"[instance.x]\nzzzzzzzz = 1":                       "line 2: there is no setting “zzzzzzzz” in instance.x; it takes title, kind, url, key_command, key_file, key_env, read_only, journal, ticket, checklist",
		"[instance.x]\nkey = \"sk_live_0123456789abcdef\"": "line 2: there is no setting “key” in instance.x: keys must not be stored in this file; use key_command, key_file or key_env",
		"default = 3":                             "line 1: default must be a string in quotes",
		"[instance.x]\nread_only = \"yes\"":       "line 2: instance.x.read_only must be true or false",
		"[instance.x]\nkey_command = \"op read\"": "line 2: instance.x.key_command must be a list of strings: [\"one\", \"two\"]",
		"default = \"nope\"":                      "line 1: there is no instance “nope”",
		instance + "[[role]]\nname=\"agent\"\nwho=[\"*\"]\ninstances=[\"y\"]":                            "line 7: role agent: there is no instance “y”; did you mean x?",
		"[instance.x]\ntitle = \"X\"":                                                                    "line 1: instance x has no kind: set kind to demo, development or production",
		"[instance.x]\nkind = \"staging\"":                                                               "line 2: instance x: kind must be demo, development or production, not “staging”",
		"[instance.x]\nkind = \"production\"":                                                            "line 1: instance x has no key: set key_command, key_file or key_env",
		instance + "key_file = \"/k\"":                                                                   "line 1: instance x has more than one key: set only one of key_command, key_file and key_env",
		"[instance.x]\nkind = \"demo\"\nkey_env = \"K\"":                                                 "line 1: instance x is a demo, so it takes neither a key nor a url",
		"[instance.demo]\nkind = \"production\"":                                                         "line 2: instance demo must be of kind demo; use another name for any other kind",
		"[instance.environment]\nkind = \"demo\"":                                                        "line 1: instance environment: this name is reserved for CLERK_SECRET_KEY; choose another name",
		"[instance.\"a b\"]\nkind = \"demo\"":                                                            "line 1: the name of instance “a b” may contain only letters, digits, _ and -, and must not begin with -",
		"[instance.x]\nkind = \"development\"\nkey_file = \"key\"":                                       "line 3: instance x: key_file must begin with / or ~/",
		"[instance.x]\nkind = \"development\"\nkey_env = \"A B\"":                                        "line 3: instance x: key_env must be the name of an environment variable (letters, digits and _)",
		"[instance.x]\nkind = \"development\"\nkey_command = [\"\"]":                                     "line 3: instance x: key_command must begin with the program to run",
		"[[role]]\nwho = [\"jo\"]":                                                                       "line 1: a role has no name",
		"[[role]]\nname = \"agent\"":                                                                     "line 1: role agent lists nobody: set who = [\"jo\", \"group:support\", \"*\"]",
		"[[role]]\nname = \"desk\"\nwho = [\"jo\"]":                                                      "line 1: role desk allows nothing: set allow = [\"T0\", \"T1\"] or like = \"agent\"",
		"[[role]]\nname = \"agent\"\nwho = [\"group:\"]":                                                 "line 3: role agent has an empty name in who",
		"[[role]]\nname = \"a\"\nlike = \"b\"\nwho = [\"jo\"]":                                           "line 3: there is no role “b”; viewer, agent and manager are built in",
		"[[role]]\nname=\"a\"\nlike=\"b\"\nwho=[\"jo\"]\n[[role]]\nname=\"b\"\nlike=\"a\"\nwho=[\"jo\"]": "line 3: like refers back to the same role: a → b → a",
		"[ticket]\npattern = \"([\"":                                                                     "line 2: pattern is not a regular expression: missing closing ]: [",
		"[ticket]\npattern = \"a)(b\"":                                                                   "line 2: pattern is not a regular expression: unexpected ): a)(b",
		"[theme]\nname = \"brass\"":                                                                      "line 2: there is no theme “brass”: use auto, dark, light, high-contrast, high-contrast-light, none",
		"[theme]\naccents = \"#ffffff\"":                                                                 "line 2: there is no setting “accents” in theme; did you mean accent?",
		"[theme]\n\naccent = \"reed\"":                                                                   "line 3: theme.accent must be a colour such as \"#e3b261\" or a number from 0 to 255, not “reed”",
		"[theme]\non-tile = 256":                                                                         "line 2: theme.on-tile must be a colour such as \"#e3b261\" or a number from 0 to 255, not “256”",
		"[theme]\ndim = []":                                                                              "line 2: theme.dim must be a colour such as \"#e3b261\" or a number from 0 to 255",
		"[theme]\ntiles = [\"#123456\", \"x\"]":                                                          "line 2: theme.tiles must be a colour such as \"#e3b261\" or a number from 0 to 255, not “x”",
		"[theme]\nplain = 1":                                                                             "line 2: theme.plain must be true or false",
		"[ticket]\nrequired_from = \"T9\"":                                                               "line 2: required_from must be T0, T1, T2, T3 or T4, not “T9”",
		instance + "[instance.x.ticket]\nrequired_from = \"2\"":                                          "line 5: required_from must be T0, T1, T2, T3 or T4, not “2”",
		"[journal]\nkeep = \"long\"":                                                                     "line 2: keep must be a number of days or hours, such as 90d or 12h, not “long”",
		"[journal]\nkeep = \"-3d\"":                                                                      "line 2: keep must be a number of days or hours, such as 90d or 12h, not “-3d”",
		"[journal]\ndir = \"journal\"":                                                                   "line 2: dir must begin with / or ~/",
		"[journal]\nforward_syslog = \"logs:514\"":                                                       "line 2: forward_syslog must be \"local\" or an address that begins with udp://, tcp:// or unix://",
		"[journal]\nforward_otlp = \"otel:4318\"":                                                        "line 2: forward_otlp must be a URL that begins with https:// or http://",
		"checklist = [\"\"]":                                                                             "line 1: checklist has an empty statement",
		"[[reason]]\nkey = \"ab\"\ntext = \"x\"":                                                         "line 2: the key of a reason must be one character",
		"[[reason]]\nkey = \"a\"\ntext = \" \"":                                                          "line 3: the reason for key a has no text",
		"[[reason]]\nkey=\"a\"\ntext=\"x\"\n[[reason]]\nkey=\"a\"\ntext=\"y\"":                           "line 5: two reasons use the key a",
		"default = \"a\"\ndefault = \"b\"":                                                               "line 2: ",
		"default = ":                                                                                     "line 1: ",
		"default = \"\xff\"":                                                                             "line 1: ",
	} {
		_, err := config.Parse("/etc/jo/config.toml", []byte(text))
		require.Error(t, err, text)
		got := err.Error()
		require.True(t, strings.HasPrefix(got, "/etc/jo/config.toml "+says), "%s\n%s", text, got)
		require.NotContains(t, got, "\n")
		require.NotContains(t, got, "0123456789")
		if !strings.HasSuffix(says, ": ") {
			require.Equal(t, "/etc/jo/config.toml "+says, got, text)
		}
	}
}

func TestLoad_NoFileIsNoMistake(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, "file"), nil, 0o600))
	for _, path := range []string{"", filepath.Join(dir, "config.toml"), filepath.Join(dir, "none", "config.toml"), filepath.Join(dir, "file", "config.toml")} {
		c, err := config.Load(path)
		require.NoError(t, err, path)
		require.Empty(t, c.Path())
		require.Empty(t, c.Names())
	}
}

// What others could have written is not believed: the file names programs to run.
func TestLoad_RefusesAFileThatOthersCanWrite(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "config.toml")
	require.NoError(t, os.WriteFile(path, []byte(whole), 0o600))
	_, err := config.Load(path)
	require.NoError(t, err)
	link := filepath.Join(dir, "link")
	require.NoError(t, os.Symlink(path, link))
	_, err = config.Load(link)
	require.NoError(t, err, "dotfiles are kept elsewhere and linked")

	for _, mode := range []os.FileMode{0o622, 0o620, 0o602, 0o666} {
		require.NoError(t, os.Chmod(path, mode))
		_, err = config.Load(path)
		require.EqualError(t, err, path+": other users can write to it, and it names programs to run; run chmod go-w config.toml")
	}
	loop := filepath.Join(dir, "loop")
	require.NoError(t, os.Symlink(loop, loop))
	_, err = config.Load(loop)
	require.EqualError(t, err, loop+": it cannot be read: too many levels of symbolic links")
	_, err = config.Load(dir)
	require.EqualError(t, err, dir+": it is not a file")
	pipe := filepath.Join(dir, "pipe")
	require.NoError(t, unix.Mkfifo(pipe, 0o600))
	_, err = config.Load(pipe)
	require.EqualError(t, err, pipe+": it is not a file")
	large := filepath.Join(dir, "large")
	require.NoError(t, os.WriteFile(large, make([]byte, 1<<20+1), 0o600))
	_, err = config.Load(large)
	require.EqualError(t, err, large+": it is larger than 1 MB, which is too large for a configuration file")
	if os.Geteuid() == 0 {
		foreign := filepath.Join(dir, "foreign")
		require.NoError(t, os.WriteFile(foreign, []byte(whole), 0o600))
		require.NoError(t, os.Chown(foreign, 12345, -1))
		_, err = config.Load(foreign)
		require.EqualError(t, err, foreign+": it belongs to another user; it must be yours or root's")
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(whole))
	f.Add([]byte("[[role]]\nname=\"a\"\nlike=\"a\"\nwho=[\"*\"]"))
	f.Add([]byte("[instance.a.journal]\nkeep=\"1d\"\n[[role.x]]"))
	f.Fuzz(func(t *testing.T, text []byte) {
		c, err := config.Parse("config.toml", text)
		if err != nil {
			require.NotContains(t, err.Error(), "\n")
			return
		}
		for _, name := range c.Names() {
			require.Contains(t, c.ErrorAt("instance."+name, "it").Error(), " line ")
		}
	})
}

func TestTheme_ReturnsTheColoursThatAreSet(t *testing.T) {
	c, err := config.Parse("c", []byte("[theme]\nname = \"light\"\nplain = true\nok = 28\naccent = \"#8A5A00\"\ntiles = [24, \"#334455\"]"))
	require.NoError(t, err)
	require.True(t, c.Theme.Plain)
	require.Equal(t, []config.RoleColours{
		{Role: "accent", Colours: []config.Colour{"#8A5A00"}}, {Role: "ok", Colours: []config.Colour{"28"}}, {Role: "tiles", Colours: []config.Colour{"24", "#334455"}},
	}, c.Theme.Colours())
	n, ok := c.Theme.OK.Number()
	require.True(t, ok)
	require.Equal(t, 28, n)
	_, ok = c.Theme.Accent.Number()
	require.False(t, ok)
}
