package user_test

import (
	"slices"
	"strconv"
	"testing"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/tui"
	"frontdesk/tui/tuitest"
	"frontdesk/views/user"
	"frontdesk/views/viewtest"
)

func BenchmarkDetail(b *testing.B) {
	now := tuitest.NewClock().Now()
	s := tui.Screen{Width: 120, Height: 37, Styles: tui.NewStyles(tuitest.Theme("colour")), Keys: viewtest.Keys(b), Now: now, Breadcrumb: []string{"Users", "someone"}}
	for _, who := range []string{"plain", "hostile"} {
		u := bigList(now)[who]
		b.Run("card "+who, func(b *testing.B) {
			card := user.NewCard(env(now))
			card.Show(u)
			for b.Loop() {
				card.View(s)
			}
		})
		b.Run("5000 sessions "+who, func(b *testing.B) {
			e := env(now)
			hang(e, u, u.FirstName.Raw())
			all := &e.UserCache().Update(u).Sessions
			rows := slices.Repeat(all.Rows[:1], 5000)
			for i := range rows {
				rows[i].ID = clean.NewText(strconv.Itoa(i))
			}
			all.SetIfNewer(api.Page[api.Session]{Rows: rows, Total: 5000}, now, now)
			d := user.NewDetail(e, u)
			d.Init()
			find(b, d, "user.tab.sessions").Do()
			d.View(s)
			for b.Loop() {
				d.View(s)
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
