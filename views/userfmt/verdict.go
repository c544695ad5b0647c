package userfmt

import (
	"time"

	"frontdesk/api"
	"frontdesk/api/verdict"
	"frontdesk/tui"
)

// Verdict answers whether a user can sign in, with the mark and the tone in which it
// is drawn.
type Verdict struct {
	verdict.Verdict
	Shape string
	Tone  tui.Tone
}

// VerdictOf returns whether a user can sign in at now, and why not. Signs that somebody
// else uses the account take the place of "nothing blocks them" in its looks.
func VerdictOf(k verdict.Facts, now time.Time) Verdict {
	v := Verdict{Verdict: verdict.Of(k, now)}
	v.Shape, v.Tone = stateLook(v.State)
	switch {
	case v.State >= verdict.NeverSignedIn && len(v.Signs) > 0:
		v.Shape, v.Tone = "!", tui.ToneWarn
	case v.State == verdict.Open: // green would say that all is well
		v.Tone = tui.ToneNone
	}
	return v
}

// stateLook returns the mark and the tone of a state.
func stateLook(s verdict.State) (shape string, tone tui.Tone) {
	switch s {
	case verdict.Banned:
		return "■", tui.ToneBad
	case verdict.Deprovisioned:
		return "□", tui.ToneBad
	case verdict.Locked, verdict.Unverified, verdict.NoWayIn, verdict.MissingFactor, verdict.NewPassword:
		return "◐", tui.ToneWarn
	case verdict.Unread:
		return "?", tui.ToneWarn
	case verdict.NeverSignedIn:
		return "○", tui.ToneNone
	}
	return "●", tui.ToneOK
}

// SignText returns a sign with its time: "password changed 25 min ago".
func SignText(s verdict.Sign, now time.Time) string { return s.Text + " " + Ago(s.At, now) }

// SignValue returns what a sign is about as people write it, "" if it is about nothing
// else.
func SignValue(s verdict.Sign) string {
	if s.IsPhone {
		return Phone(s.Value)
	}
	return s.Value.Display()
}

// Status is a user's status as the list shows it ("◐", "locked 47 min"); Extra
// follows it dimly (" · MFA").
type Status struct {
	Shape, Word, Extra string
	Tone               tui.Tone
}

// StatusOf returns a user's status at now.
func StatusOf(u *api.User, now time.Time) Status {
	if u.ID.Empty() && len(u.Problems) > 0 {
		return Status{Shape: "!", Word: "not readable", Tone: tui.ToneWarn}
	}
	state := verdict.StateOf(u, now)
	st := Status{Word: state.Word()}
	st.Shape, st.Tone = stateLook(state)
	switch state {
	case verdict.Banned:
		st.Extra = lockNote(u, now)
	case verdict.Locked:
		left, never := u.LockRemaining(now)
		switch {
		case u.IsLockEndUnknown():
			st.Extra = " · end?"
		case never:
			st.Extra = " · no end"
		default:
			st.Word += " " + Duration(left)
		}
	case verdict.Unread: // the list marks it, and the rest may be right
		st.Shape, st.Tone = "●", tui.ToneOK
		if u.LastSignInAt.IsZero() && !u.HasProblem("last_sign_in_at") {
			st.Shape, st.Word, st.Tone = "○", verdict.NeverSignedIn.Word(), tui.ToneNone
			break
		}
		st.Extra = secondFactorNote(u)
	case verdict.Open:
		st.Extra = secondFactorNote(u)
	}
	if state >= verdict.Unread && verdict.HasSigns(u, now) {
		st.Shape, st.Tone = "!", tui.ToneWarn
	}
	return st
}
