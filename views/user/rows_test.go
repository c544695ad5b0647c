package user_test

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/stretchr/testify/require"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/api/sandbox/faults"
	"frontdesk/api/sandbox/store"
	"frontdesk/api/wire"
	"frontdesk/tui"
	"frontdesk/tui/tuitest"
	"frontdesk/views/user"
	"frontdesk/views/viewtest"
)

// at returns the line of the cursor, "" for none.
func at(d *tuitest.Driver) string {
	for _, l := range strings.Split(d.Screen(), "\n") {
		if rest, marked := strings.CutPrefix(l, "▌"); marked {
			return strings.TrimSpace(rest)
		}
	}
	return ""
}

// line returns the line of the screen with that text, -1 for none.
func line(d *tuitest.Driver, text string) int {
	for i, l := range strings.Split(d.Screen(), "\n") {
		if strings.Contains(l, text) {
			return i
		}
	}
	return -1
}

// confirm fills in a dialog of T2 or T3.
func confirm(d *tuitest.Driver, title, reason, last string, boxes int) {
	d.Dialog().Expect(title)
	for range boxes {
		d.Press("space", "enter")
	}
	d.Type(reason)
	d.Press("enter")
	if last != "" {
		d.Type(last)
		d.Press("enter")
	}
	d.Press("y")
}

func TestDetailRows_CursorMovesFromRowToRow(t *testing.T) {
	b := viewtest.New(t)
	d, _ := open(t, b, "Daniel Reyes")
	require.Empty(t, at(d), "the overview has nothing to act on")
	d.Press("enter")
	d.Has("nothing to open on this tab")
	d.Press("3")
	require.Contains(t, at(d), "Password")
	for _, next := range []string{"Passkey", "MFA", "Authenticator app", "Backup codes", "Backup codes"} {
		d.Press("j")
		require.Contains(t, at(d), next)
	}
	d.Press("2", "3")
	require.Contains(t, at(d), "Backup codes", "a tab is where it was left")
	d.Press("g")
	require.Contains(t, at(d), "Password")
	d.Press("k")
	require.Contains(t, at(d), "Password")
	d.Press("G")
	require.Contains(t, at(d), "Backup codes")
}

func TestDetailRows_OfferTheirOwnActions(t *testing.T) {
	b := viewtest.New(t)
	d, _ := open(t, b, "Daniel Reyes")
	for _, c := range []struct {
		tab, row  string
		has, lack []string
	}{
		{"2", "dreyes@pine.example", []string{"Verify e-mail address", "already verified", "Make e-mail address primary", "already primary", "Remove e-mail address"}, []string{"Ban user", "phone"}},
		{"3", "Password", []string{"Set password", "Remove password", "Check a password"}, []string{"Remove passkey"}},
		{"3", "Passkey", []string{"Remove passkey", "Daniel's iPhone 12"}, []string{"Set password"}},
		{"3", "MFA", []string{"Reset MFA enrollments"}, []string{"Remove authenticator app"}},
		{"3", "Authenticator app", []string{"Remove authenticator app", "Check a code", "Set up authenticator app", "already set up"}, []string{"Remove passkey"}},
		{"3", "Backup codes", []string{"Remove backup codes", "Check a code"}, []string{"Remove passkey"}},
		{"7", "● active", []string{"Sign out session", "Sign out everywhere"}, []string{"Ban user"}},
	} {
		t.Run(c.row, func(t *testing.T) {
			d.Press(c.tab, "g")
			for range 20 {
				if !strings.Contains(at(d), c.row) {
					d.Press("j")
				}
			}
			require.Contains(t, at(d), c.row)
			d.Press("enter")
			d.Has(c.has...)
			for _, no := range c.lack {
				require.NotContains(t, menu(d), no)
			}
			d.Press("esc")
		})
	}
}

// menu returns the text inside the frame of the open menu.
func menu(d *tuitest.Driver) string {
	var in []string
	for _, l := range strings.Split(d.Screen(), "\n") {
		if parts := strings.Split(l, "│"); len(parts) >= 3 {
			in = append(in, parts[len(parts)-2])
		}
	}
	return strings.Join(in, "\n")
}

