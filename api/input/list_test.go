package input_test

import (
	"encoding/binary"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"frontdesk/api/input"
)

func TestReadList_FileFormats(t *testing.T) {
	maya, sam := "maya@harborpine.example", "sam.c@pine.example"
	two := []string{maya, sam}
	for text, want := range map[string][]string{
		maya + "\n" + sam:                                                           two,
		"\ufeff" + maya + "\r\n" + sam + "\r\n":                                     two,
		maya + "\r" + sam + "\r":                                                    two,
		maya + "\u2028" + sam:                                                       two,
		maya + "\u200b\n\n  \n" + sam + " ":                                         two,
		"# who\n" + maya + " # the one in Oslo\n#\n" + sam + "\t# and":              two,
		"email\n" + maya + "\n" + sam:                                               two,
		"E-Mail Address\n" + maya + "\n" + sam:                                      two,
		"\"email\"\n\"" + maya + "\"\n\"" + sam + "\"":                              two,
		"<" + maya + ">,\n<" + sam + ">;":                                           two,
		"Maya Okafor <" + maya + ">\n\"Carter, Sam\" <" + sam + ">":                 two,
		"mailto:" + maya + "\n'" + sam + "'":                                        two,
		"- " + maya + "\n* " + sam:                                                  two,
		"• " + maya + "\n– " + sam:                                                  two,
		"1. " + maya + "\n2) " + sam:                                                two,
		"name;email\nMaya Okafor;" + maya + "\nSam;" + sam:                          two,
		"Maya\t" + maya + "\nSam\t" + sam:                                           two,
		"id,first_name,email,phone\n" + someone + ",Maya," + maya + ",+14155550142": {someone},
		"'+14155550142\n+44 (0)20 7946 0018\n- +1 415 555 0143":                     {"'+14155550142", "+44 (0)20 7946 0018", "+1 415 555 0143"},
		"+ 1 415 555 0142":                                                          {"+ 1 415 555 0142"},
		"maya.o\n@sam.c":                                                            {"maya.o", "@sam.c"},
		"Carter, Sam, " + sam:                                                       {sam},
		"phone\n+14155550142":                                                       {"+14155550142"},
		"a@x.example,user\nb@x.example,admin":                                       {"a@x.example", "b@x.example"}, // a person is not a header
		"":                                                                          nil,
		"# nobody\n\n":                                                              nil,
	} {
		got, err := input.ParseList([]byte(text))
		require.NoError(t, err, "%q", text)
		require.Equal(t, want, got, "%q", text)
	}
	for _, raw := range [][]byte{utf16Text(binary.LittleEndian, maya+"\r\n"+sam), utf16Text(binary.BigEndian, "\ufeff"+maya+"\n"+sam)} {
		got, err := input.ParseList(raw)
		require.NoError(t, err)
		require.Equal(t, two, got)
	}
}

func TestReadList_RefusesLinesThatAreNotOnePerson(t *testing.T) {
	for text, want := range map[string]string{
		"a@x.example\nb@x.example, c@x.example":                        "line 2 (“b@x.example, c@x.example”) names more than one",
		"a@x.example\n" + someone + "," + strings.ToUpper(someone[5:]): "", // a name next to an id is a column
		"\n\nMaya,Okafor,harbor":                                       "line 3 (“Maya,Okafor,harbor”) has several columns",
		someone + "," + someone + "x":                                  "line 1",
		"a@x.example\ncaf\xe9":                                         "neither UTF-8 nor UTF-16",
	} {
		_, err := input.ParseList([]byte(text))
		if want == "" {
			require.NoError(t, err, "%q", text)
			continue
		}
		require.ErrorContains(t, err, want, "%q", text)
	}
}

func TestReadPerson(t *testing.T) {
	id := func(p input.Person) string { return p.ID }
	email := func(p input.Person) string { return p.Email.Address }
	phone := func(p input.Person) string {
		if p.Phone == nil {
			return ""
		}
		return p.Phone.Text()
	}
	user := func(p input.Person) string { return p.Username }
	for text, want := range map[string]struct {
		of    func(input.Person) string
		value string
	}{
		someone:                    {id, someone},
		" \ufeff" + someone + "\n": {id, someone},
		`"` + someone + `",`:       {id, someone},
		"https://dashboard.clerk.com/apps/app_2x/instances/ins_2y/users/" + someone: {id, someone},
		"WARN lockout user=" + someone + " mail=a@b.example":                        {id, someone},
		"ina@pine.example\u200b":              {email, "ina@pine.example"},
		"Ina <ina@pine.example>":              {email, "ina@pine.example"},
		`{"text":"Hello,\nina@pine.example"}`: {email, "ina@pine.example"},
		"请发简历至ina@pine.example":               {email, "ina@pine.example"},
		"+44 (0)20 7946 0018":                 {phone, "+442079460018"},
		"tel:+1-415-555-0142;ext=3":           {phone, "+14155550142"},
		"'+14155550142":                       {phone, "+14155550142"},
		"call +1 415‑555‑0142 now":            {phone, "+14155550142"},
		"maya.o":                              {user, "maya.o"},
		"@maya.o":                             {user, "maya.o"},
		"ma\u200bya.o":                        {user, "maya.o"},
		"14155550199":                         {user, "14155550199"},
	} {
		require.Equal(t, want.value, want.of(input.ParsePerson(text)), "%q", text)
	}
	for _, text := range []string{`Hello,\nina@pine.example`, "a@x.example; b@x.example", someone + " " + someone + "x"} {
		p := input.ParsePerson(text)
		require.Empty(t, p.ID+p.Email.Address+p.Username, "%q", text)
		require.Equal(t, 2, p.Found.Count(), "%q", text)
	}
	require.Equal(t, input.Person{Text: "Maya Okafor"}, input.ParsePerson("Maya Okafor"), "a name is nobody")
}

// Two columns that may identify two people are refused. Columns that identify nobody do
// not matter.
func TestParseList_ColumnsOfTwoPeopleAreRefused(t *testing.T) {
	for _, line := range []string{"ina@pine.example,+12079460018", "+44 20 7946 0018;ina@pine.example", "ina@pine.example\t020 7946 0018"} {
		_, err := input.ParseList([]byte("email,phone\n" + line + "\n"))
		require.ErrorContains(t, err, "line 2", line)
		require.ErrorContains(t, err, "an e-mail address and a phone number", line)
	}
	for line, want := range map[string]string{
		"ina@pine.example,2026-08-01":                   "ina@pine.example",
		"ina@pine.example,1700000000000":                "ina@pine.example",
		"Ina,+44 20 7946 0018":                          "+44 20 7946 0018",
		"user_2Kz7Q9mXcVbNhJ4tR8sW3yL6pD1,+12079460018": "user_2Kz7Q9mXcVbNhJ4tR8sW3yL6pD1",
	} {
		people, err := input.ParseList([]byte(line + "\n"))
		require.NoError(t, err, line)
		require.Equal(t, []string{want}, people, line)
	}
}
