package command_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/stretchr/testify/require"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/api/ops"
	"frontdesk/api/sandbox/store"
	"frontdesk/api/wire"
)

// request is one that left the program.
type request struct {
	method, url string
	header      http.Header
	body        []byte
}

// record writes down every request from now on that is no plain read.
func (c *counter) record(o ops.Operation) *[]request {
	var all []request
	c.Transport.Intercept(func(r *http.Request) (*http.Response, error) {
		if r.Method == http.MethodGet && !o.ConfirmsRead {
			return nil, nil
		}
		if r.Method == http.MethodGet && !strings.Contains(r.URL.Path, "oauth_access_tokens") {
			return nil, nil // the look before
		}
		var body []byte
		if r.Body != nil {
			var err error
			body, err = io.ReadAll(r.Body)
			require.NoError(c, err)
			r.Body = io.NopCloser(bytes.NewReader(body))
		}
		all = append(all, request{r.Method, r.URL.String(), r.Header.Clone(), body})
		return nil, nil
	})
	return &all
}

// prepare puts somebody into a state in which the operation applies.
func (c *counter) prepare(o ops.Operation) {
	c.Helper()
	c.signIn()
	if o.ID == "verify_password" {
		_, err := c.Client.UpdateUser(c.Context(), clean.NewText(someoneID), api.UserChange{Password: wire.Set(wire.NewSecret(password))})
		require.NoError(c, err)
	}
	if o.ID == "delete_user_profile_image" {
		image, err := api.CheckImage(c.WriteFile("dot.png", dot(c)))
		require.NoError(c, err)
		_, err = c.Client.SetProfileImage(c.Context(), clean.NewText(someoneID), image)
		require.NoError(c, err)
	}
	c.change(func(u *store.User) {
		switch o.ID {
		case "unban_user", "users_unban":
			u.Banned = true
		case "unlock_user":
			u.Locked = true
		case "unset_user_password_compromised":
			u.RequiresPasswordReset = true
		case "create_user_totp", "set_user_totp":
			u.TOTP = nil
		case "set_primary_email_address":
			u.Emails[1].Verification = u.Emails[0].Verification
		case "set_primary_phone_number":
			u.Phones[1].Verification = u.Phones[0].Verification
		case "verify_email_address":
			u.Emails[1].Verification = nil
		case "verify_phone_number":
			u.Phones[1].Verification = nil
		}
	})
}

// What --dry-run prints is what is sent, to the byte, for every operation that
// sends something: method, address, headers and body, but for the key and for
// secrets.
func TestDryRun_MatchesWhatIsSent(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and the race detector has nothing to add")
	}
	for _, o := range ops.Users().All() {
		if o.IsRead() {
			continue
		}
		t.Run(o.ID, func(t *testing.T) {
			c := newCounter(t)
			c.prepare(o)
			var told struct {
				printed
				Then []printed
			}
			dry := c.run(c.strange(o, "--dry-run", "--json")...)
			require.Zero(t, dry.code, dry.err)
			require.NoError(t, json.Unmarshal([]byte(dry.out), &told))
			require.Empty(t, c.writes())

			sent := c.record(o)
			real := append(confirm(o), "--yes", "--reason", "called back")
			if o.MustShowResult {
				real = append(real, "--reveal")
			}
			done := c.run(c.strange(o, real...)...)
			require.NotEqual(t, 2, done.code, done.err)
			require.Len(t, *sent, 1+len(told.Then), "as many requests as were printed: %s", done.err)
			for i, p := range append([]printed{told.printed}, told.Then...) {
				p.is(t, (*sent)[i])
			}
		})
	}
}

// strange is the command with values that no encoding leaves alone.
func (c *counter) strange(o ops.Operation, more ...string) []string {
	args := c.command(o, more...)
	for i, a := range args {
		if a == "Till" {
			args[i] = "Zoë <&> 小明 🎟"
		}
	}
	return args
}

// printed is a request as --dry-run --json prints it.
type printed struct {
	Method, URL string
	Headers     map[string]string
	Body        json.RawMessage
}

