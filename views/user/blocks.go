package user

// Sections stand in two columns from a width of twoBlocksWidth on. A column is at most
// maxBlockWidth wide, so that no value is far from its label.
const twoBlocksWidth, maxBlockWidth, blockGap = 100, 76, 4

// addBlocks adds sections, which must have no rows to act on: in two columns of about the
// same height where there is room, else below each other. The first column is read first.
func (p *sheet) addBlocks(draws ...func(*sheet)) {
	if p.width < twoBlocksWidth {
		for _, draw := range draws {
			draw(p)
		}
		return
	}
	width := min((p.width-blockGap)/2, maxBlockWidth)
	blocks := make([]*sheet, len(draws))
	heights := make([]int, len(draws))
	for i, draw := range draws {
		blocks[i] = p.newInner(width)
		draw(blocks[i])
		heights[i] = len(blocks[i].lines)
	}
	split := balancedSplit(heights)
	left, right := p.newInner(width), p.newInner(width)
	for i, b := range blocks {
		if i < split {
			left.addBlock(b)
		} else {
			right.addBlock(b)
		}
	}
	p.addGap()
	from := len(p.lines)
	for _, side := range []*sheet{left, right} {
		for _, at := range side.headings {
			p.headings = append(p.headings, from+at)
		}
	}
	p.lines = append(p.lines, beside(p.cells, left.lines, width+blockGap, right.lines)...)
}

// addBlock adds the lines of another sheet below a gap.
func (p *sheet) addBlock(b *sheet) {
	p.addGap()
	for _, at := range b.headings {
		p.headings = append(p.headings, len(p.lines)+at)
	}
	p.lines = append(p.lines, b.lines...)
}

// balancedSplit returns how many blocks, with a line between them, go to the first column
// so that the higher one is as low as possible.
func balancedSplit(heights []int) (split int) {
	total := 0
	for _, h := range heights {
		total += h + 1
	}
	least, left := total, 0
	split = len(heights)
	for i, h := range heights {
		left += h + 1
		if higher := max(left, total-left); higher < least {
			least, split = higher, i+1
		}
	}
	return split
}
