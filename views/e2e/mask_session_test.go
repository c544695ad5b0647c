package e2e

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/tui/tuitest"
)

// tenMinutes is a session that would take a person ten minutes, played as fast as the
// screen follows: it counts the keys, and keeps every screen.
type tenMinutes struct {
	*recording
	keys int
}

// do presses keys, lets the screen come to rest and keeps it.
func (s *tenMinutes) do(keys ...string) {
	s.t.Helper()
	for _, k := range keys {
		s.Send(k)
		if s.keys++; k == "esc" { // with the next key at once, it would be another one
			s.Quiet(60 * time.Millisecond)
		}
	}
	s.keep()
}

func (s *tenMinutes) keep() {
	s.t.Helper()
	s.Quiet(20 * time.Millisecond)
	s.seen.WriteString(s.Screen() + "\n" + s.Title() + "\n")
}

// write types a text.
func (s *tenMinutes) write(text string) {
	s.t.Helper()
	s.Type(text)
	s.keys += utf8.RuneCountInString(text)
	s.keep()
}

// until presses a key, if need be again, until a text shows.
func (s *tenMinutes) until(want string, key string) {
	s.t.Helper()
	for range 40 {
		s.do(key)
		s.Quiet(150 * time.Millisecond)
		if strings.Contains(s.Screen(), want) {
			s.keep()
			return
		}
	}
	require.FailNow(s.t, key+" does not lead to "+want, "%s", s.Screen())
}

// see waits for a text and keeps the screen.
func (s *tenMinutes) see(want ...string) {
	s.t.Helper()
	s.WaitFor(want...)
	s.keep()
}

// agree answers a question: the reason, what is to be typed as the mask shows it, y.
func (s *tenMinutes) agree(title, done string) {
	s.t.Helper()
	s.see(title)
	checks := strings.Count(s.Screen(), "[ ]")
	for range checks {
		s.do("space", "enter")
	}
	if checks == 0 && strings.Contains(s.Screen(), "Reason (required)") { // the last field
		s.do("ctrl+s", "shift+tab")
	}
	if strings.Contains(s.Screen(), "Reason (required)") {
		s.write("as agreed on the phone")
		s.do("enter")
	}
	if found := regexp.MustCompile(`Type the e-mail address (\S+)`).FindStringSubmatch(s.Screen()); found != nil {
		s.write(found[1])
	} else if strings.Contains(s.Screen(), "Type the last four") {
		found := regexp.MustCompile(`(?:phone \+|id user_)••••(?:/\d)? ?(\d{4})`).FindStringSubmatch(s.Screen())
		require.NotNil(s.t, found, s.Screen())
		s.write(found[1])
	}
	s.do("ctrl+s")
	s.see("▸ Cancel")
	for range 20 {
		s.Quiet(280 * time.Millisecond)
		if !strings.Contains(s.Screen(), "▸ Cancel") {
			break
		}
		s.do("y")
	}
	s.see(done)
}

// forbidden are the facts about the people of a directory that a masked session must not
// hold, as their client reads them.
type forbidden struct {
	words   map[string]string // names, cities
	tokens  map[string]string // addresses, ids
	phrases map[string]string // of several words: names of organizations
	phones  map[string]string // digits
}

func readForbidden(t *testing.T, base, key string) *forbidden {
	t.Helper()
	k, err := api.NewKey(key)
	require.NoError(t, err)
	client, err := api.New(api.Config{BaseURL: base, Key: k, Transport: http.DefaultTransport, UserAgent: "frontdesk/test", Clock: time.Now,
		Sleep: func(_ context.Context, d time.Duration) error { time.Sleep(d); return nil }, Jitter: func() float64 { return 0 }})
	require.NoError(t, err)
	f := &forbidden{map[string]string{}, map[string]string{}, map[string]string{}, map[string]string{}}
	people := 0
	for {
		page, err := client.ListUsers(t.Context(), api.Query{Limit: 500, Offset: people})
		require.NoError(t, err)
		for i := range page {
			f.addPerson(&page[i])
			if i%25 == 0 {
				f.addSessions(t, client, page[i].ID)
			}
		}
		if people += len(page); len(page) < 500 {
			break
		}
	}
	require.Greater(t, people, 1000)
	return f
}

// add adds values that are long enough to mean somebody.
func (f *forbidden) add(what string, values ...clean.Text) {
	for _, v := range values {
		if s := v.Display(); utf8.RuneCountInString(s) >= 4 {
			if likeToken.FindString(s) == s {
				f.tokens[s] = what
			} else {
				f.phrases[s] = what
			}
		}
	}
}