func TestDetailRows_DeleteAPasskey(t *testing.T) {
	b := viewtest.New(t)
	d, u := open(t, b, "Priya Raman")
	d.Press("3", "j", "j")
	require.Contains(t, at(d), "Chrome on Windows")
	before := line(d, "“MacBook Air”")
	d.Press("enter")
	d.Has("Passkey", "Remove passkey")
	d.Press("enter")
	d.Has("passkey Chrome on Windows")
	confirm(d, "Remove passkey", "not theirs", "0171", 3)
	d.Has("Removed Chrome on Windows from Priya Raman ·", "not theirs")
	require.Len(t, b.ReloadUser(u).Passkeys, 1)
	require.Contains(t, at(d), "MFA", "the row that took its place")
	require.Equal(t, before, line(d, "“MacBook Air”"), "nothing above moved")
}

func TestDetailRows_RevokeASession(t *testing.T) {
	b := viewtest.New(t)
	d, u := open(t, b, "Priya Raman")
	d.Press("7")
	d.Has("SESSIONS   5", "Bucharest, RO", "203.0.113.199", "Pune, IN", "expires in")
	d.Press("j")
	require.Contains(t, at(d), "Chrome on Windows")
	d.Press("enter")
	d.Has("Sign out session", "Chrome on Windows · Bucharest · 203.0.113.199")
	d.Press("enter")
	confirm(d, "Sign out session", "not theirs", "", 0)
	d.Has("Signed a session out for Priya Raman")
	require.Contains(t, at(d), "○ revoked", "the row says how it is now, and the cursor is still there")
	require.Contains(t, at(d), "Chrome on Windows")
	live, err := b.Client.Sessions(t.Context(), u.ID, "active", 10, 0)
	require.NoError(t, err)
	require.Len(t, live.Rows, 2)
	d.Press("enter")
	d.Has("already revoked")
}

func TestSessionsTab_IsReadAgainAfterABanElsewhere(t *testing.T) {
	b := viewtest.New(t)
	d, u := open(t, b, "Priya Raman")
	d.Press("7")
	require.Equal(t, 3, strings.Count(d.Screen(), "● active  "))
	_, err := b.Client.BanUser(t.Context(), u.ID)
	require.NoError(t, err)
	d.Press("1", "r")
	d.Has("■ banned")
	d.Press("7")
	require.Equal(t, 3, strings.Count(d.Screen(), "○ revoked"))
}

func TestDetailRows_IncludeWallets(t *testing.T) {
	b := viewtest.New(t)
	u := b.FindUser("Daniel Reyes")
	const wallet = "0x8Ba1f109551bD432803012645Ac136ddd64DBA72"
	b.EditUser(u, func(r *store.User) {
		r.Wallets = append(r.Wallets, store.Wallet{ID: "idn_wallet1", Address: wallet, CreatedAt: 1,
			Verification: &store.Verification{Object: "verification_web3", Status: "verified", Strategy: "web3_metamask_signature"}})
	})
	d, _ := open(t, b, "Daniel Reyes")
	d.Press("2", "G")
	require.Contains(t, at(d), wallet)
	d.Press("enter")
	d.Has("Web3 wallet", "Remove web3 wallet")
	d.Press("enter")
	confirm(d, "Remove web3 wallet", "asked to", u.ID.Raw()[len(u.ID.Raw())-4:], 3)
	d.Has("no wallet")
	require.NotEmpty(t, at(d))
	require.Empty(t, b.ReloadUser(u).Web3Wallets)
}

func TestDetailRows_ReadAnAccountsToken(t *testing.T) {
	b := viewtest.New(t)
	d, _ := open(t, b, "Priya Raman")
	d.Press("4")
	require.Contains(t, at(d), "Google")
	d.Press("enter")
	d.Has("Remove connected account", "▌ Reveal OAuth access token") // harmless actions come first
	d.Press("enter")
	d.Dialog().Expect("Reveal OAuth access token", "applies to the connected account Google", "Reveal OAuth access token?", "Priya Raman", "y Reveal", "▸ Cancel")
	d.Lacks("Provider", "oauth_google") // the row says it already
	d.Press("y")
	d.Has("Expires", "Read the OAuth access token of Priya Raman ·")
	require.Regexp(t, `Expires +in \d+ (min|h)[^\n]* · \d\d:\d\d`, d.Screen())
}

