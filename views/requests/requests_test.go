package requests_test

import (
	"encoding/json"
	"net/http"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/api/exchange"
	"frontdesk/api/wire"
	"frontdesk/tui"
	"frontdesk/tui/shell"
	"frontdesk/tui/tuitest"
	"frontdesk/views/requests"
	"frontdesk/views/users"
	"frontdesk/views/viewtest"
)

func open(t *testing.T, b *viewtest.Harness) *tuitest.Driver {
	t.Helper()
	d := tuitest.Drive(t, shell.Config{Root: users.New(b.Env), Keys: viewtest.Keys(t), Clock: b.Clock.Now, After: b.Clock.After,
		GlobalActions: func() []tui.Action { return []tui.Action{requests.Action(b.Env)} }}, 140, 50)
	d.Clock = b.Clock
	return d
}

func TestRequests_ListsWhatWasSentNewestFirst(t *testing.T) {
	b := viewtest.New(t)
	d := open(t, b)
	maya := b.FindUser("Maya Okafor")
	_, err := b.Env.Client.UnlockUser(t.Context(), maya.ID)
	require.NoError(t, err)
	_, err = b.Env.Client.GetUser(t.Context(), clean.NewText("user_nobody"))
	require.Error(t, err)
	d.Press("@")
	d.Has("What was sent", "SENT", "METHOD", "ANSWER", "TRACE ID")
	require.Contains(t, d.Line(6), "GET     /users/user_nobody")
	require.Contains(t, d.Line(6), "404 not found")
	require.Contains(t, d.Line(7), "POST    /users/"+maya.ID.Raw()+"/unlock")
	require.Contains(t, d.Line(7), "200 OK")

	d.Press("/")
	d.Type("post")
	d.Has("unlock")
	d.Lacks("user_nobody")
	d.Press("enter", "y")
	require.Equal(t, "curl -X POST http://"+hostOf(t, b)+"/v1/users/"+maya.ID.Raw()+"/unlock \\\n  -H \"Authorization: Bearer $CLERK_SECRET_KEY\" \\\n  -H 'Clerk-API-Version: "+string(api.NewestVersion)+"'", d.Clipboard)
	d.Press("enter")
	d.Has("REQUEST", "Authorization: Bearer $CLERK_SECRET_KEY", "ANSWER", "\"object\": \"user\"", "unlock the user · sent")
	d.Press("G")
	d.Has("AS CURL", "curl -X POST")
	d.Press("q", "esc")
	d.Has("user_nobody")
}

func hostOf(t *testing.T, b *viewtest.Harness) string {
	t.Helper()
	return b.Env.Client.Host()
}

func TestRequests_OneOnItsWayWaitsAndIsUpdated(t *testing.T) {
	b := viewtest.New(t)
	d := open(t, b)
	release := make(chan struct{})
	b.Transport.Intercept(func(*http.Request) (*http.Response, error) {
		<-release
		return nil, nil
	})
	d.Async()
	d.Press("r", "@")
	d.WaitFor("waiting")
	d.Press("enter")
	d.WaitFor("waiting")
	d.Lacks("ANSWER")
	close(release)
	d.WaitFor("ANSWER")
	d.Lacks("waiting")
	d.Press("q")
	d.Until("all are answered", func() bool { return !strings.Contains(d.Screen(), "waiting") })
}

// The command is one that a shell takes as it is, whatever was sent.
func TestRequests_TheCommandIsOneForTheShell(t *testing.T) {
	b := viewtest.New(t)
	d := open(t, b)
	name := "O'Brien $(touch x) `id` \\ \"q\" \u202e\x1b[2J\nnext"
	_, err := b.Env.Client.UpdateUser(t.Context(), b.FindUser("Maya Okafor").ID, api.UserChange{FirstName: wire.Set(name)})
	require.NoError(t, err)
	d.Press("@", "y")
	out, err := exec.CommandContext(t.Context(), "sh", "-c", "curl() { printf '%s\\n' \"$@\"; }\n"+d.Clipboard).Output()
	require.NoError(t, err)
	lines := strings.Split(strings.TrimRight(string(out), "\n"), "\n")
	var sent map[string]string
	require.NoError(t, json.Unmarshal([]byte(lines[len(lines)-1]), &sent))
	require.Equal(t, name, sent["first_name"])
	require.NotContains(t, d.Clipboard, "\x1b")
	require.NotContains(t, d.Clipboard, "\u202e")
}

