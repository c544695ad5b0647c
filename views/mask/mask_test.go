package mask_test

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/views/mask"
	"frontdesk/views/userfmt"
)

func text(s string) clean.Text { return clean.NewText(s) }

const maya = `{"id":"user_2xkMayaOkaforAbCdEf9aQ","object":"user","username":"maya.o","first_name":"Maya","last_name":"Okafor",
"external_id":"crm-88131","locale":"en-NG","timezone":"Africa/Lagos","image_url":"https://img.example/maya.png","has_image":true,
"primary_email_address_id":"idn_11AbCdEfGhIj","primary_phone_number_id":"idn_22AbCdEfGhIj",
"email_addresses":[{"id":"idn_11AbCdEfGhIj","object":"email_address","email_address":"maya@harborpine.example","verification":{"status":"verified","strategy":"email_code"},"linked_to":[]},
{"id":"idn_33AbCdEfGhIj","object":"email_address","email_address":"okafor@mail.example","verification":null,"linked_to":[]}],
"phone_numbers":[{"id":"idn_22AbCdEfGhIj","object":"phone_number","phone_number":"+14155550142","linked_to":[]}],
"passkeys":[{"id":"idn_44AbCdEfGhIj","object":"passkey","name":"Maya's iPhone"}],
"organization_memberships":[{"id":"orgmem_1AbCdEfGhIj","role":"org:admin","organization":{"id":"org_1AbCdEfGhIjK","name":"Pine Outfitters","slug":"pine-outfitters"}}],
"public_metadata":{"plan":"gold-8231","seats":4711,"vip":true,"nick":null},"private_metadata":{},"unsafe_metadata":{"nested":[{"street":"12 Quay Road"}]},
"password_enabled":true,"two_factor_enabled":false,"banned":false,"locked":false,"lockout_expires_in_seconds":null,"last_sign_in_at":1768619811660,"created_at":1768619811660,
"something_new":"a value nobody has thought of"}`

func user(t *testing.T, body string) *api.User {
	t.Helper()
	var u api.User
	require.NoError(t, json.Unmarshal([]byte(body), &u))
	u.Body = json.RawMessage(body)
	return &u
}

// facts are what of Maya must not be seen.
func facts() []string {
	return []string{"Maya", "Okafor", "maya.o", "harborpine", "mail.example", "415", "0142", "2xkMaya", "AbCdEf", "9aQ", "88131",
		"Lagos", "en-NG", "maya.png", "iPhone", "Pine", "pine-outfitters", "gold", "4711", "Quay", "nobody has thought"}
}

func TestUser_HoldsNothingOfTheOriginal(t *testing.T) {
	m, u := mask.New(true), user(t, maya)
	shown := m.User(u)
	all := fmt.Sprintf("%s %s", dump(reflect.ValueOf(*shown)), shown.Body)
	for _, fact := range facts() {
		require.NotContains(t, all, fact)
	}
	require.Equal(t, []string{"Person 1", "person1@domain1.example", "user_••••0001"}, userfmt.Identify(shown))
	require.Equal(t, "+•••• 0001", userfmt.Phone(shown.Phone()))
	require.Equal(t, "person1-2@domain2.example", shown.EmailAddresses[1].EmailAddress.Raw())
	require.Equal(t, "Organization 1", shown.OrganizationMemberships[0].Organization.Name.Raw())
	require.Equal(t, "verified", shown.EmailAddresses[0].Verification.Status.Raw(), "states stay")
	require.Equal(t, u.CreatedAt, shown.CreatedAt, "times stay")
	require.True(t, shown.Masked)
	require.False(t, shown.HasImage)
	require.Equal(t, "Maya", u.FirstName.Raw(), "the original is left as it is")
	require.Equal(t, "maya@harborpine.example", u.EmailAddresses[0].EmailAddress.Raw())
}

// dump is every text in a value.
func dump(v reflect.Value) string {
	switch {
	case v.Type() == reflect.TypeFor[clean.Text]():
		return v.Interface().(clean.Text).Raw() + "\n"
	case v.Type() == reflect.TypeFor[json.RawMessage]():
		return string(v.Bytes()) + "\n"
	case v.Kind() == reflect.Pointer && !v.IsNil():
		return dump(v.Elem())
	}
	var b strings.Builder
	switch v.Kind() {
	case reflect.Slice:
		for i := range v.Len() {
			b.WriteString(dump(v.Index(i)))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				b.WriteString(dump(v.Field(i)))
			}
		}
	}
	return b.String()
}

func TestUser_TheAnswerKeepsItsKeys(t *testing.T) {
	m, u := mask.New(true), user(t, maya)
	body := string(m.User(u).Body)
	require.True(t, json.Valid([]byte(body)))
	require.Regexp(t, `^\{"id":"user_••••0001","object":"user","username":"person1","first_name":"Person","last_name":"1",`, body)
	require.Contains(t, body, `"public_metadata":{"plan":"••••","seats":"••••","vip":true,"nick":null}`)
	require.Contains(t, body, `"unsafe_metadata":{"nested":[{"street":"••••"}]}`)
	require.Contains(t, body, `"created_at":1768619811660`)
	require.Contains(t, body, `"name":"Organization 1"`)
	require.Regexp(t, `"something_new":"••••\d+"`, body, "what nobody has thought of is masked")
	require.Equal(t, `"••••"`, string(m.User(&api.User{ID: text("user_x"), Body: json.RawMessage(`{"broken`)}).Body))
}

