package users_test

import (
	"fmt"
	"strconv"
	"testing"

	"frontdesk/api/sandbox/store"
	"frontdesk/views/users"
	"frontdesk/views/viewtest"
)

// BenchmarkKeyMany measures keys in a list in which a user has very many addresses and
// phone numbers: moving over them, a search, the menu and back.
func BenchmarkKeyMany(b *testing.B) {
	for _, n := range []int{1, 20_000} {
		for name, keys := range map[string][]string{"move": {"j", "k"}, "search": {"/", "d", "a", "n", "esc", "esc"}, "menu": {"x", "down", "esc"}, "remove": {"x", "r", "e", "m", "o", "v", "e", "space", "e", "enter", "down", "esc"}} {
			b.Run(strconv.Itoa(n)+" addresses, "+name, func(b *testing.B) {
				bench := viewtest.NewWithUsers(b, 60)
				u := bench.FindUser("Daniel Reyes")
				bench.EditUser(u, func(r *store.User) {
					like := r.Emails[0]
					for i := 1; i < n; i++ {
						e := like
						e.ID, e.Address = like.ID+strconv.Itoa(i), fmt.Sprintf("dan+%d@pine.example", i)
						r.Emails = append(r.Emails, e)
					}
				})
				d := runs(b, bench, users.New(bench.Env), 120, 40)
				d.Press("/")
				d.Type("dan")
				d.Press("enter")
				d.Has("Daniel Reyes")
				i := 0
				for b.Loop() {
					d.Press(keys[i%len(keys)])
					i++
				}
			})
		}
	}
}
