package shell_test

import (
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/stretchr/testify/require"

	"frontdesk/tui"
	"frontdesk/tui/tuitest"
)

// searchPage is a page with a search box.
type searchPage struct {
	*page
	box string
}

func (l *searchPage) Search([]tui.View) tea.Cmd { l.typing, l.box = true, ""; return nil }
func (l *searchPage) Update(msg tea.Msg) tea.Cmd {
	if k, is := msg.(tea.KeyPressMsg); is && l.typing {
		if k.Code == tea.KeyEscape {
			l.typing = false
		}
		l.box += k.Text
		return nil
	}
	return l.page.Update(msg)
}
func (l *searchPage) Actions() []tui.Action {
	return append(l.page.Actions(), tui.Action{ID: "list.search", Title: "Search here", Do: func() tea.Cmd { return l.Search(nil) }})
}

// unsavedPage is a page that may hold unsaved work.
type unsavedPage struct {
	*page
	keeps string
}

func (k *unsavedPage) UnsavedWork() string { return k.keeps }

func searching(t *testing.T) (*tuitest.Driver, *searchPage, *bool) {
	t.Helper()
	confirmed, reason := false, ""
	root := &searchPage{page: askingPage(&confirmed, &reason)}
	return drive(t, root, tuitest.Bind("ban_user", "b"), tuitest.Bind("create_user", "c"), tuitest.Bind("list.actions", "x"), tuitest.Bind("lock_user", "l"),
		tuitest.Bind("list.search", "/")), root, &confirmed
}

func TestShell_SearchKeyWorksOnEveryScreen(t *testing.T) {
	for name, way := range map[string]func(*tuitest.Driver){
		"the list":            func(*tuitest.Driver) {},
		"a screen above":      func(d *tuitest.Driver) { d.Send(tui.PushMsg{View: &page{title: "Maya"}}) },
		"two screens above":   func(d *tuitest.Driver) { d.Press("c"); d.Send(tui.PushMsg{View: &page{title: "Maya"}}) },
		"help":                func(d *tuitest.Driver) { d.Press("?") },
		"help on a screen":    func(d *tuitest.Driver) { d.Press("c", "?") },
		"notices":             func(d *tuitest.Driver) { d.Press("N") },
		"notices on a screen": func(d *tuitest.Driver) { d.Press("c", "N") },
		"nothing lost":        func(d *tuitest.Driver) { d.Send(tui.PushMsg{View: &unsavedPage{page: &page{title: "Maya"}}}) },
		"after esc":           func(d *tuitest.Driver) { d.Press("b", "esc") },
		"after a word":        func(d *tuitest.Driver) { d.Press("l") },
	} {
		t.Run(name, func(t *testing.T) {
			d, root, _ := searching(t)
			way(d)
			d.Burst("/", "e", "l", "i", "n", "space", "b", "e", "r", "g")
			require.Equal(t, "elin berg", root.box)
			d.Has("this is Users")
			require.False(t, d.Asking())
			require.Empty(t, root.keys)
		})
	}
}

func TestShell_SearchKeyIsALetterInATextBox(t *testing.T) {
	d, root, _ := searching(t)
	d.Press("?")
	d.Type("se/x")
	d.Has("se/x")
	d.Press("esc", "esc", "x")
	d.Type("/x")
	d.Press("esc")
	d.Send(tui.PushMsg{View: &page{title: "Editor", typing: true}})
	d.Type("/x")
	d.Has("this is Editor")
	d.Press("esc", "b")
	d.Type("and/or")
	d.Dialog().Expect("Ban user", "and/or")
	require.Empty(t, root.box)
}

func TestShell_SearchKeyKeepsUnsavedWork(t *testing.T) {
	d, root, _ := searching(t)
	d.Send(tui.PushMsg{View: &unsavedPage{page: &page{title: "Metadata"}, keeps: "what you typed is not saved"}})
	d.Burst("/", "b", "c")
	d.Has("this is Metadata", "Search: what you typed is not saved", "Keys typed just now were ignored")
	d.Press("esc", "b")
	d.Type("fraud")
	d.Send(tui.VisitMsg{View: &page{title: "Elin"}})
	d.Burst("/", "b", "c")
	d.Has("this is Elin", "a question is open")
	d.Press("esc")
	d.Dialog().Expect("Ban user", "fraud")
	require.Empty(t, root.box)
}

