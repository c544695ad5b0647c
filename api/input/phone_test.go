package input_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"frontdesk/api/input"
)

func TestReadPhone_Formats(t *testing.T) {
	for text, want := range map[string]string{
		// The national trunk zero is not part of the number.
		"+44 (0)20 7946 0018":                        "+442079460018",
		"+44(0)2079460018":                           "+442079460018",
		"0044 (0) 20 7946 0018":                      "+442079460018",
		"+44 020 7946 0018":                          "+442079460018",
		"(+44) 20 7946 0018":                         "+442079460018",
		"011 44 20 7946 0018":                        "+442079460018",
		"+49 (0)171 5550142":                         "+491715550142",
		"+353 (0)1 555 0142":                         "+35315550142",
		"+91-(0)22-5555-0142":                        "+912255550142",
		"+39 06 5555 0142":                           "+390655550142", // in Italy it is
		"+39 (0)6 5555 0142":                         "+390655550142",
		"+225 07 07 55 01 42":                        "+2250707550142",
		"+227 08 12 34 56":                           "+22708123456", // Niger has no trunk zero
		"+679 0800 555 0142":                         "+67908005550142",
		"+47 02000":                                  "+4702000",
		"+36 06 20 555 0142":                         "+36205550142", // Hungary dials 06
		"+36 (06) 20 5550142":                        "+36205550142",
		"+370 (8) 612 34567":                         "+37061234567", // Lithuania 8
		"+7 (8) 495 555-0142":                        "+74955550142",
		"+65 (8) 555 0142":                           "+6585550142", // in Singapore it is a digit
		"+1 (415) 555-0142":                          "+14155550142",
		"001-415-555-0142":                           "+14155550142",
		"1/415/5550142":                              "14155550142",
		"(020) 7946 0018":                            "2079460018",
		"(0)20 7946 0018":                            "2079460018",
		"415 555 0142":                               "4155550142",
		"0142":                                       "0142",
		"٠١٤٢":                                       "0142",
		"०१४२":                                       "0142",
		"𝟎𝟏𝟒𝟐":                                       "0142",
		"+１４１５５５５０１４２":                               "+14155550142",
		"\u202d+1 (415) 555-0142\u202c":              "+14155550142",
		"\ufeff+1\u00a0415\u202f555\u20090142\u200b": "+14155550142",
		"+1−415−555−0142":                            "+14155550142",
		"+1‐415‑555‒0142":                            "+14155550142",
		"+1–415—555―0142":                            "+14155550142",
		"+1ー415ー555ー0142":                            "+14155550142",
		"＋1（415）555－0142":                            "+14155550142",
		"+1.415.555.0142":                            "+14155550142",
		"+1·415·555·0142":                            "+14155550142",
		"+1 [415] 555 0142":                          "+14155550142",
		"tel:+1-415-555-0142":                        "+14155550142",
		"TEL: +1 415 555 0142":                       "+14155550142",
		"'+14155550142":                              "+14155550142", // as spreadsheets store it
		"'4155550142":                                "4155550142",
	} {
		phone, err := input.ParsePhone(text)
		require.NoError(t, err, "%q", text)
		require.Equal(t, want, phone.Text(), "%q", text)
		require.Empty(t, phone.Extension, "%q", text)
		again, err := input.ParsePhone(phone.Text())
		require.NoError(t, err)
		require.Equal(t, phone.Text(), again.Text(), "%q reads as itself", text)
	}
}

func TestReadPhone_Extensions(t *testing.T) {
	for text, want := range map[string]string{
		"+1 415 555 0142 ext 3": "3", "+1 415 555 0142 ext. 3": "3", "+1 415 555 0142 x33": "33", "(415) 555-0142 extension 7": "7",
		"+1 415 555 0142, ext 3": "3", "tel:+1-415-555-0142;ext=3": "3", "+1 415 555 0142 #12": "12", "+1 415 555 0142 EXTN 9": "9",
	} {
		phone, err := input.ParsePhone(text)
		require.NoError(t, err, "%q", text)
		require.Equal(t, want, phone.Extension, "%q", text)
		require.Contains(t, phone.Digits, "4155550142", "%q", text)
	}
}

func TestReadPhone_RejectsOtherText(t *testing.T) {
	for _, text := range []string{"", "12", "00", "maya", "0142a", "user 0142", "10:30", "1,234", "+", "()", "1+2", "415+5550142", "++14155550142",
		"a@b.example", "x3", "123 x4", "#12", "$100", "50%", "²³¹", "½½½", "Ⅷ Ⅷ Ⅷ"} {
		_, err := input.ParsePhone(text)
		require.Error(t, err, "%q", text)
	}
}

