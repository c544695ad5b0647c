package journal

import (
	"frontdesk/api/journal"
	"frontdesk/views/mask"
)

// maskedWriter applies the privacy mask to entries before writing them.
type maskedWriter struct {
	entryWriter
	mask *mask.Mask
}

func (s maskedWriter) write(e journal.Entry) error { return s.entryWriter.write(s.mask.Entry(e)) }
