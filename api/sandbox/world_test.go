package sandbox

import (
	"bytes"
	"context"
	"image"
	"net/url"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"frontdesk/api/sandbox/contract"
	"frontdesk/api/sandbox/store"
	"frontdesk/api/sandbox/world"
)

// TestDemo_KeepsTheContract reads all users and everything that belongs to them.
func TestDemo_KeepsTheContract(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and the race detector has nothing to add")
	}
	d := newDemoServer(t, 600) // the fixed users and generated ones in the same proportions

	total, after, pictures := 0, "", 0
	for {
		page := d.do("GET", "/users?limit=500&starting_after="+after, nil).list()
		total += len(page)
		for _, u := range page {
			after = u["id"].(string)
			if u["has_image"] == true && pictures < 5 {
				pictures++
				_, _, err := image.Decode(bytes.NewReader(d.do("GET", imagePath(u), nil).body))
				require.NoError(t, err)
			}
		}
		if len(page) < 500 {
			break
		}
	}
	require.Equal(t, 600, total)
	require.Positive(t, pictures)
	for _, u := range d.do("GET", "/users?limit=100&order_by=-last_active_at", nil).list() {
		id := u["id"].(string)
		require.Equal(t, 200, d.do("GET", "/sessions?user_id="+id, nil).status)
		require.Equal(t, 200, d.do("GET", "/users/"+id+"/organization_memberships", nil).status)
		require.Equal(t, 200, d.do("GET", "/users/"+id+"/organization_invitations", nil).status)
		require.Contains(t, []int{200, 400, 422}, d.do("GET", "/users/"+id+"/oauth_access_tokens/oauth_google", nil).status)
	}
	require.Positive(t, d.do("GET", "/users/count?banned=true", nil).ok()["total_count"])
}

// People type names differently from how they are written: other letters for the same
// sound, without vowel signs or points.
func TestDemo_FindsArabicAndHebrewNamesInAnySpelling(t *testing.T) {
	d := newDemoServer(t, 0).unchecked() // the whole demo
	for typed, want := range map[string]string{
		"محمد علي": "m.ali@postbox.example", "محمد علی": "m.ali@postbox.example", "محمد على": "m.ali@postbox.example",
		"مُحَمَّد": "m.ali@postbox.example", "محمّد": "m.ali@postbox.example", "محـمد": "m.ali@postbox.example",
		"נוֹעָה": "noa.cohen@mail.example", "נועה": "noa.cohen@mail.example",
	} {
		for _, param := range []string{"query", "name_query"} {
			found := d.do("GET", "/users?limit=500&"+url.Values{param: {typed}}.Encode(), nil).list()
			var addresses []any
			for _, u := range found {
				for _, e := range u["email_addresses"].([]any) {
					addresses = append(addresses, e.(fields)["email_address"])
				}
			}
			require.Contains(t, addresses, want, typed)
			require.Less(t, len(found), 20, typed)
			require.EqualValues(t, len(found), d.do("GET", "/users/count?"+url.Values{param: {typed}}.Encode(), nil).ok()["total_count"])
		}
	}
}

// newDemoServer is a server on the demo world of that many users; 0 is the demo's own
// number.
func newDemoServer(t *testing.T, users int) *testServer {
	t.Helper()
	d := newTestServer(t)
	st, err := store.Open(context.Background(), filepath.Join(t.TempDir(), "demo.db"))
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, st.Close()) })
	require.NoError(t, world.Fill(context.Background(), st, world.Options{Users: users, Now: testStart}))
	d.store, d.version = st, testVersion
	d.Server = New(Options{Store: st, Key: testKey, Now: d.clock})
	d.transport = NewTransport(contract.Wrap(t, d.Server))
	return d
}
