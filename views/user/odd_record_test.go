package user_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"

	"frontdesk/views/viewtest"
)

// answered overrides fields of every user in the server's answers.
func answered(b *viewtest.Harness, fields string) {
	direct := b.Server.Transport()
	b.Transport.Intercept(func(r *http.Request) (*http.Response, error) {
		res, err := direct.RoundTrip(r)
		if err != nil || !strings.HasPrefix(r.URL.Path, "/v1/users/user_") || r.Method != http.MethodGet || strings.Count(r.URL.Path, "/") != 3 {
			return res, err
		}
		user := map[string]json.RawMessage{}
		err = errors.Join(json.NewDecoder(res.Body).Decode(&user), json.Unmarshal([]byte("{"+fields+"}"), &user))
		res.Body.Close()
		text, wrong := json.Marshal(user)
		res.Body, res.ContentLength = io.NopCloser(bytes.NewReader(text)), int64(len(text))
		return res, errors.Join(err, wrong)
	})
}

func TestDetail_ShowsImpossibleNumbers(t *testing.T) {
	b := viewtest.New(t)
	answered(b, `"locked":true,"lockout_expires_in_seconds":10000000000,"verification_attempts_remaining":-9223372036854775808,"timezone":"Europe/Berlin","last_active_at":1e18`)
	d, _ := open(t, b, "Daniel Reyes")
	d.Resize(120, 50)
	d.Press("r")
	d.Has("Time zone", "Europe/Berlin", "Unlocks by itself in 292+ years.", "last active unreadable")
	d.Press("3")
	d.Has("unlocks by itself in 292+ years")

	b = viewtest.New(t)
	answered(b, `"locked":true,"lockout_expires_in_seconds":"3600"`)
	d, _ = open(t, b, "Daniel Reyes")
	d.Resize(120, 50)
	d.Press("r")
	d.Has("When the lock ends could not be read.")
	d.Lacks("does not unlock by itself", "Time zone")
	d.Press("3")
	d.Has("the end of the lock could not be read")

	b = viewtest.New(t)
	answered(b, `"locked":false,"verification_attempts_remaining":"many"`)
	d, _ = open(t, b, "Daniel Reyes")
	d.Resize(120, 50)
	d.Press("r", "3")
	d.Has("attempts left: could not be read")
	d.Lacks("lockout is off")
}
