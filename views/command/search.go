package command

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/dustin/go-humanize"

	"frontdesk/api"
	"frontdesk/api/clean"
	reader "frontdesk/api/input"
	"frontdesk/api/profile"
	"frontdesk/api/search"
	"frontdesk/views/savedsearch"
)

// said is after how many users looked at a scan says how far it is.
const said = 5000

// understand reads what is searched for, as the console does. A token that is
// not understood is a mistake in the command line: a list of others than were
// meant is worse than none.
func understand(env Env, words []string) (search.Search, error) {
	text := strings.TrimSpace(strings.Join(spaced(words), " "))
	if name, is := strings.CutPrefix(text, ":"); is {
		saved, err := saved(env, name)
		if err != nil {
			return search.Search{}, err
		}
		text = search.Clean(saved)
	}
	s := search.Parse(text, env.Now())
	if _, err := reader.ParsePhone(text); err == nil {
		return right(s) // parts of a number are looked for as they are
	}
	if found, is := s.PastedPeople(); is {
		return lookFor(env, found), nil
	}
	return right(s)
}

// lookFor is the search for those who are named in a text that was copied from
// somewhere.
func lookFor(env Env, found reader.People) search.Search {
	switch n := found.Count(); {
	case found.Ambiguous:
		fmt.Fprintln(env.Stderr, "It can be read in more than one way; all who may be meant are looked for: "+plain(search.PeopleText(found)))
	case n > search.MaxPeople:
		fmt.Fprintf(env.Stderr, "%s are named in it; the first %d are looked for.\n", comma(n), search.MaxPeople)
	default:
		fmt.Fprintln(env.Stderr, "Looked for: "+plain(search.PeopleText(found)))
	}
	return search.Parse(search.PeopleText(found), env.Now())
}

// spaced are the words without what a paste brings along, and with the quotes back
// that the shell took off: name:"van der Berg" comes as one word with spaces in it.
func spaced(words []string) []string {
	out := slices.Clone(words)
	for i, w := range out {
		w = search.Clean(w)
		out[i] = w
		name, value, token := strings.Cut(w, ":")
		if len(words) > 1 && token && strings.Contains(value, " ") && !strings.ContainsAny(w, `"`) && !strings.Contains(name, " ") {
			out[i] = name + `:"` + value + `"`
		}
	}
	return out
}

// right says what is wrong with a search.
func right(s search.Search) (search.Search, error) {
	t := s.InvalidToken()
	if t == nil {
		return s, nil
	}
	says := "“" + plain(s.Text[t.From:t.End]) + "”: " + plain(t.Problem)
	if t.Suggestion != "" {
		says += " Is " + plain(t.Suggestion) + " meant?"
	}
	return s, usage(says)
}

// saved is the text of a saved search.
func saved(env Env, name string) (string, error) {
	queues, err := savedsearch.Read(env.SavedSearchFile)
	if err != nil {
		return "", failed("the saved searches were not read: " + clean.Sentence(err.Error()))
	}
	var names []string
	for _, q := range queues {
		if q.Name == name {
			return q.Text, nil
		}
		names = append(names, ":"+q.Name)
	}
	return "", usage("there is no saved search :" + plain(name) + "; there are " + strings.Join(names, ", "))
}

// resolve looks up the organizations that are named.
func resolve(ctx context.Context, c *api.Client, s search.Search) (search.Search, error) {
	if len(s.UnresolvedOrganizations()) == 0 {
		return s, nil
	}
	s, err := s.ResolveOrganizations(ctx, c)
	if err != nil {
		return s, failed(clean.Sentence(err.Error()))
	}
	return right(s)
}

// hunt is one list on its way out.
type hunt struct {
	env     Env
	session *Session
	search  search.Search
	limit   int
	offset  int // so many are left out before the first
	out     sink

	left int // so many were
}

// nobody says in the place of "none" that it is an id that nobody has.
func (h *hunt) nobody() {
	found := reader.FindPeople(h.search.Text)
	if table, is := h.out.(*tableSink); is && len(found.IDs) > 0 && h.search.Words == "" {
		table.none = "Nobody here has the id " + plain(strings.Join(found.IDs, " or ")) + "."
	}
}

