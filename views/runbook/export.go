package runbook

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	tea "charm.land/bubbletea/v2"

	"frontdesk/api/clean"
	"frontdesk/api/wire"
	"frontdesk/tui"
	"frontdesk/views/action"
	"frontdesk/views/action/wording"
	"frontdesk/views/userfmt"
)

const (
	exportField = "file"
	// pageSize is how many sessions and memberships are read at a time.
	pageSize = 500
)

// exportedMsg is the fact that a file was written, or why not.
type exportedMsg struct {
	user clean.Text
	path string
	err  error
}

func (v *View) askExport() tea.Cmd {
	return v.askExportTo("~/frontdesk-"+v.user.ID.Clipboard()+".json", "")
}

// askExportTo asks where the data goes; problem says why that file did not do.
func (v *View) askExportTo(path, problem string) tea.Cmd {
	env, u := v.env, v.user
	return tui.Ask(tui.Prompt{
		Tier: tui.T2, Title: "Export their data", Verb: "Export", Tone: tui.ToneAccent, ReadOnly: true, Unprompted: problem != "",
		Subject: userfmt.Identify(env.Shown(u)),
		EffectsFor: func(given tui.Answers) []string {
			return []string{"reads the user, their sessions and organizations, private metadata included",
				"goes as JSON into " + describeFolder(given[exportField]) + "; only you can read it"}
		},
		Fields: []tui.Field{{Name: exportField, Label: "File", Value: path, Required: true, ServerError: problem, Edited: problem != "",
			Validate: func(s string) string {
				if strings.HasSuffix(strings.TrimSpace(s), "/") {
					return "needs a name after the folder"
				}
				return ""
			}}},
		OnConfirm: func(given tui.Answers) tea.Cmd { return tui.Run(v.exportTask(strings.TrimSpace(given[exportField]))) },
	})
}

// describeFolder names the folder of a file, of which the field may show only the end.
func describeFolder(path string) string {
	switch dir := filepath.Dir(strings.TrimSpace(path)); dir {
	case "~":
		return "~, your home folder"
	case ".":
		return "the folder in which frontdesk was started"
	default:
		return clean.NewText(dir).Display()
	}
}

func (v *View) exportTask(path string) tui.Task {
	env, id := v.env, v.user.ID
	return tui.Task{
		Key: "runbook.export " + id.Display(), Title: "Exporting the data", KeepsQuestion: true,
		Run: func(ctx context.Context, report func(tui.Progress)) tea.Msg {
			data, err := readData(env.ReportWaits(ctx, report), env, id)
			if err == nil {
				err = writeNew(expandHome(path, env.Home), data)
			}
			return exportedMsg{id, path, err}
		},
		Then: func(msg tea.Msg) tea.Cmd {
			end := msg.(exportedMsg)
			if errors.Is(end.err, fs.ErrExist) && !env.Mask.On() { // the question would show the path
				return v.askExportTo(end.path, "there is a file of that name already")
			}
			if end.err != nil {
				return tui.Notify(tui.Toast{ID: "runbook.export", Tone: tui.ToneBad, Text: "The data was not exported: " + wording.Error(end.err), Next: "Try again, perhaps into another folder."})
			}
			return tea.Batch(func() tea.Msg { return end }, tui.Notify(tui.Toast{ID: "runbook.export", Tone: tui.ToneOK, Text: "Exported the data into " + clean.NewText(end.path).Display()}))
		},
	}
}

// takeExport notes that the step is done.
func (v *View) takeExport(msg exportedMsg) {
	if msg.user != v.user.ID {
		return
	}
	for i := range v.c.Steps {
		if s := &v.c.Steps[i]; v.q.row(*s).export {
			s.State, s.At, s.Reason = action.StepDone, v.env.Now(), "into "+clean.NewText(msg.path).Display()
			v.isAuto = true
		}
	}
}

// readData returns the answers of the service about a user as one JSON object.
func readData(ctx context.Context, env *action.Env, id clean.Text) ([]byte, error) {
	u, err := env.Client.GetUser(ctx, id)
	if err != nil {
		return nil, err
	}
	var out struct {
		User          json.RawMessage   `json:"user"`
		Sessions      []json.RawMessage `json:"sessions"`
		Organizations []json.RawMessage `json:"organization_memberships"`
	}
	out.User = u.Body
	if out.Sessions, err = readAll(func(offset int) ([]wire.Secret, error) {
		p, err := env.Client.Sessions(ctx, id, "", pageSize, offset)
		return p.Bodies, err
	}); err != nil {
		return nil, err
	}
	if out.Organizations, err = readAll(func(offset int) ([]wire.Secret, error) {
		p, err := env.Client.Memberships(ctx, id, pageSize, offset)
		return p.Bodies, err
	}); err != nil {
		return nil, err
	}
	return json.MarshalIndent(out, "", "  ")
}

// readAll reads page after page until one is not full.
func readAll(page func(offset int) ([]wire.Secret, error)) ([]json.RawMessage, error) {
	out := []json.RawMessage{}
	for {
		rows, err := page(len(out))
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			out = append(out, json.RawMessage(r.Reveal()))
		}
		if len(rows) < pageSize {
			return out, nil
		}
	}
}

// writeNew writes a file that must not exist, for its owner only.
func writeNew(path string, data []byte) (err error) {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	defer func() {
		if closeErr := f.Close(); err == nil {
			err = closeErr
		}
		if err != nil {
			err = fmt.Errorf("%w; what was written was removed", err)
			os.Remove(path)
		}
	}()
	_, err = f.Write(append(data, '\n'))
	return err
}

func expandHome(path, home string) string {
	if rest, ok := strings.CutPrefix(path, "~/"); ok {
		return filepath.Join(home, rest)
	}
	return path
}
