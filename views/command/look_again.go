package command

import "frontdesk/api/desk"

// mayHappen is said of a write of which nothing shows: that is no refusal.
const mayHappen = "It may still happen."

// lookAgain is how to find out what became of a write whose answer was lost.
func (r *run) lookAgain(out desk.Outcome) string {
	if r.op.IsHarmless() {
		return ""
	}
	how := ""
	switch {
	case r.seen != nil && r.op.ReadBack != nil:
		how = "frontdesk do get_session_list " + r.seen.ID.Display()
	case r.seen != nil:
		how = "frontdesk do get_user " + r.seen.ID.Display()
	default:
		how = "frontdesk users " + firstText(r.request.Values["email_address"], r.request.Values["phone_number"],
			r.request.Values["username"], r.request.Values["external_id"])
	}
	if out.Pending == nil {
		return "Look with " + how + " before doing it again."
	}
	return mayHappen + " Look in a minute with " + how + ", before doing it again."
}

// firstText is the first that is not empty, as it may be shown.
func firstText(texts ...string) string {
	for _, t := range texts {
		if t != "" {
			return plain(t)
		}
	}
	return ""
}
