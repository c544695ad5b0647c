package e2e

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/spf13/cobra"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"frontdesk/api/desk"
	"frontdesk/api/sandbox/store"
	"frontdesk/api/session"
	"frontdesk/tui/shell"
	"frontdesk/tui/tuitest"
	"frontdesk/views/command"
	"frontdesk/views/users"
	"frontdesk/views/viewtest"
)

// A text means the same user wherever it is entered, or is rejected with a reason. The
// entries are the search box (typed, enter), a paste on the list, USER of do, a line
// of --from, and the field of a form that takes such a value.

const (
	quillID    = "user_2quillquillquillquillqu"
	quillEmail = "mara.quill@harborpine.example"
	quillIDN   = "mara@münchen.example"
	quillPhone = "+442079460018"
)

// given is a text, and which entries reject it: b box, p paste, d do, f --from, F
// field.
type given struct{ text, refused string }

func phonesGiven() []given {
	return []given{
		{"+442079460018", ""}, {"+44 20 7946 0018", ""}, {"+44 (0)20 7946 0018", ""}, {"+44(0)2079460018", ""}, {"+44 020 7946 0018", ""},
		{"0044 20 7946 0018", ""}, {"0044 (0)20 7946 0018", ""}, {"00442079460018", ""}, {"(+44) 20 7946 0018", ""}, {"011 44 20 7946 0018", ""},
		{"+44-20-7946-0018", ""}, {"+44.20.7946.0018", ""}, {"+44/20/7946/0018", ""}, {"+44 (20) 7946-0018", ""}, {"+44 [20] 7946-0018", ""},
		{"+44\u201120\u20117946\u20110018", ""}, {"+44\u201320\u20137946\u20130018", ""}, {"+44\u201420\u20147946\u20140018", ""}, {"+44\u201520\u20157946\u20150018", ""}, {"+44\u221220\u22127946\u22120018", ""},
		{"\uff0b４４２０７９４６００１８", ""}, {"\uff0b４４－２０－７９４６－００１８", ""}, {"+44（20）7946\uff0d0018", ""}, {"+44\u30fc20\u30fc7946\u30fc0018", ""}, {"+٤٤ ٢٠ ٧٩٤٦ ٠٠١٨", ""},
		{"+४४ २० ७९४६ ००१८", ""}, {"\u202a+44 20 7946 0018\u202c", ""}, {"\u202d+44 (20) 7946\u20110018\u202c", ""}, {"\ufeff+442079460018", ""}, {"+44\u00a020\u202f7946\u20090018", ""},
		{"+44 20 7946 0018\u200b", ""}, {"tel:+442079460018", ""}, {"tel:+44-20-7946-0018", ""}, {"'+442079460018", ""}, {" +44 20 7946 0018 ", ""},
		{"+44 20 7946 0018 ext 3", "F"}, {"tel:+44-20-7946-0018;ext=3", "F"}, {"+44 20 7946 0018 x3", "F"},
		// Without a country code a number is found only where parts match.
		{"020 7946 0018", "dfF"}, {"7946 0018", "dfF"},
	}
}

func emailsGiven() []given {
	return []given{
		{quillEmail, ""}, {"MARA.QUILL@HarborPine.Example", ""}, {" " + quillEmail + " ", ""}, {"<" + quillEmail + ">", ""}, {`"` + quillEmail + `"`, ""},
		{"'" + quillEmail + "'", ""}, {"\u201c" + quillEmail + "\u201d", ""}, {"«" + quillEmail + "»", ""}, {"(" + quillEmail + ")", ""}, {"mailto:" + quillEmail, ""},
		{"mailto:" + quillEmail + "?subject=hello", ""}, {"<mailto:" + quillEmail + ">", ""}, {quillEmail + ",", ""}, {quillEmail + ";", ""}, {quillEmail + "\u200b", ""},
		{"\ufeff" + quillEmail, ""}, {"\u202a" + quillEmail + "\u202c", ""}, {"mara.quill\u2060@harborpine.example", ""}, {"mara.quill@harbor\u00adpine.example", ""}, {quillEmail + "\u3000", ""},
		{"\u00a0" + quillEmail, ""}, {"mara.quill＠harborpine．example", ""}, {"ｍａｒａ.quill@harborpine.example", ""}, {quillIDN, ""}, {"mara@mu\u0308nchen.example", ""},
		{"mara@xn--mnchen-3ya.example", ""}, {"mara@MÜNCHEN.example", ""}, {"mailto:mara@münchen.example", ""},
		// A form takes the address only.
		{"Mara Quill <" + quillEmail + ">", "F"}, {`"Quill, Mara" <` + quillEmail + ">", "F"}, {"请发简历至" + quillEmail, "F"}, {quillEmail + "まで", "F"}, {"mara.quill%40harborpine.example", "F"},
		{`{"text":"Hello,\n` + quillEmail + `"}`, "F"}, {"&lt;" + quillEmail + "&gt;", "F"}, {"WARN lockout mail=" + quillEmail + " ip=::1", "F"}, {"\x1b[32m" + quillEmail + "\x1b[0m", "F"},
		// Two readings, and two addresses: no user is meant.
		{`Hello,\n` + quillEmail, "bpdfF"}, {quillEmail + ", other@harborpine.example", "dfF"}, {"mara.quill@harborpine", "dfF"},
	}
}

