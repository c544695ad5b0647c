package command_test

import (
	"encoding/binary"
	"encoding/json"
	"os"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/stretchr/testify/require"

	"frontdesk/api/sandbox/store"
)

// body is what a dry run would send.
func (s progressEvery) body() map[string]any {
	s.Helper()
	require.Zero(s, s.code, s.err)
	body, _ := s.object()["body"].(map[string]any)
	return body
}

const leftOut = "invisible characters were left out"

func TestDo_NotesInvisibleCharactersLeftOut(t *testing.T) {
	c := newCounter(t)
	for _, address := range []string{"ina@pine.example\u200b", "\ufeffina@pine.example", "\u202aina@pine.example\u202c", "ina\u2060@pine.example", "ina@pine\u00ad.example", "ina@pine.example\x07"} {
		told := c.run("do", "create_email_address", someoneID, "--email-address", address, "--dry-run", "--json")
		require.Equal(t, "ina@pine.example", told.body()["email_address"], "%q", address)
		require.Contains(t, told.err, "--email-address: "+leftOut, "%q", address)
		require.Equal(t, []any{"--email-address: " + leftOut}, told.object()["notes"], "%q", address)
	}
	for _, address := range []string{"ina@pine.example\u3000", " ina@pine.example\n", "ina@pine.example"} { // a space is seen
		told := c.run("do", "create_email_address", someoneID, "--email-address", address, "--dry-run", "--json")
		require.Equal(t, "ina@pine.example", told.body()["email_address"], "%q", address)
		require.NotContains(t, told.err, leftOut)
		require.NotContains(t, told.object(), "notes")
	}
	for _, field := range []string{"first_name", "username", "external_id"} {
		for given, want := range map[string]string{"Ti\u200bll": "Till", "\ufeffTill": "Till", "\u202eTill": "Till", "Till\x07": "Till", "Ti\nll": "Ti ll", "  Till ": "Till", "Mu\u0308ller": "Müller"} {
			told := c.run("do", "update_user", someoneID, "--"+strings.ReplaceAll(field, "_", "-"), given, "--dry-run", "--json")
			require.Equal(t, want, told.body()[field], "%s %q", field, given)
		}
	}
	// What was done says so, too, and the service has it as it would be typed.
	told := c.run("do", "create_email_address", someoneID, "--email-address", "ina@pine.example\u200b", "--verified", "yes", "--yes", "--reason", "asked to", "--confirm", "0199", "--json")
	require.Zero(t, told.code, told.err)
	require.Equal(t, []any{"--email-address: " + leftOut}, told.object()["notes"])
	require.Zero(t, c.run("do", "get_user", "ina@pine.example").code)
	told = c.run("do", "update_user", someoneID, "--first-name", "\u200b\u200b", "--username", "\ufeff", "--dry-run", "--json")
	require.Equal(t, map[string]any{"first_name": nil, "username": nil}, told.body(), "nothing is left: that empties the field")
}

func TestDo_StoresNumbersAsTheyAreSearched(t *testing.T) {
	c := newCounter(t)
	for _, number := range []string{"+44 (0)20 7946 0018", "0044 20 7946 0018", "+44\u221220\u22127946\u22120018", "'+442079460018", "tel:+442079460018"} {
		told := c.run("do", "create_phone_number", someoneID, "--phone-number", number, "--dry-run", "--json")
		require.Equal(t, "+442079460018", told.body()["phone_number"], number)
	}
	told := c.run("do", "create_phone_number", someoneID, "--phone-number", "+44 (0)20 7946 0018", "--yes", "--reason", "asked to")
	require.Zero(t, told.code, told.err)
	told = c.run("do", "get_user", "+44 (0)20 7946 0018", "--json")
	require.Zero(t, told.code, told.err)
	require.Contains(t, told.out, someoneID)
	told = c.run("do", "create_phone_number", someoneID, "--phone-number", "+44 20 7946 0018 ext 3", "--dry-run")
	require.Equal(t, 2, told.code)
	require.Contains(t, told.err, "--phone-number has an extension, which cannot be stored: leave out “3”")
	told = c.run("do", "create_user", "--phone-number", "+44 (0)20 7946 0018, 0044 20 7946 0019", "--email-address", "a@pine.example\u200b,<b@pine.example>", "--dry-run", "--json")
	require.Equal(t, []any{"+442079460018", "+442079460019"}, told.body()["phone_number"])
	require.Equal(t, []any{"a@pine.example", "b@pine.example"}, told.body()["email_address"])
}

