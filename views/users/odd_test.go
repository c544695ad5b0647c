package users_test

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"frontdesk/views/viewtest"
)

// listed answers GET /users with this body, and the count with that number.
func listed(b *viewtest.Harness, body, count string) {
	b.Transport.Intercept(func(r *http.Request) (*http.Response, error) {
		says := body
		switch r.URL.Path {
		case "/v1/users":
		case "/v1/users/count":
			says = count
		default:
			return nil, nil
		}
		return &http.Response{StatusCode: 200, Header: http.Header{"Content-Type": {"application/json"}}, Request: r,
			ContentLength: int64(len(says)), Body: io.NopCloser(strings.NewReader(says))}, nil
	})
}

func TestList_ShowsAnUnreadableEntryAsARow(t *testing.T) {
	b, d := drive(t, 60, 120, 40)
	maya := string(b.FindUser("Maya Okafor").Body)
	listed(b, `[null,1,"x",{},null,`+maya+`,{"banned":true}]`, `{"object":"total_count","total_count":7}`)
	d.Press("r", "g")
	require.Equal(t, 6, strings.Count(d.Screen(), "! not readable"))
	d.Has("1–7 of 7", "Maya Okafor")
	require.Contains(t, marked(t, d), "(not readable)")
	d.Press("enter")
	d.Lacks("Users ›")
	d.Has("this entry could not be read: it has no id")
	for _, key := range []string{"space", "x", "b", "l", "y"} {
		d.Press(key)
		require.False(t, d.Asking(), key)
		d.Lacks("marked", "Unban")
	}
	d.Press("v", "G", "v", "g")
	d.Lacks("7 marked", "6 marked")
	for _, sent := range b.Transport.Requests() {
		require.Contains(t, sent, http.MethodGet)
	}

	d.Press("j", "j", "j", "j", "j")
	require.Contains(t, marked(t, d), "Maya Okafor")
	d.Press("r")
	require.Contains(t, marked(t, d), "Maya Okafor", "and others are found again")
	d.Press("enter")
	d.Has("Users › Maya Okafor")
}

func TestList_RejectsAnObjectInPlaceOfAList(t *testing.T) {
	b := viewtest.NewWithUsers(t, 60)
	listed(b, `{"data":[],"total_count":5}`, `{"object":"total_count","total_count":5}`)
	d := run(t, b, 120, 40)
	d.Lacks("no users here")
	d.Has("The users could not be read.", "the answer should be a list but is an object")
}

func TestList_SaysThatRowsShareAnID(t *testing.T) {
	b := viewtest.NewWithUsers(t, 60)
	maya := string(b.FindUser("Maya Okafor").Body)
	body := "[" + strings.Repeat(maya+",", 22) + maya + "]"
	b.Transport.Intercept(func(r *http.Request) (*http.Response, error) {
		says := body
		switch q := r.URL.Query(); {
		case r.URL.Path == "/v1/users/count":
			says = `{"object":"total_count","total_count":103}`
		case r.URL.Path != "/v1/users":
			return nil, nil
		case q.Get("starting_after") != "" || q.Get("offset") != "" && q.Get("offset") != "0":
			says = "[]"
		}
		return &http.Response{StatusCode: 200, Header: http.Header{"Content-Type": {"application/json"}}, Request: r,
			ContentLength: int64(len(says)), Body: io.NopCloser(strings.NewReader(says))}, nil
	})
	d := run(t, b, 120, 40)
	d.Has("Maya Okafor", "! 22 rows cannot be shown: the server gave several people the same id.")
}

// The mark of a record that is unreadable in part stays where the status is cut.
func TestList_KeepsTheMarkOfAPartlyUnreadableRecord(t *testing.T) {
	b := viewtest.NewWithUsers(t, 60)
	listed(b, `[{"id":"user_2xKZsNothingRead","object":"user","first_name":"Ada","last_sign_in_at":null,"banned":7}]`, `{"object":"total_count","total_count":1}`)
	for cols, status := range map[int]string{200: "○ never signed in !", 110: "○ never signed … !", 80: "○ never signed … !", 60: "○ never signed… !"} {
		d := run(t, b, cols, 40)
		require.Contains(t, marked(t, d), status, cols)
	}
}

func TestList_ShortensTheFactorWhereTheStatusIsNarrow(t *testing.T) {
	_, d := drive(t, 60, 80, 24)
	d.Has("● active · passkey")
	d.Resize(60, 20)
	d.Has("● active · key")
	d.Lacks("passk")
}

func TestMask_HidesTheSearchOnceTheBoxIsClosed(t *testing.T) {
	b, d := drive(t, 60, 120, 40)
	look(d, "mail.example is:active")
	b.Env.Mask.Toggle()
	d.Has("/ mail.example is:active")
	d.Press("enter")
	d.Has("/ •••• [is:active]", "Person ")
	d.Lacks("mail.example")
	d.Press("/")
	d.Has("/ mail.example is:active")
	d.Type("zzzz")
	d.Press("enter")
	d.Has("No one matches “••••”.")
	d.Lacks("zzzz")
}
