package tour

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/tui"
	"frontdesk/tui/text"
	"frontdesk/tui/tuitest"
)

// situations are screens on which a step may be met.
func situations() (all []facts) {
	caller := &api.User{FirstName: clean.NewText("Maya"), EmailAddresses: []api.EmailAddress{{ID: clean.NewText("idn_1"), EmailAddress: clean.NewText("maya@harborpine.example")}}, PrimaryEmailAddressID: clean.NewText("idn_1")}
	locked := *caller
	locked.Locked = true
	sam := &api.User{FirstName: clean.NewText("Sam"), LastName: clean.NewText("Carter")}
	for _, u := range []*api.User{nil, caller, &locked, sam} {
		for _, at := range []facts{{isList: true}, {isPerson: true}, {isJournal: true}, {}} {
			for _, question := range []string{"", "unlock_user", "lock_user", "ban_user", "users_ban"} {
				for _, search := range []string{"", tail, name, ring} {
					for _, marked := range []int{0, 37} {
						for _, isTyping := range []bool{false, true} {
							for _, off := range []string{"", "it is off"} {
								f := at
								f.user, f.question, f.search, f.marked, f.isTyping, f.undoOff, f.journalOff = u, question, search, marked, isTyping, off, off
								all = append(all, f)
							}
						}
					}
				}
			}
		}
	}
	return all
}

func TestSteps_AlwaysFitTheirRows(t *testing.T) {
	keys := tuitest.ProductKeys(t)
	screen := tui.Screen{Width: 80, Styles: tui.NewStyles(tuitest.Theme("test")), Keys: keys}
	said := map[advice]string{finished: "end", unmasked: "mask"}
	for _, s := range steps {
		for _, f := range situations() {
			said[s.advise(f)] = s.title
		}
	}
	require.Greater(t, len(said), 20)
	for says, title := range said {
		require.LessOrEqual(t, text.Width(draw(screen, says.press, screen.Styles.Text)), 44, "%s: %q beside its keys in sixty columns", title, says.press)
		require.LessOrEqual(t, text.Width(draw(screen, says.why, screen.Styles.Text)), 76, "%s: %q in eighty columns", title, says.why)
		for _, m := range marked.FindAllString(says.press+says.why, -1) {
			id := strings.Trim(m, "{}`")
			if strings.HasPrefix(m, "{") && strings.Contains(id, ".") || strings.HasSuffix(id, "_user") || strings.HasPrefix(id, "users_") {
				require.NotEmpty(t, keys.Label(id), "%s: %s has no key", title, id)
			}
		}
	}
}

// A step that has only begun is not done by looking at it.
func TestSteps_AreNotDoneByThemselves(t *testing.T) {
	for _, s := range steps {
		require.NotEqual(t, s.isDone == nil, s.isShown == nil, s.title)
		if s.isDone != nil {
			require.False(t, s.isDone(facts{isList: true}), s.title)
		} else {
			require.False(t, s.isShown(facts{isList: true}), s.title)
		}
	}
}
