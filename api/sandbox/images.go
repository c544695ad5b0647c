package sandbox

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"image"
	_ "image/gif"  // the four formats that Clerk accepts
	_ "image/jpeg" //
	_ "image/png"  //
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"strings"

	_ "golang.org/x/image/webp" //

	"frontdesk/api/sandbox/store"
)

const (
	imagePrefix    = "/img/"
	uploadedPrefix = "/uploaded/"
	maxImage       = 10 << 20 // bytes
	maxImageSide   = 16384    // pixels; more is a decompression bomb
	imageField     = "file"
)

var (
	errImageMissing = failParam(400, "form_param_missing", imageField, "Image file missing",
		"There was no image file present in the request")
	errImageTooLarge = fail(413, "image_too_large", "Image too large",
		"The image being uploaded is more than 10MB. Please choose a smaller one.")
	errImageUndecodable = fail(400, "request_body_invalid", "Image decode error",
		"The image could not be decoded. Please ensure the image is valid and try again.")
	errImageNotFound = fail(404, "image_not_found", "Image not found", "Image not found")
)

// imageRef is the content of an image URL's path, base64url of JSON.
type imageRef struct {
	Type     string `json:"type"` // "default" or "proxy"
	Instance string `json:"iid,omitempty"`
	User     string `json:"rid,omitempty"`
	Source   string `json:"src,omitempty"`
}

// imageURL returns the URL of the user's uploaded picture, or of the portrait drawn from
// their id.
func (s *Server) imageURL(instance string, u *store.User) string {
	if u.ImageID != "" {
		return s.imageRefURL(`{"type":"proxy","src":"` + s.baseURL + uploadedPrefix + u.ImageID + `"}`)
	}
	return s.imageRefURL(`{"type":"default","iid":"` + instance + `","rid":"` + u.ID + `"}`)
}

func (s *Server) organizationImage(instance, id string) string {
	return s.imageRefURL(`{"type":"default","iid":"` + instance + `","rid":"` + id + `"}`)
}

// imageRefURL avoids encoding/json, because a page of users needs a thousand URLs. Ids and
// the base URL contain nothing to escape.
func (s *Server) imageRefURL(ref string) string {
	return s.baseURL + imagePrefix + base64.RawURLEncoding.EncodeToString([]byte(ref))
}

// serveImage serves GET and HEAD below /img/ without a key, like the real image host.
func (s *Server) serveImage(w http.ResponseWriter, r *http.Request) {
	trace := s.traceID()
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		s.refuseRoute([]string{"GET", "HEAD"}, trace).write(w, r, trace)
		return
	}
	kind, content, err := s.loadImage(r)
	if err != nil {
		s.refuse(s.asAPIError(err), trace).write(w, r, trace)
		return
	}
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Content-Length", fmt.Sprint(len(content)))
	w.Header().Set("Cache-Control", "public, max-age=86400")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	if r.Method == http.MethodGet {
		_, _ = w.Write(content)
	}
}

func (s *Server) loadImage(r *http.Request) (kind string, content []byte, err error) {
	raw, err := base64.RawURLEncoding.DecodeString(strings.TrimPrefix(r.URL.Path, imagePrefix))
	if err != nil {
		return "", nil, errImageNotFound
	}
	var ref imageRef
	if err := json.Unmarshal(raw, &ref); err != nil {
		return "", nil, errImageNotFound
	}
	switch _, id, uploaded := strings.Cut(ref.Source, uploadedPrefix); {
	case ref.Type == "default" && ref.User != "":
		content, err := s.portraits.PNG(ref.User)
		return "image/png", content, err
	case ref.Type == "proxy" && uploaded:
		return s.uploadedImage(r, id)
	}
	return "", nil, errImageNotFound
}

func (s *Server) uploadedImage(r *http.Request, id string) (kind string, content []byte, err error) {
	err = s.store.Read(r.Context(), func(tx *store.Tx) error {
		stored, err := tx.Image(id)
		if errors.Is(err, store.ErrNotFound) {
			return errImageNotFound
		}
		if err != nil {
			return err
		}
		kind, content = stored.ContentType, stored.Bytes
		return nil
	})
	return kind, content, err
}

func setProfileImage(c *call) (any, error) {
	content, err := c.uploadedFile()
	if err != nil {
		return nil, err
	}
	kind, err := imageKind(content)
	if err != nil {
		return nil, err
	}
	id, err := c.newID("img")
	if err != nil {
		return nil, err
	}
	return c.changeUser(func(tx *store.Tx, u *store.User) error {
		if err := deleteUploadedImage(tx, u); err != nil {
			return err
		}
		u.ImageID = id
		return tx.PutImage(&store.Image{ID: id, ContentType: kind, Bytes: content, CreatedAt: c.nowMS})
	})
}

func deleteProfileImage(c *call) (any, error) {
	return c.changeUser(func(tx *store.Tx, u *store.User) error {
		if u.ImageID == "" {
			return errImageNotFound
		}
		return deleteUploadedImage(tx, u)
	})
}

// deleteUploadedImage deletes the user's uploaded picture, if there is one.
func deleteUploadedImage(tx *store.Tx, u *store.User) error {
	if u.ImageID == "" {
		return nil
	}
	if err := tx.DeleteImage(u.ImageID); err != nil && !errors.Is(err, store.ErrNotFound) {
		return err
	}
	u.ImageID = ""
	return nil
}

// uploadedFile reads the part named file of a multipart form.
func (c *call) uploadedFile() ([]byte, error) {
	got := c.r.Header.Get("Content-Type")
	media, params, err := mime.ParseMediaType(got)
	if err != nil || media != "multipart/form-data" || params["boundary"] == "" {
		drain(c.r.Body)
		return nil, errContentType(got, "multipart/form-data")
	}
	reader := multipart.NewReader(c.r.Body, params["boundary"])
	for {
		part, err := reader.NextPart()
		if errors.Is(err, io.EOF) {
			return nil, errImageMissing
		}
		if err != nil {
			return nil, errBody("The request body is not a readable multipart form.")
		}
		if part.FormName() == imageField {
			return c.readImage(part)
		}
	}
}

func (c *call) readImage(part io.Reader) ([]byte, error) {
	content, err := io.ReadAll(io.LimitReader(part, maxImage+1))
	switch {
	case err != nil:
		return nil, errBody("The request body ended before the image did.")
	case len(content) > maxImage:
		drain(c.r.Body)
		return nil, errImageTooLarge
	case len(content) == 0:
		return nil, errImageMissing
	}
	return content, nil
}

// imageKind finds the format by decoding, whatever the part's Content-Type says.
func imageKind(content []byte) (string, error) {
	config, format, err := image.DecodeConfig(bytes.NewReader(content))
	if errors.Is(err, image.ErrFormat) {
		kind, _, _ := strings.Cut(http.DetectContentType(content), ";")
		return "", fail(400, "request_body_invalid", "Unsupported image type",
			"'"+kind+"' images are not currently supported. Please consult the API documentation for more information.")
	}
	if err != nil || config.Width > maxImageSide || config.Height > maxImageSide {
		return "", errImageUndecodable
	}
	if config.Width*config.Height <= 64<<20 {
		if _, _, err := image.Decode(bytes.NewReader(content)); err != nil {
			return "", errImageUndecodable
		}
	}
	return "image/" + format, nil
}
