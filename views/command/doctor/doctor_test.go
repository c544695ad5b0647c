package doctor_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"frontdesk/api/policy"
	"frontdesk/api/profile"
	"frontdesk/api/session"
	"frontdesk/views/command"
	"frontdesk/views/command/doctor"
	"frontdesk/views/viewtest"
)

const key = "sk_test_4f1a9c0d7b2e8356a1f0c4d9e7b3a852c6d1f09e"

// patient is a place that the doctor looks at: a real server, which answer may spoil.
type patient struct {
	*testing.T
	home    string
	environ map[string]string
	server  *httptest.Server
	answer  func(http.ResponseWriter, *http.Request) bool // true where it has answered
	header  http.Header                                   // put over that of every answer
	more    string                                        // settings
	env     doctor.Env
}

func newPatient(t *testing.T) *patient {
	t.Helper()
	p := &patient{T: t, home: t.TempDir(), environ: map[string]string{"HOME": "/home/jo", "TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8"}}
	house := viewtest.New(t)
	p.server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if p.answer != nil && p.answer(w, r) {
			return
		}
		rec := httptest.NewRecorder()
		house.Server.ServeHTTP(rec, r)
		maps.Copy(w.Header(), rec.Header())
		maps.Copy(w.Header(), p.header)
		w.WriteHeader(rec.Code)
		_, _ = w.Write(rec.Body.Bytes())
	}))
	t.Cleanup(p.server.Close)
	p.env = doctor.Env{Path: filepath.Join(p.home, "config.toml"), Flag: new(string), Now: time.Now, StdinIsTerminal: true, StdoutIsTerminal: true}
	require.NoError(t, os.WriteFile(filepath.Join(p.home, "key"), []byte(key), 0o600))
	return p
}

func (p *patient) file(name string) string { return filepath.Join(p.home, name) }

// run writes the configuration and returns what is printed, and the exit code.
func (p *patient) run(args ...string) (string, int) {
	p.Helper()
	text := "default = \"x\"\n[instance.x]\nkind = \"development\"\nurl = \"" + p.server.URL + "\"\nkey_file = \"" + p.file("key") + "\"\n" + p.more
	require.NoError(p, os.WriteFile(p.env.Path, []byte(text), 0o600))
	var out bytes.Buffer
	env := p.env
	env.Stdout = &out
	env.Lookup = func(name string) (string, bool) { v, is := p.environ[name]; return v, is }
	for name, value := range p.environ {
		env.Environ = append(env.Environ, name+"="+value)
	}
	env.Instances = func() (*session.Configured, error) {
		all, err := session.Load(env.Path, policy.Person{User: "jo"}, false, profile.Resolver{Lookup: env.Lookup, Home: p.home},
			session.Options{Clock: time.Now, Env: func(name string) string { return p.environ[name] }, Rand: strings.NewReader(strings.Repeat("r", 1<<16)),
				DemoFile: func() (string, error) { return p.file("demo.db"), nil }})
		if err == nil {
			all.StateHome = p.file("state")
		}
		return all, err
	}
	cmd := doctor.New(env)
	cmd.SilenceErrors, cmd.SilenceUsage = true, true
	cmd.SetArgs(append([]string{}, args...)) // nil would be the arguments of the test binary
	err := cmd.ExecuteContext(p.Context())
	var exit command.Exit
	if errors.As(err, &exit) {
		return out.String(), exit.Code
	}
	require.NoError(p, err)
	return out.String(), 0
}

// found is the finding of one check.
func (p *patient) found(check string) doctor.Finding {
	p.Helper()
	out, code := p.run("--json")
	var all []doctor.Finding
	require.NoError(p, json.Unmarshal([]byte(out), &all))
	failed := false
	var wanted doctor.Finding
	for _, f := range all {
		failed = failed || f.State == doctor.Fail
		if f.Check == check {
			wanted = f
		}
		if f.State != doctor.OK {
			require.NotContains(p, f.Says, key[8:])
		}
	}
	require.Equal(p, failed, code == command.CodeFailed, "exit 1 on any failure: %s", out)
	require.NotEmpty(p, wanted.Check, out)
	return wanted
}

func TestDoctor_AllIsWell(t *testing.T) {
	p := newPatient(t)
	out, code := p.run()
	require.Zero(t, code, out)
	require.Contains(t, out, "\n15 ok, 0 to look at, 0 failed\n")
	require.Contains(t, out, "✓ ok    reachability    127.0.0.1:")
	require.Contains(t, out, "✓ ok    key             sk_test_… in "+p.file("key")+", which only you can read")
}

