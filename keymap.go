package main

import (
	"fmt"
	"strings"

	"frontdesk/tui"
)

// defaultKeys returns all keys of the product. Dispatch, footer, help and palette read
// them, and so do the tests of the screens (tuitest.ProductKeys, which parses this
// file: use only bind and string literals).
//
// A line is a scope (tui.Scope, or the name of a screen), the actions that share the
// keys, and the keys, the one to show first. An operation's action has its id in the
// catalogue (api/ops). The keys that answer a question (y, n, enter, esc, space, digits) are
// part of its safety and fixed in tui/dialog; those that edit text are in tui/textbox.
func defaultKeys() []tui.Binding {
	bind := func(scope tui.Scope, actions string, keys ...string) tui.Binding {
		return tui.Binding{Scope: scope, Actions: strings.Fields(actions), Keys: keys}
	}
	return []tui.Binding{
		bind("everywhere", "list.down", "j", "down"),
		bind("everywhere", "list.up", "k", "up"),
		bind("everywhere", "list.bottom", "G", "end"),
		bind("everywhere", "list.top", "g", "home"),
		bind("everywhere", "list.pagedown", "pgdown", "ctrl+f"),
		bind("everywhere", "list.pageup", "pgup", "ctrl+b"),
		bind("everywhere", "list.halfdown", "ctrl+d"),

		bind("list", "list.halfup", "ctrl+u"),
		bind("list", "list.open", "enter"),
		bind("list", "list.actions", "x"),
		bind("list", "list.search", "/"),
		bind("list", "list.complete", "tab"),
		bind("list", "list.filter", "f"),
		bind("list", "list.clear", "esc"),
		bind("list", "list.preview", "p"),
		bind("list", "list.order", "o"),
		bind("list", "list.reverse", "O"),
		bind("list", "list.follow", "L"),
		bind("list", "list.refresh", "r"),
		bind("list", "list.copy", "y"),
		bind("list", "list.export", "E"),
		bind("list", "list.mark", "space"),
		bind("list", "list.range", "v"),
		bind("list", "list.markall", "*"),
		bind("list", "list.burst", "B"),

		bind("user", "user.tab.next", "]", "tab", "right"),
		bind("user", "user.tab.prev", "[", "shift+tab", "left"),
		bind("user", "user.next", "J"),
		bind("user", "user.prev", "K"),
		bind("user", "user.actions", "x"),
		bind("user", "user.refresh", "r"),
		bind("user", "user.copy", "y"),
		bind("user", "user.tab.overview", "1"),
		bind("user", "user.tab.contact", "2"),
		bind("user", "user.tab.security", "3"),
		bind("user", "user.tab.accounts", "4"),
		bind("user", "user.tab.organizations", "5"),
		bind("user", "user.tab.metadata", "6"),
		bind("user", "user.tab.sessions", "7"),
		bind("user", "user.tab.activity", "8"),
		bind("user", "user.tab.json", "9"),
		bind("user", "user.row", "enter"),

		bind("file", "image.choose", "enter"),
		bind("file", "image.complete", "tab"),
		bind("file", "image.parent", "shift+tab"),

		bind("metadata", "metadata.review", "ctrl+s"),
		bind("metadata", "metadata.next", "tab"),
		bind("metadata", "metadata.prev", "shift+tab"),
		bind("metadata", "metadata.editor", "ctrl+e"),
		bind("metadata", "metadata.ask", "enter"),
		bind("metadata", "metadata.back", "esc", "q"),

		bind("result", "result.reveal", "v"),
		bind("result", "result.copy", "y"),
		bind("result", "result.qr", "s"),
		bind("result", "result.close", "q", "esc"),

		bind("runbook", "runbook.do", "enter"),
		bind("runbook", "runbook.done", "space"),
		bind("runbook", "runbook.skip", "s"),
		bind("runbook", "runbook.copy", "y"),
		bind("runbook", "runbook.refresh", "r"),

		bind("journal", "journal.open", "enter"),
		bind("journal", "journal.person", "p"),
		bind("journal", "journal.copy", "y"),
		bind("journal", "journal.filter", "/"),
		bind("journal", "journal.clear", "esc"),
		bind("journal", "journal.refresh", "r"),
		bind("record", "record.person", "enter"),
		bind("record", "record.copy", "y"),
		bind("record", "record.undo", "u"),
		bind("requests", "requests.open", "enter"),
		bind("requests", "requests.copy", "y"),
		bind("requests", "requests.filter", "/"),
		bind("requests", "requests.clear", "esc"),

		// Direct keys open the question and nothing more.
		bind("everywhere", "ban_user unban_user users_ban users_unban", "b"),
		bind("everywhere", "lock_user unlock_user", "l"),
		bind("everywhere", "disable_mfa", "m"),
		bind("everywhere", "set_user_profile_image", "i"),
		bind("everywhere", "create_user", "c"),
		bind("everywhere", "update_user metadata.value", "e"), // the value: on the tab of the metadata
		bind("everywhere", "delete_user", "D"),

		bind("everywhere", "user.remedy", "w"), // opens what the verdict suggests

		bind("everywhere", "app.undo", "z"),
		bind("everywhere", "app.help", "?"),
		bind("everywhere", "app.palette", ":", "ctrl+p"),
		bind("always", "app.quit", "ctrl+c"),
		bind("always", "app.suspend", "ctrl+z"),
		bind("always", "app.redraw", "ctrl+l"),
		bind("everywhere", "app.mask", "P"),
		bind("everywhere", "app.mouse", "M"),
		bind("everywhere", "app.requests", "@"),
		bind("everywhere", "app.notices", "N"),
		bind("everywhere", "app.journal", "A"),
		bind("everywhere", "app.tour", "T"),
		bind("everywhere", "app.tour.skip", ">"),
		bind("everywhere", "app.last", "-"),
		bind("fallback", "app.back app.out", "q"), // out: on the first screen
		bind("fallback", "app.back", "esc"),
		bind("fallback", "app.search", "/"), // from the screens above the list

		bind("dialog", "dialog.next", "tab", "down"),
		bind("dialog", "dialog.prev", "shift+tab", "up"),
		bind("dialog", "dialog.buttons", "ctrl+s"),     // to Cancel and the verb
		bind("dialog", "dialog.alternative", "ctrl+o"), // do what is offered instead
		bind("dialog", "dialog.link", "ctrl+g"),        // open the screen that an error refers to
		bind("dialog", "dialog.template", "ctrl+r"),    // fill in the next usual reason

		bind("menu", "menu.choose", "enter"),
		bind("menu", "menu.close", "esc", "ctrl+g"),
		bind("menu", "menu.up", "up", "ctrl+p", "shift+tab"),
		bind("menu", "menu.down", "down", "ctrl+n", "tab"),
		bind("menu", "menu.pageup", "pgup"),
		bind("menu", "menu.pagedown", "pgdown"),

		// In help, letters go to the filter, except q while that is empty; while it is
		// not, enter runs the action under the cursor (menu.choose).
		bind("page", "page.close", "esc", "enter", "q"),
		bind("page", "page.up", "up", "k"),
		bind("page", "page.down", "down", "j"),
		bind("page", "page.pageup", "pgup", "ctrl+b", "ctrl+u"),
		bind("page", "page.pagedown", "pgdown", "ctrl+f", "ctrl+d", "space"),
		bind("page", "page.top", "home", "g"),
		bind("page", "page.bottom", "end", "G"),
	}
}

// parseKeyboardMode reports whether the terminal's keyboard protocol stays off. The
// flag wins over the environment.
func parseKeyboardMode(flag, env string) (bool, error) {
	word, from := flag, "--keyboard"
	if word == "" {
		word, from = env, "FRONTDESK_KEYBOARD"
	}
	switch word {
	case "", "auto":
		return false, nil
	case "plain":
		return true, nil
	}
	return false, fmt.Errorf("%s must be auto or plain, not %q", from, word)
}
