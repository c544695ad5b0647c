package sandbox

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"math"
	"strings"
)

const (
	portraitCells = 12 // cells a side: six rows of half-blocks in a terminal
	portraitScale = 20 // pixels a cell
)

// A sketch is twelve rows of twelve cells: . is see-through, s skin, m mouth,
// n neck, e eye, h hair, k cloth on the head, g glasses, c clothes, t their trim.
type sketch [portraitCells]string

var portraitBody = sketch{
	"............",
	"............",
	"....ssss....",
	"...ssssss...",
	"...ssssss...",
	"...sesses...",
	"...ssssss...",
	"....smms....",
	".....nn.....",
	"...ctnntc...",
	"..cccttccc..",
	".cccccccccc.",
}

// portraitHeads are hair, caps and scarves; none of them says man or woman,
// because nothing that is known of a user does.
var portraitHeads = []sketch{
	{ // short
		"............", "....hhhh....", "...hhhhhh...", "...hh..hh...", "...h....h...",
	},
	{ // parted
		"............", "...hhhhhh...", "..hhhhhhhh..", "...hhhh..h..", "...hh.......",
	},
	{ // bun
		".....hh.....", ".....hh.....", "...hhhhhh...", "...hhhhhh...", "...h....h...", "...h....h...",
	},
	{ // long
		"............", "....hhhh....", "..hhhhhhhh..", "..hhh..hhh..", "..h......h..", "..h......h..", "..h......h..",
		"..hh....hh..", "..hh....hh..", "..hh....hh..",
	},
	{ // round and curly
		"...hhhhhh...", "..hhhhhhhh..", ".hhhhhhhhhh.", ".hhh.hh.hhh.", ".hh......hh.", "..h......h..",
	},
	{ // fringe
		"............", "...hhhhhh...", "..hhhhhhhh..", "..hhhhhhhh..", "..hhhhhhhh..", "..h......h..", "..h......h..", "..h......h..",
	},
	{ // spikes
		"...h..h.h...", "...hhhhhhh..", "...hhhhhh...", "...h.hh.h...", "...h........",
	},
	{ // close-cropped
		"............", "............", "....hhhh....", "...h....h...",
	},
	{ // cap
		"............", "....kkkk....", "...kkkkkk...", "...kkkkkkkk.", "...h....h...",
	},
	{ // scarf
		"............", "....kkkk....", "...kkkkkk...", "..kkk..kkk..", "..kk....kk..", "..kk....kk..", "..kk....kk..",
		"..kkk..kkk..", "...kkkkkk...", "....kkkk....",
	},
	{ // two buns
		"..hh....hh..", "..hhhhhhhh..", "...hhhhhh...", "...hhhhhh...", "...h....h...",
	},
	{ // waves to one side
		"............", "....hhhhh...", "...hhhhhhh..", "..hhhh..hh..", "..hh.....h..", "..hh........", "..hh........", "...h........",
	},
}

var portraitGlasses = sketch{"............", "............", "............", "............", "............", "...geggeg..."}

var (
	portraitSkin = []uint32{0xf6d3b8, 0xecbc98, 0xdca27a, 0xc88a62, 0xa86d48, 0x865236, 0x643a27}
	portraitHair = []uint32{0x1d1715, 0x2d1f1a, 0x4a2f21, 0x6f4528, 0x9a6a35, 0xc9984e, 0xb5532a, 0x8b8b93, 0xd8d5cf, 0x3a3f5c}
	portraitWear = []uint32{0x2bd4bd, 0xe3b261, 0xe06c5e, 0x7f9cf5, 0xb58bd9, 0x6fbf73, 0xd9d2c5, 0x4f9fc6, 0xd98ba8, 0xc7703c}
)

// portraitPNG draws the picture of a user or an organization that has none: the
// same one for the same id, always.
func portraitPNG(id string) ([]byte, error) {
	dice := sha256.Sum256([]byte("portrait " + id))
	cells := portraitCellsOf(dice)
	if !strings.HasPrefix(id, "user_") {
		cells = emblemCellsOf(dice)
	}
	img := image.NewPaletted(image.Rect(0, 0, portraitCells*portraitScale, portraitCells*portraitScale), portraitPalette(dice))
	for y := range img.Rect.Dy() {
		row := img.Pix[y*img.Stride : y*img.Stride+img.Rect.Dx()]
		for x := range row {
			row[x] = cells[y/portraitScale][x/portraitScale]
		}
	}
	var out bytes.Buffer
	if err := png.Encode(&out, img); err != nil {
		return nil, fmt.Errorf("could not draw a portrait: %w", err)
	}
	return out.Bytes(), nil
}

