package api_test

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"frontdesk/api"
	"frontdesk/api/clean"
)

// canary is a key of which no piece occurs in a word.
const canary = "sk_live_Q7wR2tY9uI4oP1aS6dF3gH8jK5lZ0xCvBnM"

func TestMaskKeys(t *testing.T) {
	for s, want := range map[string]string{
		canary:                                                   "sk_live_…",
		"the key sk_test_4f1a9c0d is not valid":                  "the key sk_test_… is not valid",
		"“" + canary + "”":                                       "“sk_live_…”",
		`{\"k\":\"` + canary + `\"}`:                             `{\"k\":\"sk_live_…\"}`,
		strings.ToUpper(canary) + ".":                            "SK_LIVE_….",
		url.QueryEscape(canary) + "&x":                           "sk_live_…&x",
		"sk%5Flive%5FQ7wR2tY9u":                                  "sk%5Flive%5F…",
		base64.StdEncoding.EncodeToString([]byte(canary)) + " x": "c2tfbGl2ZV…  x",
		canary + " and " + canary:                                "sk_live_… and sk_live_…",
		"ask_live_Q7wR2tY9u":                                     "ask_live_…",
		"é" + canary + "é":                                       "ésk_live_…é",
		// Text that is not a key is kept.
		"those start with sk_live_ or sk_test_": "those start with sk_live_ or sk_test_",
		"sk_live_…":                             "sk_live_…",
		"sk_test_ab":                            "sk_test_ab",
		"user_2bbbbbbbbbbbbbbbbbbbbbbbbbb":      "user_2bbbbbbbbbbbbbbbbbbbbbbbbbb",
		"pk_test_4f1a9c0d7b":                    "pk_test_4f1a9c0d7b",
		"task_lived_long_ago":                   "task_lived_long_ago",
		"":                                      "",
	} {
		want = strings.ReplaceAll(want, "  ", " ")
		require.Equal(t, want, clean.MaskKeys(s))
		require.Equal(t, want, clean.MaskKeys(want), "masked once is masked")
		require.Equal(t, want, clean.NewText(s).Display())
		require.Equal(t, want, clean.NewText(s).Clipboard())
		require.Equal(t, s, clean.NewText(s).Raw(), "what is edited and sent stays as it is")
	}
	require.Empty(t, clean.NewText("https://x.example/"+canary).Link())
}

// leaks returns the forms of the key that were found in a text.
func leaks(says string) []string {
	secret := strings.TrimPrefix(canary, "sk_live_")
	var found []string
	for _, form := range []string{secret, strings.ToLower(secret), strings.ToUpper(secret), hex.EncodeToString([]byte(canary)),
		base64.StdEncoding.EncodeToString([]byte(canary)), base64.StdEncoding.EncodeToString([]byte("Bearer " + canary)), base64.URLEncoding.EncodeToString([]byte("a:" + canary))} {
		for i := 0; i+14 <= len(form); i++ {
			if strings.Contains(says, form[i:i+14]) {
				found = append(found, form[i:i+14])
			}
		}
	}
	return found
}

