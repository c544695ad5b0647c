package e2e

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"frontdesk/api"
	"frontdesk/api/desk"
	"frontdesk/api/ops"
	"frontdesk/api/wire"
	"frontdesk/views/user"
	"frontdesk/views/users"
)

// greet is an operation that Clerk does not have. It is one entry; no other code knows
// of it.
func greet() ops.Operation {
	greeted := func(u *api.User) bool { return string(u.PublicMetadata) == `{"greeted":"warmly"}` }
	return ops.Operation{
		ID: "greet_user", Title: "Greet user", Verb: "Greet", Doing: "Greeting", Done: "Greeted", Group: "Manners", Tier: ops.T2,
		Effects: func(s ops.Subject) []string { return []string{"notes in the metadata that they were greeted"} },
		WayBack: "Merge metadata",
		WhyNot: func(u *api.User, _ time.Time) string {
			if greeted(u) {
				return "already greeted"
			}
			return ""
		},
		Fields: []ops.Field{{Name: "manner", Label: "Manner", Hint: "warmly", Required: true}},
		Call: func(ctx context.Context, c *api.Client, r ops.Request) (*api.User, error) {
			return c.UpdateMetadata(ctx, r.UserID, api.Metadata{Public: wire.Set(api.RawObject(`{"greeted":"` + r.Values["manner"] + `"}`))})
		},
		Retry:   ops.RetryReadBack,
		Applied: func(_, after *api.User, _ ops.Request) bool { return greeted(after) },
		State:   func(u *api.User, _ time.Time) string { return string(u.PublicMetadata) },
	}
}

// fakeJournal keeps what was written to it.
type fakeJournal struct{ lines []string }

func (j *fakeJournal) Intend(in desk.Intent) (string, error) {
	j.lines = append(j.lines, "intend "+in.Op.ID+" "+in.Op.JournalValues(in.Request)["manner"])
	return "1", nil
}

func (j *fakeJournal) Refuse(desk.Intent, desk.Outcome) error { return nil }

func (j *fakeJournal) Record(_ string, out desk.Outcome) error {
	j.lines = append(j.lines, out.Op.ID+" "+out.State.String())
	return nil
}

// One more entry is in the menu, the palette, the help, has a confirmation with its
// form, a toast, a journal line and a subcommand.
func TestCatalogue_OneEntryAddsAnOperation(t *testing.T) {
	t.Parallel()
	s := newSeat(t)
	s.Env.Catalogue = ops.New(append(s.Env.Catalogue.All(), greet()))
	kept := &fakeJournal{}
	var err error
	s.Env.Desk, err = desk.New(desk.Config{Client: s.Env.Client, Catalogue: s.Env.Catalogue, Clock: s.Clock.Now, Journal: kept, Sleep: s.Env.Sleep})
	require.NoError(t, err)
	d := s.Drive(user.NewDetail(s.Env, s.tilda()), 120, 50)

	d.Press(":") // the palette
	d.Type("greet")
	d.Has("Greet user")
	d.Press("esc", "?") // the help
	d.Type("greet")
	d.Has("Greet user", "Notes in the metadata that they were greeted.")
	d.Press("esc", "esc", "x") // the menu
	d.Type("greet")
	d.Has("Greet user")
	d.Press("enter") // the confirmation and its form
	d.Dialog().Expect("Greet user", "Tilda Nord", "on DEMO", "notes in the metadata that they were greeted", "Merge metadata", "Manner", "Reason")
	d.Type("warmly")
	d.Press("enter")
	d.Type("manners")
	d.Press("enter", "y")
	d.Has("Greeted Tilda Nord") // the toast
	require.JSONEq(t, `{"greeted":"warmly"}`, string(s.tilda().PublicMetadata))
	require.Equal(t, []string{"intend greet_user warmly", "greet_user done"}, kept.lines)
	d.Press("x")
	d.Type("greet")
	d.Has("already greeted")

	require.Contains(t, s.do(t, "do", "greet_user", "--help"), "--manner")
	method, path := s.rehearsed(t, "do", "greet_user", tildaID, "--manner", "warmly")
	require.Equal(t, "PATCH /users/"+tildaID+"/metadata", method+" "+path)
	list := users.New(s.Env)
	for _, a := range list.Actions() {
		if a.ID == "greet_user" {
			return
		}
	}
	t.Fatal("the list does not offer it")
}
