package main

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"image/png"
	"os"
	"os/user"
	"path/filepath"
	"strings"
	"time"
)

// machineNames returns the names that a picture must not show, and what it shows instead,
// in pairs: the header and the journal name the operator and the host.
func machineNames() []string {
	name, host := "someone", "this machine"
	if u, err := user.Current(); err == nil {
		name = u.Username
	}
	if h, err := os.Hostname(); err == nil {
		host, _, _ = strings.Cut(h, ".")
	}
	return []string{name + "@" + host, "jo@ops-2", "by " + name, "by jo", "  " + name + "  ", "  jo  ", name + " (uid", "jo (uid", "  " + host + "  ", "  ops-2  "}
}

// newPlayer returns a player in a folder, whose clock shows a fixed time of day and
// whose home has a picture in it.
func newPlayer(bin, dir string, l look, cols, rows int, names []string) (*player, error) {
	pictures := filepath.Join(dir, "home", "Pictures")
	if err := os.MkdirAll(pictures, 0o700); err != nil {
		return nil, err
	}
	if err := errors.Join(writeZone(filepath.Join(dir, "zone"), time.Now()), writePortrait(filepath.Join(pictures, "portrait.png"))); err != nil {
		return nil, err
	}
	return &player{bin: bin, dir: dir, look: l, cols: cols, rows: rows, names: names,
		draw: func(string, *screen) {}, after: func(step, bool) {}}, nil
}

// writePortrait writes a picture of a head and shoulders.
func writePortrait(path string) error {
	const side = 96
	img := image.NewRGBA(image.Rect(0, 0, side, side))
	for y := range side {
		for x := range side {
			c := color.RGBA{0x30, uint8(0x60 + y), 0x90, 0xff}
			head := (x-48)*(x-48) + (y-38)*(y-38)
			body := (x-48)*(x-48) + (y-104)*(y-104)
			if head < 18*18 {
				c = color.RGBA{0xe8, 0xb8, 0x90, 0xff}
			} else if body < 44*44 {
				c = color.RGBA{0x70, 0x38, 0x50, 0xff}
			}
			img.SetRGBA(x, y, c)
		}
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		return err
	}
	return os.WriteFile(path, b.Bytes(), 0o600)
}
