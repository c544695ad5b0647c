package action

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"frontdesk/api/input"
	"frontdesk/tui"
	"frontdesk/views/action/wording"
)

// Editor is the operator's own editor, for texts that are longer than a line.
type Editor struct {
	// Command is $VISUAL or $EDITOR, read as a shell reads it ("code --wait").
	Command string
	// Environ is this program's environment; what opens the instance is left out of
	// the editor's.
	Environ []string
	// TempDir is where the file's own folder is made; "" is the system's for
	// temporary files.
	TempDir string
	// Run runs the editor on the terminal and waits for its end; nil is its own Run.
	Run func(*exec.Cmd) error
	// Exec gives the terminal to a program and takes it back; nil is tea.Exec.
	Exec func(tea.ExecCommand, tea.ExecCallback) tea.Cmd
}

// EditorFromEnv is the editor that the environment names, nil where it names none; run
// is its Run.
// The text goes where the session keeps its own files, which is gone with it, if
// there is such a place.
func EditorFromEnv(getenv func(string) string, environ []string, run func(*exec.Cmd) error) *Editor {
	e := &Editor{Command: getenv("VISUAL"), Environ: environ, Run: run}
	if e.Command == "" {
		e.Command = getenv("EDITOR")
	}
	if e.Command == "" {
		return nil
	}
	own := getenv("XDG_RUNTIME_DIR")
	if at, err := os.Stat(own); err == nil && at.IsDir() {
		e.TempDir = own
	}
	return e
}

// What no other program is told: variables of these names, and the key under any.
const secretPrefix, secretKeyVariable = "CLERK_", "CLERK_SECRET_KEY="

// command is the editor on a file.
func (e *Editor) command(path string) *exec.Cmd {
	// The shell outlives a ctrl-c, which is meant for the editor, and whatever ends
	// the editor: its end is the editor's end.
	cmd := exec.Command("/bin/sh", "-c", "trap : INT TERM HUP; "+e.Command+` "$1"`, "frontdesk", path)
	secret := ""
	for _, v := range e.Environ {
		if value, is := strings.CutPrefix(v, secretKeyVariable); is {
			secret = value
		}
	}
	cmd.Env = []string{} // nil would be everything
	for _, v := range e.Environ {
		if !strings.HasPrefix(v, secretPrefix) && (secret == "" || !strings.Contains(v, secret)) {
			cmd.Env = append(cmd.Env, v)
		}
	}
	return cmd
}

// editorSession is one text in the editor. Its file is there while the editor runs and
// no longer, whatever becomes of the screen that asked for it.
type editorSession struct {
	editor     *Editor
	name, text string // the file's name, and what is in it: before, then afterwards
	started    bool
}

// Run is for tea.Exec: it writes the file, lets the editor at it, reads what that
// left and removes the file.
func (s *editorSession) Run() error {
	path, err := writePrivate(s.editor.TempDir, s.name, s.text)
	if err != nil {
		return err
	}
	s.started = true
	run := s.editor.Run
	if run == nil {
		run = (*exec.Cmd).Run
	}
	left := run(s.editor.command(path))
	s.text, err = readBack(path)
	if left != nil {
		return left
	}
	return err
}

// The editor's Run knows the terminal.
func (s *editorSession) SetStdin(io.Reader)  {}
func (s *editorSession) SetStdout(io.Writer) {}
func (s *editorSession) SetStderr(io.Writer) {}

// maxEdited is how much of the file is read back; 8 KB is what the server takes.
const maxEdited = 1 << 20

// editedMsg is what the editor left.
type editedMsg struct {
	draft   *draft
	session *editorSession
	err     error
}

// openEditor gives the text to the editor, in a file that only the operator can
// read.
func (v *metadataView) openEditor() tea.Cmd {
	d, e := v.draft(), v.env.Editor
	v.inEditor = true
	s := &editorSession{editor: e, name: d.label + "-metadata.json", text: d.box.Value() + "\n"}
	run := e.Exec
	if run == nil {
		run = tea.Exec
	}
	return run(s, func(err error) tea.Msg { return editedMsg{d, s, err} })
}

// editorClosed takes what it left, or says why there is nothing.
func (v *metadataView) editorClosed(msg editedMsg) tea.Cmd {
	switch {
	case !slices.Contains(v.drafts, msg.draft):
		return nil
	case msg.err == nil:
		return v.takeEditedText(msg)
	}
	v.inEditor = false
	what := "The editor failed"
	if !msg.session.started {
		what = "The file for the editor could not be written"
	}
	return tui.Notify(tui.Toast{ID: "metadata", Tone: tui.ToneWarn, Text: what + ": " + wording.Error(msg.err), Next: "The text is as it was before."})
}

// takeEditedText puts what the editor left into the box, whole or broken.
func (v *metadataView) takeEditedText(msg editedMsg) tea.Cmd {
	v.inEditor = false
	text := strings.TrimRight(msg.session.text, "\r\n")
	if escapeInvisible(text) == msg.draft.box.Value() {
		return nil
	}
	msg.draft.set(escapeInvisible(text))
	msg.draft.box.MoveToBegin()
	if msg.draft.invalid == "" {
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

// readBack reads the file and removes its folder with all that the editor put
// beside it.
func readBack(path string) (text string, err error) {
	defer func() { err = errors.Join(err, os.RemoveAll(filepath.Dir(path))) }()
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	raw, err := io.ReadAll(io.LimitReader(f, maxEdited+1))
	switch {
	case err != nil:
		return "", err
	case len(raw) > maxEdited:
		return "", fmt.Errorf("it left more than %d KB", maxEdited>>10)
	}
	text, err = input.DecodeText(raw)
	if err != nil {
		return "", errors.New("it left bytes that are not UTF-8 text")
	}
	return text, nil
}
