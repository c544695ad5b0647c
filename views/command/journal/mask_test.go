package journal

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"frontdesk/api/journal"
	"frontdesk/views/mask"
)

func TestMaskedWriter_NamesNobodyInAnyForm(t *testing.T) {
	before, after := "Maya", "Mia"
	target := journal.Target{ID: "user_2xkMayaOkafor9aQ", Name: "Maya Okafor", Address: "maya@harborpine.example"}
	record := journal.Record{Kind: journal.Intent, ID: "r1", Prev: "abc", Hash: "def", Operation: "update_user", Title: "Edit user", Targets: []journal.Target{target},
		Part: "idn_2xkAbCdEfGhIj", Changes: []journal.Change{{Field: "first_name", Label: "First name", Before: &before, Requested: &after}},
		WayBack: &journal.WayBack{Operation: "update_user", Values: map[string]string{"first_name": "Maya"}},
		Reason:  "Maya Okafor called from +14155550142", Confirmed: "typed “0142”", Time: time.Unix(0, 0)}
	ending := record
	ending.Kind, ending.Outcome, ending.Message = journal.Outcome, journal.OK, "Saved the changes to Maya Okafor"
	for _, o := range []showOptions{{mask: true}, {mask: true, json: true}, {mask: true, csv: true}} {
		var out strings.Builder
		w := o.newWriter(Env{Stdout: &out})
		require.NoError(t, w.write(journal.Entry{Record: record, Ending: &ending}))
		require.NoError(t, w.close())
		for _, fact := range []string{"Maya", "Mia", "Okafor", "harborpine", "2xk", "9aQ", "0142", "abc", "def"} {
			require.NotContains(t, out.String(), fact)
		}
		require.Contains(t, out.String(), "Person 1")
	}
	require.Equal(t, "Maya", *record.Changes[0].Before, "the record itself is left as it is")
	require.Equal(t, "Maya Okafor", record.Targets[0].Name)
}

func TestNamed_OfThoseWhoHaveNoName(t *testing.T) {
	m := mask.New(true)
	for _, c := range [][3]string{{"user_a", "+14155550142", "+14155550142"}, {"user_b", "user_b", ""}, {"user_c", "", ""}} {
		id, name, address := m.Named(c[0], c[1], c[2])
		require.Contains(t, id, "user_••••")
		require.Equal(t, c[1] == "", name == "")
		require.Equal(t, c[2] == "", address == "")
		require.NotContains(t, id+name+address, "0142")
	}
}
