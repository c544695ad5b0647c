package command_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/spf13/cobra"
	"github.com/stretchr/testify/require"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/api/desk"
	"frontdesk/api/journal"
	"frontdesk/api/ops"
	"frontdesk/api/profile"
	"frontdesk/api/sandbox/store"
	"frontdesk/api/session"
	"frontdesk/views/command"
	"frontdesk/views/viewtest"
)

const (
	someoneID = "user_2bbbbbbbbbbbbbbbbbbbbbbbbbb"
	password  = "the-ink-dried-on-the-ledger"
)

// counter is a shell at the desk: the real client on the real directory.
type counter struct {
	*viewtest.Harness
	catalogue *ops.Catalogue
	terminal  bool
	reads     bool // stderr is a terminal
	columns   int  // of the terminal, 0 for none
	stdin     io.Reader
	kind      profile.Kind
	sleep     func(context.Context, time.Duration) error
	closed    int
	queues    string
	late      time.Duration    // what has passed for the desk since the user was read
	journal   *journal.Journal // nil records nothing
}

func newCounter(t *testing.T) *counter {
	t.Helper()
	c := &counter{Harness: viewtest.New(t), catalogue: ops.Users(), sleep: func(ctx context.Context, _ time.Duration) error { return ctx.Err() }}
	require.NoError(t, c.Store.Write(t.Context(), func(tx *store.Tx) error {
		return tx.PutUser(someone(c.Clock.Now().Add(-time.Hour).UnixMilli()))
	}))
	return c
}

// at puts an operator before the terminal who types these lines.
func (c *counter) at(lines ...string) *counter {
	c.terminal, c.stdin = true, strings.NewReader(strings.Join(append(lines, ""), "\n"))
	return c
}

// progressEvery is how a command ended.
type progressEvery struct {
	testing.TB
	code     int
	out, err string // what stands on stdout and stderr, the last sentence included
}

func (c *counter) run(args ...string) progressEvery {
	c.Helper()
	return c.runIn(c.Context(), args...)
}

func (c *counter) runIn(ctx context.Context, args ...string) progressEvery {
	c.Helper()
	if c.stdin == nil {
		c.stdin = strings.NewReader("")
	}
	var out, stderr bytes.Buffer
	env := command.Env{
		Catalogue: c.catalogue, Stdin: c.stdin, Stdout: &out, Stderr: &stderr, StdinIsTerminal: c.terminal, StderrIsTerminal: c.reads, Width: func() int { return c.columns }, Now: c.Clock.Now, Sleep: c.sleep, SavedSearchFile: c.queues,
		Connect: func(context.Context) (*session.Session, error) {
			s := &session.Session{Client: c.Env.Client, Catalogue: c.catalogue,
				Instance: profile.Instance{Kind: c.kind, Name: "Harbor & Pine"}, Close: func() { c.closed++ }}
			var recorded desk.Journal
			if c.journal != nil {
				recorded = s.SetJournal(c.journal, journal.Instance{Name: "Harbor & Pine", Kind: c.kind.String()}, c.Clock.Now)
			}
			d, err := desk.New(desk.Config{Client: c.Env.Client, Catalogue: c.catalogue, Journal: recorded,
				Clock: func() time.Time { return c.Clock.Now().Add(c.late) },
				Sleep: func(ctx context.Context, _ time.Duration) error { return ctx.Err() }})
			require.NoError(c, err)
			s.Desk = d
			return s, nil
		},
	}
	root := &cobra.Command{Use: "frontdesk", SilenceErrors: true, SilenceUsage: true}
	root.SetOut(&out)
	root.SetErr(&stderr)
	root.AddCommand(command.New(env)...)
	root.SetArgs(args)
	err := root.ExecuteContext(ctx)
	c.stdin = nil
	s := progressEvery{TB: c, out: out.String()}
	if err != nil {
		var exit command.Exit
		require.True(c, errors.As(err, &exit), "an Exit: %v", err)
		s.code = exit.Code
		if exit.Error() != "" {
			stderr.WriteString("frontdesk: " + exit.Error() + "\n")
		}
	}
	s.err = stderr.String()
	return s
}

