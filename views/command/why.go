package command

import (
	"context"
	"errors"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/views/action"
	"frontdesk/views/userfmt"
)

// whyCommand returns `frontdesk why`, which explains whether a user can sign in.
func whyCommand(env Env) *cobra.Command {
	var asJSON, masked bool
	cmd := &cobra.Command{
		Use: "why USER", Short: "Explain whether a person can sign in, and if not, why and what helps",
		Long: "Explains whether a person can sign in and, if not, why and until when, what they see, what helps, and any signs of an account takeover.\n" +
			"USER is an id, e-mail address, phone number or username. The exit code is 0 for any answer, 1 if the user could not be looked up.",
		SilenceUsage: true, SilenceErrors: true, ValidArgsFunction: completeNoUsers,
		Args: func(_ *cobra.Command, given []string) error {
			if len(given) != 1 || strings.TrimSpace(given[0]) == "" {
				return usage("why needs one USER: an id, e-mail address, phone number or username")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, given []string) error {
			env := env.withMask(masked)
			r := &run{Env: env, options: &options{}, who: given[0], leaver: &leaver{stderr: env.Stderr, leave: env.Exit}}
			ctx, stop := r.leaver.stoppable(cmd.Context())
			defer stop()
			return env.maskError(r.explain(ctx, asJSON))
		},
	}
	cmd.SetFlagErrorFunc(FlagError)
	cmd.Flags().SortFlags = false
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON object instead of sentences")
	declareMask(cmd.Flags(), &masked)
	return cmd
}

// reason is the output of `why --json`. Scripts depend on its fields.
type reason struct {
	User     *userJSON `json:"user"`
	Instance string    `json:"instance"`
	// Blocked reports whether they certainly cannot sign in. FullyKnown is false if part
	// of the record could not be decoded.
	Blocked    bool         `json:"blocked"`
	FullyKnown bool         `json:"fully_known"`
	State      string       `json:"state"`
	Title      string       `json:"title"`
	Reasons    []string     `json:"reasons"`
	Until      *string      `json:"until"` // when the block ends by itself, null if it does not
	Sees       string       `json:"sees"`
	Helps      string       `json:"helps"`
	Remedies   []remedyJSON `json:"remedies"`
	WaysIn     []string     `json:"ways_in"`
	Signs      []signJSON   `json:"signs"`
	// SessionsRead is false if the sessions could not be read, so that their signs are
	// missing.
	SessionsRead bool `json:"sessions_read"`
}

type remedyJSON struct {
	Operation string `json:"operation"`
	Title     string `json:"title"`
	When      string `json:"when"` // in which case it helps, "" if it helps in any case
}

// signJSON is a sign of a takeover or impersonation. Kind and At are empty for a name or
// address that imitates another.
type signJSON struct {
	Kind  string `json:"kind"`
	Text  string `json:"text"`
	Value string `json:"value"`
	At    string `json:"at"`
}

// sessionsAsked is the number of sessions to check for signs.
const sessionsAsked = 100

// explain prints the verdict for the user.
func (r *run) explain(ctx context.Context, asJSON bool) error {
	s, closeSession, err := r.connect(ctx)
	if err != nil {
		return err
	}
	defer closeSession()
	r.session = s
	u, err := r.find(ctx)
	if err != nil {
		return whyNotFound(err)
	}
	r.mask.Note(u)
	scr := r.screens(s)
	entry := scr.UserCache().Update(u)
	asked := r.Now()
	sessions, failure := s.Client.Sessions(ctx, u.ID, "", sessionsAsked, 0)
	if failure == nil {
		entry.Sessions.SetIfNewer(sessions, asked, r.Now())
	} else if api.IsCancelled(failure) {
		return errStopped
	} else {
		r.warn("frontdesk: the sessions could not be read, so they were not checked: " + plain(clean.Sentence(failure.Error())))
	}
	if asJSON {
		err = writeJSON(r.Stdout, r.reasonOf(scr, u, failure == nil))
	} else {
		_, err = io.WriteString(r.Stdout, strings.Join(r.explanation(scr, u), "\n")+"\n")
	}
	if err != nil {
		return failed("the answer could not be printed: " + plain(systemReason(err)))
	}
	return nil
}

// whyNotFound returns why there is no answer, as an Exit.
func whyNotFound(err error) error {
	var exit Exit
	switch {
	case errors.As(err, &exit):
		return exit
	case api.IsCancelled(err):
		return errStopped
	}
	return failed(clean.Sentence(err.Error()))
}

// explanation returns the verdict in sentences.
func (r *run) explanation(scr *action.Env, u *api.User) []string {
	now := r.Now()
	v := scr.VerdictOf(u, now)
	rows := []string{strings.Join(userfmt.Identify(scr.Shown(u)), "   "), v.Title + ". " + strings.Join(v.Sentences, " ")}
	for _, more := range []string{v.Sees, v.Helps} {
		if more != "" {
			rows = append(rows, more)
		}
	}
	for _, f := range scr.Findings(u) {
		row := "! " + f.Text
		if f.Value != "" {
			row += ": " + f.Value
		}
		rows = append(rows, row)
	}
	for _, m := range action.Remedies(scr, u) {
		row := m.Title
		if m.When != "" {
			row += ", " + m.When
		}
		rows = append(rows, row+": frontdesk do "+m.ID+" "+scr.Shown(u).ID.Display())
	}
	for _, m := range action.WithheldRemedies(scr, u) {
		rows = append(rows, m.Why+".")
	}
	return rows
}

func (r *run) reasonOf(scr *action.Env, u *api.User, sessionsRead bool) reason {
	now := r.Now()
	v := scr.VerdictOf(u, now)
	out := reason{
		User: r.userJSON(u), Instance: r.session.Instance.Kind.String(), Blocked: v.Blocked, FullyKnown: len(u.Problems) == 0, State: v.State.String(),
		Title: v.Title, Reasons: v.Sentences, Sees: v.Sees, Helps: v.Helps, Remedies: []remedyJSON{}, WaysIn: v.Ways, Signs: []signJSON{}, SessionsRead: sessionsRead,
	}
	if out.WaysIn == nil {
		out.WaysIn = []string{}
	}
	if !v.Until.IsZero() {
		until := v.Until.UTC().Format(time.RFC3339)
		out.Until = &until
	}
	for _, m := range action.Remedies(scr, u) {
		out.Remedies = append(out.Remedies, remedyJSON{m.ID, m.Title, m.When})
	}
	for _, s := range v.Signs {
		out.Signs = append(out.Signs, signJSON{string(s.Kind), s.Text, s.Value.Raw(), s.At.UTC().Format(time.RFC3339)})
	}
	for _, f := range scr.Findings(u)[len(v.Signs):] {
		out.Signs = append(out.Signs, signJSON{Text: f.Text, Value: f.Value})
	}
	return out
}
