package action

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"

	"frontdesk/tui"
)

// Editor is the operator's own editor, for texts that are longer than a line.
type Editor struct {
	// Command is $VISUAL or $EDITOR, read as a shell reads it ("code --wait").
	Command string
	// Environ is this program's environment; what opens the instance is left out of
	// the editor's.
	Environ []string
	// Folder is where the file's own folder is made; "" is the system's for
	// temporary files.
	Folder string
	// Terminal is where the editor draws. This program's own output goes through a
	// filter, which is not for other programs.
	Terminal *os.File
	// Exec gives the terminal to a program and takes it back; nil is tea.Exec.
	Exec func(tea.ExecCommand, tea.ExecCallback) tea.Cmd

	running atomic.Bool
}

// OwnEditor is the editor that the environment names, nil where it names none.
// The text goes where the session keeps its own files, which is gone with it, if
// there is such a place.
func OwnEditor(getenv func(string) string, environ []string, terminal *os.File) *Editor {
	e := &Editor{Command: getenv("VISUAL"), Environ: environ, Terminal: terminal}
	if e.Command == "" {
		e.Command = getenv("EDITOR")
	}
	if e.Command == "" {
		return nil
	}
	own := getenv("XDG_RUNTIME_DIR")
	if at, err := os.Stat(own); err == nil && at.IsDir() {
		e.Folder = own
	}
	return e
}

// Running says that the editor has the terminal now: its keys, ctrl-c included,
// are not meant for this program. A nil Editor never has it.
func (e *Editor) Running() bool { return e != nil && e.running.Load() }

// What no other program is told: variables of these names, and the key under any.
const keyVariables, keyVariable = "CLERK_", "CLERK_SECRET_KEY="

// command is the editor on a file.
func (e *Editor) command(path string) *exec.Cmd {
	// The shell stays alive on a ctrl-c that is meant for the editor.
	cmd := exec.Command("/bin/sh", "-c", "trap : INT; "+e.Command+` "$1"`, "frontdesk", path)
	secret := ""
	for _, v := range e.Environ {
		if value, is := strings.CutPrefix(v, keyVariable); is {
			secret = value
		}
	}
	cmd.Env = []string{} // nil would be everything
	for _, v := range e.Environ {
		if !strings.HasPrefix(v, keyVariables) && (secret == "" || !strings.Contains(v, secret)) {
			cmd.Env = append(cmd.Env, v)
		}
	}
	return cmd
}

// session is the editor while it runs.
type session struct {
	*exec.Cmd
	editor *Editor
}

func (s session) Run() error {
	s.editor.running.Store(true)
	defer s.editor.running.Store(false)
	return s.Cmd.Run()
}

func (s session) SetStdin(r io.Reader) { s.Stdin = r }

func (s session) SetStdout(w io.Writer) {
	s.Stdout = w
	if s.editor.Terminal != nil {
		s.Stdout = s.editor.Terminal
	}
}

func (s session) SetStderr(w io.Writer) { s.Stderr = w }

// open is the command that runs the editor on a file; done says how it ended.
func (e *Editor) open(path string, done func(error) tea.Msg) tea.Cmd {
	run := e.Exec
	if run == nil {
		run = tea.Exec
	}
	return run(session{e.command(path), e}, done)
}

const (
	editorTask = "metadata.editor"
	// editedMost is how much of the file is read back; 8 KB is what the server takes.
	editedMost = 1 << 20
)

// The text on its way: written into a file, left by the editor, read back.
type (
	writtenMsg struct {
		who  *draft
		path string
		err  error
	}
	leftMsg struct {
		who  *draft
		path string
		err  error
	}
	readMsg struct {
		who  *draft
		text string
		err  error
	}
)

// openEditor writes the text into a file that only the operator can read. The
// tasks have no title, so that esc does not cancel one and leave the file behind.
func (v *metadataView) openEditor() tea.Cmd {
	d, folder := v.draft(), v.env.Editor.Folder
	v.away = true
	name, text := d.label+"-metadata.json", d.box.Value()
	return tui.Run(tui.Task{Key: editorTask, Run: func(context.Context, func(tui.Progress)) tea.Msg {
		path, err := writePrivate(folder, name, text+"\n")
		return writtenMsg{d, path, err}
	}})
}

// fromEditor takes the text on from where it is.
func (v *metadataView) fromEditor(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case writtenMsg:
		switch {
		case !slices.Contains(v.drafts, msg.who):
		case msg.err != nil:
			return v.editorFailed("The file for the editor could not be written", msg.err)
		default:
			return v.env.Editor.open(msg.path, func(err error) tea.Msg { return leftMsg{msg.who, msg.path, err} })
		}
	case leftMsg:
		if slices.Contains(v.drafts, msg.who) {
			return readEdited(msg)
		}
	case readMsg:
		switch {
		case !slices.Contains(v.drafts, msg.who):
		case msg.err != nil:
			return v.editorFailed("The editor failed", msg.err)
		default:
			return v.takeEdited(msg)
		}
	}
	return nil
}

// readEdited reads what the editor left; the file goes either way.
func readEdited(left leftMsg) tea.Cmd {
	return tui.Run(tui.Task{Key: editorTask, Run: func(context.Context, func(tui.Progress)) tea.Msg {
		text, err := takeBack(left.path)
		if left.err != nil {
			err = left.err
		}
		return readMsg{left.who, text, err}
	}})
}

func (v *metadataView) editorFailed(what string, err error) tea.Cmd {
	v.away = false
	return tui.Notify(tui.Toast{ID: "metadata", Tone: tui.ToneWarn, Text: what + ": " + plain(err), Next: "The text is as it was before."})
}

// takeEdited puts what the editor left into the box, whole or broken.
func (v *metadataView) takeEdited(msg readMsg) tea.Cmd {
	v.away = false
	text := strings.TrimRight(msg.text, "\r\n")
	if unseen(text) == msg.who.box.Value() {
		return nil
	}
	msg.who.set(unseen(text))
	msg.who.box.MoveToBegin()
	if msg.who.wrong == "" {
		return nil
	}
	return tui.Notify(tui.Toast{ID: "metadata", Tone: tui.ToneWarn, Text: "What the editor left is kept, but cannot be sent as it is", Next: "Mend it here, or open the editor again."})
}

// writePrivate writes text into a new file, in a new folder of its own that
// nobody else may enter.
func writePrivate(folder, name, text string) (path string, err error) {
	dir, err := os.MkdirTemp(folder, "frontdesk-")
	if err != nil {
		return "", err
	}
	path = filepath.Join(dir, name)
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err == nil {
		_, err = f.WriteString(text)
		err = errors.Join(err, f.Close())
	}
	if err != nil {
		return "", errors.Join(err, os.RemoveAll(dir))
	}
	return path, nil
}

// takeBack reads the file and removes its folder with all that the editor put
// beside it.
func takeBack(path string) (text string, err error) {
	defer func() { err = errors.Join(err, os.RemoveAll(filepath.Dir(path))) }()
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	raw, err := io.ReadAll(io.LimitReader(f, editedMost+1))
	switch {
	case err != nil:
		return "", err
	case len(raw) > editedMost:
		return "", fmt.Errorf("it left more than %d KB", editedMost>>10)
	case !utf8.Valid(raw):
		return "", errors.New("it left bytes that are not UTF-8 text")
	}
	return string(raw), nil
}