func namesGiven() []given {
	const no = "df" // a name is not enough to act on
	return []given{
		{"Mara Quill", no}, {"mara quill", no}, {"QUILL", no}, {" Mara  Quill ", no}, {"Mara\u00a0Quill", no}, {"Mara\u3000Quill", no}, {"Ma\u200bra Quill", no}, {"\ufeffMara Quill", no},
		{"\u202aMara Quill\u202c", no}, {"Mara\u2060 Quill", no}, {"Ma\u00adra Quill", no}, {"quill mara", no}, {`"Mara Quill"`, no}, {"\u201cMara Quill\u201d", no}, {"Mara\tQuill", no},
		{"mara.q", ""}, {"@mara.q", "b" + "p"}, {"MARA.Q", ""}, {"mara\u200b.q", ""}, {"Mára Quíll", no},
	}
}

func idsGiven() []given {
	return []given{
		{quillID, ""}, {" " + quillID + "\u200b", ""}, {`"` + quillID + `",`, ""}, {"https://dashboard.clerk.com/apps/app_2x/instances/ins_2y/users/" + quillID, ""},
		{"2026-11-26T10:00:01Z WARN sign_in failed user_id=" + quillID + " mail=a@b.example", ""}, {`{"data":{"user_id":"` + quillID + `"}}`, ""}, {`error\n` + quillID, ""},
		{"Bearer " + "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ1c2VyXzJxdWlsbHF1aWxscXVpbGxxdWlsbHF1In0.c2ln", ""}, {"%2Fusers%2F" + quillID + "%2Fsessions", ""}, {"\x1b[1m" + quillID + "\x1b[0m", ""},
	}
}

// entries are the places of entry by their letter; each returns the name of the user
// found, "" for none, and what was said.
type entries struct {
	*viewtest.Harness
	screen *tuitest.Driver
	opened *bool // the last screen showed the user, not only their row
}

func (e entries) seen() (who, says string) {
	says = e.screen.Screen()
	_, after, open := strings.Cut(says, "Users › ")
	if *e.opened = open; open {
		who = strings.TrimSpace(strings.FieldsFunc(after, func(r rune) bool { return r == '\n' || r == '\u2800' })[0])
		e.screen.Press("q")
	} else if m := regexp.MustCompile(`▌ (\S+ \S+) `).FindStringSubmatch(says); m != nil && regexp.MustCompile(`\n\s*1 found`).MatchString(says) {
		who = m[1]
	}
	e.screen.Press("esc", "esc", "esc")
	return who, says
}

func (e entries) box(text string) (who, says string) {
	e.screen.Press("/")
	if first := text[:1]; first > " " && first < "\x7f" {
		e.screen.Type(first) // a paste in the middle of a text is only more of it
		text = text[1:]
	}
	e.screen.Paste(text)
	e.screen.Press("enter")
	return e.seen()
}

func (e entries) paste(text string) (who, says string) {
	e.screen.Paste(text)
	return e.seen()
}

func (e entries) run(args ...string) (code int, out, stderr string) {
	var o, s bytes.Buffer
	env := command.Env{Catalogue: e.Env.Catalogue, Stdin: strings.NewReader(""), Stdout: &o, Stderr: &s, Now: e.Clock.Now,
		Sleep: func(ctx context.Context, _ time.Duration) error { return ctx.Err() },
		Connect: func(context.Context) (*session.Session, error) {
			d, err := desk.New(desk.Config{Client: e.Env.Client, Catalogue: e.Env.Catalogue, Clock: e.Clock.Now})
			return &session.Session{Client: e.Env.Client, Desk: d, Catalogue: e.Env.Catalogue, Instance: e.Env.Instance}, err
		}}
	root := &cobra.Command{Use: "frontdesk", SilenceErrors: true, SilenceUsage: true}
	root.SetOut(&o)
	root.SetErr(&s)
	root.AddCommand(command.New(env)...)
	root.SetArgs(args)
	err := root.ExecuteContext(e.Context())
	var exit command.Exit
	if errors.As(err, &exit) {
		return exit.Code, o.String(), s.String() + exit.Error()
	}
	require.NoError(e, err)
	return 0, o.String(), s.String()
}

