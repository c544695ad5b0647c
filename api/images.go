package api

import (
	"bytes"
	"context"
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"net/textproto"
	"net/url"
	"strings"
	"sync/atomic"
	"time"

	"frontdesk/api/clean"
)

// minUploadRate is the network speed for which an upload's deadline is calculated.
const minUploadRate = 64 << 10 // bytes per second

// SetProfileImage calls POST /users/{id}/profile_image. It streams an image of at most 10
// MB; img is opened once per attempt. Type and size are checked before anything is sent
// (see CheckImage). The returned user has has_image true and a new image_url. It fails
// with 413 image_too_large, or with 400 request_body_invalid for a file that is not an
// image.
func (c *Client) SetProfileImage(ctx context.Context, id clean.Text, img ImageFile) (*User, error) {
	k, err := newUserCall("set the profile image", http.MethodPost, id, "/profile_image")
	if err != nil {
		return nil, err
	}
	if err := img.check(); err != nil {
		return nil, k.newError(KindRefused, err)
	}
	before, after, contentType, err := multipartEnvelope(img.Type)
	if err != nil {
		return nil, k.newError(KindRefused, err)
	}
	k.contentType = contentType
	k.length = int64(len(before)) + img.Size + int64(len(after))
	k.extraTime = time.Duration(img.Size/minUploadRate) * time.Second
	k.body = func() (io.ReadCloser, error) {
		file, err := img.Open()
		if err != nil {
			return nil, err
		}
		body := &upload{file: file, remaining: img.Size}
		body.Reader = io.MultiReader(bytes.NewReader(before), readerFunc(body.readFile), bytes.NewReader(after))
		return body, nil
	}
	return c.doUser(ctx, k, checkUserID(id))
}

// DeleteProfileImage calls DELETE /users/{id}/profile_image. The returned user has
// has_image false and the URL of a generated avatar.
func (c *Client) DeleteProfileImage(ctx context.Context, id clean.Text) (*User, error) {
	return c.callUser(ctx, "remove the profile image", http.MethodDelete, id, "/profile_image", nil)
}

// multipartEnvelope returns what goes before and after the file in multipart/form-data.
// The file's name on the operator's disk is not sent.
func multipartEnvelope(imageType string) (before, after []byte, contentType string, err error) {
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

var errFileTruncated = errors.New("the file could not be read completely; nothing was changed")

// upload is a streamed request body. If reading the file fails, it stops before the
// closing boundary, so that no server takes a partial image for a whole one, and records
// the failure.
type upload struct {
	io.Reader
	file      io.ReadCloser
	remaining int64 // bytes of the file still to send
	failed    atomic.Bool
}

type readerFunc func([]byte) (int, error)

func (f readerFunc) Read(p []byte) (int, error) { return f(p) }

// readFile reads the file up to the announced size.
func (u *upload) readFile(p []byte) (int, error) {
	if u.remaining == 0 {
		return 0, io.EOF
	}
	n, err := u.file.Read(p[:min(int64(len(p)), u.remaining)])
	u.remaining -= int64(n)
	if err != nil && u.remaining > 0 {
		u.failed.Store(true)
		return n, errFileTruncated
	}
	return n, nil
}

func (u *upload) Close() error { return u.file.Close() }

// uploadFailed reports whether the body could not be read to its end.
func uploadFailed(body io.Reader) bool {
	u, ok := body.(*upload)
	return ok && u.failed.Load()
}

// maxRedirects limits the redirects of an image; CDNs use some.
const maxRedirects = 3

// FetchImage fetches an image_url of at most 10 MB, without the key. It only fetches
// https, or URLs of the API's own host if that is on this machine or in this process. A
// redirect must follow the same rule.
func (c *Client) FetchImage(ctx context.Context, address clean.Text) ([]byte, error) {
	k := call{op: "load the picture", method: http.MethodGet}
	timed, cancel := context.WithTimeout(ctx, c.timeout)
	defer cancel()
	u, err := url.Parse(address.Raw())
	if err != nil {
		return nil, k.newError(KindRefused, errImageURL)
	}
	for range maxRedirects + 1 {
		if err := c.checkImageURL(u); err != nil {
			return nil, k.newError(KindRefused, err)
		}
		body, next, err := c.fetchImageOnce(ctx, timed, &k, u)
		if err != nil {
			return nil, err
		}
		if next == nil {
			return body, nil
		}
		u = next
	}
	return nil, k.newError(KindRefused, errors.New("it redirects too many times"))
}

var errImageURL = errors.New("its address is not allowed")

// checkImageURL returns an error if an image must not be fetched from u.
func (c *Client) checkImageURL(u *url.URL) error {
	own := u.Host == c.host && (c.loopback || c.inProcess)
	if u.Host == "" || u.User != nil || (u.Scheme != "https" && (u.Scheme != "http" || !own)) {
		return errImageURL
	}
	// Only the sandbox serves images from the operator's own machine.
	if isLoopback(u.Hostname()) && !own && !c.loopback {
		return errImageURL
	}
	return nil
}

// fetchImageOnce sends one request. next is the target of a redirect.
func (c *Client) fetchImageOnce(parent, ctx context.Context, k *call, u *url.URL) (body []byte, next *url.URL, err error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return nil, nil, k.newError(KindRefused, errImageURL)
	}
	req.Header.Set("Accept", "image/png, image/jpeg, image/gif, image/webp")
	req.Header.Set("User-Agent", c.agent)
	var foot connTrace
	res, err := c.transport.RoundTrip(req.WithContext(foot.attach(ctx)))
	if err != nil {
		return nil, nil, c.noAnswerError(parent, ctx, k, u, &foot, err)
	}
	defer res.Body.Close()
	if res.StatusCode >= 300 && res.StatusCode < 400 {
		if to, err := u.Parse(res.Header.Get("Location")); err == nil && res.Header.Get("Location") != "" {
			return nil, to, nil
		}
	}
	if res.StatusCode != http.StatusOK {
		e := k.newError(kindOfStatus(res.StatusCode), nil)
		e.Status, e.Sent = res.StatusCode, true
		return nil, nil, e
	}
	var b bytes.Buffer
	if _, err := b.ReadFrom(io.LimitReader(res.Body, maxImage+1)); err != nil {
		e := k.connectionError(parent, ctx, err)
		e.Sent = true
		return nil, nil, e
	}
	if b.Len() > maxImage {
		return nil, nil, k.newError(KindRefused, imageTooBig(int64(b.Len())))
	}
	if isHTML(res, b.Bytes()) {
		e := k.newError(KindInvalidResponse, errWebPage)
		e.Status, e.Sent = res.StatusCode, true
		return nil, nil, e
	}
	return b.Bytes(), nil, nil
}
