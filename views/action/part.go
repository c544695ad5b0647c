package action

import (
	"context"
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/dustin/go-humanize"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/api/ops"
	"frontdesk/tui"
	"frontdesk/views/userfmt"
)

// noPart is why none of the user's parts will do, "" where one does, or where
// only the server knows.
func noPart(env *Env, op ops.Operation, u *api.User) string {
	if op.Part == ops.PartNone || op.Part == ops.PartSession {
		return ""
	}
	n := op.Part.Count(u)
	switch {
	case n == 0:
		return "has no " + op.Part.String()
	case op.HasEligiblePart != nil && op.HasEligiblePart(u):
		return ""
	case op.HasEligiblePart != nil && n > few:
		return fmt.Sprintf("applies to none of the %s", humanize.Comma(int64(n)))
	}
	first := ""
	for i := range n {
		reason := partOff(env, op, u, op.Part.At(u, i))
		switch {
		case reason == "":
			return ""
		case first == "":
			first = reason
		case first != reason:
			return fmt.Sprintf("applies to none of the %d", n)
		}
	}
	return first
}

// few is how many parts are asked one by one why not.
const few = 50

func partOff(env *Env, op ops.Operation, u *api.User, item ops.Item) string {
	if item.ID.Empty() {
		return "the server gave it no id"
	}
	return env.Catalogue.Unavailable(op, u, item.ID, env.Now())
}

// choosePart asks about the only part at once; of several one is chosen first.
func choosePart(env *Env, op ops.Operation, u *api.User, items []ops.Item) tea.Cmd {
	ask := func(item ops.Item) tea.Cmd {
		return tui.Ask(question(env, asked{op: op, seen: u, part: item}))
	}
	if len(items) == 1 {
		return ask(items[0])
	}
	m := tui.Menu{Title: op.Title + ": which " + op.Part.String() + "?", Context: []string{strings.Join(userfmt.Who(u), "   ")}}
	for _, item := range items {
		m.Items = append(m.Items, tui.Action{
			ID: "part", Title: joined(partName(op.Part, item), item.Note, history(op.Part, u, item, env.Now())), Group: upperFirst(op.Part.String()),
			Danger: op.Destructive, Off: partOff(env, op, u, item), Do: func() tea.Cmd { return ask(item) },
		})
	}
	return tui.OpenMenu(m)
}

// partName is a part as people know it: a number as it is written, a provider
// by its name.
func partName(p ops.Part, item ops.Item) string {
	switch {
	case item.Label.Empty():
	case p == ops.PartPhone, p == ops.PartSMS:
		return userfmt.Phone(item.Label)
	case p == ops.PartExternalAccount:
		return userfmt.Provider(item.Label)
	}
	return item.Name()
}

// history tells two passkeys of one name apart, "" where nothing is known.
func history(p ops.Part, u *api.User, item ops.Item, now time.Time) string {
	if p != ops.PartPasskey {
		return ""
	}
	for _, k := range u.Passkeys {
		if k.ID == item.ID {
			return "last used " + userfmt.Ago(k.LastUsedAt.Time, now)
		}
	}
	return ""
}

// partLine is the part below the person, with what is known of it.
func partLine(a asked, now time.Time) string {
	return a.op.Part.String() + " " + joined(partName(a.op.Part, a.part), a.part.Note, history(a.op.Part, a.seen, a.part, now))
}

// withPart puts the part first among effects that do not name it, because a
// small window leaves out what stands below the person.
func withPart(effects []string, a asked) []string {
	if a.part.ID.Empty() {
		return effects
	}
	name := partName(a.op.Part, a.part)
	for _, e := range effects {
		if strings.Contains(e, name) || strings.Contains(e, a.part.Name()) {
			return effects
		}
	}
	return append([]string{"is about the " + a.op.Part.String() + " " + name}, effects...)
}

// sessionsShown is how many sessions a menu is asked for; nobody has more open.
const sessionsShown = 100

// loadSessions reads the sessions that still let the person in, which the user
// does not carry, and then asks which.
func loadSessions(env *Env, op ops.Operation, u *api.User) tui.Task {
	return tui.Task{
		Key: op.ID + " sessions " + u.ID.Display(), Title: "Reading the sessions of " + userfmt.Name(u), Replace: true,
		Run: func(ctx context.Context, _ func(tui.Progress)) tea.Msg {
			page, err := env.Client.Sessions(ctx, u.ID, "active", sessionsShown, 0)
			if ctx.Err() != nil {
				return nil
			}
			return sessionsMsg{page.Rows, err}
		},
		Then: func(msg tea.Msg) tea.Cmd { return chooseSession(env, op, u, msg.(sessionsMsg)) },
	}
}

// sessionsMsg is what came of reading the sessions to choose from.
type sessionsMsg struct {
	sessions []api.Session
	err      error
}

func chooseSession(env *Env, op ops.Operation, u *api.User, msg sessionsMsg) tea.Cmd {
	if msg.err != nil {
		return tui.Notify(sessionsUnread(u, msg.err))
	}
	var items []ops.Item
	for _, s := range msg.sessions {
		items = append(items, sessionItem(s, env.Now()))
	}
	if len(items) == 0 {
		return tui.Notify(tui.Toast{ID: op.ID + " " + u.ID.Display(), Tone: tui.ToneInfo, Text: op.Title + ": " + userfmt.Name(u) + " is not signed in anywhere"})
	}
	return choosePart(env, op, u, items)
}

func sessionsUnread(u *api.User, err error) tui.Toast {
	return tui.Toast{ID: "sessions " + u.ID.Display(), Tone: tui.ToneBad,
		Text: "The sessions of " + userfmt.Name(u) + " could not be read: " + plain(err), Next: "Nothing was done. Try again."}
}

// sessionItem is a session by what it is used with and from where, which is how
// the caller knows it.
func sessionItem(s api.Session, now time.Time) ops.Item {
	item := ops.Item{ID: s.ID, Note: "last active " + userfmt.Ago(s.LastActiveAt.Time, now)}
	if a := s.LatestActivity; a != nil {
		place := a.City.Display()
		if place == "" {
			place = a.Country.Display()
		}
		with := a.BrowserName.Display()
		if device := a.DeviceType.Display(); with != "" && device != "" {
			with += " on " + device
		} else if device != "" {
			with = device
		}
		item.Label = clean.NewText(joined(with, place, a.IPAddress.Display()))
	}
	return item
}

// joined is what there is, with dots between.
func joined(parts ...string) string {
	var there []string
	for _, p := range parts {
		if p != "" {
			there = append(there, p)
		}
	}
	return strings.Join(there, " · ")
}
