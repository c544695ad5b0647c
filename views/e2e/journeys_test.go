package e2e

import (
	"bytes"
	"encoding/json"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"
	"github.com/stretchr/testify/require"
)

// choose picks an operation from the action menu by typing its name.
func (m term) choose(title string) {
	m.t.Helper()
	m.Send("x")
	m.WaitFor("type to find")
	m.Type(title)
	m.WaitUntil("the mark on "+title, func(screen string) bool { return strings.Contains(screen, "▌ "+title) })
	m.Send("enter")
}

// toButtons skips the fields of a question.
func (m term) toButtons() {
	m.t.Helper()
	m.Send("ctrl+s")
	m.WaitFor("▸ Cancel")
}

// agree answers a T2 question that asks only for a reason.
func (m term) agree(reason string) {
	m.t.Helper()
	m.WaitFor("Reason")
	m.Type(reason)
	m.Send("enter")
	m.confirm("Cancel")
}

// post sends a request as curl -d does.
func post(t *testing.T, base, key, path, body string, into any) int {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, base+path, bytes.NewBufferString(body))
	require.NoError(t, err)
	req.Header.Set("Authorization", "Bearer "+key)
	req.Header.Set("Content-Type", "application/json")
	res, err := http.DefaultClient.Do(req)
	require.NoError(t, err)
	defer res.Body.Close()
	require.NoError(t, json.NewDecoder(res.Body).Decode(into))
	return res.StatusCode
}

func TestOperations_SetUpAnAuthenticatorAndCheckItsCode(t *testing.T) {
	t.Parallel()
	tm := start(t, 120, 40)
	tm.open("ingrid", "Ingrid Solheim")
	tm.choose("Set up authenticator app")
	checked(tm, "new telephone")
	tm.confirm("Cancel")
	tm.WaitFor("Secret", "••••••")
	tm.Send("v")
	tm.WaitFor("secret=")
	fours := regexp.MustCompile(`Secret +((?:[A-Z2-7]{4} ?){8})`).FindStringSubmatch(tm.Screen())
	require.NotNil(t, fours, tm.Screen())
	secret := strings.ReplaceAll(fours[1], " ", "")
	tm.Send("s")
	tm.WaitFor("█▀▀▀▀▀█")
	tm.Send("q")
	tm.WaitFor("Users › Ingrid Solheim")

	code, err := totp.GenerateCode(secret, time.Now())
	require.NoError(t, err)
	tm.choose("Check a code")
	tm.WaitFor("y Check")
	tm.Type(code)
	tm.toButtons()
	tm.confirm("▸ Cancel")
	tm.WaitFor("They are asked for a second factor") // the first right code confirms the secret
	require.NotContains(t, tm.Screen(), code, "what was typed was masked")

	tm.choose("Remove authenticator app")
	checked(tm, "the telephone was sold")
	tm.confirm("Cancel")
	tm.WaitFor("Removed the authenticator app of Ingrid Solheim")
	tm.leave("ctrl+c")
}

func TestOperations_UseAndRemoveFactors(t *testing.T) {
	t.Parallel()
	base, key := served(t)
	var made struct {
		ID string `json:"id"`
	}
	require.Equal(t, http.StatusOK, post(t, base, key, "/users", `{"first_name":"Wanda","last_name":"Holt","email_address":["wanda.holt@pine.example"],
		"password":"harbour-lights-9","totp_secret":"JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP","backup_codes":["quay-4711","quay-4712","quay-4713"],
		"web3_wallet":["0x52908400098527886E0F7030069857D2E4169EE7"]}`, &made))
	tm := start(t, 120, 40, "CLERK_API_URL="+base, "CLERK_SECRET_KEY="+key)
	tm.open("holt", "Wanda Holt")

	tm.choose("Check a code")
	tm.WaitFor("y Check")
	tm.Type("quay-4711")
	tm.toButtons()
	tm.confirm("▸ Cancel")
	tm.WaitFor("backup code")

	tm.choose("Check a code")
	tm.WaitFor("y Check")
	tm.Type("quay-4711")
	tm.toButtons()
	tm.confirm("▸ Cancel")
	tm.WaitFor("The code is wrong") // at the field, for another try
	tm.Type("quay-4712")
	tm.toButtons()
	tm.confirm("▸ Cancel")
	tm.WaitGone("Check a code")

	tm.choose("Remove backup codes")
	checked(tm, "lost the paper")
	tm.confirm("Cancel")
	tm.WaitFor("Removed the backup codes of Wanda Holt")

	tm.choose("Remove web3 wallet")
	checked(tm, "sold the wallet")
	tm.confirm("Cancel")
	tm.WaitFor("Removed 0x52908400098527886E0F7030069857D2E4169EE7 from")

	var left struct {
		BackupCodes bool  `json:"backup_code_enabled"`
		TOTP        bool  `json:"totp_enabled"`
		Wallets     []any `json:"web3_wallets"`
	}
	require.Equal(t, http.StatusOK, ask(t, base, key, "/users/"+made.ID, &left))
	require.False(t, left.BackupCodes)
	require.True(t, left.TOTP)
	require.Empty(t, left.Wallets)
	tm.leave("ctrl+c")
}

