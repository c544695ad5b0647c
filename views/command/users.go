package command

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"slices"
	"strconv"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/api/input"
	"frontdesk/api/ops"
	"frontdesk/api/search"
	"frontdesk/views/userfmt"
)

const defaultLimit = 50

// listOptions are the flags of `frontdesk users`.
type listOptions struct {
	json, csv, banned bool
	bom, mask         bool
	limit, offset     int
	order, since      string

	email, phone, username []string
}

// usersCommand returns `frontdesk users`, which lists users.
func usersCommand(env Env) *cobra.Command {
	o := &listOptions{}
	cmd := &cobra.Command{
		Use:   usersName + " [WORDS AND TOKENS…]",
		Short: "List users: a table, CSV or JSON",
		Long: "List users, newest first. WORDS are searched for as in the console: names, addresses, numbers, usernames, ids.\n" +
			"Tokens narrow the search: email: phone: name: user: id: ext: org: wallet: provider: is:locked has:mfa no:mfa created:<7d active:>30d\n" +
			"signed-in:never; a minus before one excludes: -is:banned. :NAME is a saved search.\n" +
			"What the service cannot filter is searched page by page, at no more than a tenth of the instance's rate limit.",
		SilenceUsage: true, SilenceErrors: true,
		Args: cobra.ArbitraryArgs, ValidArgsFunction: completeSearch(env),
		RunE: func(cmd *cobra.Command, words []string) error {
			ctx, stop := signal.NotifyContext(cmd.Context(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
			defer stop()
			env := env.withMask(o.mask)
			s, err := parseSearch(env, words)
			if err != nil {
				return env.maskError(err)
			}
			if s.Query, err = o.query(s.Query, cmd.Flags().Changed("banned")); err != nil {
				return err
			}
			return env.maskError(o.list(ctx, env, s))
		},
	}
	cmd.SetFlagErrorFunc(FlagError)
	f := cmd.Flags()
	f.SortFlags = false
	f.BoolVar(&o.json, "json", false, "print the API's objects as one JSON array")
	f.BoolVar(&o.csv, "csv", false, "print CSV that is safe to open in a spreadsheet")
	f.BoolVar(&o.bom, "bom", false, "begin the CSV with a byte order mark, so that Excel reads letters beyond ASCII")
	declareMask(f, &o.mask)
	f.Var(newDecimal(&o.limit, defaultLimit), "limit", "list at most this many")
	f.Var(newDecimal(&o.offset, 0), "offset", "skip this many first")
	f.StringVar(&o.order, "order", "", "order: "+strings.Join(orderNames(), ", ")+"; put - in front for descending")
	f.BoolVar(&o.banned, "banned", false, "only banned users; --banned=false for only the others")
	f.StringArrayVar(&o.email, "email", nil, "with this e-mail address; may be repeated")
	f.StringArrayVar(&o.phone, "phone", nil, "with this phone number; may be repeated")
	f.StringArrayVar(&o.username, "username", nil, "with this username; may be repeated")
	f.StringVar(&o.since, "last-active-since", "", "active on or after 2026-08-01, 2026-08-01T09:00:00Z or milliseconds; the token active:<7d counts from now")
	CompleteValues(cmd, "order", bothDirections(orderNames())...)
	return cmd
}

// orderNames returns the names of the orders.
func orderNames() []string {
	var names []string
	for _, o := range api.Orders() {
		names = append(names, string(o))
	}
	return names
}

// query checks the flags and adds them to the API's filters.
func (o *listOptions) query(q api.Query, banned bool) (api.Query, error) {
	q.Username = append(q.Username, o.username...)
	for _, named := range slices.Concat(o.email, o.phone, o.username) {
		if strings.TrimSpace(named) == "" {
			return q, usage("--email, --phone and --username cannot be empty: that would select everybody")
		}
	}
	switch {
	case o.json && o.csv:
		return q, usage("--json and --csv cannot be combined")
	case o.bom && !o.csv:
		return q, usage("--bom is for --csv")
	case o.limit < 1:
		return q, usage("--limit must be 1 or more")
	case o.offset < 0:
		return q, usage("--offset must be 0 or more")
	}
	if o.since != "" {
		var ok bool
		if q.ActiveSince, ok = ops.ParseTime(o.since); !ok {
			return q, usage("--last-active-since must be a day like 2026-08-01, a time like 2026-08-01T09:00:00Z, or milliseconds since 1970")
		}
	}
	for _, number := range o.phone {
		phone, err := input.ParsePhone(number)
		if err != nil || !phone.IsComplete() {
			return q, usage("--phone must be a number with its country code, like +14155550142")
		}
		q.Phone = append(q.Phone, phone.Candidates()...)
	}
	for _, mail := range o.email {
		email, err := input.ParseEmail(mail)
		if err != nil {
			return q, usage("--email must be a whole e-mail address; to search for part of one, give it as a word")
		}
		q.Email = append(q.Email, email.Candidates()...)
	}
	if banned {
		q.Banned = &o.banned
	}
	if o.order == "" {
		return q, nil
	}
	name, descending := strings.CutPrefix(o.order, "-")
	q.OrderBy, q.Ascending = api.Order(strings.TrimPrefix(name, "+")), !descending
	if !slices.Contains(api.Orders(), q.OrderBy) {
		return q, usage("--order must be one of " + strings.Join(orderNames(), ", ") + ", with or without a - before it")
	}
	return q, nil
}

// list connects, searches and prints the users.
func (o *listOptions) list(ctx context.Context, env Env, wanted search.Search) error {
	s, closeSession, err := env.connect(ctx)
	if err != nil {
		return err
	}
	defer closeSession()
	if list, ok := s.Catalogue.Get("get_user_list"); ok {
		if why := s.Catalogue.Forbidden(list, nil); why != "" {
			return failed(clean.Sentence(why))
		}
	}
	wanted, err = resolveOrganizations(ctx, s.Client, wanted)
	if err != nil {
		return err
	}
	out := o.newWriter(env)
	h := userSearch{env: env, session: s, search: wanted, limit: o.limit, offset: o.offset, out: out}
	shown, full, err := h.run(ctx)
	if err == nil {
		err = out.Close()
	}
	if err != nil {
		if api.IsCancelled(err) {
			return failed("stopped; the list is incomplete")
		}
		return failed(clean.Sentence(err.Error()))
	}
	if full {
		fmt.Fprintln(env.Stderr, cutNote(ctx, s.Client, h.search.Query, shown, o.offset))
	}
	return nil
}

// readPages reads at most limit users and calls each with every page. full reports
// that there may be more. In the order of creation it pages with a cursor, so that no
// user is skipped or repeated when others are created or deleted; the API has no
// cursor for the other orders.
func readPages(ctx context.Context, c *api.Client, q api.Query, limit int, each func([]api.User) error) (shown int, full bool, err error) {
	walk := search.Scan{Query: q}
	for shown < limit && !walk.IsDone() {
		var users []api.User
		walk.Query.Limit = min(limit-shown, search.PageRows)
		if users, walk, err = walk.NextPage(ctx, c); err != nil {
			return shown, false, err
		}
		users = users[:min(len(users), limit-shown)]
		if err := each(users); err != nil {
			return shown, false, err
		}
		shown += len(users)
	}
	return shown, !walk.IsDone(), nil
}

// cutNote says that the list is cut, and how many users there are.
func cutNote(ctx context.Context, c *api.Client, q api.Query, shown, offset int) string {
	total, err := c.CountUsers(ctx, q)
	switch {
	case err != nil:
		return userfmt.Number(shown) + " shown; there may be more: a larger --limit lists them."
	case total <= shown+offset:
		return userfmt.Number(shown) + " shown; that is all."
	}
	return userfmt.Number(shown) + " of " + userfmt.Number(total) + " shown; a larger --limit lists more."
}

// decimal is a whole number as a flag. pflag's own int reads 010 as eight and accepts
// 0x10.
type decimal struct{ n *int }

func newDecimal(n *int, standard int) decimal {
	*n = standard
	return decimal{n}
}

func (d decimal) Type() string { return "int" }

func (d decimal) String() string {
	if d.n == nil {
		return "0"
	}
	return strconv.Itoa(*d.n)
}

func (d decimal) Set(value string) (err error) {
	*d.n, err = strconv.Atoi(value)
	return err
}