func TestDetailRows_ClickSelectsAndSecondClickOpens(t *testing.T) {
	b := viewtest.New(t)
	d, _ := open(t, b, "Daniel Reyes")
	d.Press("M", "3")
	y := line(d, "Authenticator app")
	click := func() { d.Send(tea.MouseClickMsg{X: 10, Y: y, Button: tea.MouseLeft}) }
	click()
	require.Contains(t, at(d), "Authenticator app")
	d.Lacks("Remove authenticator app")
	click()
	d.Has("Remove authenticator app")
}

func TestSessionsTab_CursorStaysWithItsSession(t *testing.T) {
	b := viewtest.New(t)
	u := b.FindUser("Sam Carter")
	for i := range 30 {
		session(t, b, u, i)
	}
	d := b.Drive(user.NewDetail(b.Env, b.ReloadUser(u)), 120, 30)
	d.Press("7")
	for range 12 {
		d.Press("j")
	}
	here, row := at(d), line(d, "▌")
	require.Contains(t, here, "203.0.113.")
	session(t, b, u, 99)
	d.Press("r")
	require.Equal(t, here, at(d))
	require.Equal(t, row, line(d, "▌"), "nothing jumps")
}

// session adds a session to the directory; a higher n is newer.
func session(t *testing.T, b *viewtest.Harness, u *api.User, n int) {
	t.Helper()
	at := b.Clock.Now().Add(time.Duration(n-100) * time.Minute).UnixMilli()
	require.NoError(t, b.Store.Write(t.Context(), func(tx *store.Tx) error {
		return tx.PutSession(&store.Session{ID: fmt.Sprintf("sess_%03d", n), ClientID: "client_1", UserID: u.ID.Raw(), Status: "active",
			LastActiveAt: at, CreatedAt: at, UpdatedAt: at, ExpireAt: at + 7*24*3600*1000, AbandonAt: at + 30*24*3600*1000,
			DeviceType: "Linux", BrowserName: "Firefox", BrowserVersion: "140.0", IPAddress: fmt.Sprintf("203.0.113.%d", n), City: "Leeds", Country: "GB"})
	}))
}

func TestRemoteList_ReadingEmptyFailedAndOldLookDifferent(t *testing.T) {
	b := viewtest.New(t)
	b.Server.SetFaults(faults.Switches{ErrorRate: 1, ErrorStatus: 503, Path: "/sessions"})
	d, _ := open(t, b, "Daniel Reyes")
	d.Press("7")
	d.Has("SESSIONS   ! not read", "Could not list the sessions", "r  retry")
	d.Lacks("not signed in", "reading…")
	b.Server.SetFaults(faults.Switches{})
	d.Press("r")
	d.Has("SESSIONS   2", "on iPhone")
	d.Lacks("not read", "as of")
	rows := line(d, "on iPhone")

	b.Server.SetFaults(faults.Switches{CutBody: true, Path: "/sessions"})
	d.Advance(4 * time.Minute)
	d.Press("r")
	d.Has("SESSIONS   2   ! as of 4 min ago:", "on iPhone")
	require.Equal(t, rows, line(d, "on iPhone"), "what is wrong moves no row")
	d.Advance(3 * time.Minute)
	d.Has("! as of 7 min ago:")

	b.Server.SetFaults(faults.Switches{})
	d.Press("r")
	d.Lacks("as of", "not read")

	nobody, err := b.Client.CreateUser(t.Context(), api.NewUser{EmailAddress: wire.Set([]string{"new@pine.example"})})
	require.NoError(t, err)
	d = b.Drive(user.NewDetail(b.Env, nobody), 120, 40)
	d.Press("7")
	d.Has("no sessions")
	d.Lacks("as of", "not read", "reading…")
}

