package tui

import tea "charm.land/bubbletea/v2"

// Groups that several screens use. In go-to they come after what is particular
// to a screen, in this order.
const (
	GroupFind       = "Find"
	GroupTabs       = "Tabs"
	GroupEverywhere = "Everywhere"
	GroupMove       = "Move"
)

// GroupSubjectSep parts a group's name from the person it is about ("This person · Sam
// Carter"). A heading capitalizes only what stands before it.
const GroupSubjectSep = " · "

// Action is one thing that can be done on a screen. Dispatch, footer, help,
// menu and palette all read this same value; the keys are the KeyMap's.
type Action struct {
	ID          string // "list.search", or an operation's id: "ban_user"
	Title       string // "Ban user": help, menu, palette
	FooterLabel string // footer word: "ban"; empty uses Title
	Help        string // one sentence for the help page
	Group       string // help section: "Move", "This person", "Everywhere"
	// Off is why it cannot be done now ("already banned"); empty means it can.
	Off string
	// Alias is a word that finds it in a menu before all others ("instance").
	Alias string
	// Tag is a word beside the title in a menu, in a colour of its own; Note is what is said
	// there in place of the keys. Both are cleaned text.
	Tag     string
	TagTone Tone
	Note    string
	// Danger marks what takes something away; it is drawn in the bad colour.
	Danger bool
	// FooterRank is the footer priority, higher first; 0 keeps it out of the footer.
	FooterRank int
	// Do returns a request as a command. Both run inside the same Update and do no I/O,
	// so that the key after the one that opens a question goes to the question. Use a
	// Task or Later for what takes time.
	Do func() tea.Cmd
}
