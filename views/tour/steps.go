package tour

import "strings"

// advice is what the panel says: what to press, and why. {id} is the first key of an
// action, or a key itself; `text` is text to type.
type advice struct{ press, why string }

// step is one step of the tour.
type step struct {
	title string
	// advise says what to do as things are.
	advise func(facts) advice
	// A step is done when isDone, or when what it opens, a question or a screen, was there
	// and is no more. One of them is nil.
	isDone  func(facts) bool
	isShown func(facts) bool
	// needsName reports that somebody's name must be typed, which the mask hides.
	needsName bool
}

const (
	tail = "0142"
	name = "sam carter"
	ring = "mail-drop.example"
)

// again is the advice where the person of the step is not on the screen.
func again(why string) advice {
	return advice{"{list.search}, then `" + tail + "` and {list.open}", why}
}

var spoiled = "{app.palette}`reset-demo` starts over, {app.tour.skip} goes on"

var steps = []step{
	{
		title: "Find the caller",
		advise: func(f facts) advice {
			if f.isTyping {
				return advice{"type `" + tail + "`, the end of their number", "Any part will do: of a name, an address, a number, an id."}
			}
			return advice{"{list.search}, then type `" + tail + "`", "Somebody cannot sign in. All they read out is how their number ends."}
		},
		isDone: func(f facts) bool { return f.isList && f.search != "" && isCaller(f.user) },
	},
	{
		title: "See why",
		advise: func(f facts) advice {
			if f.isList && isCaller(f.user) {
				return advice{"{list.open} opens her", "Her row says it already: locked, and for how long. Her own page says more."}
			}
			return again("That finds her again and opens her page.")
		},
		isDone: func(f facts) bool { return f.isPerson && isCaller(f.user) },
	},
	{
		title: "Let her in",
		advise: func(f facts) advice {
			switch {
			case f.question == "unlock_user":
				return advice{"{y} unlocks her, {esc} leaves it", "A key never changes anything by itself: you are asked, with the name, first."}
			case f.user != nil && isCaller(f.user) && !f.user.Locked && !f.user.ReadAt.IsZero():
				return advice{spoiled, "She is not locked any more: the time ran out, or somebody let her in before."}
			case f.isPerson && isCaller(f.user):
				return advice{"{unlock_user} unlocks her, after a question", "At the top: why she is kept out, and until when. {user.actions} lists what can be done."}
			}
			return again("That goes back to her: she is still waiting.")
		},
		isDone: func(f facts) bool {
			return isCaller(f.changed) && f.changedBy == "unlock_user" && !f.changed.Locked
		},
	},
	{
		title: "Take it back, nearly",
		advise: func(f facts) advice {
			switch {
			case f.question != "":
				return advice{"{esc}: she stays unlocked", "Going back is a change like any other: asked about, and written down."}
			case f.undoOff != "":
				return advice{spoiled, "There is nothing to take back just now."}
			}
			return advice{"{app.undo}, and at the question {esc}", "Whatever you did last, {app.undo} knows the way back and asks first."}
		},
		isShown: func(f facts) bool { return f.question == "lock_user" },
	},
	{
		title: "Who did what",
		advise: func(f facts) advice {
			if f.journalOff != "" {
				return advice{"{app.tour.skip} goes on", "No journal is kept here: it is switched off in the configuration."}
			}
			why := "Who did what to whom, when and why. It is still there tomorrow."
			switch {
			case f.isJournal && f.isTyping:
				return advice{"{esc}, then {app.back} goes back", why}
			case f.isJournal:
				return advice{"have a look, then {app.back} goes back", why}
			}
			return advice{"{app.journal} opens the journal", why}
		},
		isShown: func(f facts) bool { return f.isJournal },
	},
	{
		title: "The right one of three", needsName: true,
		advise: func(f facts) advice {
			switch {
			case f.question == "ban_user":
				return advice{"see whom it names, then {esc}", "Address and organization tell them apart. After {esc} nothing has happened."}
			case isNamesake(f.user) && f.isTyping:
				return advice{"{enter}, then {ban_user} on one of them", "Three people have this name. To ban the wrong one would be easy."}
			case isNamesake(f.user):
				return advice{"{ban_user} on one of them", "Three people have this name. To ban the wrong one would be easy."}
			}
			return advice{"{list.search}, then type `" + name + "`", "The next caller gives only a name, and it is not theirs alone."}
		},
		isShown: func(f facts) bool { return f.question == "ban_user" && isNamesake(f.user) },
	},
	{
		title: "Many at once", needsName: true,
		advise: func(f facts) advice {
			why := "In one night, 37 accounts came from one throwaway domain."
			switch {
			case f.question != "":
				return advice{"read it, then {esc}", "From ten people on you type how many, and have five seconds to stop it."}
			case f.marked > 0 && f.isTyping:
				return advice{"{enter}, then {users_ban} for all of them", why}
			case f.marked > 0:
				return advice{"{users_ban} asks about all who are marked", "Marks stay while you search on; {esc} clears them."}
			case f.isList && f.isTyping && strings.Contains(f.search, "mail-drop"):
				return advice{"{enter}, then {list.markall} marks them all", why}
			case f.isList && strings.Contains(f.search, "mail-drop"):
				return advice{"{list.markall} marks them all", why}
			}
			return advice{"{list.search}, then type `" + ring + "`", why}
		},
		isShown: func(f facts) bool { return f.question == "users_ban" || f.question == "users_unban" },
	},
}

// finished is what the panel says at the end.
var finished = advice{"{app.tour} closes this", "{app.help} lists the keys, {app.palette} finds everything, and {app.palette}`reset-demo` starts over."}

// unmasked is what it says where the mask hides what must be typed.
var unmasked = advice{"{app.mask} takes the mask off, {app.tour.skip} goes on", "The next caller has to be called by name, and the mask hides names here too."}
