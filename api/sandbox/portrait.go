package sandbox

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"strings"
	"sync"
)

const (
	portraitCells = 12 // cells a side: six rows of half blocks in a terminal
	portraitScale = 20 // pixels a cell
)

// A sketch is twelve rows of twelve cells: . is transparent, s skin, m mouth, n neck, e
// eye, h hair, k cloth on the head, g glasses, c clothes, t their trim.
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

// portraitHeads are hair, caps and scarves. None suggests a gender, because it is not
// known.
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

// All colours are in the 256-colour table: a terminal without true colour would round
// other browns to grey or green.
var (
	// portraitSkin is skin, lips and the shadow on the neck.
	portraitSkin = [][3]uint32{
		{0xffd7af, 0xd78787, 0xd7af87}, {0xd7af87, 0xaf5f5f, 0xaf875f}, {0xd7af87, 0xd75f5f, 0xaf875f},
		{0xaf875f, 0x875f5f, 0x875f5f}, {0xaf875f, 0xaf5f5f, 0x875f5f}, {0x875f5f, 0xaf5f5f, 0x5f5f5f},
	}
	portraitHair = []uint32{0x262626, 0x303030, 0x3a3a3a, 0x875f00, 0xaf8700, 0xd7af5f, 0xaf5f00, 0x8a8a8a, 0xd0d0d0, 0x5f5f87}
	portraitWear = []uint32{0x00d7af, 0xd7af5f, 0xd75f5f, 0x5f87d7, 0xaf87d7, 0x5faf5f, 0xd7d7af, 0x5fafd7, 0xd787af, 0xd7875f}
	portraitWall = []uint32{0x5f5f87, 0x5f8787, 0x875f87, 0x5f5faf, 0x87875f, 0x5f875f, 0x005f87, 0x4e4e4e}
)

// A PortraitEncoder draws the pictures of users and organizations that have not uploaded
// one. It reuses its buffers, of three quarters of a megabyte each. It is safe for
// concurrent use, and its zero value is ready to use.
type PortraitEncoder struct{ buffers sync.Pool }

// Get implements [png.EncoderBufferPool].
func (p *PortraitEncoder) Get() *png.EncoderBuffer {
	b, _ := p.buffers.Get().(*png.EncoderBuffer)
	return b
}

// Put implements [png.EncoderBufferPool].
func (p *PortraitEncoder) Put(b *png.EncoderBuffer) { p.buffers.Put(b) }

// PNG draws the picture of a user or an organization. It is always the same for an id.
func (p *PortraitEncoder) PNG(id string) ([]byte, error) {
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
	encoder := png.Encoder{BufferPool: p}
	if err := encoder.Encode(&out, img); err != nil {
		return nil, fmt.Errorf("could not draw a portrait: %w", err)
	}
	return out.Bytes(), nil
}

// The palette's indexes, in the order of portraitPalette.
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

// emblemCellsOf returns the picture of an organization: a symmetric pattern in two of the
// portrait's colours.
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
	of := func(colors []uint32, die byte) color.RGBA { return rgb(colors[int(die)%len(colors)]) }
	skin := portraitSkin[int(dice[4])%len(portraitSkin)]
	wear := of(portraitWear, dice[6])
	return color.Palette{
		of(portraitWall, dice[3]), rgb(skin[0]), rgb(skin[1]), rgb(skin[2]), rgb(0x1c1c1c), of(portraitHair, dice[5]),
		of(portraitWear, dice[7]), rgb(0xe4e4e4), wear, rgb(0xd0d0d0),
	}
}

func rgb(hex uint32) color.RGBA {
	return color.RGBA{R: uint8(hex >> 16), G: uint8(hex >> 8), B: uint8(hex), A: 0xff}
}
