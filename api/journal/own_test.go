package journal_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"frontdesk/api/journal"
)

// People who share an account are told apart where both say who they are.
func TestIsOwn_TellsApartWhoSharesAnAccount(t *testing.T) {
	me := journal.Who{Kernel: journal.Kernel{UID: 1000, LoginUID: "501"}, Claimed: journal.Claimed{SudoUser: "jo", KeyFingerprint: "SHA256:aa"}}
	j := journal.Open(journal.Options{Dir: t.TempDir(), Name: "journal", Who: func() journal.Who { return me }})
	require.True(t, j.IsOwn(me))
	later := me
	later.Kernel.PID, later.Kernel.TTY, later.Kernel.BootID, later.Claimed.SSHConnection = 7, "pts/3", "another", "10.0.0.1 5 6 7"
	require.True(t, j.IsOwn(later), "another day, another terminal")
	later.Claimed.SudoUser = ""
	require.True(t, j.IsOwn(later), "what is not said is no difference")
	for _, change := range []func(*journal.Who){
		func(w *journal.Who) { w.Kernel.UID = 0 },
		func(w *journal.Who) { w.Kernel.LoginUID = "502" },
		func(w *journal.Who) { w.Claimed.SudoUser = "kim" },
		func(w *journal.Who) { w.Claimed.KeyFingerprint = "SHA256:bb" },
	} {
		other := me
		change(&other)
		require.False(t, j.IsOwn(other))
	}
}