// The history lists what happened, not keys that did nothing.
func TestShell_TransientToastsAreNotKept(t *testing.T) {
	d, _, _ := searching(t)
	for range 3 {
		d.Press("l")
		d.Burst("a", "b", "c", "c", "c")
	}
	d.Has("Lock user: already locked", "Keys typed just now were ignored")
	d.Advance(2 * time.Minute)
	d.Press("N")
	d.Lacks("Lock user: already locked", "Keys typed just now were ignored")
	d.Has("No notices yet.")
}

func TestShell_AcceptsKeysAfterDroppedTypeAhead(t *testing.T) {
	d, root, _ := searching(t)
	d.Press("l")
	d.Burst("a", "b", "esc", "c")
	d.Has("this is Create")
	d.Press("esc", "l")
	d.Burst("a", "enter", "c")
	d.Lacks("this is Create")
	d.Has("this is Users")
	d.Burst("/", "c")
	require.Equal(t, "c", root.box)
}

func TestShell_NormalizesKeysOfLocksAndLayouts(t *testing.T) {
	lock := func(k tea.KeyPressMsg, mod tea.KeyMod) tea.KeyPressMsg { k.Mod |= mod; return k }
	for _, mod := range []tea.KeyMod{tea.ModNumLock, tea.ModCapsLock, tea.ModScrollLock, tea.ModNumLock | tea.ModCapsLock} {
		for name, way := range map[string][]string{
			"a screen": {"c"}, "help": {"?"}, "a menu": {"x"}, "a question": {"b"}, "notices": {"N"}, "go to": {":"},
		} {
			d, root, _ := searching(t)
			before := d.Screen()
			d.Press(way...)
			require.NotEqual(t, before, d.Screen(), name)
			d.Advance(time.Second)
			d.Send(lock(tuitest.Key("esc"), mod))
			require.Equal(t, before, d.Screen(), "esc from %s with %v", name, mod)
			require.Empty(t, root.keys)
		}
		d, _, _ := searching(t)
		d.Press("b")
		d.Type("fraud")
		d.Send(lock(tuitest.Key("esc"), mod))
		d.Has("Discard what you typed?")
		d.Advance(time.Second)
		d.Send(lock(tuitest.Key("esc"), mod))
		require.False(t, d.Asking())

		d, _, _ = searching(t)
		d.Send(tui.NotifyMsg{Toast: tui.Toast{Text: "It failed", Tone: tui.ToneBad}})
		d.Has("It failed")
		d.Send(lock(tuitest.Key("esc"), mod))
		d.Lacks("It failed")
		d.Send(lock(tuitest.Key("ctrl+c"), mod))
		require.True(t, d.Left)
	}
	for _, k := range []tea.Key{
		{Code: 'с', Mod: tea.ModCtrl, BaseCode: 'c'}, {Code: 'с', Mod: tea.ModCtrl}, {Code: 'С', Mod: tea.ModCtrl}, {Code: 'ψ', Mod: tea.ModCtrl}, {Code: 'ב', Mod: tea.ModCtrl}, {Code: 'ؤ', Mod: tea.ModCtrl},
	} {
		for _, way := range [][]string{nil, {"c"}, {"?"}, {"x"}, {"b"}, {"/"}} {
			d, _, _ := searching(t)
			d.Press(way...)
			d.Send(tea.KeyPressMsg(k))
			require.True(t, d.Left, "ctrl-%c after %v", k.Code, way)
		}
	}
	d, _, confirmed := searching(t)
	d.Press("b")
	d.Type("дзвінок")
	d.Send(tea.KeyPressMsg{Code: 'ы', Mod: tea.ModCtrl})
	d.Dialog().Expect("Ban user", "дзвінок", "▸ Cancel")
	d.Press("y")
	require.True(t, *confirmed)

	d, root, _ := searching(t)
	d.Press("/")
	d.Send(tea.KeyPressMsg{Code: 'и', Text: "и", BaseCode: 'b'})
	d.Send(tea.KeyPressMsg{Code: '2', Text: "@", Mod: tea.ModCtrl | tea.ModAlt})
	require.Equal(t, "и@", root.box, "in a text box it is a letter")
	d.Press("esc")
	d.Send(tea.KeyPressMsg{Code: 'и', Text: "и", BaseCode: 'b'})
	d.Dialog().Expect("Ban user")
}
