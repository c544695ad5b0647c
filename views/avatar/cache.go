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
	drawn drawn
	err   error
}

// drawn is one picture at every size that is kept.
type drawn struct{ large, small []string }

// keep is how many pictures stay in memory; the oldest go first.
const keep = 64

// Cache is the pictures in memory. It is for one goroutine: Update and View.
type Cache struct {
	fetch Fetch
	pause func(context.Context, time.Duration) error
	kept  map[clean.Text]drawn
	order []clean.Text // the newest last
	none  map[clean.Text]bool
	poor  bool // the terminal has too few colours for pictures
}

// New is an empty album; pause waits or returns ctx's error.
func New(fetch Fetch, pause func(context.Context, time.Duration) error) *Cache {
	return &Cache{fetch: fetch, pause: pause, kept: map[clean.Text]drawn{}, none: map[clean.Text]bool{}}
}

// Load is the task that brings a user's picture, after a moment in which it may
// still be cancelled or replaced; ok is false where nothing is to be loaded:
// it is there, or was tried in vain, or the user has none. A generated avatar is
// no picture of anybody; initials say as much and cost nothing.
func (a *Cache) Load(key string, u *api.User, after time.Duration) (task tui.Task, ok bool) {
	if u == nil || !u.HasImage || u.ImageURL.Empty() || a.none[u.ImageURL] {
		return tui.Task{}, false
	}
	if _, there := a.kept[u.ImageURL]; there {
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
		msg.drawn, msg.err = draw(data)
	}
	return msg
}

// Update takes what was loaded.
func (a *Cache) Update(msg LoadedMsg) {
	if msg.err != nil {
		if len(a.none) > keep {
			clear(a.none)
		}
		a.none[msg.url] = true
		return
	}
	a.kept[msg.url] = msg.drawn
	a.touch(msg.url)
	for len(a.order) > keep {
		delete(a.kept, a.order[0])
		a.order = slices.Delete(a.order, 0, 1)
	}
}

func (a *Cache) touch(url clean.Text) {
	a.order = append(slices.DeleteFunc(a.order, func(o clean.Text) bool { return o == url }), url)
}

// Forget drops a picture that is old, so that it is loaded again.
func (a *Cache) Forget(url clean.Text) {
	delete(a.kept, url)
	delete(a.none, url)
	a.order = slices.DeleteFunc(a.order, func(o clean.Text) bool { return o == url })
}

// Retry forgets which pictures could not be loaded.
func (a *Cache) Retry() { clear(a.none) }

// Picture is the user's picture in that size, nil while there is none or where
// the terminal has too few colours for one.
func (a *Cache) Picture(u *api.User, size Size) []string {
	if u == nil || !u.HasImage || a.poor {
		return nil
	}
	d, ok := a.kept[u.ImageURL]
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

// Colors says what the terminal can show: with 16 colours nobody looks like anybody.
func (a *Cache) Colors(p colorprofile.Profile) { a.poor = p < colorprofile.ANSI256 }
