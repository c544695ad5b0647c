package command_test

import (
	"flag"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"frontdesk/api"
	"frontdesk/api/ops"
)

var update = flag.Bool("update", false, "write docs/operations.md anew")

// docs/operations.md is drawn from the catalogue; it is as up to date as the
// last run of this test with -update.
func TestOperationsTable_IsUpToDate(t *testing.T) {
	c := newCounter(t)
	c.signIn()
	now := c.operations()
	path := filepath.Join("..", "..", "docs", "operations.md")
	if *update {
		require.NoError(t, os.WriteFile(path, []byte(now), 0o644))
	}
	kept, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, string(kept), now, "run: make operations")
}

// operations returns the catalogue as a page, with a table for each group.
func (c *counter) operations() string {
	c.Helper()
	var b strings.Builder
	b.WriteString("# Operations\n\n" +
		"Every operation of the Users API that frontdesk offers, as listed in the catalogue (`api/ops`). Each one is in the menu (`x`), in the palette (`:`) and\n" +
		"available as `frontdesk do OPERATION`. This page is generated: `make operations`.\n\n" +
		"Confirmation: **T0** none, or one y if a secret is involved · **T1** one y · **T2** a dialog with a reason · **T3** a checklist and something to type ·\n" +
		"**T4** the e-mail address, or `ban 37`, and five seconds to stop it. One tier higher on production and for an organization's admin; ten users or more are T4.\n\n" +
		"With `--yes` there is no question: T2 and above need `--reason`, T3 and T4 also `--confirm` with the text that would be typed, which also confirms the checklist\n" +
		"(`--confirm sam.c@pine.example`, `--confirm 0142`, `--confirm \"ban 37\"`). If stderr is a terminal, T4 leaves five seconds to stop it.\n\n" +
		"With `--json`, `read` is the API's own object, or an array of its objects: every digit, escape and name as received, in one line of ASCII.\n" +
		"An unpaired surrogate keeps its escape, invalid UTF-8 becomes U+FFFD, and secrets are dots unless `--reveal` is given. `total` is how many there are in all.\n")
	group := ops.Group("")
	for _, o := range c.catalogue.All() {
		if o.Group != group {
			group = o.Group
			fmt.Fprintf(&b, "\n## %s\n\n| operation | title | request | confirmation | to undo | after a lost response |\n| --- | --- | --- | --- | --- | --- |\n", group)
		}
		fmt.Fprintf(&b, "| `%s` | %s | %s | %s | %s | %s |\n", o.ID, o.Title, c.requests(o), confirmation(o), undo(o), afterLostResponse(o))
	}
	b.WriteString("\n## Parameters\n\n`frontdesk do` has a flag for each, with dashes or underscores; secrets come from a file (`--password-file`) or stdin. " +
		"Separate list values with commas, or repeat the flag.\nA parameter that is not given is not sent.\n\n")
	for _, o := range c.catalogue.All() {
		var names []string
		for _, f := range o.Fields {
			names = append(names, "`"+f.Name+"`"+required(f))
		}
		if len(names) > 0 {
			fmt.Fprintf(&b, "- `%s`: %s\n", o.ID, strings.Join(names, ", "))
		}
	}
	return b.String()
}

func required(f ops.Field) string {
	if f.Required {
		return " (required)"
	}
	return ""
}

// requests returns what the operation sends, with placeholders for ids.
func (c *counter) requests(o ops.Operation) string {
	c.Helper()
	if o.ID == "users_unban" {
		c.ban(someoneID)
	}
	told := c.run(c.command(o, "--dry-run", "--json")...)
	require.Zero(c, told.code, "%s: %s", o.ID, told.err)
	got := told.object()
	at, err := url.Parse(got["url"].(string))
	require.NoError(c, err)
	path := strings.NewReplacer("/v1", "", someoneID, "{user_id}", "idn_email2", "{id}", "idn_phone2", "{id}", "idn_wallet", "{id}", "idn_passkey", "{id}",
		"eac_google", "{id}", "sess_1", "{id}", "sess_2", "{id}", "oauth_google", "{provider}").Replace(at.Path)
	says := fmt.Sprintf("`%s %s`", got["method"], path)
	if got["then"] != nil {
		says += " for each"
	}
	return says
}

func confirmation(o ops.Operation) string {
	says := fmt.Sprintf("T%d", o.Tier)
	for _, e := range o.Escalations {
		names := make([]string, len(e.Fields))
		for i, name := range e.Fields {
			names[i] = "`" + strings.TrimSpace(name+" "+e.Value) + "`"
		}
		says += fmt.Sprintf("; T%d with %s", ops.T3, api.JoinWords(names, "or"))
	}
	if o.ConfirmsRead {
		says += ", one y"
	}
	return says
}

func undo(o ops.Operation) string {
	switch {
	case o.IsRead() || o.ConfirmsRead:
		return ""
	case o.WayBack == "":
		return "none"
	}
	return o.WayBack
}

// afterLostResponse returns the retry rule in words.
func afterLostResponse(o ops.Operation) string {
	return map[ops.Retry]string{
		ops.RetryRead: "repeated", ops.RetryReadBack: "checked", ops.RetryLookFirst: "checked; a repeat would have effects of its own",
		ops.RetryGone: "checked; 404 counts as done", ops.RetryNever: "never sent again",
	}[o.Retry]
}