func TestOperations_RevealATokenAndDeleteAPasskey(t *testing.T) {
	t.Parallel()
	tm := start(t, 120, 40)
	tm.open("okafor", "Maya Okafor")
	tm.choose("Reveal OAuth access token")
	tm.WaitFor("y Reveal")
	tm.toButtons()
	tm.confirm("▸ Cancel")
	tm.WaitFor("Token", "••••••", "Scopes", "Expires")
	hidden := tm.Screen()
	tm.Send("v")
	tm.WaitGone("••••••")
	token := regexp.MustCompile(`Token +(\S{12,})`).FindStringSubmatch(tm.Screen())
	require.NotNil(t, token, tm.Screen())
	require.NotContains(t, hidden, token[1][:12])
	tm.Send("q")
	tm.WaitGone(token[1][:12])
	tm.WaitFor("Users › Maya Okafor")
	tm.Send("q")
	tm.WaitFor("enter open")

	tm.Send("esc")
	tm.WaitFor("newest first") // an esc that a letter follows at once is another key
	tm.open("reyes", "Daniel Reyes")
	tm.choose("Remove passkey")
	tm.WaitFor("iPhone 12")
	checked(tm, "the telephone is lost")
	tm.confirm("Cancel")
	tm.WaitFor("Removed Daniel's iPhone 12 from Daniel Reyes")
	tm.leave("ctrl+c")
}

func TestOperations_DeleteAUser(t *testing.T) {
	t.Parallel()
	tm := start(t, 120, 40)
	tm.open("elin berg", "Elin Berg")
	tm.choose("Delete user")
	tm.WaitFor("Type the e-mail address")
	for range strings.Count(tm.Screen(), "[ ]") {
		tm.Send("space", "enter")
	}
	tm.Type("asked to be deleted, GDPR-211")
	tm.Send("enter")
	tm.Type("elin.berg@fjord.example")
	tm.Send("enter")
	tm.confirm("▸ Cancel")
	tm.WaitFor("Deleted Elin Berg")
	tm.leave("ctrl+c")
}

// fill types into the fields of a form; an empty value leaves a field, or a fold, as
// it is.
func (m term) fill(values ...string) {
	m.t.Helper()
	for _, v := range values {
		if v != "" {
			m.Type(v)
		}
		m.Send("tab")
		m.Quiet(30 * time.Millisecond)
	}
}

func TestOperations_CreateAndEditAUser(t *testing.T) {
	t.Parallel()
	base, key := served(t)
	tm := start(t, 120, 40, "CLERK_API_URL="+base, "CLERK_SECRET_KEY="+key)
	tm.WaitUntil("the list", total.MatchString)

	tm.Send("c")
	tm.WaitFor("Create user", "External id")
	tm.fill("Nora", "Quay", "maya@harborpine.example", "", "", "harbour-lights-9", "", "", "asked for by phone")
	tm.toButtons()
	tm.confirm("▸ Cancel")
	tm.WaitFor("is taken", "Nora") // the form is back with the server's words at the field
	require.Contains(t, tm.Screen(), "maya@harborpine.example")
	tm.Send("ctrl+u")
	tm.fill("nora.quay@pine.example")
	tm.toButtons()
	tm.confirm("▸ Cancel")
	tm.WaitFor("Users › Nora Quay", "nora.quay@pine.example")

	tm.Send("e")
	tm.WaitFor("Edit user")
	tm.Send("ctrl+u")
	tm.fill("Nóra", "", "", "cust_NQ", "", "", "spelled so")
	tm.toButtons()
	tm.confirm("▸ Cancel")
	tm.WaitFor("Users › Nóra Quay", "cust_NQ")

	tm.choose("Merge metadata")
	tm.WaitFor("No changes yet")
	tm.Send("ctrl+k")
	tm.Send("delete", "delete", "delete")
	tm.Type(`{"plan":"gold","crm":9007199254740993}`)
	tm.Send("ctrl+s")
	tm.WaitFor("+ crm", "9007199254740993", "+ plan")
	tm.Send("enter")
	tm.agree("moved from the old desk")
	tm.WaitFor("Merged metadata of Nóra Quay")

	var found []struct {
		Public json.RawMessage `json:"public_metadata"`
	}
	require.Equal(t, http.StatusOK, ask(t, base, key, "/users?external_id=cust_NQ", &found))
	require.Len(t, found, 1)
	require.JSONEq(t, `{"plan":"gold","crm":9007199254740993}`, string(found[0].Public))
	require.Contains(t, string(found[0].Public), "9007199254740993", "all digits")
	tm.leave("ctrl+c")
}
