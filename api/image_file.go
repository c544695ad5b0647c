package api

import (
	"errors"
	"fmt"
	"image"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"syscall"

	"golang.org/x/image/webp"
)

const (
	maxImage = 10 << 20 // bytes, Clerk's limit
	// maxPixels keeps small files that decompress to gigabytes from the preview. The
	// largest cameras stay below it.
	maxPixels = 120_000_000
)

// ImageFile is an image to upload.
type ImageFile struct {
	Name string
	Size int64  // bytes
	Type string // image/jpeg, image/png, image/gif or image/webp, from its first bytes
	Open func() (io.ReadCloser, error)
	// Width and Height are in pixels, from the image's header.
	Width, Height int
}

// check validates what needs no disk access, for an ImageFile that CheckImage did not
// make.
func (f ImageFile) check() error {
	switch {
	case f.Open == nil || f.Size <= 0:
		return errors.New("the image is empty")
	case f.Size > maxImage:
		return imageTooBig(f.Size)
	case configDecoder(f.Type) == nil:
		return errNotImage
	}
	return nil
}

var errNotImage = errors.New("this is not a supported image: it must be a jpg, png, gif or webp")

func imageTooBig(size int64) error {
	return fmt.Errorf("the picture is %.1f MB; at most 10 MB are allowed", float64(size)/(1<<20))
}

// CheckImage opens and checks a file before anything is sent: it must be a regular,
// readable file of at most 10 MB that is a JPEG, PNG, GIF or WebP. The error is one
// sentence.
func CheckImage(path string) (ImageFile, error) {
	file, info, err := openImage(path)
	if err != nil {
		return ImageFile{}, err
	}
	defer file.Close()
	switch size := info.Size(); {
	case size == 0:
		return ImageFile{}, errors.New("the file is empty")
	case size > maxImage:
		return ImageFile{}, imageTooBig(size)
	}
	head := make([]byte, 512)
	n, err := io.ReadFull(file, head)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
		return ImageFile{}, errors.New("the file cannot be read")
	}
	kind := http.DetectContentType(head[:n])
	decode := configDecoder(kind)
	if decode == nil {
		return ImageFile{}, errNotImage
	}
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return ImageFile{}, errors.New("the file cannot be read")
	}
	config, err := decode(io.LimitReader(file, maxImage))
	if err != nil {
		return ImageFile{}, errors.New("the picture is damaged: its header cannot be read")
	}
	if int64(config.Width)*int64(config.Height) > maxPixels {
		return ImageFile{}, fmt.Errorf("the picture is %d × %d pixels, which is too large", config.Width, config.Height)
	}
	return ImageFile{
		Name: filepath.Base(path), Size: info.Size(), Type: kind, Width: config.Width, Height: config.Height,
		Open: func() (io.ReadCloser, error) { return reopenImage(path, info) },
	}, nil
}

// configDecoder returns the function that reads the header of an image type, or nil.
func configDecoder(contentType string) func(io.Reader) (image.Config, error) {
	switch contentType {
	case "image/jpeg":
		return jpeg.DecodeConfig
	case "image/png":
		return png.DecodeConfig
	case "image/gif":
		return gif.DecodeConfig
	case "image/webp":
		return webp.DecodeConfig
	}
	return nil
}

// openImage opens a regular file. It calls Stat first because opening some devices has
// side effects, and it does not block if the path has become a FIFO meanwhile.
func openImage(path string) (*os.File, fs.FileInfo, error) {
	if path == "" {
		return nil, nil, errors.New("no file was given")
	}
	info, err := os.Stat(path)
	if err != nil {
		return nil, nil, openError(err)
	}
	if err := checkRegular(info); err != nil {
		return nil, nil, err
	}
	file, err := os.OpenFile(path, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, nil, openError(err)
	}
	info, err = file.Stat()
	if err == nil {
		err = checkRegular(info)
	} else {
		err = openError(err)
	}
	if err != nil {
		file.Close()
		return nil, nil, err
	}
	return file, info, nil
}

func openError(err error) error {
	switch {
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, syscall.ENOTDIR):
		return errors.New("the file does not exist")
	case errors.Is(err, fs.ErrPermission):
		return errors.New("you do not have permission to read this file")
	}
	return errors.New("the file cannot be read")
}

func checkRegular(info fs.FileInfo) error {
	switch mode := info.Mode(); {
	case mode.IsDir():
		return errors.New("this is a folder, not a picture")
	case !mode.IsRegular():
		return errors.New("this is a device or a pipe, not a picture")
	}
	return nil
}

// reopenImage opens the file that was checked, and fails if it is another one now.
func reopenImage(path string, checked fs.FileInfo) (io.ReadCloser, error) {
	file, info, err := openImage(path)
	if err != nil {
		return nil, err
	}
	if !os.SameFile(info, checked) || info.Size() != checked.Size() || !info.ModTime().Equal(checked.ModTime()) {
		file.Close()
		return nil, errors.New("the file has changed since it was chosen; choose it again")
	}
	return file, nil
}