func TestPhone_E164(t *testing.T) {
	for text, want := range map[string]string{
		"+1 (415) 555-0142": "+14155550142", "0044 20 7946 0018": "+442079460018",
		"415 555 0142": "", "14155550142": "", "555-0142": "", "+1 415": "", "+1234567890123456": "", "+0 415 555 0142": "+4155550142",
	} {
		phone, err := input.ParsePhone(text)
		require.NoError(t, err, "%q", text)
		number, ok := phone.E164()
		require.Equal(t, want != "", ok, "%q", text)
		if ok {
			require.Equal(t, want, number, "%q", text)
		}
	}
	phone, err := input.ParsePhone("415 555 0142")
	require.NoError(t, err)
	require.Equal(t, []string{"+4155550142", "+14155550142"}, phone.Candidates(), "without a country it may be North America's")
}

// A number that was stored with its trunk zero is found as it is.
func TestPhone_MatchesAStoredTrunkZero(t *testing.T) {
	for text, want := range map[string][]string{
		"+4402079460018": {"+442079460018", "+4402079460018"}, "+44 020 7946 0018": {"+442079460018", "+4402079460018"},
		"+44 (0)20 7946 0018": {"+442079460018"}, "+390655550142": {"+390655550142"}, "+442079460018": {"+442079460018"},
	} {
		phone, err := input.ParsePhone(text)
		require.NoError(t, err)
		require.Equal(t, want, phone.Candidates(), text)
	}
}

func TestReadPhone_TrunkPrefixNeedsACountry(t *testing.T) {
	for _, text := range []string{"020 7946 0018", "0800 123 4567", "0207 946 0018", "8 (495) 123-45-67", "030 1234567", "(0)20 7946 0018", "(020) 7946 0018", "02079460018", "0 800 555 35 35"} {
		phone, err := input.ParsePhone(text)
		require.NoError(t, err, text)
		require.True(t, phone.NeedsCountry(), text)
		require.Empty(t, phone.Candidates(), text)
		_, whole := phone.E164()
		require.False(t, whole, text)
	}
	for _, text := range []string{"0142", "415 555 0142", "+44 020 7946 0018", "0044 20 7946 0018", "8005550142", "0011 44 20 7946 0018"} {
		phone, err := input.ParsePhone(text)
		require.NoError(t, err, text)
		require.False(t, phone.NeedsCountry(), text)
	}
}

func TestReadPhone_ChecksLength(t *testing.T) {
	for _, text := range []string{"+1 415 555 0142 / 43", "+1 415 555 0142/43", "+44 20 7946 0018 / 19", "+44 20 7946 0018/19", "+44 20 7946 0018 -3", "+1 415 555 0142 -3", "+32 2 123 45 67 / 0019"} {
		_, err := input.ParsePhone(text)
		require.ErrorContains(t, err, "not several", text)
	}
	for _, text := range []string{"+1 415 555 01423", "+1 415 555 014", "+7 495 123 45 678", "+1 415 555 0142 43"} {
		phone, err := input.ParsePhone(text)
		require.NoError(t, err, text)
		_, whole := phone.E164()
		require.False(t, whole, text)
		require.Contains(t, phone.WrongLength(), "must have ten digits after +", text)
		require.Empty(t, phone.Candidates(), text)
	}
	for text, want := range map[string]string{"0011 44 20 7946 0018": "+442079460018", "+7 8 495 123 45 67": "+74951234567", "+7 800 555 35 35": "+78005553535",
		"+44/20/7946/0018": "+442079460018", "+49 30/1234567": "+49301234567", "+33/1/23/45/67/89": "+33123456789", "+33-1-23-45-67-89": "+33123456789"} {
		phone, err := input.ParsePhone(text)
		require.NoError(t, err, text)
		number, whole := phone.E164()
		require.True(t, whole, text)
		require.Equal(t, want, number, text)
	}
}

func FuzzReadPhone(f *testing.F) {
	f.Add("+44 (0)20 7946 0018")
	f.Add("'+1\u2212415 555 0142 ext 3")
	f.Add("(0)(0)٠١٤٢")
	f.Add("001000000000000")
	f.Fuzz(func(t *testing.T, text string) {
		phone, err := input.ParsePhone(text)
		if err != nil {
			return
		}
		for _, r := range phone.Digits {
			require.True(t, r >= '0' && r <= '9', "%q", text)
		}
		require.GreaterOrEqual(t, len(phone.Digits), input.MinPartDigits, "%q", text)
		again, err := input.ParsePhone(phone.Text())
		require.NoError(t, err, "%q", text)
		if number, ok := phone.E164(); ok {
			same, _ := again.E164()
			require.Equal(t, number, same, "%q", text)
		}
	})
}
