package e2e

import (
	"regexp"
	"strings"
	"time"

	"github.com/stretchr/testify/require"

	"frontdesk/api"
)

const calledBack, asked = "called back", "user asked"

func callMaya(c *caller) {
	u := c.find("maya", "Maya Okafor")
	c.Has("Locked after too many")
	c.press("l")
	c.read("Unlock user")
	c.press("y")
	c.Has("Unlocked Maya Okafor")
	require.False(c.TB, c.ReloadUser(u).Locked)
}

func callDaniel(c *caller) {
	u := c.find("daniel", "Daniel Reyes")
	c.press("m")
	c.read("Reset MFA enrollments", "the backup codes", "[ ] you reached the caller")
	c.tick()
	c.usual("c")
	c.text(lastFour(u))
	c.press("enter", "y")
	c.Has("Reset MFA for Daniel Reyes")
	u = c.ReloadUser(u)
	require.False(c.TB, u.TOTPEnabled || u.BackupCodeEnabled || u.TwoFactorEnabled)
	require.Equal(c.TB, calledBack, c.reasons()["disable_mfa"])
}

// lastFour is what a T3 question about a person asks for.
func lastFour(u *api.User) string {
	raw := u.ID.Raw()
	if phone := u.Phone().Raw(); phone != "" {
		raw = phone
	}
	return raw[len(raw)-4:]
}

// Priya's account goes through the guided sequence, every step done or skipped by the
// operator, to the summary.
func callPriya(c *caller) {
	u := c.find("priya", "Priya Raman")
	c.press("w")
	c.Has("▌ Secure this account")
	c.press("enter")
	steps := regexp.MustCompile(`(?m)^ ▌ . +\d+  (.*?)  `)
	for range 12 {
		if !strings.Contains(c.Screen(), " ▌ Summary") {
			at := steps.FindStringSubmatch(c.Screen())
			require.NotNil(c.TB, at, c.Screen())
			c.secure(at[1], u)
		}
	}
	c.Has("Summary for the ticket")
	u = c.ReloadUser(u)
	require.True(c.TB, u.RequiresPasswordReset)
	require.Equal(c.TB, "priya.raman@mail.example", u.Email().Raw())
	require.Len(c.TB, u.EmailAddresses, 1)
	require.Len(c.TB, u.Passkeys, 1)
	require.Equal(c.TB, "MacBook Air", u.Passkeys[0].Name.Raw())
	live, err := c.Client.Sessions(c.Context(), u.ID, "active", 10, 0)
	require.NoError(c.TB, err)
	require.Zero(c.TB, live.Total)
	require.Equal(c.TB, calledBack, c.reasons()["delete_email_address"])
}

// secure does one step.
func (c *caller) secure(step string, u *api.User) {
	c.Helper()
	switch {
	case strings.Contains(step, "Check who"), strings.Contains(step, "Tell the caller"):
		c.press("space")
	case strings.Contains(c.cursorLine(), "MacBook Air"): // her own
		c.press("s")
	case strings.HasPrefix(step, "Remove"), strings.HasPrefix(step, "Make"):
		c.press("enter")
		c.read(c.Model.Dialog().Prompt().Title, "Priya Raman")
		c.tick()
		c.press("ctrl+r", "enter")
		c.text(lastFour(u))
		c.press("enter", "y")
	case strings.HasPrefix(step, "Sign out"):
		c.press("enter")
		c.read("Sign out everywhere", "signs out 3 sessions")
		c.usual("c")
		c.press("y")
	default:
		c.press("enter")
		c.read("Set password as compromised")
		c.press("enter", "ctrl+r", "enter", "y")
	}
	c.Advance(time.Second)
}

// cursorLine is the row with the cursor.
func (c *caller) cursorLine() string {
	for line := range strings.Lines(c.Screen()) {
		if strings.HasPrefix(line, " ▌") {
			return line
		}
	}
	return ""
}

func callSam(c *caller) {
	c.find("sam c", "Sam Carter")
	c.Has("scarter@northwind.example", "sam.carter@mail.example", "sam.c@pine.example")
	c.press("G", "enter")
	c.Has("Users › Sam Carter", "sam.c@pine.example")
	c.press("5")
	c.Has("Pine Outfitters") // as the caller says
}

func callElin(c *caller) {
	u := c.find("elin", "Elin Berg")
	c.press("D")
	c.read("Delete user", "This cannot be undone", "Ban user: keeps them out too")
	c.tick()
	c.usual("u")
	c.text("elin.berg@fjord.example")
	c.press("enter", "y")
	c.Has("Delete user in 5 s")
	c.Advance(6 * time.Second)
	c.Has("Deleted Elin Berg")
	_, err := c.Client.GetUser(c.Context(), u.ID)
	require.Error(c.TB, err)
	require.Equal(c.TB, asked, c.reasons()["delete_user"])
}

func call0142(c *caller) {
	c.press("/")
	c.text("0142")
	c.Has("▌ Maya Okafor", "+1 (415) 555-0142", "Locked after too many", "Unlock user")
}
