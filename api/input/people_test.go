package input_test

import (
	"encoding/base64"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"frontdesk/api/input"
)

const someone = "user_2xk9QmZ4vT7pLwR1sB8nD3fGh6J"

// names returns the people identified in a text, joined, with a leading ? if ambiguous.
func names(text string) string {
	p := input.FindPeople(text)
	mark := ""
	if p.Ambiguous {
		mark = "? "
	}
	return mark + strings.Join(append(append(p.IDs, p.Emails...), p.Phones...), " ")
}

func TestFindPeople_UndoesLogEscapes(t *testing.T) {
	for text, want := range map[string]string{
		// In JSON a backslash is always an escape.
		`{"text":"Hello,\nina@pine.example cannot sign in"}`:                               "ina@pine.example",
		`2026-11-30T10:00:00Z INFO payload={"text":"Hello,\nina@pine.example cannot"} x=1`: "ina@pine.example",
		`{"a":1,"text":"Hello,\nina@pine.example cannot sign`:                              "ina@pine.example", // truncated
		`"Hello,\tina@pine.example"`:                                                       "ina@pine.example",
		`["x","\rina@pine.example"]`:                                                       "ina@pine.example",
		`{"body":"{\"text\":\"Hello,\\nina@pine.example\"}"}`:                              "ina@pine.example", // JSON in JSON
		`{"url":"https:\/\/app.example\/users\/` + someone + `"}`:                          someone,
		`{"mail":"ina\u0040pine.example"}`:                                                 "ina@pine.example",
		`mail=ina\u0040pine.example`:                                                       "ina@pine.example",
		`\u006dina\x40pine.example`:                                                        "mina@pine.example",
		`{"to":"\u003cina@pine.example\u003e"}`:                                            "ina@pine.example",
		`{"name":"\ud83d\ude00ina@pine.example"}`:                                          "ina@pine.example",
		`error=\n` + someone:                                                               someone,
		// Ambiguous: both are returned, and none is opened.
		`Hello,\nina@pine.example cannot sign in`:        "? ina@pine.example nina@pine.example",
		`msg="welcome,\tom@pine.example"`:                "? om@pine.example tom@pine.example",
		`C:\mail\bob@pine.example`:                       "? ob@pine.example bob@pine.example",
		`PINE\rob@pine.example`:                          "? ob@pine.example rob@pine.example",
		`"C:\work\nina@pine.example"`:                    "? ina@pine.example nina@pine.example", // \w is not a JSON escape
		`{"path":"C:\\nina@pine.example"}`:               "? ina@pine.example nina@pine.example",
		`PINE\maya@pine.example`:                         "maya@pine.example", // \m is not an escape
		`hello\n\nina@pine.example or nina@pine.example`: "? ina@pine.example nina@pine.example",
		`Hello,\012ina@pine.example`:                     "? ina@pine.example 012ina@pine.example",
		`Hello,#012ina@pine.example`:                     "? ina@pine.example 012ina@pine.example", // rsyslog
		`Hello^Mina@pine.example`:                        "? ina@pine.example Mina@pine.example",   // cat -v
		// Before punctuation a backslash can only be an escape.
		`maya\_o@pine.example`:       "maya_o@pine.example",
		`^maya\.o\+x@pine\.example$`: "maya.o+x@pine.example",
		`maya\@pine.example`:         "maya@pine.example",
		`C:\_o@pine.example`:         "_o@pine.example",
		// Mails and web pages.
		"&lt;ina@pine.example&gt;":                                          "ina@pine.example",
		"ina&#64;pine.example":                                              "ina@pine.example",
		"ina&#x40;pine.example":                                             "ina@pine.example",
		"&nbsp;ina&commat;pine&period;example&nbsp;":                        "ina@pine.example",
		"&amp;lt;ina@pine.example&amp;gt;":                                  "ina@pine.example",
		"?a=1&copy=ina@pine.example":                                        "ina@pine.example",
		"=?UTF-8?Q?Ina?= <ina@pine.example>":                                "ina@pine.example",
		"Content-Transfer-Encoding: quoted-printable\n\nina=40pine.example": "ina@pine.example",
		"<a href=3D\"mailto:ina@pine.ex=\nample\">":                         "ina@pine.example",
		"id=ADAM@pine.example":                                              "ADAM@pine.example", // =AD is not an escape here
		// Terminals.
		"\x1b[32mina@pine.example\x1b[0m":                                "ina@pine.example",
		"\x1b[1;31mERROR\x1b[0m user ina@\x1b[4mpine.example\x1b[24m":    "ina@pine.example",
		`\u001b[32mina@pine.example\u001b[0m`:                            "ina@pine.example",
		`\x1b[32mina@pine.example\x1b[39m`:                               "ina@pine.example",
		`\033[32mina@pine.example\033[0m`:                                "ina@pine.example",
		`\e[38;5;200mina@pine.example`:                                   "ina@pine.example",
		"^[[32mina@pine.example^[[0m":                                    "ina@pine.example",
		"␛[32mina@pine.example":                                          "ina@pine.example",
		"[32mina@pine.example[0m":                                        "ina@pine.example",                   // the reset shows that it is a sequence
		"[maya@pine.example] [kim@pine.example]":                         "maya@pine.example kim@pine.example", // brackets, not sequences
		"[0Kina@pine.example":                                            "? ina@pine.example 0Kina@pine.example",
		"[1m[Kina@pine.example[0m":                                       "ina@pine.example",
		"[32mina@pine.example":                                           "? ina@pine.example 32mina@pine.example",
		"\x1b]8;;mailto:x@y.example\x1b\\ina@pine.example\x1b]8;;\x1b\\": "ina@pine.example",
		"\u009b32mina@pine.example":                                      "ina@pine.example",
	} {
		require.Equal(t, want, names(text), "%q", text)
	}
}

