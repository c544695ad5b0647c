package action

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"frontdesk/api"
	"frontdesk/tui"
	"frontdesk/tui/picture"
	"frontdesk/views/action/wording"
	"frontdesk/views/avatar"
)

// fileCheck is the result of checking one file.
type fileCheck struct {
	path      string
	done      bool
	file      api.ImageFile
	problem   string   // why the file is refused, "" if it is not
	preview   []string // for this screen
	thumbnail []string // for the question
}

const (
	previewWidth, previewHeight = 28, 14
	// checkDelay lets the cursor move through a folder without reading every file.
	checkDelay   = 120 * time.Millisecond
	diskDeadline = 20 * time.Second

	checkTask, folderTask = "image.look", "image.folder"
)

// checkSelected checks and previews the selected file. The first bytes of the file
// decide what it is, not its name.
func (v *imageView) checkSelected() tea.Cmd {
	path, folder := v.selected()
	if folder {
		v.check = fileCheck{}
		return tui.Cancel(checkTask)
	}
	if v.check.path == path {
		return nil
	}
	v.check = fileCheck{path: path}
	env := v.env
	return tui.Run(tui.Task{
		Key: checkTask, Title: "Reading " + displayName(filepath.Base(path)), Replace: true, Deadline: diskDeadline,
		Run: func(ctx context.Context, _ func(tui.Progress)) tea.Msg {
			if env.Pause(ctx, checkDelay) != nil {
				return nil
			}
			return withDeadline(ctx, func() tea.Msg { return fileCheckedMsg{v, checkFile(path)} })
		},
	})
}

// taskStopped handles a read that failed because the disk took too long.
func (v *imageView) taskStopped(msg tui.TaskMsg) {
	switch {
	case msg.Running || msg.Err == nil:
	case msg.Key == checkTask && v.check.path != "" && !v.check.done:
		v.check.done, v.check.problem, v.chooseChecked = true, "the disk did not answer", false
	case msg.Key == folderTask && v.loading != "":
		v.list, v.read, v.loading = listing{dir: v.loading, err: errors.New("the disk did not answer")}, true, ""
	}
}

// withDeadline runs work until ctx ends, and then drops its result: a read from a
// disk that does not answer cannot be cancelled.
func withDeadline(ctx context.Context, work func() tea.Msg) tea.Msg {
	out := make(chan tea.Msg, 1)
	go func() { out <- work() }()
	select {
	case msg := <-out:
		return msg
	case <-ctx.Done():
		return nil
	}
}

// checkFile checks a file and renders its previews. Only tasks may call it.
func checkFile(path string) fileCheck {
	c := fileCheck{path: path, done: true}
	file, err := api.CheckImage(path)
	if err != nil {
		c.problem = wording.Error(err)
		return c
	}
	c.file = file
	c.preview, c.thumbnail, err = avatar.RenderFile(file, avatar.Size{Width: previewWidth, Height: previewHeight})
	var large *picture.TooLargeError
	if err != nil && !errors.As(err, &large) {
		c.problem = wording.Error(err)
	}
	return c
}

// summary describes the file: "png, 240 KB".
func (c fileCheck) summary() string {
	return fmt.Sprintf("%s, %s", strings.TrimPrefix(c.file.Type, "image/"), fileSize(c.file.Size))
}

func fileSize(bytes int64) string {
	switch {
	case bytes < 1000:
		return fmt.Sprintf("%d bytes", bytes)
	case bytes < 1_000_000:
		return fmt.Sprintf("%d KB", (bytes+500)/1000)
	}
	return fmt.Sprintf("%.1f MB", float64(bytes)/1e6)
}
