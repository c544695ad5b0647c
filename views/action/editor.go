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

// Editor is the operator's text editor, for texts of more than a line.
type Editor struct {
	// Command is $VISUAL or $EDITOR, a shell command such as "code --wait".
	Command string
	// Environ is this program's environment. The editor gets it without the
	// secret key.
	Environ []string
	// TempDir is the directory for the temporary directory of the file; "" is the
	// default of os.MkdirTemp.
	TempDir string
	// Run runs the editor on the terminal and waits for it; nil is (*exec.Cmd).Run.
	Run func(*exec.Cmd) error
	// Exec releases the terminal while a command runs; nil is tea.Exec.
	Exec func(tea.ExecCommand, tea.ExecCallback) tea.Cmd
}

// EditorFromEnv returns the editor that the environment names, nil if it names none,
// with the given Run. The file goes into $XDG_RUNTIME_DIR, if that exists, because
// the system removes it at the end of the login session.
func EditorFromEnv(getenv func(string) string, environ []string, run func(*exec.Cmd) error) *Editor {
	e := &Editor{Command: getenv("VISUAL"), Environ: environ, Run: run}
	if e.Command == "" {
		e.Command = getenv("EDITOR")
	}
	if e.Command == "" {
		return nil
	}
	runtimeDir := getenv("XDG_RUNTIME_DIR")
	if info, err := os.Stat(runtimeDir); err == nil && info.IsDir() {
		e.TempDir = runtimeDir
	}
	return e
}

// The editor's environment has no variable that begins with secretPrefix, and none
// that contains the value of secretKeyVariable.
const secretPrefix, secretKeyVariable = "CLERK_", "CLERK_SECRET_KEY="

// command returns the command that opens a file in the editor.
func (e *Editor) command(path string) *exec.Cmd {
	// The shell ignores signals such as that of ctrl-c, which are for the editor, so
	// that it ends when the editor does.
	cmd := exec.Command("/bin/sh", "-c", "trap : INT TERM HUP; "+e.Command+` "$1"`, "frontdesk", path)
	secret := ""
	for _, v := range e.Environ {
		if value, is := strings.CutPrefix(v, secretKeyVariable); is {
			secret = value
		}
	}
	cmd.Env = []string{} // nil would pass on the whole environment
	for _, v := range e.Environ {
		if !strings.HasPrefix(v, secretPrefix) && (secret == "" || !strings.Contains(v, secret)) {
			cmd.Env = append(cmd.Env, v)
		}
	}
	return cmd
}

// editorSession is one run of the editor. Its file exists only during Run, even if
// the screen that opened the editor is gone by the end.
type editorSession struct {
	editor     *Editor
	name, text string // the file's name, and what is in it: before, then afterwards
	started    bool
}

// Run implements [tea.ExecCommand]: it writes the file, runs the editor, reads the
// file back and removes it.
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
	runErr := run(s.editor.command(path))
	s.text, err = readBack(path)
	if runErr != nil {
		return runErr
	}
	return err
}

// Editor.Run connects the terminal, so there is nothing to set here.
func (s *editorSession) SetStdin(io.Reader)  {}
func (s *editorSession) SetStdout(io.Writer) {}
func (s *editorSession) SetStderr(io.Writer) {}

// maxEdited bounds what is read back, in bytes. The server's limit is 8 KB.
const maxEdited = 1 << 20

// editedMsg reports that the editor has ended.
type editedMsg struct {
	draft   *draft
	session *editorSession
	err     error
}

// openEditor opens the current text in the editor.
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

// editorClosed takes the edited text over, or reports why there is none.
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
	return tui.Notify(tui.Toast{ID: "metadata", Tone: tui.ToneWarn, Text: what + ": " + wording.Error(msg.err), Next: "Your text is unchanged."})
}

// takeEditedText puts the edited text into the box, whether it is valid or not.
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
	return tui.Notify(tui.Toast{ID: "metadata", Tone: tui.ToneWarn, Text: "Your edits are kept, but cannot be sent as they are", Next: "Fix them here, or open the editor again."})
}

// writePrivate writes text to a new file in a new directory, both of which only the
// operator can access.
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

// readBack reads the file and removes its directory, including what the editor left
// there.
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
		return "", fmt.Errorf("the file is larger than %d KB", maxEdited>>10)
	}
	text, err = input.DecodeText(raw)
	if err != nil {
		return "", errors.New("the file is not UTF-8 text")
	}
	return text, nil
}
