package user_test

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"frontdesk/api"
	"frontdesk/api/sandbox/faults"
	"frontdesk/api/sandbox/store"
	"frontdesk/tui/tuitest"
	"frontdesk/views/user"
	"frontdesk/views/viewtest"
)

// bigPartCount signs Sam Carter in so many times, the first long ago.
func bigPartCount(t *testing.T, b *viewtest.Harness, sessions int) *api.User {
	t.Helper()
	if testing.Short() && sessions > 1000 {
		t.Skip("long, and the race detector has nothing to add")
	}
	u := b.FindUser("Sam Carter")
	now := b.Clock.Now().UnixMilli()
	require.NoError(t, b.Store.Write(t.Context(), func(tx *store.Tx) error {
		old, _, err := tx.Sessions(u.ID.Raw(), "", "", 500, 0)
		if err != nil {
			return err
		}
		for i := range sessions - len(old) {
			at := now - int64(100+i)*60_000
			if err := tx.PutSession(&store.Session{ID: fmt.Sprintf("sess_%04d", i), UserID: u.ID.Raw(), Status: "active", CreatedAt: at, LastActiveAt: at, ExpireAt: now + 1e9,
				BrowserName: "Firefox", DeviceType: fmt.Sprintf("Desk %04d", i)}); err != nil {
				return err
			}
		}
		return nil
	}))
	return b.ReloadUser(u)
}

// reads counts the requests for sessions from now on.
func reads(b *viewtest.Harness) *[]string {
	var sent []string
	b.Transport.Intercept(func(r *http.Request) (*http.Response, error) {
		if r.URL.Path == "/v1/sessions" && r.URL.Query().Get("limit") == "500" {
			sent = append(sent, r.URL.Query().Get("offset"))
		}
		return nil, nil
	})
	return &sent
}

// once checks that this many sessions are known, each of them once.
func once(t *testing.T, b *viewtest.Harness, u *api.User, many int) {
	t.Helper()
	list := b.Env.UserCache().Update(u).Sessions
	ids := map[string]bool{}
	for _, s := range list.Rows {
		ids[s.ID.Raw()] = true
	}
	require.Equal(t, many, len(list.Rows)) // not Len, which would print them
	require.Equal(t, many, len(ids))
}

func TestSessionsTab_ReadsMoreWhileScrolling(t *testing.T) {
	b := viewtest.New(t)
	u := bigPartCount(t, b, 1203)
	sent := reads(b)
	d := b.Drive(user.NewDetail(b.Env, u), 120, 40)
	d.Press("7")
	d.Has("SESSIONS   500 of 1,203", "  session 1 of 1,203")
	d.Press("j", "j", "pgdown", "pgdown")
	require.Len(t, *sent, 1, "far from the end nothing is read")
	d.Press("g", "G")
	require.Equal(t, []string{"", "499"}, *sent, "on behind a row that is known")
	here := at(d)
	d.Press("g")
	d.Has("SESSIONS   999 of 1,203")
	d.Press("G", "G", "G")
	require.Len(t, *sent, 3)
	require.NotEqual(t, here, at(d))
	d.Lacks(" more")
	d.Press("g")
	d.Has("SESSIONS   1,203")
	once(t, b, u, 1203)

	*sent = nil
	d.Press("G")
	last := at(d)
	d.Press("r")
	require.Len(t, *sent, 3, "read again is what was there")
	require.Equal(t, last, at(d), "and the cursor stays")
	once(t, b, u, 1203)
}

func TestRemoteList_CursorStaysWhenMoreRowsAreRead(t *testing.T) {
	b := viewtest.New(t)
	u := bigPartCount(t, b, 700)
	d := b.Drive(user.NewDetail(b.Env, u), 120, 40)
	d.Press("7")
	d.Async()
	gate := make(chan struct{})
	b.Transport.Intercept(func(*http.Request) (*http.Response, error) { <-gate; return nil, nil })
	d.Press("G")
	d.Has("200 more, reading…")
	here, row := at(d), line(d, "▌")
	close(gate)
	d.Until("the answer", func() bool { return d.Tasks() == 0 })
	require.Equal(t, here, at(d))
	require.Equal(t, row, line(d, "▌"))
	d.Lacks("more")
	once(t, b, u, 700)
}

func TestRemoteList_ChangesWhileReadingNeitherLoseNorRepeatRows(t *testing.T) {
	b := viewtest.New(t)
	u := bigPartCount(t, b, 1203)
	d := b.Drive(user.NewDetail(b.Env, u), 120, 40)
	d.Press("7")
	session(t, b, u, 99)
	d.Press("G")
	once(t, b, u, 999) // read again from the first, and further
	session(t, b, u, 98)
	d.Press("G", "G", "g")
	d.Has("SESSIONS   1,205")
	once(t, b, u, 1205)
}

