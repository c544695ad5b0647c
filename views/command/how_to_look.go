package command

import "frontdesk/api/desk"

// mayStillHappen is said of a write of which nothing shows: that is no refusal.
const mayStillHappen = "It may still happen."

// howToLook is how to find out what became of a write whose answer was lost.
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
		return "Look with " + how + " before doing it again."
	}
	return mayStillHappen + " Look in a minute with " + how + ", before doing it again."
}

// firstNonEmpty is the first that is not empty, as it may be shown.
func firstNonEmpty(texts ...string) string {
	for _, t := range texts {
		if t != "" {
			return plain(t)
		}
	}
	return ""
}
