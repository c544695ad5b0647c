// Package avatar keeps users' pictures, and draws the tile with initials that stands
// for a user where there is no room for one. It loads and renders pictures in tasks and
// holds a few in memory. How an image becomes cells is in tui/picture.
package avatar

import (
	"context"
	"hash/fnv"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/colorprofile"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/tui"
	"frontdesk/tui/picture"
	"frontdesk/tui/text"
	"frontdesk/views/userfmt"
)

// Size is the size of a picture in cells.
type Size struct{ Width, Height int }

// Photo returns the least size at which a face is recognized. Only Photo and Small are
// kept.
func Photo() Size { return Size{24, 12} }

// Small returns the size in a question about a picture.
func Small() Size { return Size{8, 4} }

// TileSize returns the size of a tile.
func TileSize() Size { return Size{6, 3} }

// Fetch gets the bytes at an image's URL.
type Fetch func(ctx context.Context, url clean.Text) ([]byte, error)

// LoadedMsg says that a picture was loaded or could not be. Screens that show pictures
// pass it to Cache.Update.
type LoadedMsg struct {
	url   clean.Text
	drawn renderedPicture
	err   error
}

// renderedPicture is one picture in every size.
type renderedPicture struct{ photo, small []string }

// maxPictures is how many pictures stay in memory; the oldest are dropped first.
const maxPictures = 64

// Cache holds pictures. Only Update and View may use it, from one goroutine.
type Cache struct {
	fetch    Fetch
	pause    func(context.Context, time.Duration) error
	pictures map[clean.Text]renderedPicture
	order    []clean.Text // the newest last
	failed   map[clean.Text]bool
	profile  colorprofile.Profile // Unknown until the terminal is known
}

// New returns an empty cache; pause waits or returns ctx's error.
func New(fetch Fetch, pause func(context.Context, time.Duration) error) *Cache {
	return &Cache{fetch: fetch, pause: pause, pictures: map[clean.Text]renderedPicture{}, failed: map[clean.Text]bool{}}
}

// LoadTask returns the task that loads a user's picture after a pause, during which it
// can be cancelled or replaced. ok is false if there is nothing to load: the picture
// is in memory, failed before, or is a generated avatar, which says no more than
// initials.
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

// load fetches and renders a picture; nil if the task was cancelled.
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

// Update stores a loaded picture, or that it could not be loaded.
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

// Forget drops a picture, so that it is loaded again.
func (a *Cache) Forget(url clean.Text) {
	delete(a.pictures, url)
	delete(a.failed, url)
	a.order = slices.DeleteFunc(a.order, func(o clean.Text) bool { return o == url })
}

// ForgetFailures lets pictures that failed be loaded again.
func (a *Cache) ForgetFailures() { clear(a.failed) }

// Picture returns the user's picture, nil if there is none or the terminal has too few
// colours.
func (a *Cache) Picture(u *api.User, size Size) []string {
	if u == nil || !u.HasImage || !a.ShowsPictures() {
		return nil
	}
	d, ok := a.pictures[u.ImageURL]
	switch {
	case !ok:
		return nil
	case size == Photo():
		return d.photo
	}
	return d.small
}

// HasPicture reports whether the user's picture is in memory.
func (a *Cache) HasPicture(u *api.User) bool { return a.Picture(u, Small()) != nil }

// Tile returns the user's initials on a colour that comes from the id, or in a box
// where there are too few colours.
func (a *Cache) Tile(u *api.User, s *tui.Styles) []string {
	size := TileSize()
	style, ok := a.tileStyle(u, s)
	if !ok {
		return boxed(nameOf(u), size, s)
	}
	return renderAll(picture.CenteredInitials(nameOf(u), size.Width, size.Height), style)
}

// LargeTile returns the same in the size of a photograph; the box stays small.
func (a *Cache) LargeTile(u *api.User, s *tui.Styles) []string {
	style, ok := a.tileStyle(u, s)
	if !ok {
		return a.Tile(u, s)
	}
	lines := picture.LargeInitials(nameOf(u), Photo().Width, Photo().Height)
	for i, l := range lines {
		// A renderer erases spaces at the end of a line, and programs that read the
		// screen back, such as tmux, may not report them as part of it.
		lines[i] = strings.ReplaceAll(l, " ", "\u00a0")
	}
	return renderAll(lines, style)
}

// ShowsPictures reports whether the terminal has enough colours for pictures.
func (a *Cache) ShowsPictures() bool {
	return a.profile == colorprofile.Unknown || a.profile >= colorprofile.ANSI256
}

// InlineTile returns the user's tile for a line of text.
func InlineTile(u *api.User) tui.Tile {
	return tui.Tile{Initials: text.Cut(picture.Initials(nameOf(u)), 2), Color: numberOf(u)}
}

func nameOf(u *api.User) string {
	if u == nil {
		return ""
	}
	return userfmt.Name(u)
}

// numberOf returns a number that depends on the id alone.
func numberOf(u *api.User) uint32 {
	hash := fnv.New32a()
	if u != nil {
		_, _ = hash.Write([]byte(u.ID.Raw())) // never fails
	}
	return hash.Sum32()
}

// tileStyle returns the style of the user's tile; ok is false where there are too few
// colours.
func (a *Cache) tileStyle(u *api.User, s *tui.Styles) (style lipgloss.Style, ok bool) {
	if len(s.Tiles) == 0 {
		return style, false
	}
	which := int(numberOf(u) % uint32(len(s.Tiles)))
	if c := s.Theme.Tiles[which]; a.profile != colorprofile.Unknown && a.profile.Convert(c) != c {
		return style, false // text on a rounded colour may be unreadable
	}
	return s.Tiles[which], true
}

func renderAll(lines []string, style lipgloss.Style) []string {
	for i, l := range lines {
		lines[i] = style.Render(l)
	}
	return lines
}

// SetColorProfile sets what the terminal can show. With 16 colours no picture is
// recognizable.
func (a *Cache) SetColorProfile(p colorprofile.Profile) { a.profile = p }
