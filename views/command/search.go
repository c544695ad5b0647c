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
	"frontdesk/api/session"
	"frontdesk/views/savedsearch"
)

// progressEvery is after how many users looked at a scan says how far it is.
const progressEvery = 5000

// parseSearch reads what is searched for, as the console does. A token that is
// not understood is a mistake in the command line: a list of others than were
// meant is worse than none.
func parseSearch(env Env, words []string) (search.Search, error) {
	text := strings.TrimSpace(strings.Join(restoreQuotes(words), " "))
	if name, is := strings.CutPrefix(text, ":"); is {
		saved, err := savedSearchText(env, name)
		if err != nil {
			return search.Search{}, err
		}
		text = search.Clean(saved)
	}
	s := search.Parse(text, env.Now())
	if _, err := reader.ParsePhone(text); err == nil {
		return checkSearch(s) // parts of a number are looked for as they are
	}
	if found, is := s.PastedPeople(); is {
		return searchFor(env, found), nil
	}
	return checkSearch(s)
}

// searchFor is the search for those who are named in a text that was copied from
// somewhere.
func searchFor(env Env, found reader.People) search.Search {
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

// restoreQuotes are the words without what a paste brings along, and with the quotes back
// that the shell took off: name:"van der Berg" comes as one word with spaces in it.
func restoreQuotes(words []string) []string {
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

// checkSearch says what is wrong with a search.
func checkSearch(s search.Search) (search.Search, error) {
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

// savedSearchText is the text of a saved search.
func savedSearchText(env Env, name string) (string, error) {
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

// resolveOrganizations looks up the organizations that are named.
func resolveOrganizations(ctx context.Context, c *api.Client, s search.Search) (search.Search, error) {
	if len(s.UnresolvedOrganizations()) == 0 {
		return s, nil
	}
	s, err := s.ResolveOrganizations(ctx, c)
	if err != nil {
		return s, failed(clean.Sentence(err.Error()))
	}
	return checkSearch(s)
}

// userSearch is one list on its way out.
type userSearch struct {
	env     Env
	session *session.Session
	search  search.Search
	limit   int
	offset  int // so many are left out before the first
	out     userWriter

	skipped int // so many were
}

// noteUnknownID says in the place of "none" that it is an id that nobody has.
func (h *userSearch) noteUnknownID() {
	found := reader.FindPeople(h.search.Text)
	if table, is := h.out.(*tableWriter); is && len(found.IDs) > 0 && h.search.Words == "" {
		table.emptyNote = "Nobody here has the id " + plain(strings.Join(found.IDs, " or ")) + "."
	}
}

// run prints who is looked for: as the words were typed, and where nobody has
// them so, in any order. full says that there may be more than were shown.
func (h *userSearch) run(ctx context.Context) (shown int, full bool, err error) {
	shown, full, err = h.once(ctx)
	if err != nil || shown > 0 || h.skipped > 0 {
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
		h.noteUnknownID()
		return 0, false, nil
	}
	// Words and tokens around an id hide nobody whom the id names.
	h.search = searchFor(h.env, reader.People{IDs: found.IDs})
	shown, full, err = h.once(ctx)
	if shown == 0 {
		h.noteUnknownID()
	}
	return shown, full, err
}

func (h *userSearch) once(ctx context.Context) (shown int, full bool, err error) {
	if !h.search.NeedsScan() {
		q := h.search.Query
		q.Offset = h.offset
		shown, full, err = readPages(ctx, h.session.Client, q, h.limit, h.out.writePage)
		if err == nil && shown == 0 && h.offset > 0 {
			h.skipped, err = h.session.Client.CountUsers(ctx, q)
		}
		return shown, full, err
	}
	shown, err = h.scan(ctx)
	return shown, false, err
}

// scan looks at everybody whom the service's filters let through. How far it is
// goes to the error output; a list that was cut says at how many of how many.
func (h *userSearch) scan(ctx context.Context) (shown int, err error) {
	total, err := h.session.Client.CountUsers(ctx, h.search.Query)
	if err != nil {
		return 0, err
	}
	turns := search.Limiter{Rate: h.pace()}
	walk := search.Scan{Query: h.search.Query, Total: total}
	for next := progressEvery; !walk.IsDone(); {
		if err := h.pause(ctx, turns.Reserve(h.env.Now())); err != nil {
			return shown, err
		}
		var page []api.User
		if page, walk, err = walk.NextPage(ctx, h.session.Client); err != nil {
			h.reportProgress("stopped at", walk.Scanned, total, shown)
			return shown, err
		}
		found := h.search.FilterPage(page, h.env.Now())
		skip := min(len(found), h.offset-h.skipped)
		found, h.skipped = found[skip:], h.skipped+skip
		cut := len(found) > h.limit-shown
		found = found[:min(len(found), h.limit-shown)]
		if err := h.out.writePage(found); err != nil {
			return shown, err
		}
		if shown += len(found); cut || shown == h.limit && !walk.IsDone() {
			h.reportCut(walk.Scanned, total, shown)
			return shown, nil
		}
		if walk.Scanned >= next && !walk.IsDone() {
			h.reportProgress("scanned", walk.Scanned, total, shown)
			next += progressEvery
		}
	}
	h.reportProgress("scanned", walk.Scanned, max(total, walk.Scanned), shown)
	if n := walk.Unreadable; n > 0 {
		fmt.Fprintf(h.env.Stderr, "%s of them could not be read, and may match\n", comma(n))
	}
	return shown, nil
}

func (h *userSearch) reportProgress(what string, scanned, total, found int) {
	fmt.Fprintf(h.env.Stderr, "%s %s of %s · %s found\n", what, comma(scanned), comma(total), comma(found))
}

// reportCut says that the list was cut, and how many were not looked at.
func (h *userSearch) reportCut(scanned, total, shown int) {
	fmt.Fprintf(h.env.Stderr, "%s shown, found among the first %s of %s; a larger --limit looks further.\n", comma(shown), comma(scanned), comma(max(total, scanned)))
}

func comma(n int) string { return humanize.Comma(int64(n)) }

// pace is that of the console: the demo's directory serves nobody else.
func (h *userSearch) pace() search.Rate {
	if h.session.Instance.Kind == profile.Demo {
		return search.Rate{}
	}
	return search.ScanRate(h.session.Instance.Kind.RequestInterval())
}

func (h *userSearch) pause(ctx context.Context, wait time.Duration) error {
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