// utf16File is a text as Notepad and PowerShell write it.
func utf16File(text string) []byte {
	var raw []byte
	for _, unit := range utf16.Encode([]rune(text)) {
		raw = binary.LittleEndian.AppendUint16(raw, unit)
	}
	return raw
}

func TestFrom_ListsOfOtherPrograms(t *testing.T) {
	c := newCounter(t)
	sam := c.FindUser("sam.c@pine.example").ID.Raw()
	const tilda = "tilda@fjord.example"
	for name, raw := range map[string][]byte{
		"mark": []byte("\ufeff" + tilda + "\nsam.c@pine.example\n"), "Windows": []byte("\ufeff" + tilda + "\r\nsam.c@pine.example\r\n"), "lone CR": []byte(tilda + "\rsam.c@pine.example\r"),
		"UTF-16": utf16File("\ufeff" + tilda + "\r\nsam.c@pine.example\r\n"), "UTF-16 without a mark": utf16File(tilda + "\r\nsam.c@pine.example\r\n"),
		"invisible": []byte(tilda + "\u200b\nsam.c@pine.example"), "brackets": []byte("<" + tilda + ">\nSam <sam.c@pine.example>"), "mailto": []byte("mailto:" + tilda + "\n\"sam.c@pine.example\""),
		"commas": []byte(tilda + ",\nsam.c@pine.example;"), "header": []byte("email\n" + tilda + "\nsam.c@pine.example"), "bullets": []byte("- " + tilda + "\n- sam.c@pine.example"),
		"notes": []byte(tilda + " # the first\n# a line\nsam.c@pine.example\t# the other"), "phones": []byte("'+14155550199\nsam.c@pine.example"), "id": []byte(someoneID + "\u200b\n" + sam),
		"links": []byte("https://dashboard.clerk.com/apps/a/instances/i/users/" + someoneID + "\nsam.c@pine.example"), "columns": []byte("name;email\nTilda;" + tilda + "\nSam;sam.c@pine.example"),
	} {
		told := c.run("do", "users_ban", "--from", c.WriteFile("list.txt", raw), "--dry-run", "--json")
		require.ElementsMatch(t, []any{someoneID, sam}, told.body()["user_ids"], name)
	}
	for text, want := range map[string]string{
		"caf\xe9@pine.example\n":                         "--from: it is neither UTF-8 nor UTF-16 text",
		"a@pine.example, b@pine.example":                 "--from: line 1 (“a@pine.example, b@pine.example”) names more than one",
		"x\n" + `\nina@pine.example`:                     "can be read as ina@pine.example or nina@pine.example",
		"\ufeff\n# nobody\n":                             "--from: the list is empty",
		"sam.c@pine.example\nnobody.at.all@pine.example": "“nobody.at.all@pine.example”   matches no id",
	} {
		told := c.run("do", "users_ban", "--from", c.WriteFile("list.txt", []byte(text)), "--dry-run")
		require.NotZero(t, told.code, text)
		require.Contains(t, told.err, want)
	}
	require.Empty(t, c.writes())
}

func TestFrom_ReadsTheCSVOfUsers(t *testing.T) {
	c := newCounter(t)
	for _, args := range [][]string{{"users", "tilda", "--csv"}, {"users", "tilda", "--csv", "--bom"}} {
		told := c.run(args...)
		require.Zero(t, told.code, told.err)
		require.Equal(t, len(args) == 4, strings.HasPrefix(told.out, "\ufeffid,"), "the mark is for Excel, and only where it is asked for")
		require.Contains(t, told.out, ",+14155550199,")
		require.NotContains(t, told.out, "'+")
		whole := c.run("do", "users_ban", "--from", c.WriteFile("list.csv", []byte(told.out)), "--dry-run", "--json")
		require.Equal(t, []any{someoneID}, whole.body()["user_ids"])
		cells := strings.Split(strings.Split(told.out, "\n")[1], ",")
		c.stdin = strings.NewReader(cells[5] + "\n")
		phone := c.run("do", "users_ban", "--from", "-", "--dry-run", "--json")
		require.Equal(t, []any{someoneID}, phone.body()["user_ids"])
	}
	require.Equal(t, 2, c.run("users", "tilda", "--bom").code, "the mark belongs to a file of text")
	scotland := "\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f"
	c.change(func(u *store.User) { u.FirstName = "Tilda " + scotland })
	require.Contains(t, c.run("users", "tilda", "--csv").out, "Tilda "+scotland+",", "a flag keeps its tags in a file")
}