func TestRemoteList_SaysInPlaceThatMoreCouldNotBeRead(t *testing.T) {
	b := viewtest.New(t)
	u := bigPartCount(t, b, 700)
	d := b.Drive(user.NewDetail(b.Env, u), 120, 40)
	d.Press("7")
	b.Server.SetFaults(faults.Switches{ErrorRate: 1, ErrorStatus: 503, Path: "/sessions"})
	d.Press("G")
	d.Has("! 200 more not read:", "r  retry")
	before := len(b.Transport.Requests())
	d.Press("k", "j", "j", "G")
	require.Len(t, b.Transport.Requests(), before, "nobody is asked at every key")
	d.Press("g")
	d.Has("SESSIONS   500 of 700")
	d.Lacks("as of", "not read")
	b.Server.SetFaults(faults.Switches{})
	d.Press("r", "G", "G", "g")
	d.Has("SESSIONS   700")
}

func TestRemoteList_ReadsSmallPagesUntilThereIsEnough(t *testing.T) {
	b := viewtest.New(t)
	u := bigPartCount(t, b, 120)
	b.Transport.Intercept(func(r *http.Request) (*http.Response, error) {
		if q := r.URL.Query(); r.URL.Path == "/v1/sessions" && q.Get("limit") == "500" {
			q.Set("limit", "50")
			r.URL.RawQuery = q.Encode()
		}
		return nil, nil
	})
	d := b.Drive(user.NewDetail(b.Env, u), 120, 40)
	d.Press("7")
	d.Has("SESSIONS   120")
	once(t, b, u, 120)
}

// The server counts rows that it does not return.
func TestRemoteList_DoesNotRequestMissingRowsAgain(t *testing.T) {
	b := viewtest.New(t)
	u := bigPartCount(t, b, 30)
	asked := 0
	b.Transport.Intercept(func(r *http.Request) (*http.Response, error) {
		if r.URL.Path != "/v1/sessions" {
			return nil, nil
		}
		asked++
		body := `{"total_count":40,"data":[{"object":"session","id":"sess_1","user_id":"` + u.ID.Raw() + `","status":"active"}]}`
		return &http.Response{StatusCode: 200, Header: http.Header{"Content-Type": {"application/json"}}, Body: io.NopCloser(strings.NewReader(body)), Request: r}, nil
	})
	d := b.Drive(user.NewDetail(b.Env, u), 120, 40)
	d.Press("7")
	d.Has("SESSIONS   1 of 40", "39 more")
	d.Press("j", "G", "k", "j", "G")
	require.LessOrEqual(t, asked, 4)
}

func TestOrganizationsTab_ReadsMoreWhileScrolling(t *testing.T) {
	b := viewtest.New(t)
	u := b.FindUser("Sam Carter")
	require.NoError(t, b.Store.Write(t.Context(), func(tx *store.Tx) error {
		for i := range 620 {
			id, at := fmt.Sprintf("org_%04d", i), b.Clock.Now().UnixMilli()-int64(i)*60_000
			if err := tx.PutOrganization(&store.Organization{ID: id, Name: fmt.Sprintf("Club %04d", i), Slug: id, CreatedAt: at}); err != nil {
				return err
			}
			if err := tx.PutMembership(&store.Membership{ID: "orgmem_" + id, UserID: u.ID.Raw(), OrganizationID: id, Role: "org:member", CreatedAt: at}); err != nil {
				return err
			}
		}
		return nil
	}))
	d := b.Drive(user.NewDetail(b.Env, b.ReloadUser(u)), 120, 40)
	d.Press("5")
	d.Has("ORGANIZATIONS   500 of 62")
	d.Press("G", "G", "g")
	require.NotContains(t, strings.Join(firstLines(d), "\n"), " of 62")
	d.Press("G")
	d.Has("Club 0619", "INVITATIONS")
}

func firstLines(d *tuitest.Driver) []string { return strings.Split(d.Screen(), "\n")[:16] }

// Rows that were drawn before are drawn again only if visible, and look the same.
func TestRemoteList_LooksTheSameScrolledUpOrDown(t *testing.T) {
	b := viewtest.New(t)
	u := bigPartCount(t, b, 300)
	for _, size := range [][2]int{{120, 40}, {80, 24}, {60, 20}, {40, 10}} {
		d := b.Drive(user.NewDetail(b.Env, u), size[0], size[1])
		d.Press("7")
		first := d.Screen()
		d.Press("G")
		last := d.Screen()
		d.Press("pgup", "pgup", "g")
		require.Equal(t, first, d.Screen())
		d.Press("pgdown", "pgdown", "G")
		require.Equal(t, last, d.Screen())
		require.Contains(t, last, "Desk 029")
	}
}
