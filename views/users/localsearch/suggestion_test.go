package localsearch

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/api/search"
)

func called(first, last, mail string) *Row {
	u := &api.User{ID: clean.NewText("user_" + first + last), FirstName: clean.NewText(first), LastName: clean.NewText(last)}
	u.EmailAddresses = []api.EmailAddress{{ID: clean.NewText("e"), EmailAddress: clean.NewText(mail)}}
	u.PrimaryEmailAddressID = clean.NewText("e")
	return NewRow(u)
}

func TestSuggest_AllowsATypoOrTwo(t *testing.T) {
	rows := []*Row{
		called("Amaya", "Torres", "amaya@pine.example"), called("Maya", "Okafor", "maya@harborpine.example"),
		called("Łukasz", "Żak", "zak@fjord.example"), called("Elizabeth", "Marsh", "em@mail.example"), called("Maya", "Okafor", "other@mail.example"),
	}
	for typed, want := range map[string]string{
		"okafro": "Maya Okafor", "maya okafer": "Maya Okafor", "okaofr": "Maya Okafor", "torrse": "Amaya Torres",
		"lukazs": "Łukasz Żak", "elzabet": "Elizabeth Marsh", "elisabeth marsch": "Elizabeth Marsh", "harbourpine": "Maya Okafor",
		"xkcd": "", "oka": "", "ok": "", "is:banned okafro": "", "415555": "", "": "",
	} {
		got := Suggest(rows, NewSearch(search.Parse(typed, time.Time{}), time.Time{}))
		if want == "" {
			require.Empty(t, got, typed)
			continue
		}
		require.NotEmpty(t, got, typed)
		require.Equal(t, want, got[0].Name.Shown, typed)
	}
	near := Suggest(rows, NewSearch(search.Parse("mayaa", time.Time{}), time.Time{}))
	require.Len(t, near, 2, "each name once")
	require.Equal(t, "Maya Okafor", near[0].Name.Shown, "the nearest first")
}
