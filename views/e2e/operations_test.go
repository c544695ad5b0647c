package e2e

import (
	"bytes"
	"context"
	"encoding/json"
	"image"
	"image/png"
	"io"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/spf13/cobra"
	"github.com/stretchr/testify/require"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/api/ops"
	"frontdesk/api/sandbox/store"
	"frontdesk/api/session"
	"frontdesk/api/wire"
	"frontdesk/tui"
	"frontdesk/views/action"
	"frontdesk/views/command"
	"frontdesk/views/user"
	"frontdesk/views/users"
	"frontdesk/views/viewtest"
)

// wanted is one operation of the Users API: its name there, its request, and the tab
// that shows the part it changes.
type wanted struct {
	id, method, path string
	values           map[string]string
	tab              string // a heading on the screen, "" for none
}

const strong = "the-ink-dried-on-the-ledger"

// the23 are the required operations. {user} and {part} stand for ids.
var the23 = []wanted{
	{id: "get_user_list", method: "GET", path: "/users"},
	{id: "get_users_count", method: "GET", path: "/users/count"},
	{id: "get_user", method: "GET", path: "/users/{user}"},
	{id: "create_user", method: "POST", path: "/users", values: map[string]string{"email_address": "elin@fjord.example", "password": strong}},
	{id: "update_user", method: "PATCH", path: "/users/{user}", values: map[string]string{"first_name": "Till"}},
	{id: "update_user_metadata", method: "PATCH", path: "/users/{user}/metadata", values: map[string]string{"public_metadata": `{"plan":"gold"}`}},
	{id: "delete_user", method: "DELETE", path: "/users/{user}"},
	{id: "ban_user", method: "POST", path: "/users/{user}/ban"},
	{id: "unban_user", method: "POST", path: "/users/{user}/unban"},
	{id: "lock_user", method: "POST", path: "/users/{user}/lock"},
	{id: "unlock_user", method: "POST", path: "/users/{user}/unlock"},
	{id: "set_user_profile_image", method: "POST", path: "/users/{user}/profile_image"},
	{id: "delete_user_profile_image", method: "DELETE", path: "/users/{user}/profile_image"},
	{id: "disable_mfa", method: "DELETE", path: "/users/{user}/mfa"},
	{id: "create_user_totp", method: "POST", path: "/users/{user}/totp"},
	{id: "delete_totp", method: "DELETE", path: "/users/{user}/totp"},
	{id: "delete_backup_code", method: "DELETE", path: "/users/{user}/backup_code"},
	{id: "verify_password", method: "POST", path: "/users/{user}/verify_password", values: map[string]string{"password": strong}},
	{id: "verify_totp", method: "POST", path: "/users/{user}/verify_totp", values: map[string]string{"code": "11111111"}},
	{id: "user_passkey_delete", method: "DELETE", path: "/users/{user}/passkeys/{part}", tab: "MacBook"},
	{id: "user_web3_wallet_delete", method: "DELETE", path: "/users/{user}/web3_wallets/{part}", tab: "0x5290"},
	{id: "get_o_auth_access_token", method: "GET", path: "/users/{user}/oauth_access_tokens/oauth_google", values: map[string]string{"provider": "oauth_google"}, tab: "Google"},
	{id: "users_get_organization_memberships", method: "GET", path: "/users/{user}/organization_memberships"},
}

// seat is a harness with one user who has one of every part.
type seat struct {
	*viewtest.Harness
	id clean.Text
}

const tildaID = "user_2bbbbbbbbbbbbbbbbbbbbbbbbbb"

