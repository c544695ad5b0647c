package command_test

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"frontdesk/api/profile"
	"frontdesk/api/sandbox/faults"
	"frontdesk/api/sandbox/store"
)

func TestDo_BanAndUnban(t *testing.T) {
	c := newCounter(t)
	told := c.run("do", "ban_user", "tilda@fjord.example", "--yes", "--reason", "chargebacks")
	require.Zero(t, told.code, told.err)
	require.Equal(t, "Banned Tilda Nord · tilda@fjord.example; reason: chargebacks · on DEMO\n", told.out)
	require.Empty(t, told.err)
	require.True(t, c.user(someoneID).Banned)
	require.Equal(t, 1, c.closed)

	told = c.run("do", "ban-user", "TILDA.N", "--yes", "--reason", "again", "--json")
	require.Zero(t, told.code, "they are as they were to be")
	require.Equal(t, map[string]any{"operation": "ban_user", "instance": "DEMO", "state": "already_so", "message": "Nothing to do for Tilda Nord: already banned",
		"user": map[string]any{"id": someoneID, "name": "Tilda Nord", "email": "tilda@fjord.example", "phone": "+14155550199"}}, told.object())
	require.Empty(t, told.err)
	told = c.run("do", "disable_mfa", someoneID, "--yes", "--reason", "lost phone", "--confirm", "0199")
	require.Zero(t, told.code, told.err)
	told = c.run("do", "delete_backup_code", someoneID, "--yes", "--reason", "lost phone")
	require.Zero(t, told.code)
	require.Equal(t, "Nothing to do for Tilda Nord: no backup codes are set up · on DEMO\n", told.out)

	told = c.run("do", "unban_user", "(415) 555-0199", "--yes", "--json")
	require.Zero(t, told.code, told.err)
	require.Equal(t, "done", told.object()["state"])
	require.False(t, c.user(someoneID).Banned)
}

// Who is meant is found by what is theirs alone, however it is written.
func TestFind_ByIDAddressNumberAndUsername(t *testing.T) {
	c := newCounter(t)
	for _, who := range []string{someoneID, "tilda@fjord.example", "T.Nord@Fjord.Example", "tilda.n", "@tilda.n", "+1 (415) 555-0199",
		"415.555.0199", "001 415 555 0199", "+46 70 174 06 05", " tilda.n "} {
		told := c.run("do", "get_user", who, "--json")
		require.Zero(t, told.code, "%s: %s", who, told.err)
		require.Equal(t, someoneID, told.object()["user"].(map[string]any)["id"], who)
		require.Equal(t, "tilda.n", told.object()["read"].(map[string]any)["username"])
	}
	for _, who := range []string{"tilda", "nobody@fjord.example", "+14155550000000", "user_2none", "..", "%", "415"} {
		told := c.run("do", "lock_user", who, "--yes", "--reason", "asked to")
		require.Equal(t, 1, told.code, who)
		require.Contains(t, told.err, "nobody has the id, e-mail address, phone number or username “"+who+"”")
	}
	require.Empty(t, c.writes())
}

// A name is not enough to act on, but it finds those who have it.
func TestFind_AmbiguousNameListsUsers(t *testing.T) {
	c := newCounter(t)
	told := c.run("do", "ban_user", "Sam Carter", "--yes", "--reason", "fraud")
	require.Equal(t, 1, told.code)
	require.Equal(t, 3, strings.Count(told.err, "Sam Carter   "), told.err)
	for _, mail := range []string{"sam.c@pine.example", "sam.carter@mail.example", "scarter@northwind.example"} {
		require.Contains(t, told.err, mail)
	}
	require.Contains(t, told.err, "   user_")

	// The same number as a phone and as a username are two people.
	sam := c.FindUser("scarter@northwind.example")
	c.EditUser(sam, func(u *store.User) { u.Username = "14155550199" })
	told = c.run("do", "ban_user", "14155550199", "--yes", "--reason", "fraud", "--json")
	require.Equal(t, 1, told.code)
	require.Contains(t, told.err, "more than one person has “14155550199”")
	require.Contains(t, told.err, "Tilda Nord   tilda@fjord.example   "+someoneID)
	require.Contains(t, told.err, sam.ID.Raw())
	require.Len(t, told.object()["matches"], 2)
	require.Empty(t, c.writes())
}