// run prints who is looked for: as the words were typed, and where nobody has
// them so, in any order. full says that there may be more than were shown.
func (h *hunt) run(ctx context.Context) (shown int, full bool, err error) {
	shown, full, err = h.once(ctx)
	if err != nil || shown > 0 || h.left > 0 {
		return shown, full, err
	}
	if loose, ok := h.search.AnyOrder(); ok {
		h.search = loose
		if shown, full, err = h.once(ctx); err != nil || shown > 0 {
			return shown, full, err
		}
	}
	found := reader.FindPeople(h.search.Text)
	if len(found.IDs) == 0 || h.search.Words == "" || h.search.Words == found.IDs[0] {
		h.nobody()
		return 0, false, nil
	}
	// Words and tokens around an id hide nobody whom the id names.
	h.search = lookFor(h.env, reader.People{IDs: found.IDs})
	shown, full, err = h.once(ctx)
	if shown == 0 {
		h.nobody()
	}
	return shown, full, err
}

func (h *hunt) once(ctx context.Context) (shown int, full bool, err error) {
	if !h.search.NeedsScan() {
		q := h.search.Query
		q.Offset = h.offset
		shown, full, err = pages(ctx, h.session.Client, q, h.limit, h.out.page)
		if err == nil && shown == 0 && h.offset > 0 {
			h.left, err = h.session.Client.CountUsers(ctx, q)
		}
		return shown, full, err
	}
	shown, err = h.scan(ctx)
	return shown, false, err
}

// scan looks at everybody whom the service's filters let through. How far it is
// goes to the error output; a list that was cut says at how many of how many.
func (h *hunt) scan(ctx context.Context) (shown int, err error) {
	total, err := h.session.Client.CountUsers(ctx, h.search.Query)
	if err != nil {
		return 0, err
	}
	turns := search.Limiter{Rate: h.pace()}
	walk := search.Scan{Query: h.search.Query, Total: total}
	for next := said; !walk.IsDone(); {
		if err := h.pause(ctx, turns.Reserve(h.env.Now())); err != nil {
			return shown, err
		}
		var page []api.User
		if page, walk, err = walk.NextPage(ctx, h.session.Client); err != nil {
			h.say("stopped at", walk.Scanned, total, shown)
			return shown, err
		}
		found := h.search.FilterPage(page, h.env.Now())
		skip := min(len(found), h.offset-h.left)
		found, h.left = found[skip:], h.left+skip
		cut := len(found) > h.limit-shown
		found = found[:min(len(found), h.limit-shown)]
		if err := h.out.page(found); err != nil {
			return shown, err
		}
		if shown += len(found); cut || shown == h.limit && !walk.IsDone() {
			h.full(walk.Scanned, total, shown)
			return shown, nil
		}
		if walk.Scanned >= next && !walk.IsDone() {
			h.say("scanned", walk.Scanned, total, shown)
			next += said
		}
	}
	h.say("scanned", walk.Scanned, max(total, walk.Scanned), shown)
	if n := walk.Unreadable; n > 0 {
		fmt.Fprintf(h.env.Stderr, "%s of them could not be read, and may match\n", comma(n))
	}
	return shown, nil
}

func (h *hunt) say(what string, scanned, total, found int) {
	fmt.Fprintf(h.env.Stderr, "%s %s of %s · %s found\n", what, comma(scanned), comma(total), comma(found))
}

// full says that the list was cut, and how many were not looked at.
func (h *hunt) full(scanned, total, shown int) {
	fmt.Fprintf(h.env.Stderr, "%s shown, found among the first %s of %s; a larger --limit looks further.\n", comma(shown), comma(scanned), comma(max(total, scanned)))
}

func comma(n int) string { return humanize.Comma(int64(n)) }

// pace is that of the console: the demo's directory serves nobody else.
func (h *hunt) pace() search.Rate {
	if h.session.Instance.Kind == profile.Demo {
		return search.Rate{}
	}
	return search.ScanRate(h.session.Instance.Kind.RequestInterval())
}

func (h *hunt) pause(ctx context.Context, wait time.Duration) error {
	if wait <= 0 {
		return ctx.Err()
	}
	if h.env.Sleep != nil {
		return h.env.Sleep(ctx, wait)
	}
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}