func TestFindPeople_DecodesPercentEscapesPerPiece(t *testing.T) {
	const maya, uwe = "maya+tickets@harborpine.example", "+442079460018"
	for text, want := range map[string]string{
		"welcome%20mail to " + maya + " sent":                    maya,
		"GET /track?c=50%25off user " + maya:                     maya,
		"ref=https://app.example/?q=a%3Db email=" + maya:         maya,
		"see https://app.example/a%20b or call +44 20 7946 0018": uwe,
		"50% off ref=maya%40pine.example":                        "maya@pine.example",
		"disk 100% full, " + maya:                                maya,
		"%u006daya+tickets%u0040harborpine.example":              maya,
		"?email=maya%2Btickets%40harborpine.example":             maya,
		"?email=maya%252Btickets%2540harborpine.example":         maya, // escaped twice
		"%zz%4 " + maya + " %":                                   maya,
		"%ff%fe " + maya:                                         maya,
		"%0Aina@pine.example%0D%0A":                              "ina@pine.example",
		"to=%3Cina%40pine.example%3E":                            "ina@pine.example",
		"tel=%2B442079460018":                                    uwe,
		"/users/" + someone + "%2Fsessions":                      someone,
		"%E6%9D%8E%20j%C3%BCrgen%40pine.example":                 "jürgen@pine.example",
	} {
		require.Equal(t, want, names(text), "%q", text)
	}
}

func TestFindPeople_PhoneFormats(t *testing.T) {
	const maya = "+14155550142"
	for text, want := range map[string]string{
		"\u202d+1 (415) 555\u20110142\u202c":                                maya,
		"call +1 415\u2011555\u20110142 now":                                maya,
		"call 415\u2013555\u20130142":                                       maya,
		"+1\u2212415\u2212555\u22120142":                                    maya,
		"＋１４１５５５５０１４２":                                                      maya,
		"tel ＋１（４１５）５５５－０１４２ だ":                                             maya,
		"０９０－１２３４－５６７８":                                                     "? 9012345678", // the country is unknown
		"090\u30fc1234\u30fc5678":                                           "? 9012345678",
		"+1 (415) 555\u20110142":                                            maya,
		"\u202d+1 (415) 555-0142\u202c":                                     maya,
		"+1\u202f415\u202f555\u202f0142":                                    maya,
		"call +1\u2014415\u2014555\u20140142 back":                          maya,
		"call +1\u2015415\u2015555\u20150142 back":                          maya,
		"+١ ٤١٥ ٥٥٥ ٠١٤٢":                                                   maya,
		"tel:+1-415-555-0142;ext=3":                                         maya,
		"<tel:+14155550142>":                                                maya,
		"Tel. +44 (0)20 7946 0018, desk":                                    "+442079460018",
		"call 0044 (0)20 7946 0018 or":                                      "+442079460018",
		"call +1 (415) 555-0142 2026-11-30 10:00":                           maya,
		"+1 (415) 555-0142, +1 (415) 555-0143":                              "+14155550142 +14155550143",
		"from +49 171 5550142 x":                                            "+491715550142",
		"2026-11-26 10:00:01 req 1732612345678 from 203.0.113.5 took 200ms": "",
	} {
		require.Equal(t, want, names(text), "%q", text)
	}
}