func TestUsers_FindsAnIDInsideText(t *testing.T) {
	c := newCounter(t)
	jwt := "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ1c2VyXzJiYmJiYmJiYmJiYmJiYmJiYmJiYmJiYmJiYiJ9.c2ln"
	link := "https://dashboard.clerk.com/apps/app_2x/instances/ins_2y/users/" + someoneID
	for _, text := range []string{link, link + "?tab=1", "2026-11-26 WARN sign_in failed user_id=" + someoneID + " ip=::1", jwt, "Bearer " + jwt, `{"sub":"` + someoneID + `"}`, `\n` + someoneID} {
		told := c.run("users", text)
		require.Zero(t, told.code, told.err)
		require.Contains(t, told.out, "Tilda Nord", text)
		require.Contains(t, told.err, "Searching for: id:"+someoneID, text)
		require.Contains(t, c.run(append([]string{"users", "--json"}, strings.Fields(text)...)...).out, someoneID, text)
		told = c.run("do", "get_user", "--json", "--", text)
		require.Zero(t, told.code, "%s: %s", text, told.err)
		require.Contains(t, told.out, someoneID, text)
	}
	told := c.run("users", "is:banned", link)
	require.Contains(t, told.out, "Tilda Nord", "what stands beside it hides nobody whom an id names")
	gone := "user_2goneeeeeeeeeeeeeeeeeeeeeee"
	told = c.run("users", "https://dashboard.clerk.com/users/"+gone)
	require.Equal(t, "No user has the id "+gone+".\n", told.out)
	told = c.run("do", "get_user", "https://dashboard.clerk.com/users/"+gone)
	require.Equal(t, 1, told.code)
	require.Contains(t, told.err, "nobody has the id")
	require.Contains(t, told.err, gone)
	told = c.run("users", `Hello,\ntilda@fjord.example`)
	require.Contains(t, told.err, "The text can mean different users; searching for all of them: email:tilda@fjord.example,ntilda@fjord.example")
	require.Contains(t, told.out, "Tilda Nord")
	require.Equal(t, "No users match.\n", c.run("users", "nobody-at-all").out)
}

func TestUsers_BothSpellingsOfADomain(t *testing.T) {
	c := newCounter(t)
	c.change(func(u *store.User) {
		u.Emails[0].Address, u.Emails[1].Address = "info@xn--mnchen-3ya.example", "jürgen@münchen.example"
	})
	for _, text := range []string{"info@münchen.example", "info@xn--mnchen-3ya.example", "jürgen@xn--mnchen-3ya.example", "jürgen@münchen.example", "email:@münchen.example", "info@mu\u0308nchen.example"} {
		told := c.run("users", text)
		require.Contains(t, told.out, "Tilda Nord", "%q %s", text, told.err)
	}
	for _, text := range []string{"info@münchen.example", "jürgen@xn--mnchen-3ya.example", "INFO@MÜNCHEN.example"} {
		told := c.run("do", "get_user", text)
		require.Zero(t, told.code, "%q: %s", text, told.err)
		require.Contains(t, told.out, "reads as info@münchen.example")
		told = c.run("do", "users_ban", text, "--dry-run", "--json")
		require.Equal(t, []any{someoneID}, told.body()["user_ids"], text)
	}
	require.Contains(t, c.run("users", "--email", "info@münchen.example").out, "Tilda Nord")
}