func TestDetail_EscCancelsASlowRead(t *testing.T) {
	b := viewtest.New(t)
	d, _ := open(t, b, "Daniel Reyes")
	d.Async()
	slow := make(chan struct{})
	defer close(slow)
	b.Transport.Intercept(func(r *http.Request) (*http.Response, error) {
		select {
		case <-slow:
		case <-r.Context().Done():
		}
		return nil, nil
	})
	d.Press("7")
	d.Has("SESSIONS   reading…")
	d.Lacks("not signed in", "not read")
	d.Advance(time.Second)
	d.Press("esc")
	d.WaitFor("SESSIONS   ! not read")
}

// A session is revoked while a read of the list sent before it is still in flight.
func TestRemoteList_DropsALateAnswer(t *testing.T) {
	b := viewtest.New(t)
	d, u := open(t, b, "Priya Raman")
	d.Press("7")
	d.Async()
	late, arrived, first := make(chan struct{}), make(chan struct{}), true
	b.Transport.Intercept(func(r *http.Request) (*http.Response, error) {
		if r.URL.Path != "/v1/sessions" || !first {
			return nil, nil
		}
		first = false
		answer, err := b.Server.Transport().RoundTrip(r.Clone(t.Context()))
		arrived <- struct{}{}
		<-late
		return answer, err
	})
	d.Press("r")
	<-arrived
	live, err := b.Client.Sessions(t.Context(), u.ID, "active", 10, 0)
	require.NoError(t, err)
	for _, s := range live.Rows {
		_, err := b.Client.RevokeSession(t.Context(), s.ID)
		require.NoError(t, err)
	}
	d.Press("r")
	d.WaitFor("○ revoked")
	close(late)
	d.Until("the late one is over", func() bool { return d.Tasks() == 0 })
	d.Lacks("● active  ")
}

func TestDetail_ShowsASeenUserWithoutTheNetwork(t *testing.T) {
	b := viewtest.New(t)
	u := b.FindUser("Priya Raman")
	first := b.Drive(user.NewDetail(b.Env, u), 120, 40)
	first.Press("7", "5")
	first.Advance(3 * time.Minute)
	b.Transport.Intercept(func(*http.Request) (*http.Response, error) { return nil, errors.New("no route to host") })

	d := b.Drive(user.NewDetail(b.Env, &api.User{ID: u.ID}), 120, 40)
	d.Has("Priya Raman", "! as of 3 min ago", "priya.raman@mail.example")
	d.Press("7")
	d.Has("SESSIONS   5   ! as of 3 min ago", "Bucharest, RO")
	d.Press("5")
	d.Has("ORGANIZATIONS", "INVITATIONS", "! as of 3 min ago")

	nobody := b.Drive(user.NewDetail(b.Env, &api.User{ID: clean.NewText("user_never_seen")}), 120, 40)
	nobody.Has("user_never_seen", "! Not read")
	nobody.Lacks("(no name)", "signing in")
	nobody.Press("b")
	nobody.Has("this user has not loaded yet")
	b.Transport.Intercept(nil)
	nobody.Press("r")
	nobody.Has("There is no user with this id.")
}

func TestDetail_SaysTheAgeUntilTheAnswerComes(t *testing.T) {
	b := viewtest.New(t)
	u := b.FindUser("Priya Raman")
	first := b.Drive(user.NewDetail(b.Env, u), 120, 40)
	first.Press("7")
	first.Advance(5 * time.Minute)
	answer := make(chan struct{})
	b.Transport.Intercept(func(*http.Request) (*http.Response, error) { <-answer; return nil, nil })
	d := b.Drive(root{user.NewCard(b.Env)}, 120, 40)
	d.Async()
	d.Send(tui.PushMsg{View: user.NewDetail(b.Env, &api.User{ID: u.ID})})
	d.Has("Priya Raman", "as of 5 min ago, reading again")
	name := line(d, "@priya.r")
	d.Press("7")
	d.Has("SESSIONS   5   as of 5 min ago, reading again")
	row := line(d, "Bucharest")
	close(answer)
	d.Until("the answers", func() bool { return d.Tasks() == 0 })
	d.Lacks("as of")
	require.Equal(t, name, line(d, "@priya.r"), "nothing jumps")
	require.Equal(t, row, line(d, "Bucharest"), "nothing jumps")
}
