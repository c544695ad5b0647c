package command

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/api/input"
	"frontdesk/api/profile"
	"frontdesk/api/search"
	"frontdesk/api/session"
	"frontdesk/views/export"
	"frontdesk/views/savedsearch"
	"frontdesk/views/userfmt"
)

// progressEvery is after how many users a scan reports its progress.
const progressEvery = 5000

// parseSearch parses the search as the console does. A token that is not understood is
// an error: a list of the wrong users is worse than none.
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
	if _, err := input.ParsePhone(text); err == nil {
		return checkSearch(s) // parts of a number are searched for as they are
	}
	if found, is := s.PastedPeople(); is {
		return searchFor(env, found), nil
	}
	return checkSearch(s)
}

// searchFor returns the search for the users that are named in a pasted text.
func searchFor(env Env, found input.People) search.Search {
	switch n := found.Count(); {
	case found.Ambiguous:
		fmt.Fprintln(env.Stderr, "The text can mean different users; searching for all of them: "+plain(search.PeopleText(found)))
	case n > search.MaxPeople:
		fmt.Fprintf(env.Stderr, "The text names %s users; searching for the first %d.\n", userfmt.Number(n), search.MaxPeople)
	default:
		fmt.Fprintln(env.Stderr, "Searching for: "+plain(search.PeopleText(found)))
	}
	return search.Parse(search.PeopleText(found), env.Now())
}

// restoreQuotes cleans the arguments and restores the quotes that the shell removed:
// name:"van der Berg" arrives as one word with spaces.
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

// checkSearch returns an error if a token of the search is invalid.
func checkSearch(s search.Search) (search.Search, error) {
	t := s.InvalidToken()
	if t == nil {
		return s, nil
	}
	message := "“" + plain(s.Text[t.From:t.End]) + "”: " + plain(t.Problem)
	if t.Suggestion != "" {
		message += " Did you mean " + plain(t.Suggestion) + "?"
	}
	return s, usage(message)
}

// savedSearchText returns the text of a saved search.
func savedSearchText(env Env, name string) (string, error) {
	saved, err := savedsearch.Read(env.SavedSearchFile)
	if err != nil {
		return "", failed("the saved searches could not be read: " + clean.Sentence(err.Error()))
	}
	var names []string
	for _, s := range saved {
		if s.Name == name {
			return s.Text, nil
		}
		names = append(names, ":"+s.Name)
	}
	return "", usage("there is no saved search :" + plain(name) + "; there are " + strings.Join(names, ", "))
}

// resolveOrganizations looks up the organizations that the search names.
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

// userSearch is one run of `frontdesk users`.
type userSearch struct {
	env     Env
	session *session.Session
	search  search.Search
	limit   int
	offset  int
	out     export.Writer

	skipped int // users skipped because of offset
}

// noteUnknownID replaces "No users match." if the search names an id.
func (h *userSearch) noteUnknownID() {
	found := input.FindPeople(h.search.Text)
	if table, is := h.out.(*tableWriter); is && len(found.IDs) > 0 && h.search.Words == "" {
		table.emptyNote = "No user has the id " + plain(strings.Join(found.IDs, " or ")) + "."
	}
}

// run prints the users that match the words as typed or, if there are none, in any
// order. full reports that the limit was reached.
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
	found := input.FindPeople(h.search.Text)
	if len(found.IDs) == 0 || h.search.Words == "" || h.search.Words == found.IDs[0] {
		h.noteUnknownID()
		return 0, false, nil
	}
	// Words and tokens around an id must not hide the user it names.
	h.search = searchFor(h.env, input.People{IDs: found.IDs})
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
		shown, full, err = readPages(ctx, h.session.Client, q, h.limit, h.out.WritePage)
		if err == nil && shown == 0 && h.offset > 0 {
			h.skipped, err = h.session.Client.CountUsers(ctx, q)
		}
		return shown, full, err
	}
	shown, err = h.scan(ctx)
	return shown, false, err
}

// scan checks every user that the service's filters return. It prints its progress,
// and where it stopped at the limit, on stderr.
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
		if err := h.out.WritePage(found); err != nil {
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
		fmt.Fprintf(h.env.Stderr, "%s of them could not be read and may match\n", userfmt.Number(n))
	}
	return shown, nil
}

func (h *userSearch) reportProgress(what string, scanned, total, found int) {
	fmt.Fprintf(h.env.Stderr, "%s %s of %s · %s found\n", what, userfmt.Number(scanned), userfmt.Number(total), userfmt.Number(found))
}

// reportCut says that the limit was reached and how many users were checked.
func (h *userSearch) reportCut(scanned, total, shown int) {
	fmt.Fprintf(h.env.Stderr, "%s shown, found among the first %s of %s; a larger --limit searches further.\n", userfmt.Number(shown), userfmt.Number(scanned), userfmt.Number(max(total, scanned)))
}

// pace returns the rate of a scan. The demo serves no one else, so it has no limit.
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
	return h.env.screens(h.session).Pause(ctx, wait)
}