// A file's own mark is no part of what stands in it.
func TestDo_FilesOfAnyEncoding(t *testing.T) {
	c := newCounter(t)
	for _, raw := range [][]byte{[]byte("\ufeff{\"a\": 1}\r\n"), utf16File("\ufeff{\"a\": 1}\r\n")} {
		told := c.run("do", "update_user_metadata", someoneID, "--public-metadata-file", c.WriteFile("m.json", raw), "--dry-run", "--json")
		require.Equal(t, map[string]any{"public_metadata": map[string]any{"a": json.Number("1")}}, numbers(t, told), "%q", raw)
	}
	told := c.run("do", "verify_password", someoneID, "--password-file", c.WriteFile("p.txt", []byte("\ufeff"+password+"\r\n")), "--dry-run", "--json")
	require.Zero(t, told.code, told.err)
	c.queues = c.WriteFile("queues.toml", []byte("\ufeffmine = \"tilda\"\r\n"))
	require.Contains(t, c.run("users", ":mine").out, "Tilda Nord")
	require.NoError(t, os.WriteFile(c.queues, utf16File("\ufeffmine = \"tilda\"\r\n"), 0o600))
	require.Contains(t, c.run("users", ":mine").out, "Tilda Nord")
}

// numbers is the body with its numbers as they are written.
func numbers(t *testing.T, told progressEvery) map[string]any {
	t.Helper()
	var sent struct{ Body map[string]any }
	d := json.NewDecoder(strings.NewReader(told.out))
	d.UseNumber()
	require.NoError(t, d.Decode(&sent), told.err)
	return sent.Body
}

func TestDo_AReasonSaysSomething(t *testing.T) {
	c := newCounter(t)
	for _, reason := range []string{"\u200b", "\u2800", "\u3164", "...", " - "} {
		told := c.run("do", "ban_user", someoneID, "--yes", "--reason", reason)
		require.Equal(t, 2, told.code, "%q", reason)
		require.Contains(t, told.err, "--reason says nothing", "%q", reason)
	}
	require.Empty(t, c.writes())
}

func TestDo_RefusesSessionsOfOthers(t *testing.T) {
	c := newCounter(t)
	c.signIn()
	sam := c.FindUser("sam.c@pine.example").ID.Raw()
	told := c.run("do", "revoke_session", sam, "--part", "sess_1", "--yes", "--reason", "asked to")
	require.Equal(t, 1, told.code)
	require.Contains(t, told.err, "that session is not one of theirs")
	require.Empty(t, c.writes())
	require.Zero(t, c.run("do", "revoke_session", someoneID, "--part", "sess_1\u200b", "--yes", "--reason", "asked to").code)
}

func TestUsers_RefusesSecondsForMilliseconds(t *testing.T) {
	c := newCounter(t)
	told := c.run("do", "get_user_list", "--created-at-after", "1700000000")
	require.NotZero(t, told.code)
	require.Contains(t, told.err, "13 digits")
}

func TestDo_ANationalNumberNeedsItsCountry(t *testing.T) {
	c := newCounter(t)
	for _, number := range []string{"020 7946 0018", "0800 123 4567", "8 (495) 123-45-67"} {
		for _, args := range [][]string{{"do", "get_user", number}, {"do", "users_ban", number, "--dry-run"}, {"do", "create_phone_number", someoneID, "--phone-number", number, "--dry-run"}} {
			told := c.run(args...)
			require.NotZero(t, told.code, "%v", args)
			require.Contains(t, told.err, "start with + and the country code", "%v", args)
		}
	}
}

func TestBulk_SingleUserIsAskedLikeBanUser(t *testing.T) {
	c := newCounter(t)
	told := c.run("do", "users_ban", someoneID, "--yes", "--reason", "asked to", "--confirm", "ban 1")
	require.Equal(t, 2, told.code)
	single := c.run("do", "ban_user", someoneID, "--yes", "--reason", "asked to", "--confirm", "ban 1")
	require.Equal(t, 2, single.code)
	_, want, _ := strings.Cut(single.err, "needs --confirm")
	require.NotEmpty(t, want)
	require.Contains(t, told.err, "needs --confirm"+want)
	require.Empty(t, c.writes())
}

func TestUsers_LimitIsDecimal(t *testing.T) {
	c := newCounter(t)
	require.NotZero(t, c.run("users", "--limit", "0x10").code)
	require.Equal(t, c.run("users", "--limit", "10", "--csv").out, c.run("users", "--limit", "010", "--csv").out)
}
