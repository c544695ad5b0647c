package sandbox

import (
	"bytes"
	"encoding/json"
	"io"
	"mime"
	"net/http"
	"unicode/utf8"
)

const maxJSONBody = 1 << 20 // bytes of JSON that an operation accepts

// readBody reads the whole body. An empty body and the literal null, which Clerk's Go
// client sends for no body, leave c.body nil.
func (c *call) readBody() *apiError {
	raw, err := io.ReadAll(io.LimitReader(c.r.Body, maxJSONBody+1))
	if err != nil {
		return errBody("The request body could not be read.")
	}
	if len(raw) > maxJSONBody {
		drain(c.r.Body)
		return errBodyTooLarge
	}
	raw = bytes.TrimSpace(raw)
	if len(raw) == 0 || bytes.Equal(raw, []byte("null")) {
		return nil
	}
	if got := c.r.Header.Get("Content-Type"); got != "" {
		if media, _, err := mime.ParseMediaType(got); err != nil || media != "application/json" {
			return errContentType(got, "application/json")
		}
	}
	if !utf8.Valid(raw) || !json.Valid(raw) {
		return errBody("Request body invalid")
	}
	c.body = raw
	return nil
}

// drain reads part of the rest of a rejected body, so that a client that is still sending
// gets the response rather than a connection reset.
func drain(body io.Reader) {
	const most = 32 << 20
	_, _ = io.CopyN(io.Discard, body, most)
}

var _ http.Handler = (*Server)(nil)
