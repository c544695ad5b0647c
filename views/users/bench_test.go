package users_test

import (
	"testing"

	tea "charm.land/bubbletea/v2"

	"frontdesk/tui"
	"frontdesk/tui/tuitest"
	"frontdesk/views/users"
	"frontdesk/views/viewtest"
)

// held is the most rows that a list holds in memory.
const held = 1500

// seat returns a list with that many rows loaded, and a screen to draw it on.
func seat(b *testing.B, crowd, width, height int) (tui.View, *tuitest.Driver, tui.Screen) {
	b.Helper()
	bench := viewtest.NewWithUsers(b, crowd)
	v := users.New(bench.Env)
	d := runs(b, bench, v, width, height+3)
	for range min(crowd, held) / (height - 5) {
		d.Press("pgdown")
	}
	return v, d, tui.Screen{Width: width, Height: height, Styles: tui.NewStyles(tuitest.Theme("test")), Keys: keys(b), Now: bench.Clock.Now()}
}

func BenchmarkView(b *testing.B) {
	for name, search := range map[string]string{"all": "", "search": "ma"} {
		for kind, width := range map[string]int{"preview": 120, "rows": 99} {
			b.Run(name+"/"+kind, func(b *testing.B) {
				v, d, s := seat(b, held, width, 37)
				if search != "" {
					d.Press("/")
					d.Type(search)
				}
				b.ReportAllocs()
				for b.Loop() {
					v.View(s)
				}
			})
		}
	}
}

// BenchmarkMove measures finding and running the action of a key.
func BenchmarkMove(b *testing.B) {
	v, d, s := seat(b, held, 120, 37)
	d.Press("g")
	v.View(s)
	down := tea.Key(tuitest.Key("j"))
	b.ReportAllocs()
	for b.Loop() {
		a, _ := s.Keys.Find(down, v.Actions())
		a.Do()
	}
}

// BenchmarkKey measures everything between a key and its frame.
func BenchmarkKey(b *testing.B) {
	v, d, s := seat(b, held, 120, 37)
	d.Press("g")
	keys := []tea.Key{tea.Key(tuitest.Key("j")), tea.Key(tuitest.Key("pgdown")), tea.Key(tuitest.Key("k")), tea.Key(tuitest.Key("pgup"))}
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		a, _ := s.Keys.Find(keys[i%len(keys)], v.Actions())
		a.Do()
		v.View(s)
		i++
	}
}

// BenchmarkType measures a key in the box until local matches are shown.
func BenchmarkType(b *testing.B) {
	v, d, s := seat(b, held, 120, 37)
	d.Press("/")
	v.View(s)
	keys := []tea.Msg{tuitest.Key("m"), tuitest.Key("a"), tuitest.Key("backspace"), tuitest.Key("backspace")}
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		v.Update(keys[i%len(keys)])
		i++
	}
}

// BenchmarkMoveMarked is BenchmarkMove with all users marked.
func BenchmarkMoveMarked(b *testing.B) {
	v, d, s := seat(b, 1248, 120, 37)
	d.Press("v", "G", "v")
	v.View(s)
	down := tea.Key(tuitest.Key("j"))
	b.ReportAllocs()
	for b.Loop() {
		a, _ := s.Keys.Find(down, v.Actions())
		a.Do()
	}
}
