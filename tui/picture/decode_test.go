package picture_test

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"runtime"
	"testing"

	"github.com/stretchr/testify/require"

	"frontdesk/tui/picture"
)

// quarters returns an image with red, green, blue and white quarters.
func quarters(w, h int) *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			c := []color.RGBA{{255, 0, 0, 255}, {0, 255, 0, 255}, {0, 0, 255, 255}, {255, 255, 255, 255}}
			img.Set(x, y, c[2*(2*y/h)+2*x/w])
		}
	}
	return img
}

func pngOf(t testing.TB, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, png.Encode(&b, img))
	return b.Bytes()
}

func jpegOf(t testing.TB, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, jpeg.Encode(&b, img, &jpeg.Options{Quality: 95}))
	return b.Bytes()
}

func gifOf(t testing.TB, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, gif.Encode(&b, img, nil))
	return b.Bytes()
}

func unbase64(t testing.TB, s string) []byte {
	t.Helper()
	b, err := base64.StdEncoding.DecodeString(s)
	require.NoError(t, err)
	return b
}

// one pixel each, lossy and lossless
const (
	webpLossy    = "UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA"
	webpLossless = "UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA=="
)

// requireColor checks that a pixel has about this colour.
func requireColor(t *testing.T, img image.Image, x, y int, want color.RGBA) {
	t.Helper()
	r, g, b, _ := img.At(img.Bounds().Min.X+x, img.Bounds().Min.Y+y).RGBA()
	require.InDelta(t, want.R, r>>8, 40, "red at %d,%d", x, y)
	require.InDelta(t, want.G, g>>8, 40, "green at %d,%d", x, y)
	require.InDelta(t, want.B, b>>8, 40, "blue at %d,%d", x, y)
}

func TestDecode_ReadsEveryFormat(t *testing.T) {
	for name, data := range map[string][]byte{"png": pngOf(t, quarters(40, 20)), "jpeg": jpegOf(t, quarters(40, 20)), "gif": gifOf(t, quarters(40, 20))} {
		img, err := picture.Decode(data)
		require.NoError(t, err, name)
		require.Equal(t, image.Pt(40, 20), img.Bounds().Size(), name)
		requireColor(t, img, 5, 5, color.RGBA{255, 0, 0, 255})
		requireColor(t, img, 35, 15, color.RGBA{255, 255, 255, 255})
	}
	for _, s := range []string{webpLossy, webpLossless} {
		img, err := picture.Decode(unbase64(t, s))
		require.NoError(t, err)
		require.Equal(t, image.Pt(1, 1), img.Bounds().Size())
	}
}

func TestDecode_Shrinks(t *testing.T) {
	for size, want := range map[image.Point]image.Point{{400, 200}: {256, 128}, {100, 300}: {85, 256}, {1000, 1}: {256, 1}, {256, 256}: {256, 256}} {
		img, err := picture.Decode(pngOf(t, quarters(size.X, size.Y)))
		require.NoError(t, err)
		require.Equal(t, want, img.Bounds().Size())
	}
	img, err := picture.Decode(pngOf(t, quarters(400, 200)))
	require.NoError(t, err)
	requireColor(t, img, 2, 2, color.RGBA{255, 0, 0, 255})
	requireColor(t, img, 250, 2, color.RGBA{0, 255, 0, 255})
	requireColor(t, img, 2, 120, color.RGBA{0, 0, 255, 255})
}

func TestDecode_RejectsOtherFiles(t *testing.T) {
	whole := pngOf(t, quarters(40, 20))
	for name, data := range map[string][]byte{
		"empty": nil, "text": []byte("hello"), "svg": []byte("<svg xmlns='http://www.w3.org/2000/svg'/>"),
		"bmp": []byte("BM\x00\x00\x00\x00"), "magic only": []byte("\x89PNG\r\n\x1a\n"), "half": whole[:len(whole)/2],
		"half a jpeg": jpegOf(t, quarters(40, 20))[:300], "half a gif": gifOf(t, quarters(40, 20))[:60],
		"webp header": []byte("RIFF\x00\x00\x00\x00WEBPVP8 "), "nothing in it": claimedPNG(t, 0, 0),
	} {
		img, err := picture.Decode(data)
		require.Error(t, err, name)
		require.Nil(t, img, name)
		var large *picture.TooLargeError
		require.NotErrorAs(t, err, &large, name)
	}
	_, err := picture.Decode(make([]byte, picture.MaxBytes+1))
	require.EqualError(t, err, "the picture is larger than 10 MB")
}

