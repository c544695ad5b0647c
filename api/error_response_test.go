package api_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"frontdesk/api"
)

// The reason in an error body of another shape is kept.
func TestError_QuotesBodiesOfOtherShapes(t *testing.T) {
	const problem, plain, page, xml = "application/problem+json", "text/plain; charset=utf-8", "text/html", "application/xml"
	for _, c := range []struct{ kind, body, says string }{
		{problem, `{"type":"about:blank","title":"Insufficient Storage","status":507,"detail":"The disk is full."}`, "Insufficient Storage: The disk is full"},
		{problem, `{"title":"The disk is full"}`, "The disk is full"},
		{problem, `{"detail":"the disk is full"}`, "the disk is full"},
		{"", `{"error":"the disk is full"}`, "the disk is full"},
		{"", `{"message":"the disk is full"}`, "the disk is full"},
		{"", `{"Message":"the disk is full"}`, "the disk is full"},
		{"", `{"error":{"message":"the disk is full"}}`, "the disk is full"},
		{"", `{"error":{"code":500,"status":"INTERNAL","message":"the disk is full","errors":[{"reason":"x"}]}}`, "the disk is full"},
		{"", `{"errors":["the disk is full"]}`, "the disk is full"},
		{"", `{"errors":["the disk is full.","and hot","the disk is full."]}`, "the disk is full; and hot"},
		{"", `{"errors":[{"status":"500","title":"Storage","detail":"the disk is full"}]}`, "Storage: the disk is full"},
		{"", `{"errors":{"email":["is taken","is long"],"name":["is blank"]}}`, "email is taken; is long; name is blank"},
		{"", `{"error":"invalid_grant","error_description":"the disk is full"}`, "the disk is full"},
		{"", `{"error":true,"msg":"the disk is full"}`, "the disk is full"},
		{"", `{"detail":[{"loc":["body","x"],"msg":"the disk is full","type":"v"}]}`, "the disk is full"},
		{"", `{"fault":{"faultstring":"the disk is full","detail":{"errorcode":"x"}}}`, "the disk is full"},
		{"", `"the disk is full"`, "the disk is full"},
		{"", `["the disk is full"]`, "the disk is full"},
		{plain, "the disk\r\n  is full\n", "the disk is full"},
		{plain, "\ufeffthe disk is full", "the disk is full"},
		{page, "<!doctype html><html><head><title>\n500: disk &amp; all\n</title></head><body><h1>no</h1>", "500: disk & all"},
		{page, "<html><body><H1 class=x>The <b>disk</b> is full</H1>", "The disk is full"},
		{xml, `<?xml version="1.0"?><Error><Code>Slow</Code><Message>the disk is full</Message></Error>`, "the disk is full"},
	} {
		headers := []string{}
		if c.kind != "" {
			headers = []string{"Content-Type", c.kind}
		}
		client, _ := serve(t, reply(507, c.body, headers...))
		_, err := client.BanUser(ctx, ann)
		e := failed(t, err, api.KindServer)
		require.Equal(t, c.says, e.ServerMessage(), c.body)
		require.Equal(t, "the server had an internal error (HTTP 507): "+c.says, e.Reason())
		require.True(t, api.IsOutcomeUnknown(err), "words do not make it known")

		client, _ = serve(t, reply(503, c.body, headers...))
		_, err = client.BanUser(ctx, ann)
		require.ErrorContains(t, err, "not available at the moment (HTTP 503): "+c.says)
		client, _ = serve(t, reply(404, c.body, headers...))
		_, err = client.GetUser(ctx, ann)
		require.ErrorContains(t, err, "something other than Clerk answered (HTTP 404): "+c.says)
		client, _ = serve(t, reply(400, c.body, headers...))
		_, err = client.BanUser(ctx, ann)
		require.ErrorContains(t, err, c.says)
	}
}

func TestError_QuotesNothingFromEmptyBodies(t *testing.T) {
	for _, body := range []string{"", "{}", "[]", "null", "7", "<html>", `{"status":500}`, `{"error":null}`, `{"error":{}}`, "{", `{"a":{"b":{"c":{"error":{"error":{"error":"deep"}}}}}}`, "\x00\x01\x02"} {
		client, _ := serve(t, reply(500, body))
		_, err := client.BanUser(ctx, ann)
		e := failed(t, err, api.KindServer)
		require.Empty(t, e.ServerMessage(), body)
		require.Equal(t, "the server had an internal error (HTTP 500)", e.Reason())
	}
	client, _ := serve(t, reply(500, "PNG\x00\x01", "Content-Type", "image/png"))
	_, err := client.BanUser(ctx, ann)
	require.Empty(t, failed(t, err, api.KindServer).ServerMessage())
}

func TestError_QuotedTextIsCleanedAndBounded(t *testing.T) {
	for _, body := range []string{
		`{"error":"\u001b[2J\u202e\u0085bad"}`, "\x1b[31mbad\x07", "<title>\x1b]0;bad\x07</title>", `{"message":"` + strings.Repeat("bad ", 100_000) + `"}`,
		"<title>" + strings.Repeat("ä", 50_000) + "</title>", strings.Repeat(`{"error":`, 5000),
	} {
		client, _ := serve(t, reply(500, body, "Content-Type", "text/plain"))
		_, err := client.BanUser(ctx, ann)
		require.Less(t, len(err.Error()), 1000)
		for _, r := range err.Error() {
			require.False(t, r < ' ' || r == 0x7f || (r >= 0x80 && r < 0xa0) || r == 0x202e, "%q", err)
		}
	}
}

func TestError_QuotesAFewOfManyMessages(t *testing.T) {
	var items []string
	for i := range 40 {
		items = append(items, fmt.Sprintf(`{"code":"c","long_message":"m%d %s"}`, i, strings.Repeat("bad ", 500)))
	}
	client, _ := serve(t, reply(422, `{"errors":[`+strings.Join(items, ",")+`]}`))
	_, err := client.BanUser(ctx, ann)
	require.Less(t, len(err.Error()), 2000)
	require.Contains(t, err.Error(), "; and 35 more")
	client, _ = serve(t, reply(422, `{"errors":[{"code":"c","long_message":"Same."},{"code":"c","long_message":"Same."}]}`))
	_, err = client.BanUser(ctx, ann)
	require.Equal(t, 1, strings.Count(err.Error(), "Same"))
}