func TestDoctor_NamesWhatIsWrongWithTheService(t *testing.T) {
	header := func(pairs ...string) http.Header {
		h := http.Header{}
		for i := 0; i < len(pairs); i += 2 {
			h.Set(pairs[i], pairs[i+1])
		}
		return h
	}
	status := func(code int, body, path string) func(http.ResponseWriter, *http.Request) bool {
		return func(w http.ResponseWriter, r *http.Request) bool {
			if !strings.HasPrefix(r.URL.Path, path) {
				return false
			}
			w.Header().Set("Content-Type", "application/json")
			w.WriteHeader(code)
			_, _ = w.Write([]byte(body))
			return true
		}
	}
	date := func(d time.Duration) string { return time.Now().Add(d).UTC().Format(http.TimeFormat) }
	const forbidden = `{"errors":[{"code":"organization_not_enabled_in_instance","message":"off","long_message":"Organizations are off here."}]}`
	for _, c := range []struct {
		answer      func(http.ResponseWriter, *http.Request) bool
		header      http.Header
		check       string
		state       doctor.State
		says, doing string
	}{
		{status(401, `{"errors":[{"code":"secret_key_invalid","message":"no"}]}`, "/v1/"), nil, "reachability", doctor.Fail, "key", "copy the secret key again"},
		{status(200, "<html>login</html>", "/v1/"), nil, "reachability", doctor.Fail, "", ""},
		{nil, header("Date", date(-time.Minute)), "clock", doctor.Warn, "ahead of the service", "timedatectl"},
		{nil, header("Date", date(time.Hour)), "clock", doctor.Fail, "behind the service", "timedatectl"},
		{nil, header("Date", "yesterday"), "clock", doctor.Warn, "did not report its time", ""},
		{nil, header("Clerk-API-Version", "2021-02-05"), "API version", doctor.Warn, "asked for 2026-05-12, answered with 2021-02-05", "url"},
		{status(403, forbidden, "/v1/organizations"), nil, "plan", doctor.Warn, "not included: organizations: Organizations are off here", "everything else works"},
		{status(402, `{"errors":[{"code":"unsupported_subscription_plan_features","message":"pay"}]}`, "/v1/users/count"), nil, "plan", doctor.Warn, "not included: counting users: pay", ""},
		{nil, header("X-RateLimit-Remaining", "80"), "rate limit", doctor.OK, "80 requests left", ""},
		{nil, header("X-RateLimit-Remaining", "5", "X-RateLimit-Limit", "100"), "rate limit", doctor.Warn, "5 of 100 requests left", "other programs use this key"},
	} {
		p := newPatient(t)
		p.answer, p.header = c.answer, c.header
		f := p.found(c.check)
		require.Equal(t, c.state, f.State, "%s: %s", c.check, f.Says)
		require.Contains(t, f.Says, c.says)
		require.Contains(t, f.Do, c.doing)
	}
	p := newPatient(t)
	p.server.Close()
	f := p.found("reachability")
	require.Equal(t, doctor.Fail, f.State)
}

// A check that gets no answer ends with its deadline, and the others go on.
func TestDoctor_EachCheckHasADeadline(t *testing.T) {
	p := newPatient(t)
	hang := make(chan struct{})
	defer close(hang)
	p.answer = func(_ http.ResponseWriter, r *http.Request) bool {
		select {
		case <-hang:
		case <-r.Context().Done():
		}
		return true
	}
	p.env.Timeout = 100 * time.Millisecond
	f := p.found("reachability")
	require.Equal(t, doctor.Fail, f.State)
	require.Equal(t, doctor.OK, p.found("characters").State)
}

func TestDoctor_NamesWhatIsWrongWithTheKey(t *testing.T) {
	p := newPatient(t)
	require.NoError(t, os.Chmod(p.file("key"), 0o644))
	f := p.found("key")
	require.Equal(t, doctor.Fail, f.State)
	require.Contains(t, f.Says, "other users can read or write the key file "+p.file("key")+" (mode 0644); run chmod 600 on it")
	require.Equal(t, doctor.OK, p.found("journal").State, "what needs no key is looked at all the same")
}

func TestDoctor_SaysWhoYouAre(t *testing.T) {
	p := newPatient(t)
	p.more = "[[role]]\nname = \"agent\"\nwho = [\"jo\"]\n"
	require.Equal(t, "your role is agent", p.found("role").Says)
	p.more = "[[role]]\nname = \"agent\"\nwho = [\"ann\"]\n"
	f := p.found("role")
	require.Equal(t, doctor.Fail, f.State)
	require.Contains(t, f.Says, "gives jo no role on x")
	p.more = "[[role]]\n"
	f = p.found("configuration")
	require.Equal(t, doctor.Fail, f.State)
	require.Contains(t, f.Says, "config.toml line 6: a role has no name")
	p.more = ""
	*p.env.Flag = "y"
	require.Contains(t, p.found("instance").Says, "there is no instance “y”; known instances: x, demo")
}