func newSeat(t *testing.T) *seat {
	t.Helper()
	s := &seat{viewtest.New(t), clean.NewText(tildaID)}
	at := s.Clock.Now().Add(-time.Hour).UnixMilli()
	verified := &store.Verification{Object: "verification_admin", Status: "verified", Strategy: "admin"}
	require.NoError(t, s.Store.Write(t.Context(), func(tx *store.Tx) error {
		err := tx.PutUser(&store.User{
			ID: tildaID, FirstName: "Tilda", LastName: "Nord", PrimaryEmailID: "idn_email",
			Emails:      []store.Email{{ID: "idn_email", Address: "tilda@fjord.example", Verification: verified, CreatedAt: at, UpdatedAt: at}},
			Wallets:     []store.Wallet{{ID: "idn_wallet", Address: "0x52908400098527886E0F7030069857D2E4169EE7", Verification: verified, CreatedAt: at, UpdatedAt: at}},
			Passkeys:    []store.Passkey{{ID: "idn_passkey", Name: "MacBook", LastUsedAt: at, Verification: verified, CreatedAt: at}},
			External:    []store.ExternalAccount{{ID: "eac_google", IdentificationID: "idn_google", Provider: "oauth_google", ProviderUserID: "g-1", EmailAddress: "tilda@fjord.example", Verification: verified, CreatedAt: at, UpdatedAt: at}},
			TOTP:        &store.TOTP{ID: "totp_1", Secret: "JBSWY3DPEHPK3PXP", Verified: true, CreatedAt: at, UpdatedAt: at},
			BackupCodes: []string{"11111111", "22222222"}, CreatedAt: at, UpdatedAt: at, LastSignInAt: at, LastActiveAt: at,
		})
		if err != nil {
			return err
		}
		return tx.PutToken(&store.Token{UserID: tildaID, Provider: "oauth_google", ExternalAccountID: "eac_google", AccessToken: "ya29.secret",
			Scopes: []string{"email"}, ExpiresAt: at + 10*time.Hour.Milliseconds()})
	}))
	_, err := s.Client.UpdateUser(t.Context(), s.id, api.UserChange{Password: wire.Set(wire.NewSecret(strong))})
	require.NoError(t, err)
	return s
}

// tilda returns that user as stored.
func (s *seat) tilda() *api.User {
	s.Helper()
	u, err := s.Client.GetUser(s.Context(), s.id)
	require.NoError(s, err)
	return u
}

// ready brings her into a state in which the operation applies.
func (s *seat) ready(id string) {
	s.Helper()
	s.EditUser(s.tilda(), func(u *store.User) {
		switch id {
		case "unban_user":
			u.Banned = true
		case "unlock_user":
			u.Locked = true
		case "create_user_totp":
			u.TOTP = nil
		}
	})
	if id == "delete_user_profile_image" {
		_, err := s.Client.SetProfileImage(s.Context(), s.id, *dot(s))
		require.NoError(s, err)
	}
}

func dot(t testing.TB) *api.ImageFile {
	var raw bytes.Buffer
	require.NoError(t, png.Encode(&raw, image.NewNRGBA(image.Rect(0, 0, 1, 1))))
	return &api.ImageFile{Name: "dot.png", Size: int64(raw.Len()), Type: "image/png",
		Open: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(raw.Bytes())), nil }}
}

// request returns the operation's request with valid values.
func (s *seat) request(op ops.Operation, w wanted) ops.Request {
	r := ops.Request{Values: w.values}
	if op.Scope == ops.ScopeUser {
		r.UserID = s.id
	}
	if items := op.Part.Items(s.tilda()); len(items) > 0 {
		r.PartID = items[0].ID
	}
	if w.id == "set_user_profile_image" {
		r.Image = dot(s)
	}
	return r
}

// Every required operation can be reached: it is an entry of the catalogue, the
// directory answers its call as the contract says, and it has a place on the screens
// and a subcommand.
func TestOperations_ReachTheWire(t *testing.T) {
	t.Parallel()
	require.Len(t, the23, 23)
	for _, w := range the23 {
		t.Run(w.id, func(t *testing.T) {
			s := newSeat(t)
			op, there := s.Env.Catalogue.Get(w.id)
			require.True(t, there, "in the catalogue")
			s.ready(w.id)

			t.Run("menu and palette", func(t *testing.T) { s.onTheScreens(t, op) })
			t.Run("tab", func(t *testing.T) { s.inATab(t, w) })
			t.Run("subcommand", func(t *testing.T) { s.asSubcommand(t, op) })

			r := s.request(op, w)
			require.NoError(t, op.Check(r))
			before := len(s.Transport.Requests())
			_, _, err := op.Send(t.Context(), s.Env.Client, r)
			require.NoError(t, err, "the directory answers")
			path := strings.NewReplacer("{user}", tildaID, "{part}", r.PartID.Raw()).Replace(w.path)
			require.Equal(t, []string{w.method + " /v1" + path}, s.Transport.Requests()[before:], "one request, where the contract has it")
		})
	}
}

