package sandbox

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"image"
	"image/gif"
	"image/jpeg"
	"image/png"
	"mime/multipart"
	"net/textproto"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// upload returns a form with one part, and its content type.
func upload(t *testing.T, field, partType string, content []byte) (body []byte, kind string) {
	t.Helper()
	var form bytes.Buffer
	w := multipart.NewWriter(&form)
	header := textproto.MIMEHeader{}
	header.Set("Content-Disposition", `form-data; name="`+field+`"; filename="me.png"`)
	if partType != "" {
		header.Set("Content-Type", partType)
	}
	part, err := w.CreatePart(header)
	require.NoError(t, err)
	_, err = part.Write(content)
	require.NoError(t, err)
	require.NoError(t, w.Close())
	return form.Bytes(), w.FormDataContentType()
}

func (d *testServer) setImage(id, field string, content []byte) reply {
	d.t.Helper()
	body, kind := upload(d.t, field, "image/png", content)
	return d.do("POST", "/users/"+id+"/profile_image", body, "Content-Type", kind)
}

func pictureAs(t *testing.T, format string) []byte {
	t.Helper()
	img := image.NewPaletted(image.Rect(0, 0, 8, 8), portraitPalette([32]byte{1}))
	var out bytes.Buffer
	switch format {
	case "png":
		require.NoError(t, png.Encode(&out, img))
	case "jpeg":
		require.NoError(t, jpeg.Encode(&out, img, nil))
	case "gif":
		require.NoError(t, gif.Encode(&out, img, nil))
	case "webp": // 1x1, lossless
		raw, err := base64.StdEncoding.DecodeString("UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==")
		require.NoError(t, err)
		out.Write(raw)
	}
	return out.Bytes()
}

func imagePath(u map[string]any) string {
	return strings.TrimPrefix(u["image_url"].(string), InProcessURL)
}

func TestImage_IsServedAsUploaded(t *testing.T) {
	d := newTestServer(t)
	u := d.person("Ann", 1)
	before := d.do("GET", "/users/"+u.ID, nil).ok()
	require.Equal(t, false, before["has_image"])
	for _, format := range []string{"png", "jpeg", "gif", "webp"} {
		content := pictureAs(t, format)
		with := d.setImage(u.ID, "file", content).ok()
		require.Equal(t, true, with["has_image"])
		seen := d.do("GET", imagePath(with), nil, "Authorization", "")
		require.Equal(t, 200, seen.status)
		require.Equal(t, "image/"+format, seen.header.Get("Content-Type"), "by its content, not by what the part said")
		require.Equal(t, content, seen.body)
	}
	last := d.do("GET", "/users/"+u.ID, nil).ok()
	without := d.do("DELETE", "/users/"+u.ID+"/profile_image", nil).ok()
	require.Equal(t, "user", without["object"], "a user, not a deleted object")
	require.Equal(t, false, without["has_image"])
	require.Equal(t, before["image_url"], without["image_url"])
	d.do("GET", imagePath(last), nil).fails(404, "image_not_found")
	d.do("DELETE", "/users/"+u.ID+"/profile_image", nil).fails(404, "image_not_found")
}

func TestImage_Refusals(t *testing.T) {
	d := newTestServer(t)
	u := d.person("Ann", 1)
	good := pictureAs(t, "png")
	d.setImage(u.ID, "picture", good).fails(400, "form_param_missing")
	d.setImage(u.ID, "file", nil).fails(400, "form_param_missing")
	p := d.setImage(u.ID, "file", []byte("%PDF-1.4 not a picture")).fails(400, "request_body_invalid")
	require.Contains(t, p.LongMessage, "application/pdf")
	d.setImage(u.ID, "file", good[:len(good)-20]).fails(400, "request_body_invalid")
	d.setImage(u.ID, "file", append(good, make([]byte, maxImage)...)).fails(413, "image_too_large")
	d.do("POST", "/users/"+u.ID+"/profile_image", good, "Content-Type", "image/png").fails(415, "unsupported_content_type")
	d.do("POST", "/users/"+u.ID+"/profile_image", "{}").fails(415, "unsupported_content_type")
	body, kind := upload(t, "file", "image/png", good)
	d.do("POST", "/users/"+u.ID+"/profile_image", body[:len(body)/2], "Content-Type", kind).fails(400, "request_body_invalid")
	d.setImage("user_nobody", "file", good).fails(404, "resource_not_found")
	require.False(t, d.do("GET", "/users/"+u.ID, nil).ok()["has_image"].(bool))
}

func TestImage_TooLargeIsAnsweredOverTCP(t *testing.T) {
	d := newTestServer(t).overTCP()
	u := d.person("Ann", 1)
	d.setImage(u.ID, "file", append(pictureAs(t, "png"), make([]byte, 2*maxImage)...)).fails(413, "image_too_large")
}

func TestImageURL_HasTypeAndIDs(t *testing.T) {
	d := newTestServer(t)
	u := d.person("Ann", 1)
	ref := func(object map[string]any) (out map[string]string) {
		raw, err := base64.RawURLEncoding.DecodeString(strings.TrimPrefix(imagePath(object), "/img/"))
		require.NoError(t, err)
		require.NoError(t, json.Unmarshal(raw, &out))
		return out
	}
	require.Equal(t, map[string]string{"type": "default", "iid": "ins_2xkTestInstance000000000000A", "rid": u.ID}, ref(d.do("GET", "/users/"+u.ID, nil).ok()))
	require.Equal(t, "proxy", ref(d.setImage(u.ID, "file", pictureAs(t, "png")).ok())["type"])
	for _, path := range []string{"/img/", "/img/@@@", "/img/e30", "/img/" + base64.RawURLEncoding.EncodeToString([]byte(`{"type":"proxy","src":"x"}`))} {
		d.do("GET", path, nil).fails(404, "image_not_found")
	}
	d.do("POST", imagePath(d.do("GET", "/users/"+u.ID, nil).ok()), nil).fails(405, "method_not_allowed")
}

func TestPortrait_IsDrawnForUsersWithoutAnImage(t *testing.T) {
	seen, portraits := map[string]bool{}, &PortraitEncoder{}
	for _, id := range []string{"user_a", "user_b", "user_c", "user_d"} {
		first, err := portraits.PNG(id)
		require.NoError(t, err)
		again, err := portraits.PNG(id)
		require.NoError(t, err)
		require.Equal(t, first, again)
		require.False(t, seen[string(first)])
		seen[string(first)] = true
		config, format, err := image.DecodeConfig(bytes.NewReader(first))
		require.NoError(t, err)
		require.Equal(t, "png", format)
		require.Equal(t, portraitCells*portraitScale, config.Width)
	}
	for _, layer := range append([]sketch{portraitBody, portraitGlasses}, portraitHeads...) {
		for _, row := range layer {
			require.Contains(t, []int{0, portraitCells}, len(row), row)
		}
	}
}