func TestUser_IsTheSamePersonThroughTheSession(t *testing.T) {
	m, u := mask.New(true), user(t, maya)
	first := m.User(u)
	require.Same(t, first, m.User(u), "drawing fifty rows a frame copies nothing")
	require.Same(t, first, m.User(first), "a mask has no mask")
	again := *u
	again.FirstName = text("Mia")
	require.Equal(t, userfmt.Identify(first), userfmt.Identify(m.User(&again)))
	require.Equal(t, "Person 2", userfmt.Name(m.User(&api.User{ID: text("user_other"), FirstName: text("Sam"), LastName: text("Carter")})))
	m.Toggle()
	require.Same(t, u, m.User(u))
	m.Toggle()
	require.Equal(t, "Person 1", userfmt.Name(m.User(u)))
}

func TestUser_WithoutANameIsCalledByItsOtherMasks(t *testing.T) {
	m := mask.New(true)
	phone := &api.User{ID: text("user_a"), PhoneNumbers: []api.PhoneNumber{{ID: text("idn_a"), PhoneNumber: text("+14155550142")}}}
	require.Equal(t, "+•••• 0001", userfmt.Name(m.User(phone)))
	require.Equal(t, "Person 2", userfmt.Name(m.User(&api.User{ID: text("user_b"), LastName: text("Okafor")})))
	require.Equal(t, "user_••••0003", userfmt.Name(m.User(&api.User{ID: text("user_c")})))
}

func TestMask_OffIsTransparent(t *testing.T) {
	u := user(t, maya)
	for _, m := range []*mask.Mask{nil, mask.New(false)} {
		require.Same(t, u, m.User(u))
		require.Equal(t, "maya@harborpine.example", m.Text("maya@harborpine.example"))
		require.Equal(t, "Maya", m.Value("Maya"))
		require.Equal(t, "Maya", m.Field("Maya"))
		require.False(t, m.On())
		s := api.Session{ID: text("sess_1")}
		require.Equal(t, s, mask.Copy(m, s))
		m.Note(u)
	}
}

func TestText_ReplacesWhomItKnowsAndWhatLooksLikeThem(t *testing.T) {
	m, u := mask.New(true), user(t, maya)
	m.User(u)
	for says, want := range map[string]string{
		"Banned Maya Okafor · maya@harborpine.example; reason: spam":    "Banned Person 1 · person1@domain1.example; reason: spam",
		"Maya Okafor: +1 (415) 555-0142 (user_2xkMayaOkaforAbCdEf9aQ).": "Person 1: +•••• 0001 (user_••••0001).",
		"“maya.o” is taken":                      "“person1” is taken",
		"user_2xk…f9aQ in Pine Outfitters":       "user_••••0001 in Organization 1",
		"all 2 have an address at mail.example":  "all 2 have an address at domain2.example",
		"who@else.example has it":                "••••@•••• has it",
		"call +44 20 7946 0958 now":              "call +•••• now",
		"no user user_3AbCdEfGhIjKlMn was found": "no user user_•••• was found",
		"from 203.0.113.7":                       "from ••••",
		"14155550142 is taken, and 4155550142":   "+•••• 0001 is taken, and +•••• 0001",
		"call 1-415-555-0199 or 415.555.0198":    "call 1-•••• or ••••",
		"12125550187 is not theirs":              "•••• is not theirs",
		"Mayanne Okafors stay":                   "Mayanne Okafors stay",
		"1–32 of 1,248, 47 minutes, 12.5 %":      "1–32 of 1,248, 47 minutes, 12.5 %",
	} {
		require.Equal(t, want, m.Text(says))
		require.Equal(t, want, m.Text(m.Text(says)), "masked twice is masked once")
	}
}

func TestText_ANameOfSeveralIsNobodysMask(t *testing.T) {
	m := mask.New(true)
	for _, id := range []string{"user_a", "user_b"} {
		m.User(&api.User{ID: text(id), FirstName: text("Sam"), LastName: text("Carter")})
	}
	require.Equal(t, "Banned Person ••••", m.Text("Banned Sam Carter"), "which of them is not known")
}

func TestToggle_FindsThoseWhomNoticesSpokeOf(t *testing.T) {
	m, u := mask.New(false), user(t, maya)
	m.Note(u)
	m.Toggle()
	require.Equal(t, "Banned Person 1", m.Text("Banned Maya Okafor"))
}

func TestCopy_MasksASession(t *testing.T) {
	m := mask.New(true)
	s := mask.Copy(m, api.Session{ID: text("sess_2AbCdEfGhIj"), Status: text("active"), Actor: json.RawMessage(`{"sub":"user_1"}`),
		LatestActivity: &api.Activity{BrowserName: text("Firefox"), City: text("Lagos"), Country: text("Nigeria"), IPAddress: text("203.0.113.7")}})
	require.Equal(t, "sess_••••0001", s.ID.Raw())
	require.Equal(t, "active", s.Status.Raw())
	require.Equal(t, `{"sub":"••••"}`, string(s.Actor))
	require.Equal(t, []string{"Firefox", "City 1", "Country 1", "IP ••••1"},
		[]string{s.LatestActivity.BrowserName.Raw(), s.LatestActivity.City.Raw(), s.LatestActivity.Country.Raw(), s.LatestActivity.IPAddress.Raw()})
}

func BenchmarkUser_FiftyRows(b *testing.B) {
	users := make([]*api.User, 50)
	for i := range users {
		var u api.User
		if err := json.Unmarshal([]byte(maya), &u); err != nil {
			b.Fatal(err)
		}
		u.ID = text(fmt.Sprint("user_", i))
		users[i] = &u
	}
	for name, m := range map[string]*mask.Mask{"off": mask.New(false), "on": mask.New(true)} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				for _, u := range users {
					m.User(u)
				}
			}
		})
	}
}
