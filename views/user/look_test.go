package user_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"frontdesk/tui"
	"frontdesk/views/user"
	"frontdesk/views/viewtest"
)

type cardRoot struct{ *user.Card }

func (cardRoot) Title() string           { return "Users" }
func (c cardRoot) Actions() []tui.Action { return nil }
func (cardRoot) Typing() bool            { return false }
func (c cardRoot) View(s tui.Screen) tui.Frame {
	s.Width = 38
	return tui.Frame{Content: c.Card.View(s)}
}

func TestLook(t *testing.T) {
	dir := os.Getenv("LOOK")
	if dir == "" {
		t.Skip()
	}
	b := viewtest.New(t)
	for _, who := range []string{"Daniel Reyes", "Maya Okafor", "Priya Raman"} {
		for _, size := range [][2]int{{120, 40}, {80, 24}, {60, 20}} {
			d := b.Drive(user.NewDetail(b.Env, b.Find(who)), size[0], size[1])
			for i := range 6 {
				os.WriteFile(fmt.Sprintf("%s/%s-%d-%d.ansi", dir, strings.Fields(who)[0], size[0], i), []byte(d.Styled()), 0o644)
				d.Press("]")
			}
		}
	}
}
