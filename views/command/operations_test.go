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
		"**T4** the e-mail address, or `ban 37`, and five seconds to stop it. One tier up on production and for an organization's admin; ten users and more are T4.\n")
	group := ops.Group("")
	for _, o := range c.catalogue.All() {
		if o.Group != group {
			group = o.Group
			fmt.Fprintf(&b, "\n## %s\n\n| operation | what it is called | request | asked | way back | after a lost answer |\n| --- | --- | --- | --- | --- | --- |\n", group)
		}
		fmt.Fprintf(&b, "| `%s` | %s | %s | %s | %s | %s |\n", o.ID, o.Title, c.requests(o), asked(o), wayBack(o), lostAnswer(o))
	}
	return b.String()
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
	if o.Asks {
		says += ", one y"
	}
	return says
}

func wayBack(o ops.Operation) string {
	switch {
	case o.Read() || o.Asks:
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
