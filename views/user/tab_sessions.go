package user

import (
	"bytes"
	"context"
	"encoding/json"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"

	"frontdesk/api"
	"frontdesk/views/action"
	"frontdesk/views/person"
	"frontdesk/views/seen"
)

// sessions is where the person is signed in, and was.
type sessions struct{ list reading[api.Session] }

func newSessions(d *detail) *sessions {
	return &sessions{reading[api.Session]{
		env: d.env, of: d, noun: "session",
		kept: func() *seen.List[api.Session] { return &d.who.Sessions },
		call: func(ctx context.Context, c *api.Client, id api.Text) (api.Page[api.Session], error) {
			return c.Sessions(ctx, id, "", most, 0)
		},
	}}
}

func (t *sessions) ID() string         { return "sessions" }
func (t *sessions) Title() string      { return "Sessions" }
func (t *sessions) Open() tea.Cmd      { return t.list.open() }
func (t *sessions) Again() tea.Cmd     { return t.list.again() }
func (t *sessions) Update(msg tea.Msg) { t.list.learn(msg) }
func (t *sessions) Waits() bool        { return t.list.waits() }

func (t *sessions) Draw(p *sheet, _ *api.User) {
	for _, s := range t.list.head(p, "SESSIONS", "not signed in anywhere, and no earlier session is kept") {
		p.item(action.SessionRow(t.list.env, s), func(p *sheet, head lipgloss.Style) { p.session(s, head) })
	}
}

// session is one session: how it is, with what and from where, and its times.
func (p *sheet) session(s api.Session, head lipgloss.Style) {
	shape, tone := sessionShape(s.Status.Raw())
	status := span{shape + " " + s.Status.Display(), p.s.Dim}
	if s.Live() {
		status.style = p.tone(tone)
	}
	with, from, ip := "device not known", "", ""
	if a := s.LatestActivity; a != nil {
		with, from, ip = device(a), town(a), a.IPAddress.Display()
	}
	cols := []int{30, 24, 26}
	if p.width < 96 {
		cols = []int{27, 20, 18}
	}
	p.columns(status, 14, cols, span{with, head}, p.plain(from), p.plain(ip))
	p.columns(span{}, 14, cols, p.dim("signed in "+person.Ago(s.CreatedAt.Time, p.now)), p.dim("active "+person.Ago(s.LastActiveAt.Time, p.now)), p.dim(p.expiry(s)))
	if who := actor(s.Actor); who != "" {
		p.columns(span{}, 14, nil, p.warn("! impersonated by "+who))
	}
	for _, task := range s.Tasks {
		p.columns(span{}, 14, nil, p.warn("! must still do: "+task.Key.Display()))
	}
}

// sessionShape is the mark of a status; what is over is quiet.
func sessionShape(status string) (shape string, live bool) {
	switch status {
	case "active":
		return "●", true
	case "pending":
		return "◐", false
	}
	return "○", false
}

func (p *sheet) tone(ok bool) lipgloss.Style {
	if ok {
		return p.s.OK
	}
	return p.s.Warn
}

// expiry is when a session ends by itself; one that is over has only an end behind it.
func (p *sheet) expiry(s api.Session) string {
	if !s.Live() || s.ExpireAt.IsZero() {
		return ""
	}
	return ends(s.ExpireAt.Time, p.now)
}

// ends is a moment to come, or one that has passed although nothing followed.
func ends(at, now time.Time) string {
	if left := at.Sub(now); left > 0 {
		return "expires in " + person.Duration(left)
	}
	return "expired " + person.Ago(at, now)
}

// device is what somebody sits at, as far as it is known.
func device(a *api.Activity) string {
	browser, kind := a.BrowserName.Display(), a.DeviceType.Display()
	switch {
	case browser == "" && kind == "":
		return "device not known"
	case browser == "":
		return kind
	case kind == "":
		return browser
	}
	return browser + " on " + kind
}

func town(a *api.Activity) string {
	return strings.Trim(a.City.Display()+", "+a.Country.Display(), ", ")
}

// actor is who impersonates the user in a session, "" for nobody.
func actor(raw json.RawMessage) string {
	if raw = bytes.TrimSpace(raw); len(raw) == 0 || string(raw) == "null" {
		return ""
	}
	var who struct {
		Sub api.Text `json:"sub"`
	}
	if json.Unmarshal(raw, &who) != nil || who.Sub.Empty() {
		return api.NewText(string(raw)).Display()
	}
	return who.Sub.Display()
}