func (e entries) do(text string) (who, says string) {
	code, out, stderr := e.run("do", "get_user", "--json", "--", text)
	if code != 0 || !strings.Contains(out, quillID) {
		return "", stderr
	}
	return "Mara Quill", out
}

func (e entries) from(text string) (who, says string) {
	path := e.WriteFile("list.txt", []byte("# people\r\n"+text+"\r\n"))
	code, out, stderr := e.run("do", "users_ban", "--from", path, "--dry-run", "--json")
	if code != 0 || !strings.Contains(out, quillID) {
		return "", stderr
	}
	return "Mara Quill", out
}

// field enters the text into a form's field and searches for the user with exactly the
// value that would be sent.
func (e entries) field(op, flag, text string) (who, says string) {
	code, out, stderr := e.run("do", op, quillID, "--"+strings.ReplaceAll(flag, "_", "-"), text, "--dry-run", "--json")
	if code != 0 {
		return "", stderr
	}
	var sent struct{ Body map[string]any }
	require.NoError(e, json.Unmarshal([]byte(out), &sent))
	value, _ := sent.Body[flag].(string)
	return e.do(value)
}

func TestInput_OneTextFindsOneUserEverywhere(t *testing.T) {
	t.Parallel()
	b := viewtest.NewWithUsers(t, 60)
	at := b.Clock.Now().UnixMilli()
	verified := &store.Verification{Object: "verification_admin", Status: "verified", Strategy: "admin"}
	require.NoError(t, b.Store.Write(t.Context(), func(tx *store.Tx) error {
		return tx.PutUser(&store.User{ID: quillID, FirstName: "Mara", LastName: "Quill", Username: "mara.q", PrimaryEmailID: "idn_q1", PrimaryPhoneID: "idn_q3",
			Emails: []store.Email{{ID: "idn_q1", Address: quillEmail, Verification: verified, CreatedAt: at, UpdatedAt: at},
				{ID: "idn_q2", Address: "mara@xn--mnchen-3ya.example", Verification: verified, CreatedAt: at, UpdatedAt: at}},
			Phones:    []store.Phone{{ID: "idn_q3", Number: quillPhone, Verification: verified, CreatedAt: at, UpdatedAt: at}},
			CreatedAt: at, UpdatedAt: at, LastActiveAt: at})
	}))
	keys := tuitest.Keys(t, tuitest.Bind("list.search", "/"), tuitest.Bind("list.clear", "esc"), tuitest.Bind("list.open", "enter"))
	d := tuitest.Drive(t, shell.Config{Root: users.New(b.Env), Keys: keys, Clock: b.Clock.Now, After: b.Clock.After}, 150, 40)
	d.Clock = b.Clock
	e := entries{b, d, new(bool)}
	require.Equal(t, []int{40, 40, 20, 10}, []int{len(phonesGiven()), len(emailsGiven()), len(namesGiven()), len(idsGiven())})
	for _, kind := range []struct {
		of, op, flag string
		all          []given
	}{
		{"phone", "create_phone_number", "phone_number", phonesGiven()}, {"email", "create_email_address", "email_address", emailsGiven()},
		{"name", "", "", namesGiven()}, {"id", "", "", idsGiven()},
	} {
		for _, in := range kind.all {
			for _, way := range "bpdfF" {
				if way == 'F' && kind.op == "" {
					continue
				}
				who, says := e.through(way, kind.op, kind.flag, in.text)
				if strings.ContainsRune(in.refused, way) && strings.ContainsRune("bp", way) {
					assert.False(t, *e.opened, "%s %q by %c", kind.of, in.text, way) // they are listed to choose from
					continue
				}
				if strings.ContainsRune(in.refused, way) {
					assert.Empty(t, who, "%s %q by %c", kind.of, in.text, way)
					require.NotEmpty(t, strings.TrimSpace(says), "%s %q by %c", kind.of, in.text, way)
					continue
				}
				assert.Equal(t, "Mara Quill", who, "%s %q by %c:\n%s", kind.of, in.text, way, says)
			}
		}
	}
}

func (e entries) through(way rune, op, flag, text string) (who, says string) {
	switch way {
	case 'b':
		return e.box(text)
	case 'p':
		return e.paste(text)
	case 'd':
		return e.do(text)
	case 'f':
		return e.from(text)
	}
	return e.field(op, flag, text)
}
