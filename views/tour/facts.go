package tour

import (
	tea "charm.land/bubbletea/v2"

	"frontdesk/api"
	"frontdesk/tui"
	"frontdesk/views/action"
	"frontdesk/views/journal"
	"frontdesk/views/users"
)

// facts describes the screen and what has just happened. Users are unmasked, so that the
// steps can recognize them.
type facts struct {
	isList, isPerson, isJournal bool
	isTyping                    bool
	search                      string // in the box of the list
	marked                      int
	user                        *api.User // under the cursor or open, nil for nobody
	question                    string    // the operation that is asked about, "" for none
	changedBy                   string    // the operation that has just changed changed
	changed                     *api.User
	undoOff, journalOff         string // why these cannot be done
}

// person is a screen with somebody on it; list is the list.
type (
	person interface{ Current() *api.User }
	list   interface {
		person
		SearchText() string
		MarkedCount() int
	}
)

var _ list = (*users.View)(nil)

// look returns the facts.
func (g *guide) look(msg tea.Msg, now tui.Stage) facts {
	f := facts{isTyping: now.Top.Typing(), isJournal: journal.IsScreen(now.Top)}
	if on, is := now.Top.(person); is {
		f.isPerson, f.user = true, on.Current()
	}
	if on, is := now.Top.(list); is {
		f.isPerson, f.isList, f.search, f.marked = false, true, on.SearchText(), on.MarkedCount()
	}
	if now.Question != nil {
		f.question = now.Question.ActionID
	}
	if changed, is := msg.(action.UserChangedMsg); is {
		f.changed, f.changedBy = changed.User, changed.By
	}
	if g.isRunning {
		f.undoOff = action.UndoAction(g.env).Off
		f.journalOff = journal.Action(g.env).Off
	}
	return f
}

// isCaller reports whether a user is the one who calls in the first steps, isNamesake one
// of the three with the same name.
func isCaller(u *api.User) bool { return u != nil && u.Email().Raw() == "maya@harborpine.example" }

func isNamesake(u *api.User) bool {
	return u != nil && u.FirstName.Raw() == "Sam" && u.LastName.Raw() == "Carter"
}
