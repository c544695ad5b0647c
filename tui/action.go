package tui

import tea "charm.land/bubbletea/v2"

// Groups that several screens use. The palette lists them in this order, after the
// groups of the screen itself.
const (
	GroupFind       = "Find"
	GroupTabs       = "Tabs"
	GroupEverywhere = "Everywhere"
	GroupMove       = "Move"
)

// GroupSubjectSep separates a group's name from the user it is about ("This person ·
// Sam Carter"). Headings capitalize only the part before it.
const GroupSubjectSep = " · "

// Action is something the operator can do on a screen. Key dispatch, footer, help, menu
// and palette all read this one value; its keys are in the KeyMap.
type Action struct {
	ID          string // "list.search", or an operation's id: "ban_user"
	Title       string // "Ban user": help, menu, palette
	FooterLabel string // footer word: "ban"; empty uses Title
	Help        string // one sentence for the help page
	Group       string // help section: "Move", "This person", "Everywhere"
	Does        string // what it does, in a clause, beside the title in a menu; cleaned text
	// Keywords are other words by which people look for it ("suspend" for a ban).
	Keywords []string
	// Off is the reason why it cannot be done now ("already banned"), empty if it can.
	Off string
	// Alias is a word that finds it in a menu before all others ("instance").
	Alias string
	// Tag is a word beside the title in a menu, in a colour of its own; Note is what is said
	// there in place of the keys. Both are cleaned text.
	Tag     string
	TagTone Tone
	Note    string
	// Danger marks an action that cannot be taken back; it is drawn in the Bad colour.
	Danger bool
	// FooterRank is the footer priority, higher first; 0 keeps it out of the footer.
	FooterRank int
	// FooterUnlessKey is the id of an action that does the same: if that action has a key,
	// the footer leaves this one out.
	FooterUnlessKey string
	// Do returns a request as a command. Do and the command both run inside the same
	// Update and do no I/O, so that a key typed right after the one that opens a
	// question goes to the question. Use a Task or Later for what takes time.
	Do func() tea.Cmd
}
