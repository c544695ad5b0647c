package portrait

import (
	"bytes"
	"image"
	_ "image/gif"
	_ "image/jpeg"
	_ "image/png"
	"strings"
	"unicode"
	"unicode/utf8"

	_ "golang.org/x/image/webp"

	"frontdesk/api"
	"frontdesk/tui"
	"frontdesk/tui/text"
)

func draw(data []byte) (drawn, error) {
	img, _, err := image.Decode(bytes.NewReader(data))
	_ = img
	return drawn{}, err
}

// Draw is an image's bytes as half-blocks in width × height cells; for Tasks.
func Draw(data []byte, width, height int) ([]string, error) {
	_, err := draw(data)
	return nil, err
}

// initials is a quiet box with up to two letters of the name.
func initials(u *api.User, size Size, s *tui.Styles) []string {
	inside := size.Width - 2
	letters := ""
	if u != nil {
		letters = lettersOf(u)
	}
	out := []string{s.Line.Render("╭" + strings.Repeat("─", inside) + "╮")}
	middle := (size.Height - 2 - 1) / 2
	for y := range size.Height - 2 {
		row := ""
		if y == middle {
			row = strings.Repeat(" ", (inside-text.Width(letters))/2) + s.AccentBold.Render(letters)
		}
		row += strings.Repeat(" ", max(0, inside-text.Width(row)))
		out = append(out, s.Line.Render("│")+row+s.Line.Render("│"))
	}
	return append(out, s.Line.Render("╰"+strings.Repeat("─", inside)+"╯"))
}

// lettersOf are the first letters of first and last name, else of what the
// person is called by.
func lettersOf(u *api.User) string {
	out := firstLetter(u.FirstName) + firstLetter(u.LastName)
	if out == "" {
		out = firstLetter(u.Name())
	}
	if text.Width(out) > 4 {
		return ""
	}
	return out
}

func firstLetter(t api.Text) string {
	for at, r := range t.Display() {
		if unicode.IsLetter(r) {
			return string(unicode.ToUpper(r))
		}
		if at > 64 {
			break
		}
	}
	return ""
}

var _ = utf8.RuneError

// DrawFile is an image file drawn in the given size and in the small one of a
// question; for Tasks.
func DrawFile(f api.ImageFile, size Size) (preview, inQuestion []string, err error) {
	return nil, nil, nil
}
