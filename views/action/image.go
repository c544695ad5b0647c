package action

import (
	"context"
	"path/filepath"
	"strings"

	tea "charm.land/bubbletea/v2"

	"frontdesk/api"
	"frontdesk/api/ops"
	"frontdesk/tui"
	"frontdesk/tui/textbox"
	"frontdesk/views/action/wording"
)

// imageView chooses an image file: a path box that completes, the folder below
// it, the picture beside. Nothing is sent from here; choosing a file that
// passes the check asks the question.
type imageView struct {
	env  *Env
	op   ops.Operation
	user *api.User

	// box holds the path as the disk has it, and shows marks where a file name holds
	// what must not be drawn.
	box textbox.Model

	list   listing
	read   bool // list has been read
	cursor int  // in the matching entries

	check         fileCheck
	chooseChecked bool // enter was pressed before the file was looked at
	sent          bool // the question was asked
	folderRows    int  // rows of the folder that were drawn last
	loading       string
}

// listedMsg and lookedMsg bring what the disk said.
type (
	folderReadMsg struct {
		view *imageView
		list listing
	}
	fileCheckedMsg struct {
		view  *imageView
		check fileCheck
	}
)

func newImage(env *Env, op ops.Operation, u *api.User) tui.View {
	box := textbox.Model{Placeholder: "path of an image"}
	box.SetValue(abbreviateHome(withSlash(env.Home), env.Home))
	return &imageView{env: env, op: op, user: u, box: box}
}

func (v *imageView) Title() string { return v.op.Title }

func (v *imageView) Typing() bool { return true }

func (v *imageView) Init() tea.Cmd { return v.load() }

// matches are the entries that go with what has been typed.
func (v *imageView) matches() []dirEntry {
	dir, rest := splitPath(v.box.Value(), v.env.Home)
	if dir != v.list.dir {
		return nil
	}
	return v.list.matching(rest)
}

// isFolderOnly says that the box names a folder and nothing in it.
func (v *imageView) isFolderOnly() bool {
	_, rest := splitPath(v.box.Value(), v.env.Home)
	return rest == ""
}

// selected is the full path of the entry at the cursor, else what was typed.
func (v *imageView) selected() (path string, folder bool) {
	dir, rest := splitPath(v.box.Value(), v.env.Home)
	m := v.matches()
	if v.cursor < len(m) {
		e := m[v.cursor]
		return dir + e.name, e.dir
	}
	if rest == "" {
		return dir, true
	}
	return dir + rest, false
}

// Update takes what was typed and what the disk said.
func (v *imageView) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		return v.handleKey(msg)
	case tea.PasteMsg:
		return v.handlePaste(msg.Content)
	case folderReadMsg:
		if msg.view == v && msg.list.dir == v.loading {
			v.list, v.read, v.loading, v.cursor = msg.list, true, "", 0
			if msg.list.err == nil {
				return v.checkSelected()
			}
		}
	case fileCheckedMsg:
		if path, _ := v.selected(); msg.view == v && msg.check.path == path {
			v.check = msg.check
			if v.chooseChecked {
				v.chooseChecked = false
				return v.ask()
			}
		}
	case tui.TaskMsg:
		v.taskStopped(msg)
	case UserChangedMsg:
		return v.userChanged(msg)
	}
	return nil
}

// userChanged keeps the person fresh; once their picture is set, there is nothing
// left to do here.
func (v *imageView) userChanged(msg UserChangedMsg) tea.Cmd {
	if msg.User == nil || msg.User.ID != v.user.ID {
		return nil
	}
	v.user = msg.User
	if v.sent && msg.PictureChanged {
		v.sent = false
		return tui.Pop()
	}
	return nil
}

func (v *imageView) handleKey(msg tea.KeyPressMsg) tea.Cmd {
	before := v.box.Value()
	v.box.Update(msg)
	if v.box.Value() == before {
		return nil
	}
	return v.pathChanged()
}