// A server that ignores a filter gives everybody; nobody of them is meant.
func TestFind_ChecksResultsOfAnIgnoredFilter(t *testing.T) {
	c := newCounter(t)
	c.Transport.Intercept(func(r *http.Request) (*http.Response, error) {
		if r.URL.Path == "/v1/users" {
			r.URL.RawQuery = ""
		}
		return nil, nil
	})
	told := c.run("do", "ban_user", "nobody@fjord.example", "--yes", "--reason", "asked to")
	require.Equal(t, 1, told.code)
	require.Contains(t, told.err, "nobody has")
	require.Empty(t, c.writes())
}

func TestDo_UsageErrors(t *testing.T) {
	c := newCounter(t)
	for says, args := range map[string][]string{
		`there is no operation "bann_user": did you mean ban_user`: {"do", "bann_user", "x"},
		"ban_user needs a USER":                                      {"do", "ban_user", "--yes", "--reason", "asked to"},
		"USER is empty":                                              {"do", "ban_user", " ", "--yes", "--reason", "asked to"},
		"ban_user takes one USER":                                    {"do", "ban_user", "Tilda", "Nord", "--yes"},
		"takes no USER":                                              {"do", "create_user", "x"},
		"No terminal to ask on":                                      {"do", "ban_user", someoneID},
		"ban_user needs a --reason with --yes":                       {"do", "ban_user", someoneID, "--yes", "--reason", "  "},
		"there is no flag --forse here":                              {"do", "ban_user", someoneID, "--forse"},
		"there is no flag --resaon here: did you mean --reason?":     {"do", "ban_user", someoneID, "--resaon", "x"},
		"there is no flag --limt here: did you mean --limit?":        {"users", "--limt", "3"},
		"as in: frontdesk users -- -word":                            {"users", "-maya"},
		"--reason needs a value":                                     {"do", "ban_user", someoneID, "--reason"},
		"--part is missing: which passkey?\n  idn_passkey   MacBook": {"do", "user_passkey_delete", someoneID, "--yes", "--reason", "asked to"},
		"--email-address must be an e-mail address":                  {"do", "create_email_address", someoneID, "--email-address", "nonsense", "--yes", "--reason", "asked to"},
		"--email-address is missing: E-mail address":                 {"do", "create_email_address", someoneID, "--yes", "--reason", "asked to"},
		"--verified must be one of no or yes":                        {"do", "create_email_address", someoneID, "--email-address", "a@b.example", "--verified", "maybe", "--yes", "--reason", "asked to"},
		"update_user: nothing was changed":                           {"do", "update_user", someoneID, "--first-name", "Tilda", "--yes", "--reason", "asked to"},
		"--password-stdin or --password-file is missing":             {"do", "set_user_password", someoneID, "--yes", "--reason", "asked to"},
		"--password-stdin: it is empty":                              {"do", "set_user_password", someoneID, "--password-stdin", "--yes", "--reason", "asked to"},
		"--password-file: the file does not exist":                   {"do", "set_user_password", someoneID, "--password-file", "/nowhere", "--yes", "--reason", "asked to"},
		"--password is given in more than one way":                   {"do", "set_user_password", someoneID, "--password-file", "/nowhere", "--password-stdin", "--yes", "--reason", "asked to"},
		"only one field can come from stdin":                         {"do", "create_user", "--password-stdin", "--totp-secret-stdin", "--username", "u", "--yes", "--reason", "asked to"},
		"--file: the file does not exist":                            {"do", "set_user_profile_image", someoneID, "--file", "/nowhere.png", "--yes", "--reason", "asked to"},
		"--public-metadata":                                          {"do", "update_user_metadata", someoneID, "--public-metadata", `{"a":1,"a":2}`, "--yes", "--reason", "asked to"},
		"is shown only once: add --reveal":                           {"do", "set_user_totp", someoneID, "--yes", "--reason", "asked to"},
		"there is no such one-letter flag here":                      {"do", "ban_user", someoneID, "-y"},
		"--json and --csv cannot be combined":                        {"users", "--json", "--csv"},
		"--limit must be 1 or more":                                  {"users", "--limit", "0"},
		"--limit must be a whole number":                             {"users", "--limit", "many"},
		"--order must be one of created_at":                          {"users", "--order", "name"},
		"--phone must be a number":                                   {"users", "--phone", "abc"},
		"--email must be a whole e-mail address":                     {"users", "--email", "abc"},
	} {
		told := c.run(args...)
		require.Equal(t, 2, told.code, "%v: %s%s", args, told.out, told.err)
		require.Contains(t, told.err, says, "%v", args)
		require.Empty(t, told.out)
	}
	require.Empty(t, c.writes())
}

