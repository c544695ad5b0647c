package api_test

import (
	"bytes"
	"image"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"

	"frontdesk/api"
)

// webp1x1 is a lossless image of one pixel.
const webp1x1 = "RIFF\x1a\x00\x00\x00WEBPVP8L\x0d\x00\x00\x00\x2f\x00\x00\x00\x10\x07\x10\x11\x11\x88\x88\xfe\x07\x00"

func pngOf(t *testing.T, w, h int) []byte {
	var b bytes.Buffer
	require.NoError(t, png.Encode(&b, image.NewGray(image.Rect(0, 0, w, h))))
	return b.Bytes()
}

func file(t *testing.T, name string, content []byte) string {
	path := filepath.Join(t.TempDir(), name)
	require.NoError(t, os.WriteFile(path, content, 0o600))
	return path
}

func TestCheckImage(t *testing.T) {
	var j, g bytes.Buffer
	require.NoError(t, jpeg.Encode(&j, image.NewGray(image.Rect(0, 0, 3, 2)), nil))
	require.NoError(t, gif.Encode(&g, image.NewGray(image.Rect(0, 0, 3, 2)), nil))
	for want, content := range map[string][]byte{"image/png": pngOf(t, 3, 2), "image/jpeg": j.Bytes(), "image/gif": g.Bytes(), "image/webp": []byte(webp1x1)} {
		img, err := api.CheckImage(file(t, "photo.txt", content)) // the name does not matter
		require.NoError(t, err, want)
		require.Equal(t, want, img.Type)
		require.EqualValues(t, len(content), img.Size)
		require.Equal(t, "photo.txt", img.Name)
		require.NotZero(t, img.Width*img.Height)
		in, err := img.Open()
		require.NoError(t, err)
		got, err := io.ReadAll(in)
		require.NoError(t, err)
		require.Equal(t, content, got)
		require.NoError(t, in.Close())
	}
}

func TestCheckImage_RejectsOtherFiles(t *testing.T) {
	dir := t.TempDir()
	fifo := filepath.Join(dir, "fifo")
	require.NoError(t, syscall.Mkfifo(fifo, 0o600))
	huge := filepath.Join(dir, "huge.png")
	require.NoError(t, os.WriteFile(huge, pngOf(t, 1, 1), 0o600))
	require.NoError(t, os.Truncate(huge, 10<<20+1))
	bomb := pngOf(t, 1, 1)
	copy(bomb[16:24], "\x00\x00\xff\xff\x00\x00\xff\xff") // 65535 × 65535, with an invalid checksum
	for path, want := range map[string]string{
		"":                                      "no file was given",
		dir:                                     "this is a folder, not a picture",
		filepath.Join(dir, "gone"):              "the file does not exist",
		filepath.Join(huge, "x"):                "the file does not exist",
		fifo:                                    "this is a device or a pipe, not a picture",
		"/dev/null":                             "this is a device or a pipe, not a picture",
		huge:                                    "the picture is 10.0 MB; at most 10 MB are allowed",
		file(t, "empty", nil):                   "the file is empty",
		file(t, "x.png", []byte("hello")):       "this is not a supported image: it must be a jpg, png, gif or webp",
		file(t, "x.svg", []byte("<svg/>")):      "this is not a supported image: it must be a jpg, png, gif or webp",
		file(t, "x.bmp", []byte("BM\x00")):      "this is not a supported image: it must be a jpg, png, gif or webp",
		file(t, "cut.png", pngOf(t, 3, 2)[:20]): "the picture is damaged: its header cannot be read",
		file(t, "bomb.png", bomb):               "the picture is damaged: its header cannot be read",
		"a\x00b":                                "the file cannot be read",
	} {
		_, err := api.CheckImage(path)
		require.EqualError(t, err, want, path)
	}
	wide := file(t, "wide.gif", []byte("GIF89a\xff\xff\xff\xff\x00\x00\x00"))
	_, err := api.CheckImage(wide)
	require.EqualError(t, err, "the picture is 65535 × 65535 pixels, which is too large")
	if os.Getuid() != 0 {
		closed := file(t, "closed.png", pngOf(t, 1, 1))
		require.NoError(t, os.Chmod(closed, 0))
		_, err := api.CheckImage(closed)
		require.EqualError(t, err, "you do not have permission to read this file")
	}
}

// The checked file is the one that is sent: a file replaced since then is refused, and
// nothing is sent.
func TestSetImage_FileChangedAfterTheCheck(t *testing.T) {
	d := newDesk(t)
	maya := d.person("Maya", 1)
	path := file(t, "a.png", pngOf(t, 3, 2))
	img, err := api.CheckImage(path)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(path, pngOf(t, 300, 200), 0o600))
	_, err = d.SetProfileImage(ctx, maya, img)
	e := failed(t, err, api.KindRefused)
	require.False(t, e.Sent)
	require.EqualError(t, err, "Could not set the profile image: the file has changed since it was chosen; choose it again.")
	require.NoError(t, os.Remove(path))
	_, err = d.SetProfileImage(ctx, maya, img)
	require.ErrorContains(t, err, "the file does not exist")
}

