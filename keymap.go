package main

import (
	"fmt"

	"frontdesk/tui"
)

// Every default key of the product, in one table: footer, help, palette and
// dispatch are drawn from it. An operation's action id is its id in the
// catalogue (api/ops). Scopes: "everywhere" keys are free nowhere else, "last"
// keys act only when no screen claims them.
func defaultKeys() []tui.Binding {
	on := func(scope string, actions string, keys ...string) tui.Binding {
		return tui.Binding{Scope: scope, Actions: []string{actions}, Keys: keys}
	}
	return []tui.Binding{
		on("everywhere", "list.down", "j", "down"),
		on("everywhere", "list.up", "k", "up"),
		on("everywhere", "list.bottom", "G", "end"),
		on("everywhere", "list.top", "g", "home"),
		on("everywhere", "list.pagedown", "pgdown", "ctrl+f"),
		on("everywhere", "list.pageup", "pgup", "ctrl+b"),
		on("everywhere", "list.halfdown", "ctrl+d"),

		on("list", "list.halfup", "ctrl+u"),
		on("list", "list.open", "enter"),
		on("list", "list.actions", "x"),
		on("list", "list.search", "/"),
		on("list", "list.complete", "tab"),
		on("list", "list.filter", "f"),
		on("list", "list.clear", "esc"),
		on("list", "list.preview", "p"),
		on("list", "list.order", "o"),
		on("list", "list.reverse", "O"),
		on("list", "list.follow", "L"),
		on("list", "list.refresh", "r"),
		on("list", "list.copy", "y"),
		on("list", "list.mark", "space"),
		on("list", "list.range", "v"),

		on("person", "user.tab.next", "]", "tab", "right"),
		on("person", "user.tab.prev", "[", "shift+tab", "left"),
		on("person", "user.actions", "x"),
		on("person", "user.refresh", "r"),
		on("person", "user.copy", "y"),
		on("person", "user.tab.overview", "1"),
		on("person", "user.tab.contact", "2"),
		on("person", "user.tab.security", "3"),
		on("person", "user.tab.accounts", "4"),
		on("person", "user.tab.organizations", "5"),
		on("person", "user.tab.metadata", "6"),
		on("person", "user.tab.sessions", "7"),
		on("person", "user.tab.json", "8"),
		on("person", "user.row", "enter"),

		on("file", "image.choose", "enter"),
		on("file", "image.complete", "tab"),
		on("file", "image.parent", "shift+tab"),

		on("metadata", "metadata.review", "ctrl+s"),
		on("metadata", "metadata.next", "tab"),
		on("metadata", "metadata.prev", "shift+tab"),
		on("metadata", "metadata.editor", "ctrl+e"),
		on("metadata", "metadata.ask", "enter"),
		on("metadata", "metadata.back", "esc", "q"),

		on("result", "result.reveal", "v"),
		on("result", "result.copy", "y"),
		on("result", "result.qr", "s"),
		on("result", "result.close", "q", "esc"),

		// Direct keys open the question and nothing more.
		{Scope: "everywhere", Keys: []string{"b"}, Actions: []string{"ban_user", "unban_user", "users_ban", "users_unban"}},
		{Scope: "everywhere", Keys: []string{"l"}, Actions: []string{"lock_user", "unlock_user"}},
		on("everywhere", "disable_mfa", "m"),
		on("everywhere", "set_user_profile_image", "i"),
		on("everywhere", "create_user", "c"),
		on("everywhere", "update_user", "e"),
		on("everywhere", "delete_user", "D"),

		on("everywhere", "app.undo", "z"),
		on("everywhere", "app.help", "?"),
		on("everywhere", "app.palette", ":", "ctrl+p"),
		on("everywhere", "app.quit", "ctrl+c"),
		on("everywhere", "app.suspend", "ctrl+z"),
		on("everywhere", "app.redraw", "ctrl+l"),
		on("everywhere", "app.mouse", "M"),
		on("everywhere", "app.notices", "N"),
		on("everywhere", "app.last", "-"),
		{Scope: "last", Keys: []string{"q"}, Actions: []string{"app.back", "app.out"}}, // out: on the first screen
		on("last", "app.back", "esc"),
		on("last", "app.search", "/"), // from the screens above the list
	}
}

// parseKeyboardMode says that the terminal's keyboard protocol stays off. The flag counts
// before the environment.
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
	return false, fmt.Errorf("%s is %q; it is auto or plain", from, word)
}
