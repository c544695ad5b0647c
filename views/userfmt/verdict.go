package userfmt

import (
	"time"

	"frontdesk/api"
	"frontdesk/tui"
)

// Verdict answers whether a user can sign in, with the mark and the tone in which it
// is drawn.
type Verdict struct {
	api.Verdict
	Shape string
	Tone  tui.Tone
}

// VerdictOf returns whether a user can sign in at now, and why not.
func VerdictOf(u *api.User, now time.Time) Verdict {
	v := Verdict{Verdict: u.Verdict(now)}
	v.Shape, v.Tone = "●", tui.ToneOK
	switch st := StatusOf(u, now); {
	case v.Blocked && st.Tone == tui.ToneBad:
		v.Shape, v.Tone = st.Shape, tui.ToneBad
	case v.Blocked, u.RequiresPasswordReset:
		v.Shape, v.Tone = "◐", tui.ToneWarn
	case len(u.Problems) > 0:
		v.Shape, v.Tone = "?", tui.ToneWarn
	case u.LastSignInAt.IsZero():
		v.Shape, v.Tone = "○", tui.ToneNone
	case u.HasMFA():
		v.Tone = tui.ToneInfo
	}
	return v
}
