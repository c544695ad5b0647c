package e2e

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

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
		if s.keys++; k == "esc" {
			s.Type("\x1b[27u") // the next key at once does not make another one of it
			continue
		}
		s.Send(k)
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
		if s.Quiet(80 * time.Millisecond); strings.Contains(s.Screen(), want) {
			s.Quiet(320 * time.Millisecond) // letters are dropped after a key that was not taken
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
	s.see(title, "Cancel")
	checks := strings.Count(s.Screen(), "[ ]")
	for range checks {
		s.do("space", "enter")
	}
	if checks == 0 && strings.Contains(s.Screen(), "Reason (required)") { // the last field
		s.do("ctrl+s", "shift+tab")
	}
	if strings.Contains(s.Screen(), "Reason (required)") {
		s.write("as agreed on the phone")
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
		s.Quiet(260 * time.Millisecond) // sooner it would confirm nothing
		if !strings.Contains(s.Screen(), "▸ Cancel") {
			break
		}
		s.do("y")
	}
	s.see(done)
	s.Quiet(60 * time.Millisecond) // sooner the next letter would belong to the question
}

// quoting is a proxy whose refusals name the person that a request is about, in every form.
func quoting(t *testing.T, base, key string) *httptest.Server {
	t.Helper()
	to, err := url.Parse(strings.TrimSuffix(base, "/v1"))
	require.NoError(t, err)
	proxy := httputil.NewSingleHostReverseProxy(to)
	proxy.ErrorLog = log.New(io.Discard, "", 0) // the program gives up reads
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
