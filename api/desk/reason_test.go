package desk_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"frontdesk/api/desk"
)

// The server's message is shown with its status if the response to a write was unreliable,
// whatever the shape of the body.
func TestDescribeLost_HasTheServersReason(t *testing.T) {
	for _, c := range []struct {
		status             int
		header, body, says string
	}{
		{500, "", `{"errors":[{"code":"directory_file_failed","message":"m","long_message":"The disk is full."}]}`, "the server answered with an error (HTTP 500): The disk is full"},
		{507, "", `{"error":{"message":"the disk is full"}}`, "the server answered with an error (HTTP 507): the disk is full"},
		{503, "Content-Type: application/problem+json", `{"title":"Down","detail":"for repairs"}`, "the server answered with an error (HTTP 503): Down: for repairs"},
		{502, "Content-Type: text/html", "<html><title>502 Bad Gateway</title>", "the server answered with an error (HTTP 502): 502 Bad Gateway"},
		{500, "Content-Type: text/plain", "no space left on device\n", "the server answered with an error (HTTP 500): no space left on device"},
		{500, "", `{"errors":[{"code":"internal_clerk_error","message":"Oops"}]}`, "the server answered with an error (HTTP 500)"},
		{500, "", ``, "the server answered with an error (HTTP 500)"},
	} {
		p := newPeer(t)
		in := p.intent("ban_user")
		p.answerWrites(c.status, c.header, c.body)
		out := p.desk().Do(p.Context(), in)
		require.Equal(t, desk.Done, out.State, c.says)
		require.Equal(t, c.says, desk.DescribeLost(out.LostAnswer))
	}
}
