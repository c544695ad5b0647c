package user_test

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/stretchr/testify/require"

	"frontdesk/tui/text"
	"frontdesk/tui/tuitest"
	"frontdesk/views/viewtest"
)

// clickTab clicks on the last cell of a word in the row of tabs.
func clickTab(t *testing.T, d *tuitest.Driver, word string) {
	t.Helper()
	for y, l := range strings.Split(d.Screen(), "\n") {
		if at := strings.Index(l, word); at >= 0 && (strings.Contains(l, "Overview") || strings.Contains(l, "‹")) {
			d.Send(tea.MouseClickMsg{X: text.Width(l[:at]+word) - 1, Y: y, Button: tea.MouseLeft})
			return
		}
	}
	t.Fatalf("no tab %q:\n%s", word, d.Screen())
}

func TestDetail_ClickOpensATab(t *testing.T) {
	b := viewtest.New(t)
	d, _ := open(t, b, "Daniel Reyes")
	d.Press("M")
	for _, size := range [][2]int{{120, 40}, {80, 24}} {
		d.Resize(size[0], size[1])
		clickTab(t, d, "Security")
		d.Has("Authenticator app")
		clickTab(t, d, "Contact")
		d.Lacks("Authenticator app")
		d.Has("E-MAIL")
	}
	d.Resize(48, 24) // only the open tab fits
	require.Contains(t, d.Screen(), "‹ Contact ›")
	clickTab(t, d, "›")
	d.Has("‹ Security ›")
	clickTab(t, d, "‹")
	d.Has("‹ Contact ›")
}

func TestDetail_DrawsNoHeadingWithoutContent(t *testing.T) {
	b := viewtest.New(t)
	d, _ := open(t, b, "Daniel Reyes")
	for _, tab := range []string{"1", "6"} {
		d.Press(tab)
		for rows := 16; rows < 45; rows++ {
			d.Resize(100, rows)
			screen := strings.Split(d.Screen(), "\n")
			last := strings.TrimSpace(screen[len(screen)-3])
			require.NotRegexp(t, `^[A-Z][A-Z ]+[A-Z]$|METADATA  `, last, "at %d rows of tab %s", rows, tab)
		}
	}
}

func TestMetadataTab_EnterOpensTheEditor(t *testing.T) {
	b := viewtest.New(t)
	d, _ := open(t, b, "Daniel Reyes")
	d.Press("6")
	d.Has("enter merge metadata")
	d.Press("enter")
	d.Has("Merge metadata", "No changes yet")
	d.Press("esc", "1")
	d.Lacks("enter merge metadata")
}