func (f *forbidden) addWords(what string, text clean.Text) {
	if strings.ContainsFunc(text.Raw(), func(r rune) bool { return !isLetter(r) && !strings.ContainsRune(" -'’.", r) }) {
		return // the hostile one, whose name is made of the program's words
	}
	for _, w := range strings.FieldsFunc(text.Display(), func(r rune) bool { return !isLetter(r) }) {
		if utf8.RuneCountInString(w) >= 4 && !strings.Contains(uiWords+moreUIWords, " "+w+" ") {
			f.words[w] = what
		}
	}
}

func (f *forbidden) addPerson(u *api.User) {
	f.add("id", u.ID, u.ExternalID)
	f.addWords("first name", u.FirstName)
	f.addWords("last name", u.LastName)
	if strings.ContainsAny(u.Username.Raw(), "._-0123456789") {
		f.add("username", u.Username)
	}
	for _, e := range u.EmailAddresses {
		f.add("address", e.ID, e.EmailAddress)
	}
	for _, p := range u.PhoneNumbers {
		f.add("number", p.ID)
		if d := digits(p.PhoneNumber.Raw()); len(d) >= 10 {
			f.phones[d], f.phones[d[len(d)-10:]] = "number", "number"
		}
	}
	for _, m := range u.OrganizationMemberships {
		f.add("organization", m.Organization.ID, m.Organization.Name, m.Organization.Slug)
	}
	for _, p := range u.Passkeys {
		f.add("passkey", p.ID)
	}
}

func (f *forbidden) addSessions(t *testing.T, client *api.Client, id clean.Text) {
	t.Helper()
	page, err := client.Sessions(t.Context(), id, "", 100, 0)
	require.NoError(t, err)
	for _, s := range page.Rows {
		f.add("session", s.ID)
		if at := s.LatestActivity; at != nil {
			f.add("session", at.IPAddress)
			f.addWords("city", at.City)
		}
	}
}

// sighting is a fact that a text holds.
type sighting struct{ what, value string }

// find returns what of it a text holds.
func (f *forbidden) find(text string) []sighting {
	found := map[sighting]bool{}
	note := func(what, value string) {
		if what != "" {
			found[sighting{what, value}] = true
		}
	}
	for _, line := range distinctLines(text) {
		for _, w := range strings.FieldsFunc(line, func(r rune) bool { return !isLetter(r) }) {
			note(f.words[w], w)
		}
		for _, token := range likeToken.FindAllString(line, -1) {
			note(f.tokens[token], token)
			note(f.tokens[strings.Trim(token, "._%+'-")], token)
		}
		for s, what := range f.phrases {
			if strings.Contains(line, s) && containsWord(line, s) {
				note(what, s)
			}
		}
		for _, run := range likeNumber.FindAllString(line, -1) {
			run = digits(run)
			for from := range run {
				for _, length := range []int{10, 11, 12} { // with and without the country
					if from+length <= len(run) {
						note(f.phones[run[from:from+length]], run[from:from+length])
					}
				}
			}
		}
	}
	return slices.Collect(maps.Keys(found))
}

func distinctLines(text string) []string {
	seen := map[string]bool{}
	for line := range strings.Lines(text) {
		seen[line] = true
	}
	return slices.Collect(maps.Keys(seen))
}

// likeToken is what stands between spaces and brackets: an address, an id.
var likeToken = regexp.MustCompile(`[\p{L}\p{M}\p{N}._%+'@-]{4,}`)

var likeNumber = regexp.MustCompile(`\d[\d ()./+-]{8,}\d`)

func isLetter(r rune) bool { return unicode.In(r, unicode.L, unicode.M) }

func digits(s string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, s)
}

// moreUIWords are words of the screens that this script reaches and that are somebody's
// name too.
const moreUIWords = " "

// quoting is a proxy whose refusals name whom the request is about, in every form.
func quoting(t *testing.T, base, key string) *httptest.Server {
	t.Helper()
	to, err := url.Parse(strings.TrimSuffix(base, "/v1"))
	require.NoError(t, err)
	proxy := httputil.NewSingleHostReverseProxy(to)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		id, isLock := strings.CutSuffix(strings.TrimPrefix(r.URL.Path, "/v1/users/"), "/lock")
		if !isLock {
			proxy.ServeHTTP(w, r)
			return
		}
		req, _ := http.NewRequestWithContext(r.Context(), http.MethodGet, base+"/users/"+id, nil)
		req.Header.Set("Authorization", "Bearer "+key)
		res, err := http.DefaultClient.Do(req)
		if err != nil {
			return
		}
		defer res.Body.Close()
		var p personJSON
		body, _ := io.ReadAll(res.Body)
		_ = json.Unmarshal(body, &p)
		says := fmt.Sprintf("%s %s (%s", p.First, p.Last, p.ID)
		for _, e := range p.Emails {
			says += ", " + e.Address
		}
		for _, n := range p.Phones {
			says += ", " + n.Number + ", " + strings.TrimPrefix(n.Number, "+")
		}
		answer, _ := json.Marshal(map[string]any{"errors": []map[string]string{{"code": "form_param_invalid", "message": says, "long_message": says + ") is on hold"}}})
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(http.StatusUnprocessableEntity)
		_, _ = w.Write(answer)
	}))
	t.Cleanup(server.Close)
	return server
}

