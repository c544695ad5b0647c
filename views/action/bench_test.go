package action_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"frontdesk/api"
	"frontdesk/tui"
	"frontdesk/tui/tuitest"
	"frontdesk/views/action"
	"frontdesk/views/viewtest"
)

// lots is metadata of so many numbers, a line each.
func lots(numbers int) json.RawMessage {
	return json.RawMessage(`{"a":[1` + strings.Repeat(",1", numbers-1) + `]}`)
}

// A key and its picture, in metadata of some and of as many lines as 8 KB have.
func BenchmarkAKeyInMetadata(b *testing.B) {
	for _, lines := range []int{40, 300, 4000} {
		b.Run(fmt.Sprint(lines, " lines"), func(b *testing.B) {
			bench := viewtest.New(b)
			u := bench.Find("Daniel Reyes")
			_, err := bench.Client.ReplaceMetadata(b.Context(), u.ID, api.Metadata{Public: api.Set(lots(lines - 4))})
			require.NoError(b, err)
			all := action.Menu(bench.Env, bench.Fresh(u)).Items
			at := slices.IndexFunc(all, func(a tui.Action) bool { return a.ID == "update_user_metadata" })
			v := all[at].Do()().(tui.PushMsg).View
			s := tui.Screen{Width: 120, Height: 37, Styles: tui.NewStyles(tuitest.Theme("colour")), Keys: viewtest.Keys(b), Now: bench.Clock.Now()}
			v.Update(tuitest.Key("ctrl+end"))
			v.View(s)
			for b.Loop() {
				v.Update(tuitest.Key("space"))
				v.View(s)
				v.Update(tuitest.Key("backspace"))
				v.View(s)
			}
		})
	}
}
