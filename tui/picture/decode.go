// Package picture turns images into rows of half blocks, two square pixels per cell, so
// that a square picture of 12×6 cells looks square. It also draws the initials that
// replace a picture that is missing or cannot be shown in colour. It does not know
// where images come from, and it uses no terminal image protocol.
package picture

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"

	"golang.org/x/image/draw"
	"golang.org/x/image/webp"
)

const (
	// MaxBytes is the largest file that Decode accepts; Clerk accepts no larger one.
	MaxBytes = 10 << 20
	// MaxSide is the largest width or height, in pixels.
	MaxSide = 1 << 14

	// maxMemory limits what decoding may take at its peak, in bytes. A file of a few kB
	// can claim any size, so this is checked before a pixel is read.
	maxMemory = 192 << 20
	// maxDecodedSide is what Decode shrinks to, in pixels: more than any row of cells
	// shows.
	maxDecodedSide = 256
)

// TooLargeError is the error for an image that may be valid but is too large to decode
// here.
type TooLargeError struct{ Width, Height int }

// Error implements error; it names the size.
func (e *TooLargeError) Error() string {
	return fmt.Sprintf("the picture is %d×%d pixels, too large to show here", e.Width, e.Height)
}

// format is a file format.
type format struct {
	name   string
	magic  string // ? is any byte
	config func(io.Reader) (image.Config, error)
	decode func(io.Reader) (image.Image, error)
}

// formats lists the decoders to call directly. image.Decode would use whatever
// formats other packages have registered.
func formats() []format {
	return []format{
		{"png", "\x89PNG\r\n\x1a\n", png.DecodeConfig, png.Decode},
		{"jpeg", "\xff\xd8\xff", jpeg.DecodeConfig, jpeg.Decode},
		{"gif", "GIF8?a", gif.DecodeConfig, gif.Decode},
		{"webp", "RIFF????WEBPVP8", webp.DecodeConfig, webp.Decode},
	}
}

// Decode reads a PNG, JPEG, GIF (its first frame) or WebP and returns it upright,
// shrunk to at most 256 pixels a side. It is slow for large files (half a second): call
// it outside the loop and keep the result. The error is a sentence without a full stop;
// a *TooLargeError means that the file may still be a valid picture.
func Decode(data []byte) (img image.Image, err error) {
	if len(data) > MaxBytes {
		return nil, errors.New("the picture is larger than 10 MB")
	}
	f, ok := detectFormat(data)
	if !ok {
		return nil, errors.New("this is not a PNG, JPEG, GIF or WebP image")
	}
	// The bytes come from strangers, and a decoder that panics on them must not end the
	// program.
	defer func() {
		if recover() != nil {
			img, err = nil, damagedError(f)
		}
	}()
	c, err := f.config(bytes.NewReader(data))
	if err != nil || c.Width < 1 || c.Height < 1 {
		return nil, damagedError(f)
	}
	if c.Width > MaxSide || c.Height > MaxSide || c.Width*c.Height*bytesPerPixel(f, c.ColorModel, data) > maxMemory {
		return nil, &TooLargeError{c.Width, c.Height}
	}
	full, err := f.decode(bytes.NewReader(data))
	if err != nil || full.Bounds().Empty() {
		return nil, damagedError(f)
	}
	turn := 1
	if f.name == "jpeg" {
		turn = orientation(data)
	}
	return orient(shrink(full), turn), nil
}

func damagedError(f format) error {
	return fmt.Errorf("the %s cannot be read: it is damaged, cut off, or of an unsupported type", f.name)
}

func detectFormat(data []byte) (format, bool) {
	for _, f := range formats() {
		if len(data) < len(f.magic) {
			continue
		}
		same := true
		for i := range len(f.magic) {
			same = same && (f.magic[i] == '?' || f.magic[i] == data[i])
		}
		if same {
			return f, true
		}
	}
	return format{}, false
}

// bytesPerPixel returns how many bytes a decoder may hold per pixel.
func bytesPerPixel(f format, m color.Model, data []byte) int {
	switch {
	case f.name == "jpeg" && isProgressive(data):
		return 15 // every coefficient is kept until the last scan
	case f.name == "jpeg":
		return 4
	case m == color.NRGBA64Model || m == color.RGBA64Model || m == color.Gray16Model:
		return 8
	}
	return 4
}

// shrink scales to at most maxDecodedSide pixels a side, keeping the proportions; a
// smaller image is returned unchanged.
func shrink(img image.Image) image.Image {
	w, h := img.Bounds().Dx(), img.Bounds().Dy()
	if w <= maxDecodedSide && h <= maxDecodedSide {
		return img
	}
	if w > h {
		w, h = maxDecodedSide, max(1, h*maxDecodedSide/w)
	} else {
		w, h = max(1, w*maxDecodedSide/h), maxDecodedSide
	}
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	draw.BiLinear.Scale(out, out.Bounds(), img, img.Bounds(), draw.Src, nil)
	return out
}
