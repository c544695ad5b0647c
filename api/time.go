package api

import (
	"math"
	"strconv"
	"time"
)

// Time is a wire timestamp: integer milliseconds since the epoch, zero when the
// wire said null or nothing. Decoding never fails: what is not a plausible time
// becomes zero and is noted in User.Problems.
type Time struct{ time.Time }

// The years a timestamp of an account can name; outside of them it is a
// mistake of the server, or seconds or microseconds taken for milliseconds.
const (
	firstYear = 1900
	lastYear  = 2199
)

// timeOf gives the time of a count of milliseconds, and whether it is plausible.
func timeOf(ms int64) (Time, bool) {
	t := time.UnixMilli(ms).UTC()
	if y := t.Year(); y < firstYear || y > lastYear {
		return Time{}, false
	}
	return Time{t}, true
}

// UnmarshalJSON takes integer milliseconds; everything else gives the zero Time, never an error.
func (t *Time) UnmarshalJSON(b []byte) error {
	*t = Time{}
	if ms, ok := integer(string(b)); ok {
		*t, _ = timeOf(ms)
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

// integer reads a JSON number that is a whole number of 64 bits, also where it
// is written with a fraction or an exponent, as some servers do.
func integer(token string) (int64, bool) {
	if n, err := strconv.ParseInt(token, 10, 64); err == nil {
		return n, true
	}
	f, err := strconv.ParseFloat(token, 64)
	if err != nil || f != math.Trunc(f) || math.Abs(f) >= 1<<63 {
		return 0, false
	}
	return int64(f), true
}
