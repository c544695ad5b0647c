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
)

// TestWholeDemoHoldsTheContract reads everybody, and what hangs on them.
func TestWholeDemoHoldsTheContract(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and the race detector has nothing to add")
	}
	path := filepath.Join(t.TempDir(), "demo.db")
	o := demoOptions(path)
	o.Users = 600 // the cast and a crowd of the same mixture
	st, err := OpenDemo(context.Background(), o)
	require.NoError(t, err)
	defer st.Close()
	d := &desk{t: t, store: st, now: testStart, base: InProcessURL}
	d.Server = New(Options{Store: st, Key: testKey, Now: d.clock})
	d.over = NewTransport(contract.Wrap(t, d.Server))

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

// What people type is not how the name is written: other letters for the same
// sound, vowel signs, points.
func TestDemo_FindsArabicAndHebrewNamesHoweverTheyAreTyped(t *testing.T) {
	o := demoOptions(filepath.Join(t.TempDir(), "demo.db"))
	o.Users = 0 // all of the demo
	st, err := OpenDemo(context.Background(), o)
	require.NoError(t, err)
	defer st.Close()
	d := &desk{t: t, store: st, now: testStart, base: InProcessURL, version: testVersion}
	d.Server = New(Options{Store: st, Key: testKey, Now: d.clock})
	d.over = d.Transport()
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
