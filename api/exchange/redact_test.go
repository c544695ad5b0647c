package exchange_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"frontdesk/api/exchange"
)

// kept returns what a log keeps of a write with these bodies.
func kept(request, answer string) exchange.Exchange {
	log := exchange.NewLog()
	asIs := func(s string) string { return s }
	log.Begin(exchange.Request{Method: "POST", URL: "https://api.clerk.com/v1/users", Type: "application/json", JSON: []byte(request), At: time.Unix(0, 0), Mask: asIs}).
		End(exchange.Answer{Status: 200, Type: "application/json", Body: []byte(answer), At: time.Unix(1, 0)})
	return log.All()[0]
}

func TestLog_RedactsByName(t *testing.T) {
	for _, name := range []string{
		"password", "Password", "new_password", "password_digest", "secret", "totp_secret", "token", "code", "backup_codes", "ticket",
		"private_metadata", "uri", "url", "provider_secret_key", "nonce", "signature",
	} {
		for value, isKept := range map[string]bool{
			`"hunter2hunter2"`: false, `1234567890`: false, `["hunter2hunter2"]`: false, `{"a":"hunter2hunter2"}`: false, `{"a":[{"b":1234567890}]}`: false,
			`true`: true, `null`: true,
		} {
			e := kept("", `{"`+name+`":`+value+`,"first_name":"Maya"}`)
			require.NotContains(t, e.Answer.Text, "hunter2", name)
			require.NotContains(t, e.Answer.Text, "1234567890", name)
			require.Equal(t, !isKept, strings.Contains(e.Answer.Text, exchange.Redacted), "%s: %s", name, value)
			require.Contains(t, e.Answer.Text, `"first_name": "Maya"`)
			require.True(t, json.Valid([]byte(e.Answer.Text)), e.Answer.Text)
			require.False(t, e.Answer.Cut)
		}
	}
	for _, name := range []string{"first_name", "created_at", "password_last_updated_at", "image_url", "profile_image_url", "public_metadata"} {
		require.Contains(t, kept("", `{"`+name+`":"shown"}`).Answer.Text, `"shown"`, name)
	}
	require.Contains(t, kept("", `{"errors":[{"code":"form_password_pwned"}]}`).Answer.Text, "form_password_pwned", "the code of an error is no secret")
}

func TestLog_RedactsByValue(t *testing.T) {
	for _, secret := range []string{"eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc", "otpauth://totp/x?secret=ABC", "https://x.example/?__clerk_ticket=abc"} {
		e := kept("", `{"note":"`+secret+`","list":["`+secret+`"]}`)
		require.NotContains(t, e.Answer.Text, secret)
		require.Equal(t, 2, strings.Count(e.Answer.Text, exchange.Redacted))
	}
}

// What a request keeps secret is also left out of an answer that echoes it, in whatever
// form, and a name may be written with escapes.
func TestLog_RedactsEchoesAndEscapes(t *testing.T) {
	const secret = "pä\"ss<wörd"
	encoded, err := json.Marshal(secret)
	require.NoError(t, err)
	e := kept(`{"password":`+string(encoded)+`}`, `{"message":`+string(encoded)+`,"first_name":"Maya"}`)
	for _, body := range []string{e.Body.Text, e.Answer.Text} {
		require.NotContains(t, body, "ss<w")
		require.Contains(t, body, exchange.Redacted)
	}
	require.NotContains(t, kept("", `{"p\u0061ssword":"hunter2hunter2"}`).Answer.Text, "hunter2")
	require.NotContains(t, kept("", `{"note":"\u0065yJhbGciOiJIUzI1NiJ9.abc"}`).Answer.Text, "JIUzI1NiJ9")
}

// Wherever a body ends, and whatever follows it, no part of a secret is kept.
func TestLog_KeepsNoPartOfASecret(t *testing.T) {
	const body = `{"a":[1.5e3,-2,true,null,"x\"y"],"password":"hunter2hunter2","code":[123456,{"b":123456}],"end":{}}`
	require.True(t, json.Valid([]byte(kept("", body).Answer.Text)))
	for n := range len(body) {
		for _, rest := range []string{"", `"`, "}", "]", "\\", " ", ",", ":", "\x00", "\xff"} {
			text := kept("", body[:n]+rest).Answer.Text
			for _, part := range []string{"hunt", "1234"} {
				require.NotContains(t, text, part, "%q", body[:n]+rest)
			}
		}
	}
	for pad := range 200 { // the limit cuts through the secret
		text := kept("", fmt.Sprintf(`{"a":"%s","code":123456,"password":"hunter2hunter2"}`, strings.Repeat("x", 4000+pad))).Answer.Text
		require.NotContains(t, text, "hunt")
		require.NotContains(t, text, "1234")
	}
}

// A body that is not JSON from some place on is kept up to there.
func TestLog_KeepsTheBeginningOfWhatIsNotJSON(t *testing.T) {
	for _, body := range []string{
		`{"a":1 "b":2}`, `{"a":1,}`, `{"a" 1}`, `{a:1}`, `{"a":01}`, `{"a":tru}`, `{"a":1]`, `[1,]`, `[1`, `{"a":"b`, `{"a":-}`, `{,}`, `]`, "<html>", `{"a":"` + "\n" + `"}`,
		strings.Repeat("[", 200),
	} {
		e := kept("", body)
		require.True(t, e.Answer.Cut, "%q: %q", body, e.Answer.Text)
		require.True(t, strings.HasSuffix(e.Answer.Text, "…"), body)
	}
	for _, body := range []string{`{}`, `[]`, `12`, `"x"`, `null`, ` { "a" : [ ] } `, `[{"a":{"b":[[]]}}]`, `{"a":-1.5e+3,"b":0}`} {
		e := kept("", body)
		require.False(t, e.Answer.Cut, body)
		require.JSONEq(t, body, e.Answer.Text)
	}
}

func TestLog_TakesFewAllocations(t *testing.T) {
	log := exchange.NewLog()
	page := []byte("[" + strings.Repeat(`{"id":"user_2x","first_name":"Maya","password_enabled":true,"created_at":17},`, 900) + "{}]")
	asIs := func(s string) string { return s }
	allocs := testing.AllocsPerRun(50, func() {
		log.Begin(exchange.Request{Method: "GET", URL: "https://api.clerk.com/v1/users?limit=50", Mask: asIs}).
			End(exchange.Answer{Status: 200, Type: "application/json", Body: page})
	})
	require.LessOrEqual(t, allocs, 30.0)
}
