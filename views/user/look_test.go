package user_test

import (
	"os"
	"testing"

	"frontdesk/views/user"
	"frontdesk/views/viewtest"
)

func TestLook(t *testing.T) {
	b := viewtest.New(t)
	d := b.Drive(user.NewDetail(b.Env, b.Find("Daniel Reyes")), 120, 40)
	if f := os.Getenv("LOOK"); f != "" {
		os.WriteFile(f, []byte(d.Styled()), 0o644)
	}
	t.Log("\n" + d.Screen())
}
