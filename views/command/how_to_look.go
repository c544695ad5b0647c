package command

import "frontdesk/api/desk"

// mayStillHappen is said of a write with an unknown outcome.
const mayStillHappen = "It may still happen."

// howToLook says how to find out whether a write with a lost answer was done.
func (r *run) howToLook(out desk.Outcome) string {
	if r.op.IsHarmless() {
		return ""
	}
	how := ""
	switch {
	case r.user != nil && r.op.ReadBack != nil:
		how = "frontdesk do get_session_list " + r.user.ID.Display()
	case r.user != nil:
		how = "frontdesk do get_user " + r.user.ID.Display()
	default:
		how = "frontdesk users " + firstNonEmpty(r.request.Values["email_address"], r.request.Values["phone_number"],
			r.request.Values["username"], r.request.Values["external_id"])
	}
	if out.Pending == nil {
		return "Check with " + how + " before you try again."
	}
	return mayStillHappen + " Check in a minute with " + how + " before you try again."
}

// firstNonEmpty returns the first text that is not empty, cleaned.
func firstNonEmpty(texts ...string) string {
	for _, t := range texts {
		if t != "" {
			return plain(t)
		}
	}
	return ""
}