// claimedPNG returns a PNG of a few bytes that claims to be w by h pixels.
func claimedPNG(t testing.TB, w, h int) []byte {
	t.Helper()
	b := pngOf(t, quarters(1, 1))
	binary.BigEndian.PutUint32(b[16:], uint32(w))
	binary.BigEndian.PutUint32(b[20:], uint32(h))
	binary.BigEndian.PutUint32(b[29:], crc32.ChecksumIEEE(b[12:29]))
	return b
}

func TestDecode_AllocatesNothingForAClaimedSize(t *testing.T) {
	slow := jpegOf(t, quarters(16, 16))
	sof := bytes.Index(slow, []byte{0xff, 0xc0})
	slow[sof+1] = 0xc2 // progressive, which takes more memory per pixel
	binary.BigEndian.PutUint16(slow[sof+5:], 5000)
	binary.BigEndian.PutUint16(slow[sof+7:], 5000)
	for name, data := range map[string][]byte{"wide": claimedPNG(t, 1<<30, 1), "large": claimedPNG(t, 16000, 16000), "jpeg": slow} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		_, err := picture.Decode(data)
		runtime.ReadMemStats(&after)
		var large *picture.TooLargeError
		require.ErrorAs(t, err, &large, name)
		require.Less(t, after.TotalAlloc-before.TotalAlloc, uint64(1<<20), name)
	}
	_, err := picture.Decode(claimedPNG(t, 16000, 16000))
	require.EqualError(t, err, "the picture is 16000×16000 pixels, too large to show here")
}

// exif adds an orientation to a JPEG, in either byte order.
func exif(data []byte, order binary.ByteOrder, turn uint16) []byte {
	mark := "MM"
	if order == binary.LittleEndian {
		mark = "II"
	}
	tiff := append([]byte(mark), make([]byte, 24)...)
	order.PutUint16(tiff[2:], 42)
	order.PutUint32(tiff[4:], 8)
	order.PutUint16(tiff[8:], 1)
	order.PutUint16(tiff[10:], 0x0112)
	order.PutUint16(tiff[12:], 3)
	order.PutUint32(tiff[14:], 1)
	order.PutUint16(tiff[18:], turn)
	body := append([]byte("Exif\x00\x00"), tiff...)
	out := append([]byte{}, data[:2]...)
	out = append(out, 0xff, 0xe1, 0, byte(len(body)+2))
	return append(append(out, body...), data[2:]...)
}

func TestDecode_TurnsPhonePicturesUpright(t *testing.T) {
	r, g, b, w := color.RGBA{255, 0, 0, 255}, color.RGBA{0, 255, 0, 255}, color.RGBA{0, 0, 255, 255}, color.RGBA{255, 255, 255, 255}
	// The corners after each orientation: top left, top right, bottom left, bottom right.
	corners := map[uint16][4]color.RGBA{
		1: {r, g, b, w}, 2: {g, r, w, b}, 3: {w, b, g, r}, 4: {b, w, r, g},
		5: {r, b, g, w}, 6: {b, r, w, g}, 7: {w, g, b, r}, 8: {g, w, r, b},
		9: {r, g, b, w}, 0: {r, g, b, w},
	}
	data := jpegOf(t, quarters(64, 32))
	for turn, want := range corners {
		for _, order := range []binary.ByteOrder{binary.BigEndian, binary.LittleEndian} {
			img, err := picture.Decode(exif(data, order, turn))
			require.NoError(t, err)
			size := image.Pt(64, 32)
			if turn >= 5 && turn <= 8 {
				size = image.Pt(32, 64)
			}
			require.Equal(t, size, img.Bounds().Size(), "orientation %d", turn)
			for i, c := range want {
				requireColor(t, img, (i%2)*(size.X-9)+4, (i/2)*(size.Y-9)+4, c)
			}
		}
	}
}

func FuzzDecode(f *testing.F) {
	f.Add(pngOf(f, quarters(4, 4)))
	f.Add(exif(jpegOf(f, quarters(8, 8)), binary.BigEndian, 6))
	f.Add(gifOf(f, quarters(4, 4)))
	f.Add(unbase64(f, webpLossy))
	f.Add(unbase64(f, webpLossless))
	f.Fuzz(func(t *testing.T, data []byte) {
		img, err := picture.Decode(data)
		if (err == nil) != (img != nil) {
			t.Fatal(img, err)
		}
		if err == nil && (img.Bounds().Dx() > 256 || img.Bounds().Dy() > 256 || img.Bounds().Empty()) {
			t.Fatal(img.Bounds())
		}
	})
}
