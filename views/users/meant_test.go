package users_test

import (
	"testing"
	"time"
)

func TestGoToFindsPeople(t *testing.T) {
	_, d := drive(t, 60, 110, 30)
	d.Press(":")
	d.Type("maya oka")
	d.Has("▌ Find “maya oka” among users")
	d.Press("enter")
	d.Advance(time.Second)
	d.Has("/ maya oka", "1 found")

	d.Press(":")
	d.Type("maya@harborpine.example")
	d.Has("▌ Open maya@harborpine.example")
	d.Press("enter")
	d.Advance(time.Second)
	d.Has("Overview", "Maya Okafor")

	d.Press(":") // from somebody's screen too
	d.Type("daniel")
	d.Has("▌ Find “daniel” among users")
	d.Press("enter")
	d.Advance(time.Second)
	d.Lacks("Overview")
	d.Has("/ daniel", "Daniel Reyes")
	d.Press("-")
	d.Has("Overview", "Maya Okafor")
}