func TestRequests_NoSecretIsInThem(t *testing.T) {
	b := viewtest.New(t)
	d := open(t, b)
	c, maya := b.Env.Client, b.FindUser("Maya Okafor")
	const password, digest, totp, code, private = "canary-Pa55word'\"\\", "canarydigest$2a$10$", "JBSWY3DPEHPK3PXPCANARY", "canary7351", "canary-private-value"
	_, _ = c.VerifyPassword(t.Context(), maya.ID, wire.NewSecret(password))
	_, _ = c.VerifyTOTP(t.Context(), maya.ID, wire.NewSecret(code))
	_, _ = c.CreateUser(t.Context(), api.NewUser{FirstName: wire.Set("Nia"), Password: wire.Set(wire.NewSecret(password)), PasswordDigest: wire.Set(wire.NewSecret(digest)),
		PrivateMetadata: wire.Set(api.RawObject(`{"plan":"` + private + `","deep":[{"n":73517351,"yes":true,"s":"` + private + `"}]}`))})
	_, err := c.ReplaceMetadata(t.Context(), maya.ID, api.Metadata{Private: wire.Set(api.RawObject(`{"plan":"` + private + `","n":73517351}`))})
	require.NoError(t, err)
	_, _ = c.UpdateUser(t.Context(), maya.ID, api.UserChange{TOTPSecret: wire.Set(wire.NewSecret(totp)), BackupCodes: wire.Set([]wire.Secret{wire.NewSecret(code)})})
	made, err := c.CreateTOTP(t.Context(), b.FindUser("Hazel Vaughn").ID)
	require.NoError(t, err)
	_, _ = c.GetUser(t.Context(), maya.ID)
	_, _ = c.OAuthTokens(t.Context(), maya.ID, clean.NewText("oauth_google"))
	b.Transport.Intercept(func(r *http.Request) (*http.Response, error) { return echo(r) })
	_, err = c.VerifyPassword(t.Context(), maya.ID, wire.NewSecret(password))
	require.Error(t, err)
	b.Transport.Intercept(nil)

	secrets := []string{"canary", totp, code, private, "73517351", made.Secret.Reveal(), made.URI.Reveal(), "4f1a9c0d7b2e8356"}
	for _, one := range made.BackupCodes {
		secrets = append(secrets, one.Reveal())
	}
	kept, err := json.Marshal(b.Env.Exchanges.All())
	require.NoError(t, err)
	d.Press("@")
	seen := string(kept) + d.Screen()
	n := len(b.Env.Exchanges.All())
	for range n {
		d.Press("y", "enter")
		for range 12 {
			seen += d.Clipboard + d.Screen() + d.Model.View().Content
			d.Press("pgdown")
		}
		d.Press("q", "j")
	}
	require.Contains(t, seen, exchange.Redacted)
	require.Contains(t, seen, `\"plan\": \"[redacted]\"`, "the names of private metadata are kept")
	for _, s := range secrets {
		require.NotEmpty(t, s)
		before, after, leaks := strings.Cut(seen, s)
		require.False(t, leaks, "%q: …%s%s%s…", s, before[max(0, len(before)-100):], s, after[:min(len(after), 100)])
	}
}

// echo is a server that answers with what it was sent, the key too.
func echo(r *http.Request) (*http.Response, error) {
	body := make([]byte, r.ContentLength)
	if _, err := r.Body.Read(body); err != nil && err.Error() != "EOF" {
		return nil, err
	}
	says, _ := json.Marshal("you sent " + string(body) + " with " + r.Header.Get("Authorization"))
	w := newResponse(http.StatusUnprocessableEntity, `{"errors":[{"code":"form_password_pwned","message":`+string(says)+`,"long_message":`+string(says)+`}]}`)
	w.Header.Set("X-Clerk-Trace-Id", "trace "+r.Header.Get("Authorization"))
	return w, nil
}

func TestLog_IsBounded(t *testing.T) {
	log := exchange.NewLog()
	keep := func(s string) string { return s }
	big := []byte(`{"a":"` + strings.Repeat("x", 200_000) + `"}`)
	for range 2000 {
		log.Begin(exchange.Request{Method: "POST", URL: "https://api.clerk.com/v1/users", JSON: big[:60_000], Size: 60_000, At: time.Unix(0, 0), Mask: keep}).
			End(exchange.Answer{Status: 200, Type: "application/json", Body: big, At: time.Unix(1, 0)})
	}
	all, total := log.All(), 0
	for _, e := range all {
		total += len(e.Body.Text) + len(e.Answer.Text)
	}
	require.LessOrEqual(t, len(all), 300)
	require.LessOrEqual(t, total, 1<<20)
	require.Equal(t, 2000, all[0].Serial)
}