// object is the one JSON object on stdout.
func (s progressEvery) object() map[string]any {
	s.Helper()
	var got map[string]any
	require.NoError(s, json.Unmarshal([]byte(s.out), &got), "%s%s", s.out, s.err)
	return got
}

// writes are the requests so far that were no GET.
func (c *counter) writes() []string {
	var all []string
	for _, line := range c.Transport.Requests() {
		if !strings.HasPrefix(line, http.MethodGet) {
			all = append(all, line)
		}
	}
	return all
}

func (c *counter) user(id string) *api.User {
	c.Helper()
	u, err := c.Client.GetUser(c.Context(), clean.NewText(id))
	require.NoError(c, err)
	return u
}

func (c *counter) change(f func(*store.User)) {
	c.Helper()
	c.EditUser(c.user(someoneID), f)
}

// someone has one of everything.
func someone(at int64) *store.User {
	verified := &store.Verification{Object: "verification_admin", Status: "verified", Strategy: "admin"}
	return &store.User{
		ID: someoneID, Username: "tilda.n", FirstName: "Tilda", LastName: "Nord",
		PrimaryEmailID: "idn_email", PrimaryPhoneID: "idn_phone",
		Emails: []store.Email{{ID: "idn_email", Address: "tilda@fjord.example", Verification: verified, CreatedAt: at, UpdatedAt: at},
			{ID: "idn_email2", Address: "t.nord@fjord.example", CreatedAt: at, UpdatedAt: at}},
		Phones: []store.Phone{{ID: "idn_phone", Number: "+14155550199", ReservedForSecondFactor: true, Verification: verified, CreatedAt: at, UpdatedAt: at},
			{ID: "idn_phone2", Number: "+46701740605", CreatedAt: at, UpdatedAt: at}},
		Wallets:        []store.Wallet{{ID: "idn_wallet", Address: "0x52908400098527886E0F7030069857D2E4169EE7", Verification: verified, CreatedAt: at, UpdatedAt: at}},
		Passkeys:       []store.Passkey{{ID: "idn_passkey", Name: "MacBook", LastUsedAt: at, Verification: verified, CreatedAt: at}},
		External:       []store.ExternalAccount{{ID: "eac_google", IdentificationID: "idn_google", Provider: "oauth_google", ProviderUserID: "g-1", EmailAddress: "tilda@fjord.example", Verification: verified, CreatedAt: at, UpdatedAt: at}},
		TOTP:           &store.TOTP{ID: "totp_1", Secret: "JBSWY3DPEHPK3PXP", Verified: true, CreatedAt: at, UpdatedAt: at},
		BackupCodes:    []string{"11111111", "22222222"},
		PasswordDigest: "x", PasswordHasher: "argon2id",
		Public: []byte(`{"plan":"gold"}`), CreatedAt: at, UpdatedAt: at, LastSignInAt: at, LastActiveAt: at,
	}
}

// signIn gives someone two sessions and a token at Google.
func (c *counter) signIn() {
	c.Helper()
	at := c.Clock.Now().UnixMilli()
	hour := time.Hour.Milliseconds()
	require.NoError(c, c.Store.Write(c.Context(), func(tx *store.Tx) error {
		for _, id := range []string{"sess_1", "sess_2"} {
			if err := tx.PutSession(&store.Session{ID: id, UserID: someoneID, ClientID: "client_1", Status: "active",
				LastActiveAt: at, ExpireAt: at + hour, AbandonAt: at + hour, CreatedAt: at, UpdatedAt: at}); err != nil {
				return err
			}
		}
		return tx.PutToken(&store.Token{UserID: someoneID, Provider: "oauth_google", ExternalAccountID: "eac_google",
			AccessToken: "ya29.secret", Scopes: []string{"email"}, ExpiresAt: at + hour})
	}))
}