func TestFindPeople_NationalNumbersNeedTheirCountry(t *testing.T) {
	for text, want := range map[string]string{
		"020 7946 0018": "? 2079460018", "0800 123 4567": "? 8001234567", "0207 946 0018": "? 2079460018", "030 1234567": "? 301234567",
		"8 (495) 123-45-67": "? 84951234567", "(0)20 7946 0018": "? 2079460018",
		"415 555 0142": "4155550142", "1 415 555 0142": "14155550142", "44 207 946 0018": "442079460018",
	} {
		require.Equal(t, want, names(text), "%q", text)
	}
}

func TestFindPeople_ForeignDigitsAreNotNorthAmerican(t *testing.T) {
	const london = "+442079460018"
	for text, want := range map[string]string{
		"call 00 44 207 946 0018 now": london, "call + 44 207 946 0018": london, "call +(44) 207 946 0018": london, "call 011 44 207 946 0018": london,
		"call 0011 44 207 946 0018": london, "call 0011 1 415 555 0142 now": "+14155550142", "call 001 415 555 0142 now": "+14155550142",
		"call 44 207 946 0018": "", "call (0)207 946 0018": "", "call 0207 946 0018": "", "call 0 207 946 0018": "", "call 52 555 123 4567": "", "call (52) 555-123-4567": "",
		"call 52-555-123-4567": "", "call 555 123 4567 89": "", "at 10:00 207 946 0018": "", "at 10:00 1732612345": "",
		"call 1 415 555 0142": "+14155550142", "call 1-415-555-0142 now": "+14155550142", "call (1) 415 555 0142": "+14155550142", "call 21 1 415 555 0142": "",
		"415-555-0142 415-555-0143 x": "+14155550142 +14155550143", "call 415 555 0142 or": "+14155550142", "user 7, 415 555 0142": "+14155550142",
		"call +1 415 555 0142 / 43": "? +14155550142", "call 415 555 0142/43": "? +14155550142",
	} {
		require.Equal(t, want, names(text), "%q", text)
	}
}

func TestFindPeople_ReadsOnlyTheSubClaim(t *testing.T) {
	token := func(payload string) string {
		part := base64.RawURLEncoding.EncodeToString
		return part([]byte(`{"alg":"RS256"}`)) + "." + part([]byte(payload)) + ".c2ln"
	}
	const other = "user_2xk9QmZ4vT7pLwR1sB8nD3fGh6K"
	require.Equal(t, someone, names(token(`{"sub":"`+someone+`","SUB":"`+other+`"}`)))
	require.Equal(t, someone, names(token(`{"Sub":"`+other+`","sub":"`+someone+`"}`)))
	require.Empty(t, names(token(`{"SUB":"`+someone+`"}`)))
	require.Empty(t, names(token(`{"sub":["`+someone[:4]+`"]}`)))
}

