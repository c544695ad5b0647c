package ops

import "frontdesk/api"

// Result is an answer that is not a user: what to show, line by line. It is
// shown once, on request, and goes nowhere else.
type Result struct {
	// Says is the answer in one sentence ("The password is right."); it holds no
	// secret and may be journaled.
	Says  string
	Lines []Line
	// User is the user afterwards where the answer carries one after all.
	User *api.User
}

// Line is one labelled value of a Result.
type Line struct {
	Label string
	Value api.Text
	Kind  LineKind
}

// LineKind says how a line may be shown.
type LineKind int

const (
	LinePlain   LineKind = iota
	LineSecret           // hidden until revealed or copied on request; never journaled
	LineOTPAuth          // as LineSecret; an otpauth:// URI, to be drawn as a QR code
)

// Secret says that the value must be hidden until asked for, and never recorded.
func (l Line) Secret() bool { return l.Kind != LinePlain }

// Secret says that some line of the result is one.
func (r Result) Secret() bool {
	for _, l := range r.Lines {
		if l.Secret() {
			return true
		}
	}
	return false
}

// Found is what a read-back saw.
type Found struct {
	User    *api.User // nil where there is no user (any more)
	Applied bool      // the operation's effect is there
}