func (p printed) is(t *testing.T, r request) {
	t.Helper()
	require.Equal(t, r.method, p.Method)
	require.Equal(t, r.url, p.URL)
	kind, params, _ := mime.ParseMediaType(r.header.Get("Content-Type"))
	require.Len(t, p.Headers, len(r.header))
	for name, value := range p.Headers {
		switch {
		case name == "Authorization":
			require.Equal(t, "Bearer (redacted)", value)
			require.True(t, strings.HasPrefix(r.header.Get(name), "Bearer sk_test_"))
		case name == "Content-Type" && kind == "multipart/form-data":
			require.Contains(t, value, "multipart/form-data; boundary=", "the boundary is drawn anew")
		default:
			require.Equal(t, r.header.Get(name), value, name)
		}
	}
	switch {
	case kind == "multipart/form-data":
		require.JSONEq(t, upload(t, r.body, params["boundary"]), string(p.Body))
	case r.body == nil:
		require.Equal(t, "null", string(p.Body))
	default:
		require.Equal(t, escaped(withoutSecrets(t, r.body)), string(p.Body))
	}
}

// withoutSecrets puts "(redacted)" where a secret stands.
func withoutSecrets(t *testing.T, body []byte) string {
	var fields map[string]json.RawMessage
	require.NoError(t, json.Unmarshal(body, &fields))
	out := string(body)
	for _, name := range []string{"password", "totp_secret", "code"} {
		if value := string(fields[name]); value != "" {
			out = strings.Replace(out, `"`+name+`":`+value, `"`+name+`":"(redacted)"`, 1)
		}
	}
	return out
}

// escaped is JSON in which what is not ASCII is written as \u.
func escaped(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case r < 0x7f:
			b.WriteRune(r)
		case r > 0xffff:
			high, low := utf16.EncodeRune(r)
			fmt.Fprintf(&b, `\u%04x\u%04x`, high, low)
		default:
			fmt.Fprintf(&b, `\u%04x`, r)
		}
	}
	return b.String()
}

func upload(t *testing.T, body []byte, boundary string) string {
	type part struct {
		Name   string `json:"name"`
		File   string `json:"filename,omitempty"`
		Type   string `json:"content_type,omitempty"`
		Bytes  int    `json:"bytes"`
		SHA256 string `json:"sha256"`
	}
	var parts []part
	for reader := multipart.NewReader(bytes.NewReader(body), boundary); ; {
		p, err := reader.NextPart()
		if errors.Is(err, io.EOF) {
			break
		}
		require.NoError(t, err)
		content, err := io.ReadAll(p)
		require.NoError(t, err)
		sum := sha256.Sum256(content)
		parts = append(parts, part{p.FormName(), p.FileName(), p.Header.Get("Content-Type"), len(content), hex.EncodeToString(sum[:])})
	}
	raw, err := json.Marshal(map[string]any{"multipart": parts})
	require.NoError(t, err)
	return string(raw)
}

// A secret that comes by stdin is printed nowhere, whatever it is a secret of.
func TestDryRun_RedactsSecretsFromStdin(t *testing.T) {
	const secret = "JBSWY3DPEHPK3PXPJBSWY3DP" // base32, and good enough for a password or a code
	tried := 0
	for _, o := range ops.Users().All() {
		for _, f := range o.Fields {
			if f.Kind != ops.FieldSecret {
				continue
			}
			tried++
			c := newCounter(t)
			args := []string{"do", o.ID}
			if o.Scope == ops.ScopeUser {
				args = append(args, someoneID)
			}
			if o.ID == "create_user" {
				args = append(args, "--email-address", "elin@fjord.example")
			}
			if f.Name == "password_digest" {
				args = append(args, "--password-hasher", "bcrypt")
			}
			args = append(args, "--"+strings.ReplaceAll(f.Name, "_", "-")+"-stdin", "--dry-run")
			for _, how := range [][]string{{}, {"--json"}} {
				c.stdin = strings.NewReader(secret + "\n")
				told := c.run(append(args, how...)...)
				require.Zero(t, told.code, "%s --%s: %s", o.ID, f.Name, told.err)
				require.NotContains(t, told.out+told.err, secret, "%s --%s", o.ID, f.Name)
				require.Contains(t, told.out, "(redacted)")
			}
		}
	}
	require.Greater(t, tried, 4)
}
