package search_test

import (
	"encoding/base64"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/api/input"
	"frontdesk/api/search"
)

func TestComplete(t *testing.T) {
	orgs := []api.Organization{{ID: clean.NewText("org_1"), Name: clean.NewText("Pine Outfitters"), Slug: clean.NewText("pine-outfitters")},
		{ID: clean.NewText("org_2"), Name: clean.NewText("Åland Ferries")},
		{ID: clean.NewText("org_\x1b"), Name: clean.NewText("Pine\x1b[2J"), Slug: clean.NewText("pine\u202e")}}
	for typed, want := range map[string][]string{
		"em":             {"email:"},
		"lock":           {"is:locked "},
		"maya mfa":       {"no:mfa ", "has:mfa "},
		"never":          {"signed-in:never "},
		"is:":            {"is:banned ", "is:locked ", "is:active ", "is:deprovisioned "},
		"-is:l":          {"-is:locked "},
		"maya is:lo":     {"is:locked "},
		"is:locked":      nil,
		"signed-in:n":    {"signed-in:never "},
		"joined:t":       {"created:today "},
		"org:out":        {"org:pine-outfitters "},
		"org:aland":      {"org:org_2 "},
		"-org:pine":      {"-org:pine-outfitters "},
		"-em":            nil,
		"maya ":          nil,
		"zz":             nil,
		`"is`:            nil,
		"qq:":            nil,
		"provider:g":     {"provider:google ", "provider:github "},
		"no:email-":      {"no:email-verified "},
		"has:backup":     {"has:backup-codes "},
		"created:yester": {"created:yesterday "},
	} {
		var got []string
		for _, c := range search.Complete(typed, len(typed), orgs) {
			got = append(got, c.Text)
			require.Nil(t, search.Parse(typed[:c.From]+c.Text+"x", now(t)).InvalidToken(), "%s", typed) // a name accepts anything here
		}
		if strings.HasSuffix(typed, ":") || len(got) > len(want) && want != nil {
			require.Subset(t, got, want, typed)
			continue
		}
		require.Equal(t, want, got, typed)
	}
	require.Len(t, search.Complete("", 0, nil), 15, "an empty box shows every name there is")
	c := search.Complete("is:lo maya", 5, nil)
	require.Equal(t, search.Completion{From: 0, End: 5, Text: "is:locked ", Meaning: "locked out now"}, c[0])
}

const someone, other = "user_2xk9QmZ4vT7pLwR1sB8nD3fGh6J", "user_2xk9QmZ4vT7pLwR1sB8nD3fGh6K"

// token is a session token like Clerk's, with an invalid signature.
func token(payload string) string {
	part := base64.RawURLEncoding.EncodeToString
	return part([]byte(`{"alg":"RS256","typ":"JWT"}`)) + "." + part([]byte(payload)) + ".c2lnbmF0dXJl"
}

func TestPasted_FindsPeople(t *testing.T) {
	for text, want := range map[string]string{
		someone: "id:" + someone,
		"https://dashboard.clerk.com/apps/app_2x/instances/ins_2y/users/" + someone:                "id:" + someone,
		"2026-11-26T10:00:01Z WARN sign_in failed user_id=" + someone + " mail=a@b.example ip=::1": "id:" + someone,
		"sub: " + someone + ", actor: " + other:                                                    "id:" + someone + "," + other,
		"Cookie: __session=" + token(`{"sub":"`+someone+`","sid":"sess_1"}`):                       "id:" + someone,
		"Bearer " + token(`{"sub":"someone else"}`):                                                "",
		"Bearer " + token(`not json`):                                                              "",
		"From: Maya <maya@harborpine.example>, to: desk":                                           "email:maya@harborpine.example",
		"GET /reset?email=maya%40harborpine.example&x=1":                                           "email:maya@harborpine.example",
		"mail José.Núñez@correo.example.":                                                          "email:José.Núñez@correo.example",
		"a@x.example; b@x.example; a@x.example":                                                    "email:a@x.example,b@x.example",
		"call +1 (415) 555-0142 back":                                                              "phone:+14155550142",
		"call 0044 20 7946 0958.":                                                                  "phone:+442079460958",
		"call (415) 555-0142 or +14155550143":                                                      "phone:+14155550143,+14155550142",
		"415 555 0142":                                                                             "phone:4155550142", // +41 would be Switzerland
		"0142":                                                                                     "",
		"2026-11-26 10:00:01 req 1732612345678 from 203.0.113.5 took 200ms":                        "",
		"user_information":                                                                         "",
		"my_" + someone:                                                                            "",
		"maya okafor":                                                                              "",
		strings.Repeat("x ", 50_000) + someone + strings.Repeat(" y", 50_000):                      "id:" + someone,
		"%zz " + someone:                                                                           "id:" + someone,
	} {
		got := input.FindPeople(text)
		name := text[:min(len(text), 60)]
		require.Equal(t, want, search.PeopleText(got), name)
		require.Equal(t, want == "", got.Count() == 0, name)
		if want != "" {
			require.Nil(t, search.Parse(search.PeopleText(got), now(t)).InvalidToken(), name)
		}
	}
}

func TestScan_UsesATenthOfTheRateLimit(t *testing.T) {
	for every, perWindow := range map[time.Duration]int{100 * time.Millisecond: 100, time.Second: 10} {
		turns := search.Limiter{Rate: search.ScanRate(every)}
		clock := time.Unix(1_800_000_000, 0)
		var asked []time.Time
		for range 500 {
			clock = clock.Add(turns.Reserve(clock))
			asked = append(asked, clock)
		}
		for from := range asked {
			n := 0
			for _, at := range asked[from:] {
				if at.Sub(asked[from]) < 10*time.Second {
					n++
				}
			}
			require.LessOrEqual(t, n, perWindow+turns.Rate.Burst)
		}
		require.Zero(t, asked[turns.Rate.Burst-1].Sub(asked[0]), "the first come at once")
		require.Positive(t, turns.Reserve(clock.Add(-24*time.Hour))+time.Nanosecond)
		require.Less(t, turns.Reserve(clock.Add(-24*time.Hour)), 10*time.Second, "a clock set back stops nothing for a day")
	}
	var free search.Limiter
	for range 100 {
		require.Zero(t, free.Reserve(time.Unix(0, 0)), "the embedded directory is nobody else's")
	}
}
