package picture

import (
	"bytes"
	"encoding/binary"
	"image"
)

// walkSegments calls see for the segments of a JPEG's header, up to its pixels.
func walkSegments(data []byte, see func(marker byte, body []byte) (more bool)) {
	for at := 2; at+4 <= len(data) && data[at] == 0xff; {
		marker := data[at+1]
		if marker == 0xff { // fill byte
			at++
			continue
		}
		size := int(binary.BigEndian.Uint16(data[at+2:]))
		if marker == 0xda || size < 2 || at+2+size > len(data) {
			return
		}
		if !see(marker, data[at+4:at+2+size]) {
			return
		}
		at += 2 + size
	}
}

// isProgressive reports whether a JPEG is stored in several scans.
func isProgressive(data []byte) (yes bool) {
	walkSegments(data, func(marker byte, _ []byte) bool {
		yes = yes || marker == 0xc2
		return !yes
	})
	return yes
}

// orientation returns the EXIF orientation of a JPEG, 1 (upright) if it has none.
// Phones store a picture as the sensor was held and leave rotating it to the reader.
func orientation(data []byte) int {
	turn := 1
	walkSegments(data, func(marker byte, body []byte) bool {
		tiff, ok := bytes.CutPrefix(body, []byte("Exif\x00\x00"))
		if marker != 0xe1 || !ok {
			return true
		}
		turn = tiffOrientation(tiff)
		return false
	})
	return turn
}

func tiffOrientation(b []byte) int {
	const tag, entry = 0x0112, 12
	if len(b) < 8 {
		return 1
	}
	var order binary.ByteOrder = binary.BigEndian
	if b[0] == 'I' {
		order = binary.LittleEndian
	}
	at := int64(order.Uint32(b[4:]))
	if at+2 > int64(len(b)) {
		return 1
	}
	list := b[at+2:]
	for range order.Uint16(b[at:]) {
		if len(list) < entry {
			break
		}
		if order.Uint16(list) == tag {
			if v := int(order.Uint16(list[8:])); v >= 1 && v <= 8 {
				return v
			}
			break
		}
		list = list[entry:]
	}
	return 1
}

// orient rotates and mirrors an image according to its EXIF orientation.
func orient(img image.Image, turn int) image.Image {
	if turn == 1 {
		return img
	}
	b := img.Bounds()
	w, h := b.Dx(), b.Dy()
	if turn > 4 {
		w, h = h, w
	}
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			sx, sy := x, y
			if turn > 4 { // across the diagonal
				sx, sy = y, x
			}
			if turn == 2 || turn == 3 || turn == 7 || turn == 8 {
				sx = b.Dx() - 1 - sx
			}
			if turn == 3 || turn == 4 || turn == 6 || turn == 7 {
				sy = b.Dy() - 1 - sy
			}
			out.Set(x, y, img.At(b.Min.X+sx, b.Min.Y+sy))
		}
	}
	return out
}
