package user

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/api/ops"
	"frontdesk/tui"
	"frontdesk/tui/text"
	"frontdesk/views/action"
	"frontdesk/views/mask"
	"frontdesk/views/usercache"
	"frontdesk/views/userfmt"
)

// sessions is the tab of the user's sessions.
type sessions struct {
	list remoteList[api.Session]
	// layout is for the rows in laidOut at that width.
	layout  sessionLayout
	laidOut []api.Session
	width   int
	cells   text.CellWidth
}

func newSessions(d *detail) *sessions {
	return &sessions{list: remoteList[api.Session]{
		env: d.env, detail: d, noun: "session",
		list: func() *usercache.List[api.Session] { return &d.known.Sessions },
		source: listSource[api.Session]{
			call: func(ctx context.Context, c *api.Client, id clean.Text, limit, offset int) (api.Page[api.Session], error) {
				return c.Sessions(ctx, id, "", limit, offset)
			},
			id: func(s api.Session) clean.Text { return s.ID },
		},
	}}
}

func (t *sessions) ID() string         { return "sessions" }
func (t *sessions) Title() string      { return "Sessions" }
func (t *sessions) Open() tea.Cmd      { return t.list.open() }
func (t *sessions) Reread() tea.Cmd    { return t.list.reread() }
func (t *sessions) Cancel() tea.Cmd    { return t.list.cancel() }
func (t *sessions) Update(msg tea.Msg) { t.list.takeFact(msg) }
func (t *sessions) ShowsAge() bool     { return t.list.showsAge() }

func (t *sessions) Draw(p *sheet, _ *api.User) {
	rows := t.list.drawHead(p, "SESSIONS", "no sessions")
	t.measure(p, rows)
	for i, s := range rows {
		row := func() action.PartRow { return action.SessionRow(t.list.env, s) }
		p.addListRow(rowEntry{rowKey: rowKey{ops.PartSession, s.ID}, row: row, draw: func(p *sheet, head lipgloss.Style) { p.addSession(mask.Copy(t.list.env.Mask, s), t.layout, head) }, position: t.list.position(i)})
	}
	t.list.drawTail(p)
}

// measure computes the layout, unless rows and width are those of the last drawing.
func (t *sessions) measure(p *sheet, rows []api.Session) {
	same := len(rows) == len(t.laidOut) && (len(rows) == 0 || &rows[0] == &t.laidOut[0])
	if !same || t.width != p.width || t.cells != p.cells {
		t.layout, t.laidOut, t.width, t.cells = p.sessionLayout(rows), rows, p.width, p.cells
	}
}

// sessionLayout is the width of the status and of the columns behind it, nil where
// they do not fit side by side.
type sessionLayout struct {
	lead int
	cols []int
}

func (p *sheet) sessionLayout(all []api.Session) sessionLayout {
	const ago, left = 21, 18 // "signed in 12 Nov 2025", "expires in 90 min"
	lead, cols := 0, []int{ago, ago, left}
	for _, s := range all {
		lead = max(lead, p.cells.Width(s.Status.Display())+4)
		if a := s.LatestActivity; a != nil {
			for i, w := range []string{device(a), city(a), a.IPAddress.Display()} {
				cols[i] = max(cols[i], p.cells.Width(w))
			}
		}
	}
	for _, gap := range []int{4, 3, 2, 1} {
		if lead+cols[0]+gap+cols[1]+gap+cols[2] <= p.width {
			return sessionLayout{lead, []int{cols[0] + gap, cols[1] + gap}}
		}
	}
	return sessionLayout{min(lead, p.width/3), nil}
}

// addSession adds one session: status, device, place, and its times.
func (p *sheet) addSession(s api.Session, lay sessionLayout, head lipgloss.Style) {
	shape, tone := sessionShape(s.Status.Raw())
	status := span{shape + " " + s.Status.Display(), p.styles.Tone(tone)}
	if tone == tui.ToneNone {
		status.style = p.styles.Dim
	}
	with, from, ip := "unknown device", "", ""
	if a := s.LatestActivity; a != nil {
		with, from, ip = device(a), city(a), a.IPAddress.Display()
	}
	where := []span{{with, head}, p.plain(from), p.plain(ip)}
	when := []span{p.dim("signed in " + userfmt.Ago(s.CreatedAt.Time, p.now)), p.dim("last seen " + userfmt.Ago(s.LastActiveAt.Time, p.now)), p.dim(p.expiry(s))}
	if lay.cols == nil {
		p.addColumns(status, lay.lead, nil, append(where, when...)...)
	} else {
		p.addColumns(status, lay.lead, lay.cols, where...)
		p.addColumns(span{}, lay.lead, lay.cols, when...)
	}
	if who := actor(s.Actor); who != "" {
		p.addColumns(span{}, lay.lead, nil, p.warn("! impersonated by "+who))
	}
	for _, task := range s.Tasks {
		p.addColumns(span{}, lay.lead, nil, p.warn("! pending task: "+task.Key.Display()))
	}
}

// sessionShape returns the mark and the tone of a status; ended sessions have none.
func sessionShape(status string) (shape string, tone tui.Tone) {
	switch status {
	case "active":
		return "●", tui.ToneOK
	case "pending":
		return "◐", tui.ToneWarn
	}
	return "○", tui.ToneNone
}

// expiry says when a live session expires, "" for one that ended.
func (p *sheet) expiry(s api.Session) string {
	if !s.IsLive() || s.ExpireAt.IsZero() {
		return ""
	}
	return expiryText(s.ExpireAt.Time, p.now)
}

// expiryText says when something expires or expired.
func expiryText(at, now time.Time) string {
	left := at.Sub(now)
	switch {
	case left <= 0:
		return "expired " + userfmt.Ago(at, now)
	case left > 90*time.Minute && left <= 48*time.Hour:
		return fmt.Sprintf("expires in %d h", (left+time.Hour-1)/time.Hour)
	}
	return "expires in " + userfmt.Duration(left)
}

// device describes the device of a session as far as it is known.
func device(a *api.Activity) string {
	browser, kind := a.BrowserName.Display(), a.DeviceType.Display()
	switch {
	case browser == "" && kind == "":
		return "unknown device"
	case browser == "":
		return kind
	case kind == "":
		return browser
	}
	return browser + " on " + kind
}

func city(a *api.Activity) string {
	return strings.Trim(a.City.Display()+", "+a.Country.Display(), ", ")
}

// actor returns who impersonates the user in a session, "" for nobody.
func actor(raw json.RawMessage) string {
	if raw = bytes.TrimSpace(raw); len(raw) == 0 || string(raw) == "null" {
		return ""
	}
	var who struct {
		Sub clean.Text `json:"sub"`
	}
	if json.Unmarshal(raw, &who) != nil || who.Sub.Empty() {
		return clean.NewText(string(raw)).Display()
	}
	return who.Sub.Display()
}
