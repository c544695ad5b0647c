package user

import (
	"context"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/api/journal"
	"frontdesk/api/profile"
	"frontdesk/tui"
	"frontdesk/views/action"
	journalview "frontdesk/views/journal"
	"frontdesk/views/userfmt"
)

// activity is the tab of what was done to the user. Its rows come from a source; the
// journal is the only one so far.
type activity struct {
	env    *action.Env
	detail *detail
	source activitySource

	items             []activityItem
	isRead, isReading bool
	isAll             bool // there are no older ones
	readErr           error
}

// activitySource is where it is known what was done to a user. Clerk's application logs
// can be a second one.
type activitySource interface {
	// Read returns what was done, newest first. A quick read may leave out older things
	// that take longer to find; isAll reports whether it did not. Tasks call it.
	Read(ctx context.Context, id clean.Text, isQuick bool) (items []activityItem, isAll bool, err error)
	// Note says what the items are and what they are not.
	Note() string
}

// activityItem is something that was done to the user.
type activityItem struct {
	id clean.Text
	// draw draws it, with its first value in the given style, and open shows all of it.
	draw func(p *sheet, head lipgloss.Style)
	open func() tea.Cmd
}

// activityMsg is the result of reading; a quick one is followed by another.
type activityMsg struct {
	key     string
	items   []activityItem
	isAll   bool
	isQuick bool
	err     error
}

func newActivity(d *detail) *activity {
	t := &activity{env: d.env, detail: d}
	if d.env.Journal != nil {
		t.source = journalSource{d.env, journalview.Words{Env: d.env}}
	}
	return t
}

func (t *activity) ID() string     { return "activity" }
func (t *activity) Title() string  { return "Activity" }
func (t *activity) ShowsAge() bool { return false }

func (t *activity) key(isQuick bool) string {
	if isQuick {
		return "user.activity.newest " + t.detail.user.ID.Display()
	}
	return "user.activity " + t.detail.user.ID.Display()
}

// Open reads the newest at once, and beside that everything.
func (t *activity) Open() tea.Cmd {
	if t.source == nil {
		return nil
	}
	t.isReading = true
	if t.isRead {
		return t.read(false)
	}
	return tea.Batch(t.read(true), t.read(false))
}

func (t *activity) read(isQuick bool) tea.Cmd {
	source, id, key := t.source, t.detail.user.ID, t.key(isQuick)
	return tui.Run(tui.Task{Key: key, Replace: true, Run: func(ctx context.Context, _ func(tui.Progress)) tea.Msg {
		items, isAll, err := source.Read(ctx, id, isQuick)
		if ctx.Err() != nil {
			return nil // the TaskMsg says why
		}
		return activityMsg{key, items, isAll, isQuick, err}
	}})
}

// Reread reads again if it was read before.
func (t *activity) Reread() tea.Cmd {
	if !t.isRead {
		return nil
	}
	return t.Open()
}

// Cancel cancels what is being read.
func (t *activity) Cancel() tea.Cmd {
	if !t.isReading {
		return nil
	}
	return tea.Batch(tui.Cancel(t.key(true)), tui.Cancel(t.key(false)))
}

// Update takes what was read, unless more is known already.
func (t *activity) Update(msg tea.Msg) {
	switch msg := msg.(type) {
	case activityMsg:
		if msg.key != t.key(msg.isQuick) || msg.isQuick && (t.isRead || msg.err != nil) {
			return
		}
		if !msg.isQuick {
			t.isReading, t.readErr = false, msg.err
		}
		if msg.err == nil {
			t.items, t.isAll, t.isRead = msg.items, msg.isAll, true
			t.detail.heights = nil
		}
	case tui.TaskMsg:
		if msg.Key == t.key(false) && !msg.Running && t.isReading {
			t.isReading, t.readErr = false, msg.Err
		}
	}
}

// Draw implements tab.
func (t *activity) Draw(p *sheet, _ *api.User) {
	if t.source == nil {
		p.addWrapped("The journal is switched off in the configuration, so it is not known what was done to this person.", p.styles.Text)
		return
	}
	t.drawHead(p)
	for _, item := range t.items {
		p.addListRow(rowEntry{rowKey: rowKey{id: item.id}, open: item.open, draw: item.draw})
	}
	p.addGap()
	p.addWrapped(t.source.Note(), p.styles.Dim)
	t.drawLink(p)
}

