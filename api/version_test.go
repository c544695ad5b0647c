package api_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"frontdesk/api"
	"frontdesk/api/sandbox"
	"frontdesk/api/sandbox/store"
	"frontdesk/api/wire"
)

// Every version is requested by its name and works. The client compensates for the
// differences.
func TestClient_Versions(t *testing.T) {
	require.Equal(t, api.OldestVersion, api.Versions()[0])
	for _, version := range api.Versions() {
		t.Run(string(version), func(t *testing.T) {
			d := newDeskAt(t, version)
			maya := d.person("Maya", 1, func(u *store.User) {
				u.Public = json.RawMessage(`{"plan":"gold","seat":1}`)
				u.PasswordDigest, u.PasswordHasher = "x", "argon2id"
			})
			var asked []string
			var bodies [][]byte
			next := sandbox.NewTransport(d.server)
			d.Client = newClient(t, api.Config{BaseURL: sandbox.InProcessURL, Version: version, Transport: roundTrip(func(r *http.Request) (*http.Response, error) {
				asked = append(asked, r.Header.Get("Clerk-API-Version"))
				if r.Body != nil {
					body, err := io.ReadAll(r.Body)
					require.NoError(t, err)
					r.Body = io.NopCloser(bytes.NewReader(body))
					bodies = append(bodies, body)
				}
				answer, err := next.RoundTrip(r)
				if err == nil {
					require.Equal(t, string(version), answer.Header.Get("Clerk-Api-Version"), "the server serves it")
				}
				return answer, err
			})}, d.watch)

			// The profile is changed without its metadata, which old versions would
			// replace.
			u, err := d.UpdateUser(ctx, maya, api.UserChange{FirstName: wire.Set("May")})
			require.NoError(t, err)
			require.JSONEq(t, `{"first_name":"May"}`, string(bodies[0]))
			require.JSONEq(t, `{"plan":"gold","seat":1}`, string(u.PublicMetadata))
			u, err = d.UpdateMetadata(ctx, maya, api.Metadata{Public: wire.Set(api.RawObject(`{"seat":null}`))})
			require.NoError(t, err)
			require.JSONEq(t, `{"plan":"gold"}`, string(u.PublicMetadata), "merged, whatever the version")

			// A session that waits for a task only exists in versions that know the
			// status.
			d.session(maya, "Open")
			pending := d.session(maya, "Waits")
			d.put(func(tx *store.Tx) error {
				s, err := tx.Session(pending.Raw())
				if err != nil {
					return err
				}
				s.Status = "pending"
				return tx.PutSession(s)
			})
			page, err := d.Sessions(ctx, maya, "", 10, 0)
			require.NoError(t, err)
			want := 1
			if version >= "2025-04-10" {
				want = 2
			}
			require.Len(t, page.Rows, want)
			for _, s := range page.Rows {
				require.Empty(t, s.Problems)
			}

			before := len(asked)
			_, err = d.SetPasswordCompromised(ctx, maya, false)
			require.Equal(t, version >= "2025-11-10", err == nil, "%v", err)
			require.Equal(t, err == nil, len(asked) > before, "what a version does not have is not sent")
			for _, name := range asked {
				require.Equal(t, string(version), name)
			}
		})
	}
	_, err := api.New(api.Config{Key: key(t), Version: "2025-03-12"})
	require.EqualError(t, err, `there is no API version "2025-03-12"`)
}
