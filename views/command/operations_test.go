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
func TestTheOperationsTableIsUpToDate(t *testing.T) {
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
		"Everything that frontdesk can ask of the Users API, as the catalogue (`api/ops`) has it. Each stands in the menu (`x`), the palette (`:`) and as\n" +
		"`frontdesk do OPERATION`. This page is generated: `make operations`.\n\n" +
		"How it is asked: **T0** not at all, or one y where a secret is involved · **T1** one y · **T2** a dialog with a reason · **T3** a checklist and something to type ·\n" +
		"**T4** the e-mail address, or `ban 37`, and five seconds to stop it. One tier up on production and for an organization's admin; ten users and more are T4.\n\n" +
		"With `--yes` nobody is asked: T2 and up want `--reason`, T3 and T4 also `--confirm` with what would be typed, which says that the checklist is so too\n" +
		"(`--confirm sam.c@pine.example`, `--confirm 0142`, `--confirm \"ban 37\"`). Where stderr is a terminal, T4 leaves five seconds to stop it.\n\n" +
		"With `--json` a read prints as `read` the service's own object, or an array of its objects: every digit, escape and name as it came, in one line of ASCII.\n" +
		"Half a surrogate pair stays the escape that it was; bytes that are no UTF-8 become U+FFFD; secrets are dots unless `--reveal`. `total` says how many there are in all.\n")
	group := ops.Group("")
	for _, o := range c.catalogue.All() {
		if o.Group != group {
			group = o.Group
			fmt.Fprintf(&b, "\n## %s\n\n| operation | what it is called | request | asked | way back | after a lost answer |\n| --- | --- | --- | --- | --- | --- |\n", group)
		}
		fmt.Fprintf(&b, "| `%s` | %s | %s | %s | %s | %s |\n", o.ID, o.Title, c.requests(o), asked(o), wayBack(o), lostAnswer(o))
	}
	b.WriteString("\n## Parameters\n\n`frontdesk do` has each as a flag, with dashes or underscores; secrets come from a file (`--password-file`) or stdin. " +
		"Lists take commas, or the flag again.\nWhat is not given is not sent.\n\n")
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
		return " (needed)"
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
