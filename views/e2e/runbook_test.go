package e2e

import (
	"encoding/json"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// atStep is the step under the cursor of a guided sequence: its title and what follows.
var atStep = regexp.MustCompile(`(?m)^ ▌ . +\d+  (.*)$`)

// step waits until the cursor has left the step before, and returns the one it is on;
// "" at the summary.
func (m term) step(before string) (now string) {
	m.t.Helper()
	m.WaitUntil("the step after "+before, func(screen string) bool {
		if strings.Contains(screen, " ▌ Summary") {
			now = ""
			return true
		}
		found := atStep.FindStringSubmatch(screen)
		if found == nil || strings.Contains(screen, "╭") {
			return false
		}
		now = strings.Join(strings.Fields(found[1]), " ")
		return now != before
	})
	return now
}

// Priya's account is secured with the built program, from the menu to the summary; the
// journal has one case.
func TestRunbook_SecuresPriyasAccount(t *testing.T) {
	t.Parallel()
	c := newCounter(t)
	d := newOffice(t, c)
	tm := start(t, 120, 40, d.env...)
	tm.open("priya.raman", "Priya Raman")
	tm.Send("x")
	tm.WaitFor("SUGGESTED", "▌ Secure this account")
	tm.Send("enter")
	tm.WaitFor("Users › Priya Raman › Secure this account", "case secure-")

	const given = "called from the number on file"
	reason := given // it stands in the questions after the first
	var done []string
	for at := tm.step(""); at != ""; at = tm.step(at) {
		title := regexp.MustCompile(` (to do|ask the caller)$`).ReplaceAllString(at, "")
		switch {
		case strings.Contains(title, "MacBook Air"): // her own
			tm.Send("s")
			continue
		case strings.HasPrefix(title, "Check "), strings.HasPrefix(title, "Tell "):
			tm.Send("space")
			continue
		}
		done = append(done, title)
		tm.Send("enter")
		switch {
		case strings.HasPrefix(title, "Remove "), strings.HasPrefix(title, "Make "):
			checked(tm, reason)
			tm.confirm("Cancel")
		default:
			if strings.HasPrefix(title, "Set password") {
				tm.WaitFor("End sessions")
				tm.Send("enter")
			}
			tm.agree(reason)
		}
		reason = ""
	}
	require.Equal(t, "Sign out everywhere", done[0])
	require.Equal(t, "Remove passkey Chrome on Windows", done[1])
	require.Equal(t, "Set password as compromised", done[len(done)-1])
	tm.WaitFor("Summary for the ticket", "skipped", "[record ")
	require.Len(t, regexp.MustCompile(`\[record \w+\]`).FindAllString(tm.Screen(), -1), len(done))
	tm.Send("y")
	tm.WaitFor("Copied the summary")
	require.Contains(t, string(tm.Output()), "\x1b]52;c;", "it is on the clipboard")
	tm.leave("ctrl+c")

	out, stderr, code := d.run("journal", "show", "--json", "--limit", "0")
	require.Zero(t, code, stderr)
	cases := map[string]int{}
	for line := range strings.Lines(out) {
		var e struct {
			State  string
			Record struct{ Case, Reason string }
		}
		require.NoError(t, json.Unmarshal([]byte(line), &e))
		require.Equal(t, "ok", e.State, line)
		require.Equal(t, given, e.Record.Reason, line)
		cases[e.Record.Case]++
	}
	require.Len(t, cases, 1)
	for id, n := range cases {
		require.Regexp(t, `^secure-\w+$`, id)
		require.Equal(t, len(done), n)
	}
	var found []struct {
		RequiresPasswordReset bool `json:"requires_password_reset"`
		Passkeys              []struct{ Name string }
		Emails                []struct {
			Address string `json:"email_address"`
		} `json:"email_addresses"`
	}
	require.Equal(t, http.StatusOK, ask(t, c.URL+"/v1", c.key, "/users?query=priya.raman", &found))
	require.Len(t, found, 1)
	require.True(t, found[0].RequiresPasswordReset)
	require.Len(t, found[0].Passkeys, 1)
	require.Equal(t, "MacBook Air", found[0].Passkeys[0].Name)
	require.Len(t, found[0].Emails, 1)
}
