package e2e

import (
	"encoding/base64"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
	"github.com/stretchr/testify/require"

	"frontdesk/tui/tuitest"
	"frontdesk/views/userfmt"

	"frontdesk/api/clean"
)

// personJSON is what of a person must not be seen.
type personJSON struct {
	ID         string `json:"id"`
	ExternalID string `json:"external_id"`
	Username   string `json:"username"`
	First      string `json:"first_name"`
	Last       string `json:"last_name"`
	Emails     []struct {
		ID      string `json:"id"`
		Address string `json:"email_address"`
	} `json:"email_addresses"`
	Phones []struct {
		ID     string `json:"id"`
		Number string `json:"phone_number"`
	} `json:"phone_numbers"`
	Memberships []struct {
		Organization struct {
			ID   string `json:"id"`
			Name string `json:"name"`
			Slug string `json:"slug"`
		} `json:"organization"`
	} `json:"organization_memberships"`
	Passkeys []struct {
		ID   string `json:"id"`
		Name string `json:"name"`
	} `json:"passkeys"`
}

// uiWords are words of the screens that are somebody's name too.
const uiWords = " Mark Will Chase Page Close Rose Grace Long Star User Admin Copy Last First Name Person April June August "

// facts are the person's names, addresses, numbers and ids in every form in which a
// screen shows them.
func (p personJSON) facts() []string {
	out := []string{p.ID, userfmt.ShortID(clean.NewText(p.ID)), p.ExternalID, strings.TrimSpace(p.First + " " + p.Last)}
	if strings.ContainsAny(p.Username, "._-0123456789") {
		out = append(out, p.Username)
	}
	for _, name := range append(strings.Fields(p.First), strings.Fields(p.Last)...) {
		if utf8.RuneCountInString(name) >= 4 && !strings.Contains(uiWords, " "+name+" ") {
			out = append(out, name)
		}
	}
	for _, e := range p.Emails {
		out = append(out, e.ID, e.Address)
	}
	for _, n := range p.Phones {
		out = append(out, n.ID, n.Number, userfmt.Phone(clean.NewText(n.Number)))
	}
	for _, m := range p.Memberships {
		out = append(out, m.Organization.ID, m.Organization.Name, m.Organization.Slug)
	}
	for _, k := range p.Passkeys {
		out = append(out, k.ID)
	}
	return out
}

// frontdesk runs a command on a demo file and returns its output.
func frontdeskOn(t *testing.T, db string, args ...string) []byte {
	t.Helper()
	bin, err := built()
	require.NoError(t, err)
	cmd := exec.Command(bin, append(args, "--db", db)...)
	cmd.Env = []string{"HOME=" + t.TempDir(), "TZ=UTC"}
	out, err := cmd.Output()
	require.NoError(t, err, "%v", args)
	return out
}

// recording is what has been seen of a session in a terminal.
type recording struct {
	term
	seen strings.Builder
}

// keys presses keys, waits until a text shows, and keeps the screen.
func (r *recording) press(want string, keys ...string) {
	r.t.Helper()
	r.Send(keys...)
	r.WaitFor(want)
	r.Quiet(150 * time.Millisecond)
	r.seen.WriteString(r.Screen() + "\n" + r.Title() + "\n")
}

