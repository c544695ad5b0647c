package action_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"frontdesk/views/viewtest"
)

// posted are the requests to make something that went out.
func posted(b *viewtest.Harness) (n int) {
	for _, line := range b.Transport.Requests() {
		if strings.HasPrefix(line, http.MethodPost) {
			n++
		}
	}
	return n
}

// Nothing unverified becomes primary, so that is said in the form, and not sent.
func TestAddContact_WarnsOfPrimaryAndUnverified(t *testing.T) {
	for title, value := range map[string]string{"Add e-mail address": "new@pine.example", "Add phone number": "+14155550177"} {
		b := viewtest.New(t)
		d, _ := sit(t, b, "Maya Okafor")
		pick(d, title)
		d.Dialog().Expect(title)
		d.Type(value)
		d.Press("tab", "tab", "right") // Primary: yes
		d.Has("✗ only a verified", "will be refused: only a verified")
		d.Lacks("makes it the primary")
		d.Press("tab", "space", "tab", "space", "tab", "space", "shift+tab", "shift+tab", "shift+tab", "tab")
		d.Dialog().Expect(title, "✗ only a verified")
		d.Press("ctrl+s", "y")
		require.True(t, d.Asking(), d.Screen())
		require.Zero(t, posted(b), "nothing was sent")
	}
}

func TestAddContact_AsksWhetherTheCallerWasChecked(t *testing.T) {
	for _, choose := range [][]string{{"tab", "right", "tab"}, {"tab", "right", "tab", "right"}} {
		b := viewtest.New(t)
		d, u := sit(t, b, "Daniel Reyes")
		pick(d, "Add e-mail address")
		d.Dialog().Expect("Add e-mail address")
		d.Type("new@pine.example")
		d.Lacks("you reached the caller", "Type the last four")
		d.Press(choose...)
		d.Has("[ ] you reached the caller", "they have this e-mail address", "on your word, without a code")
		d.Press("tab")
		d.Type("by phone")
		d.Press("ctrl+s", "y")
		d.Has("check every item first")
		require.Zero(t, posted(b))
		d.Press("space", "enter", "space", "enter", "space", "enter")
		d.Type("1111")
		d.Has("that does not match: type " + lastFour(u) + ", the last four")
		d.Press("enter", "y")
		require.Zero(t, posted(b))
		d.Press("ctrl+u")
		d.Type(" " + lastFour(u) + " ")
		d.Press("enter", "y")
		d.WaitFor("Added an e-mail address")
		require.Equal(t, 1, posted(b))
	}
	b := viewtest.New(t)
	d, _ := sit(t, b, "Daniel Reyes")
	pick(d, "Add e-mail address")
	d.Dialog().Expect("Add e-mail address")
	d.Type("new@pine.example")
	d.Press("enter", "enter", "enter")
	d.Type("by phone")
	d.Press("enter", "y")
	d.WaitFor("Added an e-mail address")
}

// The first of its kind is primary by itself, verified or not.
func TestAddContact_FirstIsPrimary(t *testing.T) {
	b := viewtest.New(t)
	d, _ := sit(t, b, "Daniel Reyes") // has no number
	pick(d, "Add phone number")
	d.Dialog().Expect("Add phone number", "becomes the primary phone number, as the first one")
	d.Type("+14155550177")
	d.Press("tab", "tab", "right")
	d.Has("makes it the primary phone number", "stays unverified")
	d.Lacks("only a verified")
}