// A secret on the command line is refused, and not repeated anywhere.
func TestDo_RefusesSecretsInArguments(t *testing.T) {
	c := newCounter(t)
	for _, args := range [][]string{
		{"do", "set_user_password", someoneID, "--password", password, "--yes", "--reason", "asked to"},
		{"do", "set_user_password", someoneID, "--password=" + password, "--yes", "--reason", "asked to"},
		{"do", "set_user_password", "--password", password, "--json"},
		{"do", "create_user", "--totp_secret=" + password, "--username", "u"},
		{"do", "verify_totp", someoneID, "--code=" + password, "--dry-run"},
		{"do", "set_user_password", someoneID, "--pasword=" + password},
		{"do", "set_user_password", someoneID, "--password-stdin=" + password},
		{"do", "set_user_password", someoneID, "-p" + password},
	} {
		told := c.run(args...)
		require.Equal(t, 2, told.code, "%v", args)
		require.NotContains(t, told.out+told.err, password)
	}
	require.Contains(t, c.run("do", "set_user_password", someoneID, "--password", "x").err, "use --password-stdin or --password-file")
	require.NotContains(t, c.run("do", "set_user_password", "--help").out, "--password ")
	require.Empty(t, c.writes())
}

func TestDo_RevealsSecretsOnRequest(t *testing.T) {
	c := newCounter(t)
	c.signIn()
	c.stdin = strings.NewReader(password + "\n")
	told := c.run("do", "set_user_password", someoneID, "--password-stdin", "--yes", "--reason", "lost", "--confirm", "0199")
	require.Zero(t, told.code, told.err)
	require.Equal(t, "Set the password of Tilda Nord · tilda@fjord.example; reason: lost · on DEMO\n", told.out)

	c.stdin = strings.NewReader(password)
	told = c.run("do", "verify_password", someoneID, "--password-stdin", "--yes")
	require.Zero(t, told.code, told.err)
	require.Contains(t, told.out, "The password is right · on DEMO\n")
	told = c.run("do", "verify_password", someoneID, "--password-file", c.WriteFile("wrong", []byte("wrong")), "--yes", "--json")
	require.Equal(t, 1, told.code, "the answer is no")
	require.Equal(t, true, told.object()["no"])
	require.Empty(t, told.err)

	told = c.run("do", "get_o_auth_access_token", someoneID, "--yes")
	require.Zero(t, told.code, told.err)
	require.Contains(t, told.out, "The secrets are hidden; --reveal prints them.")
	require.NotContains(t, told.out, "ya29")
	require.NotContains(t, c.run("do", "get_o_auth_access_token", someoneID, "--yes", "--json").out, "ya29")
	require.Contains(t, c.run("do", "get_o_auth_access_token", someoneID, "--yes", "--reveal").out, "Token: ya29.secret\n")

	c.change(func(u *store.User) { u.TOTP = nil })
	told = c.run("do", "create_user_totp", someoneID, "--yes", "--reason", "new phone", "--confirm", "0199", "--reveal")
	require.Zero(t, told.code, told.err)
	require.Regexp(t, `(?m)^Secret: [A-Z2-7]{16,}$`, told.out)
	require.Regexp(t, `(?m)^Scan: otpauth://totp/\S+secret=\S+$`, told.out)
}

func TestDo_UnknownOutcome(t *testing.T) {
	c := newCounter(t)
	c.Server.SetFaults(faults.Switches{Drop: "after", Path: "/users/*/ban"})
	told := c.run("do", "ban_user", someoneID, "--yes", "--reason", "fraud", "--json")
	require.Zero(t, told.code, "the read-back shows it")
	require.Equal(t, true, told.object()["read_back"])

	c.change(func(u *store.User) { u.Banned = false })
	c.Server.SetFaults(faults.Switches{})
	c.Transport.Intercept(func(r *http.Request) (*http.Response, error) {
		if r.Method == http.MethodPost {
			c.Server.SetFaults(faults.Switches{Drop: "after"})
		}
		return nil, nil
	})
	told = c.run("do", "ban_user", someoneID, "--yes", "--reason", "fraud", "--json")
	require.Equal(t, 3, told.code)
	require.Equal(t, "unknown", told.object()["state"])
	require.Contains(t, told.err, "It is unclear whether Tilda Nord · tilda@fjord.example was banned")
	require.Contains(t, told.err, "It may still happen. Check in a minute with frontdesk do get_user "+someoneID)
}

