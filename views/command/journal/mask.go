package journal

import (
	"frontdesk/api/journal"
	"frontdesk/views/mask"
)

// maskedWriter writes entries with the privacy mask on the users in them.
type maskedWriter struct {
	entryWriter
	mask *mask.Mask
}

func (s maskedWriter) write(e journal.Entry) error { return s.entryWriter.write(s.mask.Entry(e)) }