// TestMask_TenMinutesNameNobody plays a session of ten minutes with the mask on: every
// byte that the program writes, the clipboard, the exports and the journal's screens are
// held against everybody in the directory.
func TestMask_TenMinutesNameNobody(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long")
	}
	t.Parallel()
	base, key := served(t)
	nobody := readForbidden(t, base, key)
	require.NotEmpty(t, nobody.find("the mask lets Okafor through"))
	require.NotEmpty(t, nobody.find("called 1 (415) 555 0142 back"))

	server := quoting(t, base, key)
	home := t.TempDir()
	write := func(name, text string) {
		path := filepath.Join(home, name)
		require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o700))
		require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
	}
	write("key", key+"\n")
	config := "default = \"desk\"\n"
	for _, name := range []string{"desk", "other"} {
		config += fmt.Sprintf("[instance.%s]\nkind = \"development\"\nurl = %q\nkey_file = %q\n", name, server.URL+"/v1", filepath.Join(home, "key"))
	}
	write(".config/frontdesk/config.toml", config)
	bin, err := built()
	require.NoError(t, err)
	s := &tenMinutes{recording: &recording{term: term{tuitest.Start(t, bin, []string{"--mask"}, []string{"COLORTERM=truecolor", "TZ=UTC", "HOME=" + home}, 140, 44), t}}}
	from := time.Now()
	for _, part := range []struct {
		name string
		play func(*tenMinutes)
	}{
		{"list", playList}, {"person", playPerson}, {"questions", playQuestions}, {"marks", playMarks}, {"screens", playScreens}, {"runbook", playRunbook},
		{"exports", playExports}, {"window", playWindow}, {"instance", playInstance},
	} {
		part.play(s)
		t.Logf("%s: %v, %d keys", part.name, time.Since(from).Round(time.Millisecond), s.keys)
	}
	s.leave("ctrl+c")
	require.GreaterOrEqual(t, s.keys, 600, "ten minutes at a key a second")

	out := string(s.Output())
	all := s.seen.String() + flat(out)
	copied := 0
	for _, set := range regexp.MustCompile(`\x1b\]52;c;([A-Za-z0-9+/=]+)`).FindAllStringSubmatch(out, -1) {
		text, err := base64.StdEncoding.DecodeString(set[1])
		require.NoError(t, err)
		all += "\n" + string(text)
		copied++
	}
	require.GreaterOrEqual(t, copied, 4)
	var exports []string
	require.NoError(t, filepath.WalkDir(home, func(path string, _ os.DirEntry, err error) error {
		if strings.HasPrefix(filepath.Base(path), "frontdesk-users-") {
			exports = append(exports, path)
		}
		return err
	}))
	require.Len(t, exports, 2)
	for _, path := range exports {
		text, err := os.ReadFile(path)
		require.NoError(t, err)
		require.Contains(t, string(text), "Person")
		all += "\n" + string(text)
	}
	for _, seen := range nobody.find(all) {
		t.Errorf("the %s %s is seen: %s", seen.what, seen.value, around(all, seen.value))
	}
	require.NotRegexp(t, `\b\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}\b`, strings.ReplaceAll(all, "127.0.0.1", ""))
}

// flat is what was written without its colours; whatever else moves or deletes ends a
// line.
func flat(out string) string {
	out = regexp.MustCompile(`\x1b\[[\d;:]*m`).ReplaceAllString(out, "")
	out = regexp.MustCompile(`\x1b\[[^@-~]*[@-~]`).ReplaceAllString(out, "\n")
	return regexp.MustCompile(`\x1b\]52;[^\x07\x1b]*`).ReplaceAllString(out, "\n")
}

// around is a text's surroundings in another.
func around(text, value string) string {
	for from := 0; ; {
		at := strings.Index(text[from:], value)
		if at < 0 {
			return ""
		}
		at += from
		if containsWord(text[max(0, at-4):min(len(text), at+len(value)+4)], value) {
			return fmt.Sprintf("%q", text[max(0, at-60):min(len(text), at+60)])
		}
		from = at + len(value)
	}
}
