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

// imageView chooses an image file: a box for the path, the folder below it and a
// preview beside it. Choosing a file that passes the check asks the question.
type imageView struct {
	env  *Env
	op   ops.Operation
	user *api.User

	// box holds the path as the disk has it, and draws marks for characters that
	// must not be drawn.
	box textbox.Model

	list    listing
	read    bool   // list has been read
	loading string // the folder being read, "" if none
	cursor  int    // in the matching entries

	check         fileCheck
	chooseChecked bool // enter was pressed before the file was checked
	asked         bool // the question was asked
	refused       bool // the toast about a refused file may be on the screen
	folderRows    int  // rows of the folder in the last frame
}

// folderReadMsg and fileCheckedMsg are the results of reading the disk.
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

// refusalToast is the id of the toast about a refused file.
const refusalToast = "image.problem"

func newImage(env *Env, op ops.Operation, u *api.User) tui.View {
	box := textbox.Model{Placeholder: "path of an image"}
	folder := env.remembered().imageFolder
	if folder == "" {
		folder = withSlash(env.Home)
	}
	box.SetValue(abbreviateHome(folder, env.Home))
	return &imageView{env: env, op: op, user: u, box: box}
}

func (v *imageView) Title() string { return v.op.Title }

func (v *imageView) Typing() bool { return true }

func (v *imageView) Init() tea.Cmd { return v.load() }

// matches returns the entries of the folder that match what has been typed.
func (v *imageView) matches() []dirEntry {
	dir, rest := splitPath(v.box.Value(), v.env.Home)
	if dir != v.list.dir {
		return nil
	}
	return v.list.matching(rest)
}

// isFolderOnly reports whether the path ends with a folder.
func (v *imageView) isFolderOnly() bool {
	_, rest := splitPath(v.box.Value(), v.env.Home)
	return rest == ""
}

// selected returns the path of the entry at the cursor, or else what was typed.
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

// Update handles keys, pastes and the results of reading the disk.
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

// userChanged updates the user, and closes the screen once their picture is set.
func (v *imageView) userChanged(msg UserChangedMsg) tea.Cmd {
	if msg.User == nil || msg.User.ID != v.user.ID {
		return nil
	}
	v.user = msg.User
	if v.asked && msg.PictureChanged {
		v.asked = false
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

// handlePaste replaces the path with an absolute one, and inserts anything else at
// the cursor.
func (v *imageView) handlePaste(content string) tea.Cmd {
	path := pastedPath(content)
	if path == "" {
		return nil
	}
	if filepath.IsAbs(path) || strings.HasPrefix(path, "~/") {
		v.box.SetValue(path)
	} else {
		v.box.InsertRaw(path)
	}
	return v.pathChanged()
}

// pathChanged reads what a changed path names.
func (v *imageView) pathChanged() tea.Cmd {
	v.cursor, v.chooseChecked = 0, false
	return tea.Batch(v.dismissRefusal(), v.load())
}

// dismissRefusal removes the toast about a refused file: it would lie over the next step.
func (v *imageView) dismissRefusal() tea.Cmd {
	if !v.refused {
		return nil
	}
	v.refused = false
	return tui.Dismiss(refusalToast)
}

// load reads the folder of the path, or checks the file if the folder has been read.
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

// choose enters the selected folder, or asks about the selected file.
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

// ask asks about the checked file, or reports why it is refused.
func (v *imageView) ask() tea.Cmd {
	if v.check.problem != "" {
		v.refused = true
		return tui.Notify(tui.Toast{ID: refusalToast, Tone: tui.ToneWarn, Text: wording.Sentence(v.check.problem), Next: "Nothing was sent. Choose another file."})
	}
	v.asked = true
	v.env.remembered().imageFolder, _ = splitPath(v.box.Value(), v.env.Home)
	file := v.check.file
	return tea.Batch(v.dismissRefusal(), tui.Ask(newPrompt(v.env, attempt{op: v.op, user: v.user, image: &file, picture: v.check.thumbnail})))
}

// complete puts the selected path into the box.
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

// Actions implements [tui.View].
func (v *imageView) Actions() []tui.Action {
	const group = "Choose a file"
	page := max(1, v.folderRows-1)
	move := func(by int) func() tea.Cmd {
		return func() tea.Cmd {
			v.cursor = max(0, min(v.cursor+by, len(v.matches())-1))
			v.chooseChecked = false
			return tea.Batch(v.dismissRefusal(), v.checkSelected())
		}
	}
	return []tui.Action{
		{ID: "image.choose", Title: "Choose", FooterLabel: "choose", Group: group, FooterRank: 9, Help: "Opens the folder, or chooses the file.", Do: v.choose},
		{ID: "image.complete", Title: "Complete the name", FooterLabel: "complete", Group: group, FooterRank: 8, Help: "Completes the path with the selected name.", Do: v.complete},
		{ID: "image.parent", Title: "Parent folder", FooterLabel: "up", Group: group, FooterRank: 7, Help: "Goes one folder up.", Do: v.parent},
		{ID: "list.down", Title: "Next", Group: group, Do: move(1)},
		{ID: "list.up", Title: "Previous", Group: group, Do: move(-1)},
		{ID: "list.pagedown", Title: "Page down", Group: group, Do: move(page)},
		{ID: "list.pageup", Title: "Page up", Group: group, Do: move(-page)},
	}
}