// A server or gateway that echoes the request does not reveal the key.
func TestClient_RemovesAnEchoedKey(t *testing.T) {
	b64 := base64.StdEncoding.EncodeToString
	forms := map[string]string{
		"plain": canary, "bearer": "Bearer " + canary, "lower": strings.ToLower(canary), "upper": strings.ToUpper(canary),
		"base64": b64([]byte(canary)), "base64 of the header": b64([]byte("Bearer " + canary)), "base64 of basic": base64.URLEncoding.EncodeToString([]byte("a:" + canary)),
		"hex": hex.EncodeToString([]byte(canary)), "cut in front": canary[14:], "cut behind": canary[:22], "cut on both sides": canary[10:30],
		"escaped": `sk_live_` + fmt.Sprintf(`\u%04x`, canary[8]) + canary[9:], "percent": "sk%5Flive%5F" + canary[8:],
	}
	for name, form := range forms {
		for place, h := range map[string]http.HandlerFunc{
			"message":        reply(422, `{"errors":[{"code":"x","message":"bad `+form+` here"}]}`),
			"long message":   reply(400, `{"errors":[{"code":"x","message":"m","long_message":"`+form+`"}]}`),
			"code":           reply(403, `{"errors":[{"code":"`+form+`"}]}`),
			"parameter":      reply(422, `{"errors":[{"code":"x","message":"is bad","meta":{"param_name":"`+form+`"}}]}`),
			"meta":           reply(402, `{"errors":[{"code":"x","message":"is bad","meta":{"unsupported_features":["`+form+`"]}}]}`),
			"trace id":       reply(500, `{"errors":[{"code":"internal_clerk_error","message":"m"}],"clerk_trace_id":"`+form+`"}`),
			"trace header":   reply(500, `{"errors":[{"code":"internal_clerk_error","message":"m"}]}`, "X-Clerk-Trace-Id", form),
			"ray header":     reply(503, ``, "Cf-Ray", form),
			"redirect":       reply(302, ``, "Location", "https://login.example/"+url.PathEscape(form)+"?k="+form),
			"redirect host":  reply(307, ``, "Location", "https://"+strings.Trim(strings.NewReplacer(" ", "", "=", "", "\\", "", "%5F", "-").Replace(form), "_")+".example/"),
			"problem":        reply(500, `{"title":"t","detail":"`+form+`"}`, "Content-Type", "application/problem+json"),
			"plain text":     reply(500, "no "+form, "Content-Type", "text/plain"),
			"web page":       reply(502, "<title>"+form+"</title>", "Content-Type", "text/html"),
			"field":          reply(400, `{"errors":{"`+form+`":["is bad"]}}`),
			"another's id":   reply(200, `{"id":"`+form+`"}`),
			"broken":         reply(200, `{"id":"`+form),
			"status and all": reply(401, `{"errors":[{"code":"clerk_key_invalid","message":"`+form+`","long_message":"`+form+`"}]}`),
		} {
			if name == "escaped" && place != "message" && place != "long message" && place != "parameter" && place != "problem" {
				continue // an escape of JSON means nothing elsewhere
			}
			server := httptest.NewServer(h)
			k, err := api.NewKey(canary)
			require.NoError(t, err)
			client, err := api.New(api.Config{BaseURL: server.URL, Key: k, Sleep: newWatch().Sleep})
			require.NoError(t, err)
			_, err = client.BanUser(ctx, ann)
			server.Close()
			require.Error(t, err)
			e := failed(t, err, func() api.Kind { var e *api.Error; require.ErrorAs(t, err, &e); return e.Kind }())
			all := []string{err.Error(), e.Summary(), e.Advice(), e.Reason(), e.ServerMessage(), e.RedirectTarget(), e.TraceID.Raw(), e.TraceID.Display(), e.Code(), fmt.Sprintf("%v %+v %q", e, e, e.Err)}
			for _, item := range e.Items {
				all = append(all, item.Code.Raw(), item.Message.Raw(), item.LongMessage.Raw(), item.Param(), item.Sentence(), string(item.Meta))
			}
			require.Empty(t, leaks(strings.Join(all, "\n")), "%s in %s: %s", name, place, all)
		}
	}
}

// A key in place of a name is not sent, because URLs are logged.
func TestClient_NeverSendsTheKeyInAURL(t *testing.T) {
	asked := 0
	client, _ := serve(t, func(w http.ResponseWriter, r *http.Request) { asked++; reply(200, "[]")(w, r) })
	for _, q := range []api.Query{{Search: canary}, {Search: "x " + canary + " y"}, {Email: []string{"a@b.example", canary}}, {UserID: []string{"+" + canary}}} {
		_, err := client.ListUsers(ctx, q)
		require.EqualError(t, err, "Could not list users: this looks like a secret key, so it was not sent.")
		require.False(t, api.IsOutcomeUnknown(err))
		_, err = client.CountUsers(ctx, q)
		require.ErrorContains(t, err, "was not sent")
	}
	_, err := client.GetUser(ctx, clean.NewText(canary))
	require.ErrorContains(t, err, "was not sent")
	_, err = client.BanUser(ctx, clean.NewText("x/"+canary))
	require.ErrorContains(t, err, "was not sent")
	require.Zero(t, asked)
}

func TestKey_KeylessWriter(t *testing.T) {
	k, err := api.NewKey(canary)
	require.NoError(t, err)
	var out bytes.Buffer
	w := k.MaskWriter(&out)
	line := `{"name":"` + canary + `","x":"` + canary + `"}`
	n, err := fmt.Fprint(w, line)
	require.NoError(t, err)
	require.Equal(t, len(line), n)
	require.Equal(t, `{"name":"sk_live_...","x":"sk_live_..."}`, out.String())
	require.Same(t, &out, api.Key{}.MaskWriter(&out))
}

// Server data may contain the key in any form.
func TestKeyless_RemovesEveryForm(t *testing.T) {
	key, err := api.NewKey(canary)
	require.NoError(t, err)
	for name, echoed := range map[string]string{
		"plain": canary, "capitals": strings.ToUpper(canary), "base64": base64.StdEncoding.EncodeToString([]byte("Bearer " + canary)),
		"hex": hex.EncodeToString([]byte(canary)), "its end": canary[12:], "a piece": canary[10:34],
	} {
		var out bytes.Buffer
		given := `{"first_name":"` + echoed + `","last_name":"Okafor"}` + "\n"
		n, err := key.MaskWriter(&out).Write([]byte(given))
		require.NoError(t, err)
		require.Equal(t, len(given), n)
		require.NotContains(t, out.String(), echoed, name)
		require.NotContains(t, strings.ToLower(out.String()), strings.ToLower(canary[14:26]), name)
		require.Contains(t, out.String(), `,"last_name":"Okafor"}`, name)
	}
	var out bytes.Buffer
	_, err = key.MaskWriter(&out).Write([]byte("Maya Okafor\n"))
	require.NoError(t, err)
	require.Equal(t, "Maya Okafor\n", out.String())
}