func (t *activity) drawHead(p *sheet) {
	head := []span{{"DONE TO THIS PERSON", p.styles.Heading}}
	switch {
	case t.readErr != nil && !t.isRead:
		p.add(append(head, p.warn("   ! not read"))...)
		p.addWrapped("The journal cannot be read: "+t.env.Mask.Text(t.env.Journal.ShortReason(t.readErr)), p.styles.Text)
		p.add(p.hint("user.refresh", "tries again")...)
		return
	case !t.isRead:
		p.add(append(head, p.dim("   reading…"))...)
		return
	case t.readErr != nil:
		head = append(head, p.warn("   ! not read again: "), p.plain(t.env.Mask.Text(t.env.Journal.ShortReason(t.readErr))))
	case len(t.items) > 0:
		count := userfmt.Number(len(t.items))
		if !t.isAll {
			count = "the newest " + count
		}
		head = append(head, p.dim("   "+count))
	}
	if t.isReading && !t.isAll {
		head = append(head, p.dim("   looking for older ones…"))
	}
	p.add(head...)
	if len(t.items) == 0 {
		p.add(p.dim("nothing"))
	}
}

// applicationLogs is the page of Clerk's dashboard that shows what happened to the users
// of an instance; "~" stands for the one that was open last.
const applicationLogs = "https://dashboard.clerk.com/~/application-logs"

// drawLink offers the page of the dashboard that knows more.
func (t *activity) drawLink(p *sheet) {
	if t.env.Instance.Kind == profile.Demo {
		return
	}
	draw := func(p *sheet, head lipgloss.Style) {
		p.addWrapped("Application logs in the Clerk dashboard", head)
		p.addWrapped(applicationLogs, p.styles.Accent)
	}
	at := len(p.lines)
	draw(p, p.styles.Text)
	open := func() tea.Cmd { return tui.Copy(applicationLogs, "the link to the application logs") }
	p.areas = append(p.areas, rowArea{rowEntry: rowEntry{rowKey: rowKey{id: clean.NewText(applicationLogs)}, open: open, openTitle: "Copy the link", draw: draw}, start: at, end: len(p.lines)})
}

// journalSource is the journal of this machine.
type journalSource struct {
	env   *action.Env
	words journalview.Words
}

const (
	// quickScan is how many entries a quick read looks at, which takes a moment.
	quickScan = 2_000
	// maxActivity is how many entries are listed; the journal's own screen has the rest.
	maxActivity = 200
)

// Note implements activitySource.
func (s journalSource) Note() string {
	note := "Only what was done with frontdesk and is in this journal. What the person did, and what was done elsewhere, is not here"
	if s.env.Instance.Kind == profile.Demo {
		return note + "."
	}
	return note + ", but in the application logs."
}

// Read implements activitySource.
func (s journalSource) Read(ctx context.Context, id clean.Text, isQuick bool) (items []activityItem, isAll bool, err error) {
	scan := 0
	if isQuick {
		scan = quickScan
	}
	found, isAll, err := journalview.ReadPerson(ctx, s.env.Journal, id.Raw(), maxActivity, scan)
	for _, e := range found {
		items = append(items, activityItem{
			id:   clean.NewText(e.ID),
			draw: func(p *sheet, head lipgloss.Style) { s.draw(p, head, s.words.Shown(e)) },
			open: func() tea.Cmd { return tui.Push(journalview.NewRecord(s.env, e)) },
		})
	}
	return items, isAll, err
}

// draw draws one entry: how it ended, what, when, by whom; below it what changed and why.
func (s journalSource) draw(p *sheet, head lipgloss.Style, e journal.Entry) {
	const lead, what, when = 15, 24, 20
	mark, word, tone := s.words.Outcome(e)
	cols := []int{what, when}
	outcome := span{mark + " " + word, p.styles.Tone(tone)}
	facts := []span{{s.words.What(e), head}, p.dim(userfmt.Moment(e.Time, p.now)), p.plain("by " + s.words.By(e.Who))}
	p.addColumns(outcome, lead, cols, facts...)
	for _, more := range []string{s.words.Changed(e), s.words.Why(e)} {
		if more != "" {
			p.addColumns(span{}, lead, nil, p.dim(more))
		}
	}
}
