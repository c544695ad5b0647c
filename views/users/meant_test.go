package users_test

import (
	"testing"
	"time"

	"frontdesk/views/viewtest"
)

func TestPalette_FindsUsers(t *testing.T) {
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

	d.Press(":") // from the detail view too
	d.Type("daniel")
	d.Has("▌ Find “daniel” among users")
	d.Press("enter")
	d.Advance(time.Second)
	d.Lacks("Overview")
	d.Has("/ daniel", "Daniel Reyes")
	d.Press("-")
	d.Has("Overview", "Maya Okafor")
}

func TestPalette_OffersBothMeaningsOfAText(t *testing.T) {
	b := viewtest.NewWithUsers(t, 60)
	enrol(t, b)
	d := run(t, b, 120, 40)
	d.Press(":")
	d.Paste(`PINE\nina@pine.example`)
	d.Has("Open ina@pine.example", "Open nina@pine.example")
	d.Press("esc", ":")
	d.Paste("ina@pine.exampleまで")
	d.Has("Open ina@pine.example")
	d.Press("enter")
	d.Has("Users › Ina Holm")
}
