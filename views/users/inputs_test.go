package users_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"frontdesk/views/viewtest"
)

// input is what a caller says, and the user it must find first, or the text that must
// be shown.
type input struct {
	typed, who, says string
}

// typedInputs are typed.
func typedInputs() []input {
	return []input{
		// Parts of names, spelled as heard.
		{typed: "maya", who: "Maya Okafor"},
		{typed: "MAYA OKA", who: "Maya Okafor"},
		{typed: "okafor maya", who: "Maya Okafor"},
		{typed: "okafor, maya", says: "No one matches"},
		{typed: "  okafor  ", who: "Maya Okafor"},
		{typed: "nunez", who: "José Núñez"},
		{typed: "NÚÑEZ", who: "José Núñez"},
		{typed: "nunez jose", who: "José Núñez"},
		{typed: "zak", who: "Łukasz Żak"},
		{typed: "lukasz zak", who: "Łukasz Żak"},
		{typed: "o'brien", who: "Siobhán O'Brien"},
		{typed: "o’brien", who: "Siobhán O'Brien"},
		{typed: "王小", who: "王小明"},
		{typed: "小明", who: "王小明"},
		{typed: "王 小明", who: "王小明"},
		{typed: "محمد علي", who: "m.ali@postbox.example"},
		{typed: "Оксана", who: "Оксана Шевченко"},
		{typed: "yilmaz", who: "Şebnem Yılmaz"},
		{typed: "owusu-ansah", who: "Priscilla Owusu-Ansah"},
		{typed: "γεωργιου", who: "Ελένη Γεωργίου"},
		{typed: "okafro", says: "No one matches “okafro”"},
		// Phone numbers in any format.
		{typed: "0142", who: "Maya Okafor"},
		{typed: "555-0142", who: "Maya Okafor"},
		{typed: "(415) 555-0142", who: "Maya Okafor"},
		{typed: "415.555.0142", who: "Maya Okafor"},
		{typed: "+1 415 555 01 42", who: "Maya Okafor"},
		{typed: "001-415-555-0142", who: "Maya Okafor"},
		{typed: "1/415/5550142", who: "Maya Okafor"},
		{typed: "٠١٤٢", who: "Maya Okafor"},
		{typed: "415 555 0156", who: "+1 (415) 555-0156"},
		{typed: "phone:0171 priya", who: "Priya Raman"},
		// Addresses, whole and damaged.
		{typed: "maya@harborpine.example", who: "Maya Okafor"},
		{typed: "MAYA@HarborPine.Example", who: "Maya Okafor"},
		{typed: "maya@harbor", who: "Maya Okafor"},
		{typed: "maya harborpine", who: "Maya Okafor"},
		{typed: "pine-mail", who: "Daniel Reyes"},
		{typed: "email:d.reyes@pine-mail.example", who: "Daniel Reyes"},
		{typed: "mailto:maya@harborpine.example", who: "Maya Okafor"},
		{typed: "priya.r", who: "Priya Raman"},
		{typed: "user:@maya.o", who: "Maya Okafor"},
		{typed: "ext:cust_MO104817", who: "Maya Okafor"},
		// Tokens.
		{typed: "is:locked maya", who: "Maya Okafor"},
		{typed: "is:deprovisioned", who: "Tomasz Wilk"},
		{typed: `name:"sam carter" provider:google`, who: "sam.carter@mail.example"},
		{typed: "sam carter org:northwind-stage", who: "scarter@northwind.example"},
		{typed: "elin is:active has:phone", who: "Elin Berg"},
		{typed: "created:<3h elin", who: "Elin Berg"},
		{typed: "okafor no:mfa", says: "Searched for: “okafor” · no MFA."},
		{typed: "is:lokced", says: "tab is:locked"},
		{typed: "emial:maya", says: "There is no token emial:"},
		// Text that could break a query language.
		{typed: "' OR 1=1 --", says: "No one matches"},
		{typed: `"`, says: "The quotes are empty"},
		{typed: `""`, says: "The quotes are empty"},
		{typed: "name:“sam carter” provider:google", who: "sam.carter@mail.example"},
		{typed: "%", says: "No one matches"},
		{typed: "_%", says: "No one matches"},
		{typed: "maya*", says: "No one matches"},
		{typed: "NEAR(maya okafor)", says: "No one matches"},
		{typed: "maya AND okafor", says: "No one matches"},
		{typed: "^maya", says: "No one matches"},
		{typed: "{email}:maya", says: "No one matches"},
		{typed: `\`, says: "1 found"}, // part of the hostile name
		{typed: "https://example.com/?q=:x", says: "No one matches"},
		{typed: "10:30", says: "No one matches"},
		{typed: `"is:locked"`, says: "No one matches"},
		{typed: "🎷", says: "No one matches"},
		{typed: "-maya", says: "Words cannot be excluded"},
	}
}

func TestSearch_RealInputsFindTheUserOrSayWhyNot(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and the race detector has nothing to add")
	}
	b := viewtest.NewWithUsers(t, 320)
	d := run(t, b, 150, 40)
	for _, in := range typedInputs() {
		d.Press("/")
		d.Burst(strings.Split(in.typed, "")...)
		if in.who != "" {
			require.Contains(t, marked(t, d), in.who, "%q", in.typed)
			d.Lacks("not understood")
		} else {
			require.Contains(t, d.Screen(), in.says, "%q", in.typed)
		}
		d.Press("esc")
		d.Has("of 320")
	}
	// The address alone is also part of another user's.
	for _, text := range []string{
		"Nov 26 10:04:11 web-2 auth[411]: WARN lockout user=" + b.FindUser("Maya Okafor").ID.Raw() + " attempts=10",
		"<maya@harborpine.example>", "tel:+14155550142", "reset?email=maya%40harborpine.example",
	} {
		d.Paste(text)
		d.Has("Users › Maya Okafor")
		d.Press("q", "esc", "esc")
		d.Has("1–33 of 320")
	}
}
