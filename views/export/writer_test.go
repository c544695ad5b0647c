package export

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"frontdesk/api"
)

func TestObject_PassesUnpairedSurrogatesOn(t *testing.T) {
	for _, in := range []string{`\ud800`, `a\udfffb`, `\udc00\ud83d`, `\ud83d\ude00`, `\ufffd`} {
		body := `{"object":"user","id":"user_1","first_name":"` + in + `","public_metadata":{"` + in + `":1}}`
		var u api.User
		require.NoError(t, json.Unmarshal([]byte(body), &u))
		u.Body = json.RawMessage(body)
		out, err := object(&u)
		require.NoError(t, err)
		require.Equal(t, body, string(ASCII(out)))
	}
}
