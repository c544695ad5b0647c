package command_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"frontdesk/api"
	"frontdesk/api/ops"
	"frontdesk/api/wire"
)

// What the catalogue has, the command line has: an entry of its own and no code.
func TestDo_NewOperationIsASubcommand(t *testing.T) {
	c := newCounter(t)
	waved := ""
	c.catalogue = ops.New(append(c.catalogue.All(), ops.Operation{
		ID: "wave_at_user", Title: "Wave at user", Verb: "Wave", Doing: "Waving", Done: "Waved", Preposition: "at", Group: "Manners", Tier: ops.T2,
		Effects: func(ops.Subject) []string { return []string{"moves one hand, slowly"} },
		WhyNot:  func(*api.User, time.Time) string { return "" },
		Fields: []ops.Field{{Name: "which_hand", Label: "Hand", Kind: ops.FieldChoice, Choices: []string{"left", "right"}},
			{Name: "reason", Label: "Why this hand"}},
		Call: func(ctx context.Context, client *api.Client, r ops.Request) (*api.User, error) {
			waved = r.Values["which_hand"] + r.Values["reason"]
			return client.UpdateMetadata(ctx, r.UserID, api.Metadata{Public: wire.Set(api.RawObject(`{"waved":true}`))})
		},
	}))
	require.Contains(t, c.run("do", "--help").out, "wave_at_user")
	help := c.run("do", "wave_at_user", "--help").out
	for _, word := range []string{"Wave at user", "moves one hand, slowly", "Before it sends anything it asks for a reason and a y.", "--which-hand", "Hand: left or right", "--field-reason", "This cannot be undone"} {
		require.Contains(t, help, word)
	}
	told := c.run("do", "wave_at_user", "tilda.n", "--which-hand", "left", "--field-reason", "y", "--dry-run", "--json")
	require.Equal(t, "PATCH", told.object()["method"])
	require.Equal(t, "lefty", waved)
}

func TestHelp_ListsEveryOperation(t *testing.T) {
	c := newCounter(t)
	all := c.run("do", "--help").out
	require.Equal(t, all, c.run("do").out)
	for _, o := range c.catalogue.All() {
		require.Contains(t, all, o.ID)
		require.Contains(t, all, o.Title)
		help := c.run("do", o.ID, "--help").out
		for _, f := range o.Fields {
			require.Contains(t, help, "--"+strings.ReplaceAll(f.Name, "_", "-"), o.ID)
		}
		if o.Part != ops.PartNone {
			require.Contains(t, help, "--part")
		}
	}
}
