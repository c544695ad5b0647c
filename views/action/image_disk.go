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
	"frontdesk/views/avatar"
)

// looked is what was found of one file.
type looked struct {
	path    string
	done    bool
	file    api.ImageFile
	problem string
	preview []string // beside the folder
	small   []string // in the question
}

const (
	previewWidth, previewHeight = 28, 14
	// lookAfter lets a hand move through a folder without reading every file.
	lookAfter = 120 * time.Millisecond
	diskTime  = 20 * time.Second

	lookTask, folderTask = "image.look", "image.folder"
)

// look checks the selected file and draws it. What a name promises does not
// matter: the first bytes decide.
func (v *imageView) look() tea.Cmd {
	path, folder := v.selected()
	if folder {
		v.looked = looked{}
		return tui.Cancel(lookTask)
	}
	if v.looked.path == path {
		return nil
	}
	v.looked = looked{path: path}
	env := v.env
	return tui.Run(tui.Task{
		Key: lookTask, Title: "Reading " + shown(filepath.Base(path)), Replace: true, Deadline: diskTime,
		Run: func(ctx context.Context, _ func(tui.Progress)) tea.Msg {
			if env.Pause(ctx, lookAfter) != nil {
				return nil
			}
			return within(ctx, func() tea.Msg { return lookedMsg{v, lookAt(path)} })
		},
	})
}

// stopped is a reading that ended without an answer: the disk took too long, or
// it was taken back.
func (v *imageView) stopped(msg tui.TaskMsg) {
	switch {
	case msg.Running || msg.Err == nil:
	case msg.Key == lookTask && v.looked.path != "" && !v.looked.done:
		v.looked.done, v.looked.problem, v.choose = true, "the disk did not answer", false
	case msg.Key == folderTask && v.loading != "":
		v.list, v.read, v.loading = listing{dir: v.loading, err: errors.New("the disk did not answer")}, true, ""
	}
}

// within gives up on a disk that does not answer; what it says later is lost.
func within(ctx context.Context, work func() tea.Msg) tea.Msg {
	out := make(chan tea.Msg, 1)
	go func() { out <- work() }()
	select {
	case msg := <-out:
		return msg
	case <-ctx.Done():
		return nil
	}
}

// lookAt checks a file and draws it; for Tasks.
func lookAt(path string) looked {
	l := looked{path: path, done: true}
	file, err := api.CheckImage(path)
	if err != nil {
		l.problem = plain(err)
		return l
	}
	l.file = file
	l.preview, l.small, err = avatar.DrawFile(file, avatar.Size{Width: previewWidth, Height: previewHeight})
	var large *picture.TooLargeError
	if err != nil && !errors.As(err, &large) {
		l.problem = plain(err)
	}
	return l
}

// about is the file in a line: "png, 240 KB".
func (l looked) about() string {
	return fmt.Sprintf("%s, %s", strings.TrimPrefix(l.file.Type, "image/"), size(l.file.Size))
}

func size(bytes int64) string {
	switch {
	case bytes < 1000:
		return fmt.Sprintf("%d bytes", bytes)
	case bytes < 1_000_000:
		return fmt.Sprintf("%d KB", (bytes+500)/1000)
	}
	return fmt.Sprintf("%.1f MB", float64(bytes)/1e6)
}
