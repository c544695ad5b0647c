package sandbox

import (
	"fmt"
	"io"
	"testing"

	"github.com/stretchr/testify/require"

	"frontdesk/api/sandbox/store"
)

// BenchmarkList fetches a page through the in-process transport, with users as complete as
// the demo's.
func BenchmarkList(b *testing.B) {
	for _, size := range []int{50, 500} {
		b.Run(fmt.Sprint(size), func(b *testing.B) {
			d := newBenchServer(b, 600)
			b.ReportAllocs()
			for b.Loop() {
				response, err := d.transport.RoundTrip(d.request("GET", fmt.Sprint("/users?limit=", size), nil))
				require.NoError(b, err)
				n, err := io.Copy(io.Discard, response.Body)
				require.NoError(b, err)
				require.NoError(b, response.Body.Close())
				b.SetBytes(n)
			}
		})
	}
}

func newBenchServer(b *testing.B, people int) *testServer {
	t := &testing.T{}
	d := newTestServer(t)
	b.Cleanup(func() { require.NoError(b, d.store.Close()) })
	for i := range people {
		name := fmt.Sprintf("P%03d", i)
		d.person(name, i, func(u *store.User) {
			u.Public = []byte(`{"plan":"gold","seats":[1,2,3],"note":"a longer text that somebody put there"}`)
			u.Phones = []store.Phone{{ID: testID("idn", name+"Phone"), Number: fmt.Sprintf("+1415555%04d", i), Verification: u.Emails[0].Verification}}
			u.External = []store.ExternalAccount{{
				ID: testID("eac", name), IdentificationID: testID("idn", name+"Google"), Provider: "oauth_google", ProviderUserID: fmt.Sprint(i),
				Verification: &store.Verification{Object: "verification_oauth", Status: statusVerified, Strategy: "oauth_google"},
			}}
			u.BackupCodes = []string{"one", "two", "three"}
		})
	}
	return d
}
