package user_test

import (
	"testing"

	"frontdesk/tui"
	"frontdesk/tui/tuitest"
	"frontdesk/views/user"
	"frontdesk/views/viewtest"
)

func BenchmarkDetail(b *testing.B) {
	now := tuitest.NewClock().Now()
	s := tui.Screen{Width: 120, Height: 37, Styles: tui.NewStyles(tuitest.Theme("colour")), Keys: viewtest.Keys(b), Now: now, Trail: []string{"Users", "someone"}}
	for _, who := range []string{"plain", "hostile"} {
		u := crowd(now)[who]
		b.Run("card "+who, func(b *testing.B) {
			card := user.NewCard(env(now))
			card.Show(u)
			for b.Loop() {
				card.View(s)
			}
		})
		b.Run("detail "+who, func(b *testing.B) {
			d := user.NewDetail(env(now), u)
			for b.Loop() {
				d.View(s)
			}
		})
	}
}
