package api

import (
	"bytes"
	"context"
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"net/textproto"
	"strings"
	"sync/atomic"
	"time"

	"frontdesk/api/clean"
)

// slowestUpload is the line speed that an upload's deadline is made for.
const slowestUpload = 64 << 10 // bytes per second

// SetProfileImage is POST /users/{id}/profile_image (6.7). It streams an image
// of at most 10 MB; open is called once per attempt. Type and size are checked
// before anything is sent (CheckImage). The answer has has_image true and a new
// image_url. 413 image_too_large, 400 request_body_invalid for what is no image.
func (c *Client) SetProfileImage(ctx context.Context, id clean.Text, img ImageFile) (*User, error) {
	k, err := onUser("set the profile image", http.MethodPost, id, "/profile_image")
	if err != nil {
		return nil, err
	}
	if err := img.check(); err != nil {
		return nil, k.fail(KindRefused, err)
	}
	before, after, contentType, err := envelope(img.Type)
	if err != nil {
		return nil, k.fail(KindRefused, err)
	}
	k.contentType = contentType
	k.length = int64(len(before)) + img.Size + int64(len(after))
	k.extra = time.Duration(img.Size/slowestUpload) * time.Second
	k.body = func() (io.ReadCloser, error) {
		file, err := img.Open()
		if err != nil {
			return nil, err
		}
		body := &upload{file: file, left: img.Size}
		body.Reader = io.MultiReader(bytes.NewReader(before), readerFunc(body.readFile), bytes.NewReader(after))
		return body, nil
	}
	return c.answerUser(ctx, k, userOf(id))
}

// DeleteProfileImage is DELETE /users/{id}/profile_image (6.7). The answer is
// the user with has_image false and the address of a generated avatar.
func (c *Client) DeleteProfileImage(ctx context.Context, id clean.Text) (*User, error) {
	return c.user(ctx, "remove the profile image", http.MethodDelete, id, "/profile_image", nil)
}

// envelope is what stands around the file in multipart/form-data. The name on
// the operator's disk stays here.
func envelope(imageType string) (before, after []byte, contentType string, err error) {
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	_, err = w.CreatePart(textproto.MIMEHeader{
		"Content-Disposition": {`form-data; name="file"; filename="image.` + strings.TrimPrefix(imageType, "image/") + `"`},
		"Content-Type":        {imageType},
	})
	if err != nil {
		return nil, nil, "", err
	}
	before = bytes.Clone(b.Bytes())
	b.Reset()
	if err := w.Close(); err != nil {
		return nil, nil, "", err
	}
	return before, b.Bytes(), w.FormDataContentType(), nil
}

var errFileShort = errors.New("the file could not be read to its end; nothing was changed")

// upload is a streamed body. Where the file, and not the network, lets it down it
// stops before the closing boundary, so that no server takes half a picture for
// a whole one, and remembers that.
type upload struct {
	io.Reader
	file   io.ReadCloser
	left   int64 // bytes of the file still to come
	failed atomic.Bool
}

type readerFunc func([]byte) (int, error)

func (f readerFunc) Read(p []byte) (int, error) { return f(p) }

// readFile reads the file up to the size that was announced.
func (u *upload) readFile(p []byte) (int, error) {
	if u.left == 0 {
		return 0, io.EOF
	}
	n, err := u.file.Read(p[:min(int64(len(p)), u.left)])
	u.left -= int64(n)
	if err != nil && u.left > 0 {
		u.failed.Store(true)
		return n, errFileShort
	}
	return n, nil
}

func (u *upload) Close() error { return u.file.Close() }

// spoiled says that the body could not be read to its end.
func spoiled(body io.Reader) bool {
	u, ok := body.(*upload)
	return ok && u.failed.Load()
}
