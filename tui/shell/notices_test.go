package shell_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"frontdesk/tui"
)

// rows is a page that fills its height with numbered rows.
type rows struct {
	*page
	most, width int
}

func (r *rows) View(s tui.Screen) tui.Frame {
	r.drawn = s
	var out []string
	for i := range min(r.most, s.Height) {
		out = append(out, fmt.Sprintf("row %02d %s end %02d", i, strings.Repeat(".", r.width), i))
	}
	return tui.Frame{Content: strings.Join(out, "\n")}
}

func TestShell_NoticeCoversNoText(t *testing.T) {
	for _, toast := range []tui.Toast{
		{Text: "Copied e-mail"}, {Text: "Banned Sam Carter", Next: "z, or Unban user, takes it back"}, {Tone: tui.ToneBad, Text: strings.Repeat("The service is not there. ", 9), Next: "Try again."},
	} {
		for _, size := range [][2]int{{100, 30}, {80, 24}, {60, 14}, {120, 40}} {
			v := &rows{page: &page{title: "Users"}, most: 100, width: size[0] - 20}
			d := drive(t, v)
			d.Resize(size[0], size[1])
			before := lines(d.Screen())
			d.Send(tui.NotifyMsg{Toast: toast})
			after := lines(d.Screen())
			d.Has(strings.Fields(toast.Text)[0])
			for i, line := range after {
				if strings.Contains(line, "row") {
					require.Equal(t, before[i], line, "every row that is drawn is whole and in its place")
				}
			}
			require.GreaterOrEqual(t, strings.Count(d.Screen(), "row"), 4)
			d.Press("esc")
			d.Advance(time.Minute)
			require.Equal(t, before, lines(d.Screen()))
		}
	}
}

func TestShell_NoticeUsesFreeSpace(t *testing.T) {
	for name, v := range map[string]*rows{"few rows": {page: &page{title: "Users"}, most: 12, width: 60}, "short rows": {page: &page{title: "Users"}, most: 100, width: 8}} {
		d := drive(t, v)
		full := v.drawn.Height
		d.Send(tui.NotifyMsg{Toast: tui.Toast{Text: "Copied e-mail"}})
		d.Has("Copied e-mail")
		require.Equal(t, full, v.drawn.Height, name)
	}
}

func TestShell_ShowsTheNoticesHintOnTheRule(t *testing.T) {
	v := &rows{page: &page{title: "Users"}, most: 100, width: 80}
	d := drive(t, v)
	before := lines(d.Screen())
	d.Send(tui.NotifyMsg{Toast: tui.Toast{Text: strings.Repeat("a long story ", 12)}})
	d.Advance(15 * time.Second)
	d.Has("N notices")
	for i, line := range lines(d.Screen()) {
		if strings.Contains(line, "N notices") {
			require.Contains(t, line, "────")
			continue
		}
		require.Equal(t, before[i], line)
	}
}
