package wire

import (
	"math"
	"strconv"
	"time"
)

// Time is a wire timestamp: integer milliseconds since the epoch, zero if null or absent.
// Decoding never fails: an implausible time becomes zero.
type Time struct{ time.Time }

// The years that a timestamp of an account can be in. Outside of them it is a mistake of
// the server, or seconds or microseconds taken for milliseconds.
const (
	firstYear = 1900
	lastYear  = 2199
)

// TimeOf converts milliseconds since the epoch. ok is false, and the Time zero, outside of
// the years 1900 to 2199.
func TimeOf(ms int64) (t Time, ok bool) {
	at := time.UnixMilli(ms).UTC()
	if y := at.Year(); y < firstYear || y > lastYear {
		return Time{}, false
	}
	return Time{at}, true
}

// UnmarshalJSON reads integer milliseconds. Anything else gives the zero Time, never an
// error.
func (t *Time) UnmarshalJSON(b []byte) error {
	*t = Time{}
	if ms, ok := parseInteger(string(b)); ok {
		*t, _ = TimeOf(ms)
	}
	return nil
}

// MarshalJSON writes milliseconds, null for the zero Time.
func (t Time) MarshalJSON() ([]byte, error) {
	if t.IsZero() {
		return []byte("null"), nil
	}
	return strconv.AppendInt(nil, t.UnixMilli(), 10), nil
}

// parseInteger parses a JSON number that is a 64-bit integer, also if it is written with a
// fraction or an exponent, as some servers do.
func parseInteger(token string) (int64, bool) {
	if n, err := strconv.ParseInt(token, 10, 64); err == nil {
		return n, true
	}
	f, err := strconv.ParseFloat(token, 64)
	if err != nil || f != math.Trunc(f) || math.Abs(f) >= 1<<63 {
		return 0, false
	}
	return int64(f), true
}