// TestMask_ASessionNamesNobody is a walk through the console with the mask on: no byte
// that it writes, and nothing that it copies, holds a name, an address, a number or an
// id of the directory.
func TestMask_ASessionNamesNobody(t *testing.T) {
	t.Parallel()
	db := filepath.Join(t.TempDir(), "demo.db")
	var people []personJSON
	require.NoError(t, json.Unmarshal(frontdeskOn(t, db, "users", "--json", "--limit", "2000"), &people))
	require.Greater(t, len(people), 1000)

	bin, err := built()
	require.NoError(t, err)
	home := t.TempDir()
	tm := &recording{term: term{tuitest.Start(t, bin, []string{"--mask", "--db", db}, []string{"COLORTERM=truecolor", "TZ=UTC", "HOME=" + home}, 140, 44), t}}
	tm.press("of 1,248")
	tm.press("MASKED")
	tm.Send("/")
	tm.Type("0142")
	tm.press("1 found")
	for range 20 { // not taken while the rows have only just moved by themselves
		tm.Send("enter")
		if tm.Quiet(400 * time.Millisecond); strings.Contains(tm.Screen(), "Users › Person") {
			break
		}
	}
	tm.press("user_••••")
	for _, tab := range [][2]string{{"2", "PHONE NUMBERS"}, {"3", "FIRST FACTOR"}, {"4", "CONNECTED"}, {"5", "INVITATIONS"}, {"6", "PUBLIC"}, {"7", "session 1"}, {"8", "DONE TO THIS PERSON"}, {"9", `"object": "user"`}} {
		tm.press(tab[1], tab[0])
	}
	tm.press("type to find", "x")
	tm.press("user_••••", "esc")
	tm.press("Edit", "e")
	tm.press("user_••••", "esc")
	tm.press("Type the e-mail address person", "D")
	tm.press("user_••••", "esc")
	tm.press("Reset MFA", "m")
	tm.press("user_••••", "esc")
	tm.Send("b")
	tm.WaitFor("Ban user")
	tm.Type("a test of the mask")
	tm.press("▸ Cancel", "enter")
	tm.confirm("▸ Cancel")
	tm.press("Banned Person")
	tm.press("Notices", "N")
	tm.press("■ banned", "esc")
	tm.Send("b")
	tm.confirm("▸ Cancel")
	tm.press("Unbanned Person")
	tm.press("phone number", "y")
	tm.press("masked", "enter")
	tm.press("Go to", ":")
	tm.press("user_••••", "esc")
	tm.press("Help · Person", "?")
	tm.press("user_••••", "esc")
	tm.Send("7")
	tm.press("Sign out everywhere", "enter")
	tm.press("session 1", "esc")
	tm.press("1 found", "q")
	for range 20 { // with a slow machine, the first cancels a read that the footer names
		tm.Send("esc")
		if tm.Quiet(400 * time.Millisecond); total.MatchString(tm.Screen()) {
			break
		}
	}
	tm.press("of 1,248")
	tm.press("3 marked", "space", "space", "space")
	tm.press("3 users", "b")
	tm.press("3 marked", "esc")
	tm.press("Actions", "x")
	tm.press("3 marked", "esc")
	tm.press("What was sent", "@")
	tm.press("REQUEST", "enter")
	tm.press("What was sent", "q")
	tm.press("3 marked", "q")
	tm.press("a test of the mask", "A")
	tm.press("Users › Journal › ", "enter")
	tm.press("a test of the mask", "q")
	tm.press("3 marked", "q")
	tm.press("Export users", "E")
	tm.press("▸ Cancel", "ctrl+s")
	tm.confirm("▸ Cancel")
	tm.press("Exported 1,248 users")
	exported, err := filepath.Glob(filepath.Join(home, "frontdesk-users-*.csv"))
	require.NoError(t, err)
	require.Len(t, exported, 1)
	file, err := os.ReadFile(exported[0])
	require.NoError(t, err)
	require.Contains(t, string(file), "Person 1")
	tm.Send("o")
	tm.press("1,248", "G")
	tm.leave("ctrl+c")

	out := string(tm.Output())
	all := tm.seen.String() + ansi.Strip(out) + out + string(file)
	copied := 0
	for _, set := range regexp.MustCompile(`\x1b\]52;c;([A-Za-z0-9+/=]+)`).FindAllStringSubmatch(out, -1) {
		text, err := base64.StdEncoding.DecodeString(set[1])
		require.NoError(t, err)
		require.Contains(t, string(text), "••••")
		all += "\n" + string(text)
		copied++
	}
	require.NotZero(t, copied, "the script copies something")
	require.Contains(t, all, "Person 1")
	checkNobody(t, all, people)
	require.NotRegexp(t, `\b\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}\b`, all)
}

// checkNobody checks that a text holds none of the people's facts.
func checkNobody(t *testing.T, text string, people []personJSON) {
	t.Helper()
	for _, p := range people {
		for _, fact := range p.facts() {
			require.False(t, fact != "" && containsWord(text, fact), "%q is seen", fact)
		}
	}
}

// containsWord reports whether a text holds words that are not a part of longer ones.
func containsWord(text, words string) bool {
	for from := 0; ; {
		at := strings.Index(text[from:], words)
		if at < 0 {
			return false
		}
		before, _ := utf8.DecodeLastRuneInString(text[:from+at])
		after, _ := utf8.DecodeRuneInString(text[from+at+len(words):])
		if !unicode.IsLetter(before) && !unicode.IsLetter(after) {
			return true
		}
		from += at + len(words)
	}
}

func TestMask_TheKeySwitchesWhatIsOnTheScreenAtOnce(t *testing.T) {
	t.Parallel()
	tm := start(t, 120, 40)
	tm.open("lindqvist", "Maya Lindqvist")
	tm.Send("P")
	tm.WaitFor("MASKED", "Users › Person", "Privacy mask on")
	require.NotContains(t, tm.Screen(), "Lindqvist")
	require.NotContains(t, tm.Screen(), "m.lindqvist")
	tm.Send("P")
	tm.WaitFor("Users › Maya Lindqvist")
	require.NotContains(t, tm.Screen(), "MASKED")
	tm.leave("ctrl+c")
}

func TestMask_AnUnmaskedSessionIsCaught(t *testing.T) {
	require.True(t, containsWord("▌ Maya Okafor  ", "Maya Okafor"))
	require.True(t, containsWord("to +1 (415) 555-0142.", "+1 (415) 555-0142"))
	require.False(t, containsWord("Amaya", "maya"))
}
