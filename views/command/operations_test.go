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

// operations is the catalogue as a page: a table for each group.
func (c *counter) operations() string {
	c.Helper()
	var b strings.Builder
	b.WriteString("# Operations\n\n" +
		"Every operation of the catalogue (`api/ops`). Each is in the menu (`x`) and the palette (`:`), and is a subcommand `frontdesk do OPERATION`.\n" +
		"This page is generated: `make operations`.\n\n" +
		"Questions by tier: **T0** none, or a y if a secret is involved · **T1** a y · **T2** a dialog with a reason · **T3** a checklist and a typed confirmation ·\n" +
		"**T4** the e-mail address, or `ban 37`, and five seconds to stop it. The tier is one higher on production and for an organization admin; ten users or more are T4.\n\n" +
		"With `--yes` there is no question: T2 and higher need `--reason`, T3 and T4 also `--confirm` with the text you would type, which also confirms the checklist\n" +
		"(`--confirm sam.c@pine.example`, `--confirm 0142`, `--confirm \"ban 37\"`). If stderr is a terminal, T4 waits five seconds, in which ctrl-c stops it.\n\n" +
		"With `--json` the field `read` of a read is the service's object, or an array of its objects, byte for byte and in one line of ASCII. An unpaired surrogate stays an escape,\n" +
		"and bytes that are not UTF-8 become U+FFFD. Secrets are hidden unless `--reveal` is set. `total` is the number of objects in all.\n")
	group := ops.Group("")
	for _, o := range c.catalogue.All() {
		if o.Group != group {
			group = o.Group
			fmt.Fprintf(&b, "\n## %s\n\n| operation | title | request | tier | to undo | after a lost answer |\n| --- | --- | --- | --- | --- | --- |\n", group)
		}
		fmt.Fprintf(&b, "| `%s` | %s | %s | %s | %s | %s |\n", o.ID, o.Title, c.requests(o), asked(o), wayBack(o), lostAnswer(o))
	}
	b.WriteString("\n## Parameters\n\nEach is a flag of `frontdesk do`, with dashes or underscores. Secrets come from a file (`--password-file`) or stdin. " +
		"Separate the values of a list with commas, or repeat the flag.\nWhat is not given is not sent.\n\n")
	for _, o := range c.catalogue.All() {
		var names []string
		for _, f := range o.Fields {
			names = append(names, "`"+f.Name+"`"+needs(f))
		}
		if len(names) > 0 {
			fmt.Fprintf(&b, "- `%s`: %s\n", o.ID, strings.Join(names, ", "))
		}
	}
	return b.String()
}

func needs(f ops.Field) string {
	if f.Required {
		return " (required)"
	}
	return ""
}

// requests are what the operation sends, with names in place of ids.
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

func asked(o ops.Operation) string {
	says := fmt.Sprintf("T%d", o.Tier)
	if o.ConfirmsRead {
		says += ", one y"
	}
	return says
}

func wayBack(o ops.Operation) string {
	switch {
	case o.IsRead() || o.ConfirmsRead:
		return ""
	case o.WayBack == "":
		return "none"
	}
	return o.WayBack
}

// lostAnswer is the retry rule in words.
func lostAnswer(o ops.Operation) string {
	return map[ops.Retry]string{
		ops.RetryRead: "asked again", ops.RetryReadBack: "looked up", ops.RetryLookFirst: "looked up; a repeat would have effects",
		ops.RetryGone: "looked up; gone is done", ops.RetryNever: "never sent again",
	}[o.Retry]
}