func TestDo_ServerErrors(t *testing.T) {
	c := newCounter(t)
	c.Server.SetFaults(faults.Switches{Path: "/users/*/ban", ErrorRate: 1, ErrorStatus: http.StatusPaymentRequired})
	told := c.run("do", "ban_user", someoneID, "--yes", "--reason", "fraud", "--json")
	require.Equal(t, 1, told.code)
	require.Contains(t, told.err, "is a paid feature")
	require.Contains(t, told.err, "Lock user keeps them from signing in")
	require.NotEmpty(t, told.object()["trace_id"])

	c.Server.SetFaults(faults.Switches{})
	c.change(func(u *store.User) { u.Passkeys = nil })
	told = c.run("do", "user_passkey_delete", someoneID, "--part", "idn_passkey", "--yes", "--reason", "lost", "--json")
	require.Zero(t, told.code, "%s%s", told.out, told.err)
	require.Equal(t, "already_gone", told.object()["state"])

	c.Server.SetFaults(faults.Switches{ErrorRate: 1, ErrorStatus: http.StatusUnauthorized})
	told = c.run("do", "lock_user", someoneID, "--yes", "--reason", "asked to", "--json")
	require.Equal(t, 1, told.code)
	require.Equal(t, "refused", told.object()["state"])
	require.NotContains(t, told.out+told.err, "sk_test")
}

func TestFindPart_ByIDOrName(t *testing.T) {
	c := newCounter(t)
	require.Zero(t, c.run("do", "verify_email_address", someoneID, "--part", "T.NORD@fjord.example", "--yes", "--reason", "seen", "--confirm", "0199").code)
	told := c.run("do", "delete_email_address", someoneID, "--part", "idn_email2", "--yes", "--reason", "old", "--confirm", "0199")
	require.Zero(t, told.code, told.err)
	require.Len(t, c.user(someoneID).EmailAddresses, 1)
}

func TestDo_CreateUserAndListUsers(t *testing.T) {
	c := newCounter(t)
	o, _ := c.catalogue.Get("create_user")
	told := c.run(c.command(o, "--yes", "--reason", "by phone", "--json")...)
	require.Zero(t, told.code, told.err)
	require.Equal(t, "Created Elin · elin@fjord.example; reason: by phone", told.object()["message"])
	require.Equal(t, "Elin", told.object()["user"].(map[string]any)["name"])
	told = c.run("do", "create_user", "--email-address", "elin@fjord.example", "--yes", "--reason", "twice")
	require.Equal(t, 1, told.code)
	require.Contains(t, told.err, "Could not create the user: --email-address: That email address is taken. Please try another")
	require.NotContains(t, told.err, "no name")
	told = c.run("do", "get_users_count", "--query", "Tilda")
	require.Equal(t, "1 user · on DEMO\ntotal: 1\n", told.out)
	require.Zero(t, c.run("do", "get_instance").code)
	told = c.run("do", "get_user", someoneID)
	require.Contains(t, told.out, "e-mail    tilda@fjord.example\n")
	require.Contains(t, told.out, "phone     +1 (415) 555-0199\n")
}

// On production, and for an admin, --yes wants a reason one tier earlier.
func TestDo_ProductionIsOneTierUp(t *testing.T) {
	c := newCounter(t)
	c.change(func(u *store.User) { u.Banned = true })
	c.kind = profile.Production
	told := c.run("do", "unban_user", someoneID, "--yes")
	require.Equal(t, 2, told.code)
	require.Contains(t, told.err, "because this is production")
	require.Zero(t, c.run("do", "unban_user", someoneID, "--yes", "--reason", "paid").code)
}

// ctrl-c before anything is sent sends nothing.
func TestDo_StoppedBeforeSending(t *testing.T) {
	c := newCounter(t)
	ctx, cancel := context.WithCancel(t.Context())
	c.terminal = true
	c.stdin = readerFunc(func([]byte) (int, error) { cancel(); select {} })
	told := c.runIn(ctx, "do", "ban_user", someoneID)
	require.Equal(t, 1, told.code)
	require.Contains(t, strings.ToLower(told.err), "nothing was sent")
	require.Empty(t, c.writes())

	ctx, cancel = context.WithCancel(t.Context())
	cancel()
	told = c.runIn(ctx, "do", "ban_user", someoneID, "--yes", "--reason", "asked to", "--json")
	require.Equal(t, 1, told.code)
	require.Empty(t, c.writes())
	require.Contains(t, strings.ToLower(told.err), "nothing was sent")
}

type readerFunc func([]byte) (int, error)

func (f readerFunc) Read(p []byte) (int, error) { return f(p) }
