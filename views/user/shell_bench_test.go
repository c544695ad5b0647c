package user_test

import (
	"fmt"
	"strconv"
	"testing"

	"frontdesk/api/sandbox/store"
	"frontdesk/views/user"
	"frontdesk/views/viewtest"
)

// BenchmarkKeyMany measures a key through the whole program, on a user with very many
// addresses from a real server.
func BenchmarkKeyMany(b *testing.B) {
	for _, n := range []int{1, 20_000} {
		for _, tab := range []string{"1", "2"} {
			b.Run(strconv.Itoa(n)+" addresses, tab "+tab, func(b *testing.B) {
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
				d := bench.Drive(user.NewDetail(bench.Env, bench.ReloadUser(u)), 120, 40)
				d.Press(tab)
				for b.Loop() {
					d.Press("j")
				}
			})
		}
	}
}