// handlePaste takes a whole path in place of what is there, and a piece of one at
// the cursor.
func (v *imageView) handlePaste(content string) tea.Cmd {
	path := pastedPath(content)
	if path == "" {
		return nil
	}
	if filepath.IsAbs(path) || strings.HasPrefix(path, "~/") {
		v.box.SetValue(path)
		return v.pathChanged()
	}
	v.box.InsertRaw(path)
	return v.pathChanged()
}

// pathChanged is what a changed path asks for.
func (v *imageView) pathChanged() tea.Cmd {
	v.cursor, v.chooseChecked = 0, false
	return v.load()
}

// load reads the folder the box is in, or looks at the file it names.
func (v *imageView) load() tea.Cmd {
	dir, _ := splitPath(v.box.Value(), v.env.Home)
	if v.read && v.list.dir == dir && v.loading == "" {
		return v.checkSelected()
	}
	v.loading, v.check = dir, fileCheck{}
	return tui.Run(tui.Task{
		Key: folderTask, Title: "Reading " + displayName(dir), Replace: true, Deadline: diskDeadline,
		Run: func(ctx context.Context, _ func(tui.Progress)) tea.Msg {
			return withDeadline(ctx, func() tea.Msg { return folderReadMsg{v, readDir(dir)} })
		},
	})
}

// choose is enter: into a folder, or on with a file.
func (v *imageView) choose() tea.Cmd {
	path, folder := v.selected()
	if folder {
		v.box.SetValue(abbreviateHome(withSlash(path), v.env.Home))
		return v.pathChanged()
	}
	if v.check.path != path || !v.check.done {
		v.chooseChecked = true
		return v.checkSelected()
	}
	return v.ask()
}

// ask asks the question about a file that passed, and says why one did not.
func (v *imageView) ask() tea.Cmd {
	if v.check.problem != "" {
		return tui.Notify(tui.Toast{ID: "image.problem", Tone: tui.ToneWarn, Text: wording.Sentence(v.check.problem), Next: "Nothing was sent. Choose another file."})
	}
	v.sent = true
	file := v.check.file
	return tui.Ask(newPrompt(v.env, attempt{op: v.op, user: v.user, image: &file, picture: v.check.thumbnail}))
}

// complete puts the selected name into the box.
func (v *imageView) complete() tea.Cmd {
	path, folder := v.selected()
	if folder {
		path = withSlash(path)
	}
	v.box.SetValue(abbreviateHome(path, v.env.Home))
	return v.pathChanged()
}

// parent goes one folder up.
func (v *imageView) parent() tea.Cmd {
	dir, _ := splitPath(v.box.Value(), v.env.Home)
	v.box.SetValue(abbreviateHome(withSlash(filepath.Dir(filepath.Clean(dir))), v.env.Home))
	return v.pathChanged()
}

// Actions are the keys beside typing.
func (v *imageView) Actions() []tui.Action {
	const group = "Choose a file"
	page := max(1, v.folderRows-1)
	move := func(by int) func() tea.Cmd {
		return func() tea.Cmd {
			v.cursor = max(0, min(v.cursor+by, len(v.matches())-1))
			v.chooseChecked = false
			return v.checkSelected()
		}
	}
	return []tui.Action{
		{ID: "image.choose", Title: "Choose", FooterLabel: "choose", Group: group, FooterRank: 9, Help: "Opens the folder, or takes the file.", Do: v.choose},
		{ID: "image.complete", Title: "Complete the name", FooterLabel: "complete", Group: group, FooterRank: 8, Help: "Puts the selected name into the path.", Do: v.complete},
		{ID: "image.parent", Title: "Folder above", FooterLabel: "up", Group: group, FooterRank: 7, Help: "One folder up.", Do: v.parent},
		{ID: "list.down", Title: "Next", Group: group, Do: move(1)},
		{ID: "list.up", Title: "Previous", Group: group, Do: move(-1)},
		{ID: "list.pagedown", Title: "Page down", Group: group, Do: move(page)},
		{ID: "list.pageup", Title: "Page up", Group: group, Do: move(-page)},
	}
}