func TestFindPeople_RemovesControlSequences(t *testing.T) {
	const ina = "ina@pine.example"
	for _, escape := range []string{"\x1b", "^[", `\033`, `\x1b`, `\x1B`, `\u001b`, `\e`, "␛"} {
		for _, sequence := range []string{"(B", ")0", "*A", "#8", "%G", "(%5", "[0 q", "[!p", "[>4;2m", "[?25h", "[?2004l", "[38:5:200m", "[m", "[K", "[J", "[0K", "]0;t\x07", `]0;t\a`, "]0;t^G",
			"]0;t" + escape + `\`, "]8;;mailto:x@y.example" + escape + `\`, "P1$r0m" + escape + `\`, "_G" + escape + `\`, "7", "8"} {
			require.Equal(t, ina, names(escape+sequence+ina), "%q", escape+sequence)
			require.Equal(t, ina, names("user "+escape+sequence+ina+escape+"[0m"), "%q", escape+sequence)
		}
		for _, moves := range []string{"[2;1H", "[C", "[1K", "[2J", "[G", "[s", "[u", "[P", "[@", "[?1049h", "[3b", "8"} {
			require.Equal(t, ina, names("n"+escape+moves+ina), "%q", escape+moves)
			require.Equal(t, ina, names("user"+escape+moves+ina), "%q", escape+moves)
		}
		for _, shows := range []string{"[31m", "[0K", "(B", "[0 q", "]0;t\x07"} {
			require.Equal(t, "n"+ina, names("n"+escape+shows+ina), "%q", escape+shows)
		}
		// The letters of two-character sequences may be part of a word if the escape is
		// spelled out.
		require.Contains(t, names(escape+"M"+ina), ina, "%q", escape)
		require.NotEqual(t, "M"+ina, names(escape+"M"+ina), "%q", escape)
	}
	for text, want := range map[string]string{
		"\x1bM" + ina: ina, "\x1bc" + ina: ina, "\u008d" + ina: ina, "\u009b2;1H" + ina: ina, "n\u009b2;1H" + ina: ina,
		"\x1bxina@pine.example":       "? ina@pine.example xina@pine.example",
		`C:\elin@pine.example`:        "? in@pine.example elin@pine.example",
		"\x1b]0;never closed " + ina:  "",
		"\x1b[" + ina:                 "? na@pine.example",
		"n\x00" + ina:                 ina,
		"n\x0c" + ina:                 ina,
		"n\x08ni\x08ina@pine.example": "? ina@pine.example",
	} {
		if strings.HasPrefix(want, "? ") {
			require.True(t, input.FindPeople(text).Ambiguous || names(text) == "", "%q %s", text, names(text))
			continue
		}
		require.Equal(t, want, names(text), "%q", text)
	}
}

func TestFindPeople_AmbiguousEscapesGiveBothReadings(t *testing.T) {
	for text, either := range map[string]string{
		`\aina@pine.example`: "ina@", `\0ina@pine.example`: "ina@", `\040ina@pine.example`: "ina@", "&ltina@pine.example": "ina@", "ina&#43x@pine.example": "ina+x@",
		"=20ina@pine.example": "ina@", "=0Aina@pine.example": "ina@", "n^Hni^Hina@pine.example": "nina@", "^C04ina@pine.example": "ina@", "\x0304ina@pine.example": "ina@",
		"[Kina@pine.example": "ina@", "[Hina@pine.example": "ina@", "[?25hina@pine.example": "ina@", "[2Jina@pine.example": "ina@",
	} {
		p := input.FindPeople(text)
		require.Contains(t, p.Emails, either+"pine.example", "%q", text)
		require.True(t, p.Ambiguous || len(p.Emails) == 1, "%q: %s", text, names(text))
	}
	require.Equal(t, "müller@pine.example", names(`"m\303\274ller@pine.example"`))
	require.Equal(t, "ADAM@pine.example", names("id=ADAM@pine.example"))
	require.Equal(t, "4125550142@pine.example", names("id=4125550142@pine.example"))
}

func TestFindPeople_NeverCutsAnAddressToItsTail(t *testing.T) {
	const maya = "maya@pine.example"
	for _, sign := range []string{"&", "/", "!", "#", "$", "=", "*", "?", "~", "|", "{", "}", "`", "^", "\u2019", "\u2011", "\u2212"} {
		p := input.FindPeople("tom" + sign + maya)
		require.True(t, p.Ambiguous, sign)
		require.Contains(t, p.Emails, maya, sign)
		require.GreaterOrEqual(t, len(p.Emails), 2, sign)
		who := input.ParsePerson("tom" + sign + maya)
		require.Empty(t, who.Email.Address+who.Username, sign)
	}
	for text, want := range map[string]string{
		"tom&" + maya: "? tom&maya@pine.example maya@pine.example", "a=1&" + maya: "? a=1&maya@pine.example 1&maya@pine.example maya@pine.example",
		"?email=" + maya + "&x=1": maya, "/reset?a=1&email=" + maya: maya, "user_email=" + maya: maya, "mail=" + maya: maya,
		"**" + maya + "**": maya, "`" + maya + "`": maya, "{{" + maya + "}}": maya, "|" + maya + "|": maya,
		"o\u2019brien@pine.example": "? o'brien@pine.example brien@pine.example", "anna\u2011lena@pine.example": "? anna-lena@pine.example lena@pine.example",
		maya + "_old": "? " + maya, "maya@pine.exam_ple.com": "? maya@pine.exam", maya + "@other.example": "? " + maya, "maya@x.harbor\u2011pine.example": "? maya@x.harbor",
		"_" + maya + "_": "_" + maya,
		// Markup in an address.
		"<em>may</em>a@pine.example": "? a@pine.example maya@pine.example", "elin<wbr>.berg@pine.example": "? berg@pine.example elin.berg@pine.example",
		"[b]may[/b]a@pine.example": "? a@pine.example maya@pine.example", "<b>maya</b>@pine.example": maya, "<li>tom</li><li>" + maya: maya, "tom<br>" + maya: maya,
		"<b>" + maya + "</b>": maya, "<a href=\"mailto:" + maya + "\">" + maya + "</a>": maya,
		// A line end in an address.
		"maya+tick\nets@pine.example": "? ets@pine.example maya+tickets@pine.example", "maya@pine.co\n.uk": "? maya@pine.co", "Hello Tom\n" + maya: maya, "cannot sign in.\n" + maya: maya,
		strings.Repeat("word ", 13) + "mar\n" + maya: "? maya@pine.example marmaya@pine.example",
		// Other scripts directly next to it.
		"王xiaoming@pine.example": "? xiaoming@pine.example 王xiaoming@pine.example", "邮箱" + maya: maya,
	} {
		require.Equal(t, want, names(text), "%q", text)
	}
	stars := input.FindPeople("**may**a@pine.example")
	require.True(t, stars.Ambiguous)
	require.Contains(t, stars.Emails, "maya@pine.example")
	require.Equal(t, 0, len(input.ParsePerson("n\x00ina").Username), "a control character is in no username")
}

func TestFindPeople_ScriptChangeEndsAnAddress(t *testing.T) {
	for text, want := range map[string]string{
		"请发简历至ina@pine.example":                   "ina@pine.example",
		"ina@pine.exampleまで":                      "ina@pine.example",
		"メール：ina@pine.example。":                   "ina@pine.example",
		"メールはina@pine.exampleまでください":              "ina@pine.example",
		"ina@pine.example로 보내 주세요":                "ina@pine.example",
		"อีเมลina@pine.exampleครับ":               "ina@pine.example",
		"发给ina@pine.example,抄送sam.c@pine.example": "ina@pine.example sam.c@pine.example",
		"ina＠pine．example":                        "ina@pine.example",
		"邮箱ina+tag@pine.example结束.谢谢":             "ina+tag@pine.example",
		"王小明@pine.example":                        "王小明@pine.example",
		"山田太郎@例え.テスト":                             "山田太郎@例え.テスト",
		"info@tokyo東京.example":                    "info@tokyo東京.example",
		"info@münchen.example":                    "info@münchen.example",
		"почта:ина@почта.рф":                      "ина@почта.рф",
		"請聯絡123@pine.example":                     "? 123@pine.example 請聯絡123@pine.example",
		"mail José.Núñez@correo.example.":         "José.Núñez@correo.example",
		"Jose\u0301@correo.example":               "José@correo.example",
	} {
		require.Equal(t, want, names(text), "%q", text)
	}
}

func TestFindPeople_LongText(t *testing.T) {
	long := strings.Repeat(`level=info msg="a\nb" [x] 50%25 `, 2000)
	require.Equal(t, someone, names(long+someone+" "+long))
	require.Equal(t, "", names(strings.Repeat("x", 3<<20)))
}

func FuzzFindPeople(f *testing.F) {
	f.Add(`{"text":"Hello,\nina@pine.example"}`)
	f.Add("\x1b[32mina@pine.example%2B=40&lt;" + someone)
	f.Add("请发简历至123@pine.exampleまで +1 (415) 555-0142")
	f.Fuzz(func(t *testing.T, text string) {
		p := input.FindPeople(text)
		for _, mail := range p.Emails {
			_, err := input.ParseEmail(mail)
			require.NoError(t, err, "%q of %q", mail, text)
			require.NotContains(t, mail, ",")
		}
		for _, phone := range p.Phones {
			read, err := input.ParsePhone(phone)
			require.NoError(t, err, "%q of %q", phone, text)
			require.Equal(t, phone, read.Text(), "%q", text)
		}
	})
}