func TestDoctor_NamesWhatIsWrongWithTheJournal(t *testing.T) {
	p := newPatient(t)
	require.Equal(t, doctor.OK, p.found("journal").State)
	file := p.file("state/frontdesk/journal/journal.jsonl")
	require.NoError(t, os.WriteFile(file, []byte("{\"v\":1}\n"), 0o600))
	f := p.found("journal")
	require.Equal(t, doctor.Fail, f.State)
	require.Contains(t, f.Says, "records were altered: ")
	require.NoError(t, os.WriteFile(file, []byte("{\"v\":1"), 0o600))
	f = p.found("journal")
	require.Equal(t, doctor.Warn, f.State)
	require.Contains(t, f.Says, "the last write was cut off: ")
	require.NoError(t, os.Remove(file))
	require.NoError(t, os.Symlink("/etc/passwd", file))
	require.Equal(t, doctor.Fail, p.found("journal").State)
	p.more = "[journal]\nenabled = false\n"
	f = p.found("journal")
	require.Equal(t, doctor.Warn, f.State)
	require.Contains(t, f.Says, "switched off")
}

func TestDoctor_SaysHowFarForwardingIs(t *testing.T) {
	p := newPatient(t)
	p.more = "[journal]\nforward_syslog = \"local\"\n"
	require.Equal(t, doctor.Finding{Check: "forwarding", State: doctor.OK, Says: "syslog is up to date"}, p.found("forwarding"))
	var all []doctor.Destination
	p.env.Forwarding = func(context.Context, *session.Configured, profile.Instance) ([]doctor.Destination, error) {
		return all, nil
	}
	all = []doctor.Destination{{Name: "syslog"}}
	require.Equal(t, doctor.Finding{Check: "forwarding", State: doctor.OK, Says: "syslog is up to date"}, p.found("forwarding"))
	all = []doctor.Destination{{Name: "syslog", Behind: 1}, {Name: "OTLP", Behind: 7, Err: errors.New("connection refused")}}
	f := p.found("forwarding")
	require.Equal(t, doctor.Warn, f.State)
	require.Equal(t, "syslog is 1 record behind; OTLP is 7 records behind: connection refused", f.Says)
}

func TestDoctor_SaysWhatTheTerminalCan(t *testing.T) {
	for _, c := range []struct {
		environ map[string]string
		check   string
		state   doctor.State
		says    string
	}{
		{map[string]string{"TERM": "dumb"}, "terminal", doctor.Fail, "TERM is “dumb”"},
		{map[string]string{"TERM": ""}, "terminal", doctor.Fail, "TERM is not set"},
		{map[string]string{"TMUX": "/tmp/tmux", "SSH_CONNECTION": "x"}, "terminal", doctor.OK, "xterm-256color, in tmux, over SSH"},
		{map[string]string{"COLORTERM": ""}, "colours", doctor.OK, "256"},
		{map[string]string{"NO_COLOR": "1"}, "colours", doctor.OK, "because NO_COLOR is set"},
		{map[string]string{"COLORTERM": "", "TERM": "xterm"}, "colours", doctor.Warn, "16"},
		{map[string]string{"TMUX": "x"}, "clipboard", doctor.Warn, "goes through tmux"},
		{map[string]string{"TERM_PROGRAM": "ghostty"}, "clipboard", doctor.OK, "supported by this terminal"},
		{map[string]string{"TERM_PROGRAM": "Apple_Terminal"}, "clipboard", doctor.Warn, "not supported by this terminal"},
		{map[string]string{"TERM": "xterm-kitty"}, "keyboard", doctor.OK, "all key combinations are supported"},
		{map[string]string{"WT_SESSION": "x"}, "keyboard", doctor.Warn, "AltGr"},
		{map[string]string{"FRONTDESK_KEYBOARD": "plain"}, "keyboard", doctor.OK, "plain"},
		{map[string]string{"LANG": "C"}, "characters", doctor.Warn, "“C”, which is not UTF-8"},
		{map[string]string{"LC_ALL": "de_DE.utf8", "LANG": "C"}, "characters", doctor.OK, "UTF-8"},
	} {
		p := newPatient(t)
		for name, value := range c.environ {
			p.environ[name] = value
		}
		f := p.found(c.check)
		require.Equal(t, c.state, f.State, "%v: %s", c.environ, f.Says)
		require.Contains(t, f.Says, c.says)
	}
	p := newPatient(t)
	p.env.StdoutIsTerminal = false
	require.Equal(t, doctor.Warn, p.found("terminal").State)
}