// The palette's places, in the order of portraitPalette.
const portraitInk = ".smnehkgct"

func portraitCellsOf(dice [sha256.Size]byte) [portraitCells][portraitCells]uint8 {
	var cells [portraitCells][portraitCells]uint8
	layers := []sketch{portraitBody, portraitHeads[int(dice[0])%len(portraitHeads)]}
	if dice[1]%6 == 0 {
		layers = append(layers, portraitGlasses)
	}
	mirrored := dice[2]%2 == 1
	for i, layer := range layers {
		for y, row := range layer {
			for x := range row {
				ink := strings.IndexByte(portraitInk, row[x])
				if ink <= 0 {
					continue
				}
				if mirrored && i == 1 {
					cells[y][portraitCells-1-x] = uint8(ink)
					continue
				}
				cells[y][x] = uint8(ink)
			}
		}
	}
	return cells
}

// emblemCellsOf is the picture of an organization: a pattern, the same on both
// sides, in two of the portrait's colours.
func emblemCellsOf(dice [sha256.Size]byte) [portraitCells][portraitCells]uint8 {
	const margin = 2
	var cells [portraitCells][portraitCells]uint8
	inks := []uint8{0, uint8(strings.IndexByte(portraitInk, 'c')), uint8(strings.IndexByte(portraitInk, 't'))}
	for y := margin; y < portraitCells-margin; y += 2 {
		for x := margin; x < portraitCells/2; x += 2 {
			ink := inks[dice[8+(y*portraitCells/2+x)%(sha256.Size-8)]%3]
			for _, at := range [][2]int{{y, x}, {y, x + 1}, {y + 1, x}, {y + 1, x + 1}} {
				cells[at[0]][at[1]], cells[at[0]][portraitCells-1-at[1]] = ink, ink
			}
		}
	}
	return cells
}

func portraitPalette(dice [sha256.Size]byte) color.Palette {
	hue := float64(dice[3]) / 256
	skin := rgb(portraitSkin[int(dice[4])%len(portraitSkin)])
	hair := rgb(portraitHair[int(dice[5])%len(portraitHair)])
	wear := rgb(portraitWear[int(dice[6])%len(portraitWear)])
	cloth := rgb(portraitWear[int(dice[7])%len(portraitWear)])
	return color.Palette{
		hsl(hue, 0.28, 0.33), skin, lips(skin), shade(skin, 0.84), rgb(0x1b1614), hair, cloth, rgb(0xd3e4ee),
		wear, shade(wear, 0.78),
	}
}

func rgb(hex uint32) color.RGBA {
	return color.RGBA{R: uint8(hex >> 16), G: uint8(hex >> 8), B: uint8(hex), A: 0xff}
}

func shade(c color.RGBA, by float64) color.RGBA {
	return color.RGBA{R: uint8(float64(c.R) * by), G: uint8(float64(c.G) * by), B: uint8(float64(c.B) * by), A: 0xff}
}

// lips are the skin's colour with the green and blue taken back.
func lips(skin color.RGBA) color.RGBA {
	return color.RGBA{R: uint8(float64(skin.R) * 0.9), G: uint8(float64(skin.G) * 0.62), B: uint8(float64(skin.B) * 0.64), A: 0xff}
}

// hsl converts hue, saturation and lightness, each from 0 to 1.
func hsl(hue, saturation, lightness float64) color.RGBA {
	channel := func(n float64) uint8 {
		k := math.Mod(n+hue*12, 12)
		a := saturation * min(lightness, 1-lightness)
		return uint8(math.Round(255 * (lightness - a*max(-1, min(k-3, 9-k, 1)))))
	}
	return color.RGBA{R: channel(0), G: channel(8), B: channel(4), A: 0xff}
}
