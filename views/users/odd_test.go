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
