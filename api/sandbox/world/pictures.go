package world

import (
	"bytes"
	"image"
	"image/color"
	"image/png"

	"frontdesk/api/sandbox/store"
)

// Without Options.Pictures, uploaded pictures are small paintings of the sea, shared by
// many users.
const (
	paintingCount = 12
	paintingSize  = 96
)

// maxWithPictures is how many generated people of a large world can have a picture; more
// would make up most of the file.
const maxWithPictures = 5000

// paintings returns all of them as PNG.
func paintings() [][]byte {
	all := make([][]byte, paintingCount)
	for i := range all {
		all[i] = painting(i)
	}
	return all
}

var skies = [][3]color.RGBA{ // zenith, horizon, sun
	{{38, 52, 94, 255}, {242, 160, 112, 255}, {255, 226, 160, 255}},
	{{92, 150, 201, 255}, {222, 236, 240, 255}, {255, 246, 214, 255}},
	{{20, 24, 44, 255}, {62, 74, 118, 255}, {232, 232, 222, 255}},
	{{110, 64, 104, 255}, {240, 128, 112, 255}, {255, 208, 138, 255}},
	{{70, 120, 122, 255}, {214, 222, 190, 255}, {250, 240, 190, 255}},
	{{58, 58, 76, 255}, {178, 170, 168, 255}, {236, 226, 208, 255}},
}

var seas = []color.RGBA{{28, 70, 92, 255}, {20, 92, 96, 255}, {34, 48, 78, 255}, {52, 86, 84, 255}}

// painting returns the i-th as PNG: a sky in eight bands, a sun, hills and the sea.
func painting(i int) []byte {
	sky, sea := skies[i%len(skies)], seas[i%len(seas)]
	const bands = 8
	palette := color.Palette{sea, blend(sea, sky[1], 1, 3), sky[2], blend(sky[0], color.RGBA{18, 30, 30, 255}, 1, 1)}
	for b := range bands {
		palette = append(palette, blend(sky[0], sky[1], bands-1-b, b))
	}
	img := image.NewPaletted(image.Rect(0, 0, paintingSize, paintingSize), palette)
	horizon, sunX, sunY, r := 56+4*(i%3), 20+11*(i%6), 20+6*(i%5), 9+i%4
	for y := range paintingSize {
		for x := range paintingSize {
			ink := uint8(4 + min(bands-1, y*bands/horizon))
			hill := horizon - 4 - (x*(i%7+2)/9)%17 + (x/5+i)%5
			switch dx, dy := x-sunX, y-sunY; {
			case y >= horizon && (y-horizon)%6 == 0 && (x+y*5+i*9)%13 < 6:
				ink = 1
			case y >= horizon:
				ink = 0
			case y > hill && (x < 30+3*(i%8)) != (i%2 == 0):
				ink = 3
			case dx*dx+dy*dy < r*r:
				ink = 2
			}
			img.SetColorIndex(x, y, ink)
		}
	}
	var out bytes.Buffer
	if err := png.Encode(&out, img); err != nil {
		panic(err) // a paletted image in memory always encodes
	}
	return out.Bytes()
}

// blend mixes na parts of a with nb parts of b.
func blend(a, b color.RGBA, na, nb int) color.RGBA {
	part := func(x, y uint8) uint8 { return uint8((int(x)*na + int(y)*nb) / (na + nb)) }
	return color.RGBA{part(a.R, b.R), part(a.G, b.G), part(a.B, b.B), 255}
}

func (m *maker) addPicture(r *record, p *person) {
	d := m.random
	which, id := d.IntN(len(m.pictures)), d.id("img", p.created)
	if !p.traits.has(picture) || p.number < firstFixedNumber && m.total > maxRemembered && p.number >= maxWithPictures {
		return
	}
	r.user.ImageID = id
	r.image = &store.Image{ID: id, ContentType: "image/png", Bytes: m.pictures[which], CreatedAt: p.created}
}