// onTheScreens looks for the operation in the action menu and in the palettes of list
// and detail.
func (s *seat) onTheScreens(t *testing.T, op ops.Operation) {
	detail, list := user.NewDetail(s.Env, s.tilda()), users.New(s.Env)
	places := map[string][]tui.Action{"menu": action.UserMenu(s.Env, s.tilda()).Items, "list": list.Actions()}
	if op.ID != "get_user" { // the detail view is what get_user opens
		places["detail"] = detail.Actions()
	}
	for where, all := range places {
		at := slices.IndexFunc(all, func(a tui.Action) bool { return a.ID == op.ID })
		require.GreaterOrEqual(t, at, 0, where)
		require.Equal(t, op.Title, all[at].Title, where)
		require.NotRegexp(t, regexp.MustCompile(`(?i)pending|not yet|todo|soon`), all[at].Off+all[at].Help)
		if where != "list" { // in an empty list no user is selected
			require.Empty(t, all[at].Off, "%s: it applies now", where)
			require.NotNil(t, all[at].Do, where)
		}
	}
}

// inATab looks for the part that the operation changes in the tabs of the detail view.
func (s *seat) inATab(t *testing.T, w wanted) {
	if w.tab == "" {
		t.Skip("it is about the whole person")
	}
	d := s.Drive(user.NewDetail(s.Env, s.tilda()), 120, 50)
	for range 10 {
		if strings.Contains(d.Screen(), w.tab) {
			return
		}
		d.Press("]")
	}
	t.Fatalf("no tab shows %s", w.tab)
}

// asSubcommand runs the operation with --dry-run and reads its help.
func (s *seat) asSubcommand(t *testing.T, op ops.Operation) {
	help := s.do(t, "do", op.ID, "--help")
	require.Contains(t, help, op.Title)
	all := s.do(t, "do", "--help")
	require.Contains(t, all, op.ID)
}

// do runs the command line and returns its standard output.
func (s *seat) do(t *testing.T, args ...string) string {
	t.Helper()
	out, err := s.tryDo(t, args...)
	require.NoError(t, err, out)
	return out
}

// tryDo is do of a command line that may end with an error.
func (s *seat) tryDo(t *testing.T, args ...string) (string, error) {
	t.Helper()
	var out bytes.Buffer
	root := &cobra.Command{Use: "frontdesk", SilenceErrors: true, SilenceUsage: true}
	root.SetOut(&out)
	root.AddCommand(command.New(command.Env{
		Catalogue: s.Env.Catalogue, Stdin: strings.NewReader(""), Stdout: &out, Stderr: &out, Now: s.Clock.Now, Sleep: s.Env.Sleep,
		Connect: func(context.Context) (*session.Session, error) {
			return &session.Session{Client: s.Env.Client, Desk: s.Env.Desk, Catalogue: s.Env.Catalogue, Instance: s.Env.Instance}, nil
		},
	})...)
	root.SetArgs(args)
	err := root.ExecuteContext(t.Context())
	return out.String(), err
}

// rehearsed returns the request that the command line would send.
func (s *seat) rehearsed(t *testing.T, args ...string) (method, path string) {
	t.Helper()
	var got struct{ Method, URL string }
	require.NoError(t, json.Unmarshal([]byte(s.do(t, append(args, "--reason", "asked for", "--dry-run", "--json")...)), &got))
	require.NotEqual(t, http.MethodGet, got.Method)
	_, path, _ = strings.Cut(got.URL, "/v1")
	return got.Method, path
}
