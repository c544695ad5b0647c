// Package portrait keeps the pictures of people: loaded and drawn off the loop,
// a few in memory, initials of the same size while there is none.
//
// What may live here: which picture is wanted, kept and shown. What may not:
// how an image becomes cells (tui/picture), what stands around it.
package avatar

import (
	"context"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/tui"
	"frontdesk/views/userfmt"
)

// Size is how large a portrait is drawn, in cells.
type Size struct{ Width, Height int }

// The sizes that are kept: beside a card or a heading, and where there is less room.
func Large() Size { return Size{12, 6} }
func Small() Size { return Size{8, 4} }

// Fetch gets the bytes behind an image's address.
type Fetch func(ctx context.Context, url clean.Text) ([]byte, error)

// LoadedMsg is the fact that a picture was loaded, or could not be. Screens that
// show portraits hand it to their Album.
type LoadedMsg struct {
	url   clean.Text
	drawn renderedPicture
	err   error
}

// renderedPicture is one picture at every size that is kept.
type renderedPicture struct{ large, small []string }

// maxPictures is how many pictures stay in memory; the oldest go first.
const maxPictures = 64

// Cache is the pictures in memory. It is for one goroutine: Update and View.
type Cache struct {
	fetch     Fetch
	pause     func(context.Context, time.Duration) error
	pictures  map[clean.Text]renderedPicture
	order     []clean.Text // the newest last
	failed    map[clean.Text]bool
	fewColors bool // the terminal has too few colours for pictures
}

// New is an empty album; pause waits or returns ctx's error.
func New(fetch Fetch, pause func(context.Context, time.Duration) error) *Cache {
	return &Cache{fetch: fetch, pause: pause, pictures: map[clean.Text]renderedPicture{}, failed: map[clean.Text]bool{}}
}

// LoadTask is the task that brings a user's picture, after a moment in which it may
// still be cancelled or replaced; ok is false where nothing is to be loaded:
// it is there, or was tried in vain, or the user has none. A generated avatar is
// no picture of anybody; initials say as much and cost nothing.
func (a *Cache) LoadTask(key string, u *api.User, after time.Duration) (task tui.Task, ok bool) {
	if u == nil || !u.HasImage || u.ImageURL.Empty() || a.failed[u.ImageURL] {
		return tui.Task{}, false
	}
	if _, there := a.pictures[u.ImageURL]; there {
		return tui.Task{}, false
	}
	url, pause, fetch := u.ImageURL, a.pause, a.fetch
	return tui.Task{Key: key, Replace: true, Run: func(ctx context.Context, _ func(tui.Progress)) tea.Msg {
		if err := pause(ctx, after); err != nil {
			return nil
		}
		return load(ctx, fetch, url)
	}}, true
}

// load fetches and draws; a read that was taken back says nothing.
func load(ctx context.Context, fetch Fetch, url clean.Text) tea.Msg {
	data, err := fetch(ctx, url)
	if ctx.Err() != nil {
		return nil
	}
	msg := LoadedMsg{url: url, err: err}
	if err == nil {
		msg.drawn, msg.err = renderPicture(data)
	}
	return msg
}

// Update takes what was loaded.
func (a *Cache) Update(msg LoadedMsg) {
	if msg.err != nil {
		if len(a.failed) > maxPictures {
			clear(a.failed)
		}
		a.failed[msg.url] = true
		return
	}
	a.pictures[msg.url] = msg.drawn
	a.markNewest(msg.url)
	for len(a.order) > maxPictures {
		delete(a.pictures, a.order[0])
		a.order = slices.Delete(a.order, 0, 1)
	}
}

func (a *Cache) markNewest(url clean.Text) {
	a.order = append(slices.DeleteFunc(a.order, func(o clean.Text) bool { return o == url }), url)
}

// Forget drops a picture that is old, so that it is loaded again.
func (a *Cache) Forget(url clean.Text) {
	delete(a.pictures, url)
	delete(a.failed, url)
	a.order = slices.DeleteFunc(a.order, func(o clean.Text) bool { return o == url })
}

// ForgetFailures forgets which pictures could not be loaded.
func (a *Cache) ForgetFailures() { clear(a.failed) }

// Picture is the user's picture in that size, nil while there is none or where
// the terminal has too few colours for one.
func (a *Cache) Picture(u *api.User, size Size) []string {
	if u == nil || !u.HasImage || a.fewColors {
		return nil
	}
	d, ok := a.pictures[u.ImageURL]
	switch {
	case !ok:
		return nil
	case size == Large():
		return d.large
	}
	return d.small
}

// Lines is the user's picture, or initials in a box of the same size: what
// stands beside it never moves. A theme without colours has no pictures either:
// half-blocks would be a wall.
func (a *Cache) Lines(u *api.User, size Size, s *tui.Styles) []string {
	if p := a.Picture(u, size); p != nil && s.Theme.Accent != nil {
		return p
	}
	name := ""
	if u != nil {
		name = userfmt.Name(u)
	}
	return initials(name, size, s)
}

// SetColorProfile says what the terminal can show: with 16 colours nobody looks like anybody.
func (a *Cache) SetColorProfile(p colorprofile.Profile) { a.fewColors = p < colorprofile.ANSI256 }