// A file that ends early leaves the server with half a request, which it does not carry
// out.
func TestSetImage_FileEndsEarly(t *testing.T) {
	content := pngOf(t, 30, 20)
	img := api.ImageFile{Type: "image/png", Size: 1 << 20, Open: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(content)), nil }}
	var acted atomic.Bool
	client, _ := serve(t, func(w http.ResponseWriter, r *http.Request) {
		_, _, err := r.FormFile("file")
		if err == nil {
			acted.Store(true)
		}
		reply(200, annJSON)(w, r)
	})
	_, err := client.SetProfileImage(ctx, ann, img)
	failed(t, err, api.KindRefused)
	require.False(t, api.IsOutcomeUnknown(err))
	require.False(t, acted.Load())
	require.ErrorContains(t, err, "could not be read completely")
	for want, bad := range map[string]api.ImageFile{
		"it must be a jpg": {Type: "text/html", Size: 5, Open: img.Open}, "is empty": {Type: "image/png", Open: img.Open}, "at most 10 MB": {Type: "image/png", Size: 11 << 20, Open: img.Open},
	} {
		_, err := client.SetProfileImage(ctx, ann, bad)
		require.ErrorContains(t, err, want)
	}
}

func TestSetImage_StreamsWithContentLength(t *testing.T) {
	content := append(pngOf(t, 3, 2), make([]byte, 5<<20)...)
	path := file(t, "s\"ecret\r\nname.png", content)
	img, err := api.CheckImage(path)
	require.NoError(t, err)
	client, _ := serve(t, func(w http.ResponseWriter, r *http.Request) {
		require.Greater(t, r.ContentLength, int64(len(content)))
		require.Empty(t, r.TransferEncoding)
		f, head, err := r.FormFile("file")
		if !assertNoError(t, err) {
			return
		}
		got, _ := io.ReadAll(f)
		if !bytes.Equal(content, got) || head.Filename != "image.png" || head.Header.Get("Content-Type") != "image/png" {
			t.Errorf("%d bytes of %q", len(got), head.Filename)
		}
		reply(200, annJSON)(w, r)
	})
	_, err = client.SetProfileImage(ctx, ann, img)
	require.NoError(t, err)
}

func assertNoError(t *testing.T, err error) bool {
	if err != nil {
		t.Error(err)
	}
	return err == nil
}

func TestSetImage_ThenDelete(t *testing.T) {
	d := newDesk(t)
	maya := d.person("Maya", 1)
	content := pngOf(t, 30, 20)
	img, err := api.CheckImage(file(t, "a.png", content))
	require.NoError(t, err)
	u, err := d.SetProfileImage(ctx, maya, img)
	require.NoError(t, err)
	require.True(t, u.HasImage)
	got, err := d.FetchImage(ctx, u.ImageURL)
	require.NoError(t, err)
	seen, _, err := image.Decode(bytes.NewReader(got))
	require.NoError(t, err)
	require.Equal(t, image.Pt(30, 20), seen.Bounds().Size())
	u, err = d.DeleteProfileImage(ctx, maya)
	require.NoError(t, err)
	require.False(t, u.HasImage)
	got, err = d.FetchImage(ctx, u.ImageURL)
	require.NoError(t, err, "the avatar")
	require.NotEmpty(t, got)
}

func TestFetchImage_DoesNotSendTheKey(t *testing.T) {
	content := pngOf(t, 3, 2)
	mux := http.NewServeMux()
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != "" || r.Header.Get("Clerk-API-Version") != "" {
			t.Errorf("%s got the key", r.URL)
		}
		switch r.URL.Path {
		case "/ok":
			w.Write(content)
		case "/once":
			http.Redirect(w, r, "/ok", http.StatusFound)
		case "/round":
			http.Redirect(w, r, "/round", http.StatusFound)
		case "/away":
			http.Redirect(w, r, "http://clerk.example/x.png", http.StatusFound)
		case "/file":
			http.Redirect(w, r, "file:///etc/passwd", http.StatusFound)
		case "/html":
			w.Write([]byte("<html>"))
		case "/huge":
			for range 11 {
				w.Write(make([]byte, 1<<20))
			}
		default:
			http.NotFound(w, r)
		}
	})
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	client := newClient(t, api.Config{BaseURL: server.URL}, newWatch())
	for _, path := range []string{"/ok", "/once"} {
		got, err := client.FetchImage(ctx, text(server.URL+path))
		require.NoError(t, err)
		require.Equal(t, content, got)
	}
	const notFromHere = "its address is not allowed"
	for address, want := range map[string]string{
		server.URL + "/round":         "it redirects too many times",
		server.URL + "/away":          notFromHere,
		server.URL + "/file":          notFromHere,
		server.URL + "/html":          "web page",
		server.URL + "/huge":          "at most 10 MB",
		server.URL + "/none":          "not found",
		"http://clerk.example/x.png":  notFromHere,
		"http://127.0.0.1:1/x.png":    notFromHere,
		"ftp://clerk.example/x":       notFromHere,
		"file:///etc/passwd":          notFromHere,
		"":                            notFromHere,
		"https://a:b@clerk.example/x": notFromHere,
		"\x1b[2J":                     notFromHere,
	} {
		_, err := client.FetchImage(ctx, text(address))
		require.ErrorContains(t, err, want, address)
		require.ErrorContains(t, err, "Could not load the picture")
	}
	// A real instance's image_url must not reach the operator's machine.
	real := newClient(t, api.Config{}, newWatch())
	for _, address := range []string{strings.Replace(server.URL, "http:", "https:", 1) + "/ok", server.URL + "/ok", "https://localhost/x"} {
		_, err := real.FetchImage(ctx, text(address))
		require.ErrorContains(t, err, notFromHere)
	}
}
