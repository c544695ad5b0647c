package main

import (
	"bytes"
	"encoding/binary"
	"os"
	"time"
)

// clockHour and clockMinute are the time of day that every session shows: the demo's times are relative
// to now, and those of the pictures should not change from run to run.
const clockHour, clockMinute = 14, 36

// writeZone writes a time zone file in which it is that time of day now, at whatever
// time the pictures are made. Only the zone is odd; the clock is the real one.
func writeZone(path string, now time.Time) error {
	now = now.UTC()
	offset := (clockHour*60+clockMinute)*60 - ((now.Hour()*60+now.Minute())*60 + now.Second())
	if offset > 12*60*60 {
		offset -= 24 * 60 * 60
	}
	if offset < -12*60*60 {
		offset += 24 * 60 * 60
	}
	var b bytes.Buffer
	b.WriteString("TZif")
	b.Write(make([]byte, 16))
	for _, count := range []uint32{0, 0, 0, 0, 1, 4} { // one kind of time, with a name of four bytes
		binary.Write(&b, binary.BigEndian, count) //nolint:errcheck // a Buffer takes everything
	}
	binary.Write(&b, binary.BigEndian, int32(offset)) //nolint:errcheck // as above
	b.Write([]byte{0, 0})
	b.WriteString("LMT\x00")
	return os.WriteFile(path, b.Bytes(), 0o600)
}
