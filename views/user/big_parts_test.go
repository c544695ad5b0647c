package user_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/stretchr/testify/require"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/api/ops"
	"frontdesk/tui"
	"frontdesk/tui/tuitest"
	"frontdesk/views/user"
	"frontdesk/views/viewtest"
)

// screenOf returns a screen to draw on.
func screenOf(t testing.TB, width, height int) tui.Screen {
	return tui.Screen{Width: width, Height: height, Styles: tui.NewStyles(tuitest.Theme("none")), Keys: viewtest.Keys(t), Now: tuitest.NewClock().Now(), Breadcrumb: []string{"Users", "someone"}}
}

// Each address of a large list looks as it does in a short one.
func TestContactTab_DrawsManyAddressesAsFew(t *testing.T) {
	now := tuitest.NewClock().Now()
	for _, width := range []int{48, 120} {
		s := screenOf(t, width, 30)
		u := laden(now, 1100, 90)
		d := user.NewDetail(env(now), u)
		d.Init()
		find(t, d, "user.tab.contact").Do()
		for at := 0; ; at++ {
			frame := ansi.Strip(d.View(s).Content)
			if at%97 == 0 {
				one := *u
				one.EmailAddresses = u.EmailAddresses[at : at+1]
				single := user.NewDetail(env(now), &one)
				single.Init()
				find(t, single, "user.tab.contact").Do()
				whole := ansi.Strip(single.View(s).Content)
				_, alone, _ := strings.Cut(whole, "E-MAIL ADDRESSES\n")
				alone, _, _ = strings.Cut(alone, "\n\n")
				for line := range strings.SplitSeq(alone, "\n") {
					line = strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(line), "▌"))
					require.Contains(t, frame, line, "address %d at %d cells:\n%s", at, width, frame)
				}
				require.Equal(t, fmt.Sprintf("e-mail address %s of 1,100", comma(at+1)), d.View(s).Status)
			}
			if at == len(u.EmailAddresses)-1 {
				break
			}
			find(t, d, "list.down").Do()
		}
		find(t, d, "list.bottom").Do()
		frame := ansi.Strip(d.View(s).Content)
		require.Contains(t, frame, "+1 (415) 555-0089")
		require.Contains(t, frame, "no wallet")
		require.Equal(t, "phone number 90 of 90", d.View(s).Status)
		find(t, d, "list.top").Do()
		require.Contains(t, ansi.Strip(d.View(s).Content), "ann.laden+0@")
	}
}

func comma(n int) string {
	if n < 1000 {
		return fmt.Sprint(n)
	}
	return fmt.Sprintf("%d,%03d", n/1000, n%1000)
}

// The actions of a row are about that row, wherever it is.
func TestContactTab_ManyAddressesKeepTheirOwnRows(t *testing.T) {
	now := tuitest.NewClock().Now()
	s := screenOf(t, 120, 37)
	u := laden(now, 20_000, 0)
	d := user.NewDetail(env(now), u)
	d.Init()
	find(t, d, "user.tab.contact").Do()
	d.View(s)
	find(t, d, "list.bottom").Do()
	d.View(s)
	menu, asks := find(t, d, "user.row").Do()().(tui.MenuMsg)
	require.True(t, asks)
	require.Contains(t, strings.Join(menu.Menu.Context, " "), "+19999@harborpine.example")
}

func TestOverviewAndCard_ShowThePrimaryOfManyAddresses(t *testing.T) {
	now := tuitest.NewClock().Now()
	s := screenOf(t, 120, 60)
	u := laden(now, 20_000, 300) // the primary ones are last
	d := user.NewDetail(env(now), u)
	d.Init()
	for name, frame := range map[string]string{"overview": d.View(s).Content, "card": cardOf(now, u, s)} {
		frame = ansi.Strip(frame)
		require.Contains(t, frame, "+19999@harborpine.example", name)
		require.Contains(t, frame, "+1 (415) 555-0299", name)
		require.NotContains(t, frame, "ann.laden+10@", name)
		require.Regexp(t, `and 19,99\d more`, frame, name)
		require.Regexp(t, `and 29\d more`, frame, name)
	}
}

func cardOf(now time.Time, u *api.User, s tui.Screen) string {
	card := user.NewCard(env(now))
	card.Show(u)
	s.Width = 60
	return card.View(s)
}

func TestHasEligiblePart_AgreesWithEachPart(t *testing.T) {
	now := tuitest.NewClock().Now()
	draw := rand.New(rand.NewPCG(9, 9))
	asked := 0
	for range 300 {
		u := laden(now, draw.IntN(4), draw.IntN(4))
		for i := range u.EmailAddresses {
			if draw.IntN(2) == 0 {
				u.EmailAddresses[i].Verification = nil
			}
		}
		if draw.IntN(2) == 0 {
			u.PrimaryEmailAddressID, u.PrimaryPhoneNumberID = clean.Text{}, clean.Text{}
		}
		for _, op := range ops.Users().All() {
			if op.HasEligiblePart == nil {
				continue
			}
			asked++
			one := false
			for _, item := range op.Part.Items(u) {
				one = one || op.WhyNotPart(u, item.ID, now) == ""
			}
			require.Equal(t, one, op.HasEligiblePart(u), op.ID)
		}
	}
	require.Equal(t, 4*300, asked)
}
