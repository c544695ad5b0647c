package avatar

import (
	"fmt"
	"io"
	"strings"

	"github.com/charmbracelet/colorprofile"

	"frontdesk/api"
	"frontdesk/tui"
	"frontdesk/tui/picture"
)

// renderPicture decodes a picture and renders it in every size. It is slow.
func renderPicture(data []byte) (renderedPicture, error) {
	img, err := picture.Decode(data)
	if err != nil {
		return renderedPicture{}, err
	}
	at := func(s Size) []string { return picture.Render(img, s.Width, s.Height, colorprofile.TrueColor) }
	return renderedPicture{photo: at(Photo()), small: at(Small())}, nil
}

// RenderFile renders an image file in the given size and in the small one that
// questions use. It is slow. The error is a sentence without a full stop;
// *picture.TooLarge says that the file may still be a good picture.
func RenderFile(f api.ImageFile, size Size) (preview, inQuestion []string, err error) {
	file, err := f.Open()
	if err != nil {
		return nil, nil, err
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, picture.MaxBytes+1))
	if err != nil {
		return nil, nil, fmt.Errorf("the file cannot be read to its end")
	}
	img, err := picture.Decode(data)
	if err != nil {
		return nil, nil, err
	}
	small := Small()
	return picture.Render(img, size.Width, size.Height, colorprofile.TrueColor),
		picture.Render(img, small.Width, small.Height, colorprofile.TrueColor), nil
}

// boxed draws the initials of a name in a box of that size.
func boxed(name string, size Size, s *tui.Styles) []string {
	lines := picture.BoxedInitials(name, size.Width, size.Height)
	for i, l := range lines {
		inside, ok := strings.CutPrefix(l, "│")
		inside, closed := strings.CutSuffix(inside, "│")
		if !ok || !closed {
			lines[i] = s.Line.Render(l)
			continue
		}
		if strings.Trim(inside, " ") != "" {
			inside = s.AccentBold.Render(inside)
		}
		side := s.Line.Render("│")
		lines[i] = side + inside + side
	}
	return lines
}
