package action

import (
	"encoding/json"
	"slices"
	"time"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/api/desk"
	"frontdesk/api/ops"
	"frontdesk/api/wire"
	"frontdesk/views/action/wording"
	"frontdesk/views/mask"
	"frontdesk/views/userfmt"
)

// What sentences speak of is a copy with the privacy mask on it; what is sent is made
// from the original.

// Shown is a user as the screens may show them.
func (e *Env) Shown(u *api.User) *api.User { return e.Mask.User(u) }

// Findings are what deserves a second look in a user, as the screens may show it. A
// look-alike name is found in the name itself, not in its mask.
func (e *Env) Findings(u *api.User) []userfmt.Finding {
	found := userfmt.Findings(e.Facts(u), e.Now())
	if e.Mask.On() {
		e.Shown(u) // so that its values have masks
		for i, f := range found {
			found[i] = userfmt.Finding{Text: e.Mask.Text(f.Text), Value: e.hideValue(f.Value), Note: f.Note}
		}
	}
	return found
}

// VerdictOf is the verdict on a user as the screens may show it.
func (e *Env) VerdictOf(u *api.User, now time.Time) userfmt.Verdict {
	v := userfmt.VerdictOf(e.Facts(u), now)
	if e.Mask.On() {
		e.Shown(u) // so that its values have masks
		for i, s := range v.Signs {
			v.Signs[i].Value, v.Signs[i].IsPhone = clean.NewText(e.hideValue(userfmt.SignValue(s))), false
		}
	}
	return v
}

// hideValue returns the mask of a value; what has none, such as a place, is hidden.
func (e *Env) hideValue(value string) string {
	if shown := e.Mask.Value(value); shown != value || value == "" {
		return shown
	}
	return mask.Hidden
}

// shown is the attempt as sentences may speak of it; never to be sent.
func (a attempt) shown(env *Env) attempt {
	if !env.Mask.On() {
		return a
	}
	a.item, a.row = ShownItem(env, a.user, a.item), a.row.shown(env, a.user)
	a.answers, a.preset = env.Mask.Values(a.answers), env.Mask.Values(a.preset)
	a.was, a.is = env.Mask.Text(a.was), env.Mask.Text(a.is)
	if a.undoes != nil {
		undoes := *a.undoes
		undoes.before, undoes.answers = env.Mask.Text(undoes.before), env.Mask.Values(undoes.answers)
		undoes.journal.Recreates = env.Shown(undoes.journal.Recreates)
		a.undoes = &undoes
	}
	a.since = slices.Clone(a.since)
	for i, line := range a.since {
		a.since[i] = env.Mask.Text(line)
	}
	a.user = env.Shown(a.user)
	return a
}

// ShownItem is a part of a user as the screens may show it.
func ShownItem(env *Env, u *api.User, item ops.Item) ops.Item {
	if !env.Mask.On() || item.ID.Empty() {
		return item
	}
	shown := env.Shown(u)
	for p := ops.PartEmail; p <= ops.PartOrganization; p++ { // as the user's own masked copy has it
		for i := range p.Count(u) {
			if p.At(u, i) == item {
				return p.At(shown, i)
			}
		}
	}
	item.ID = mask.CopyOf(env.Mask, u, ops.Item{ID: item.ID}).ID
	item.Label = clean.NewText(env.Mask.Text(item.Label.Raw())) // a session's is made of words
	item.Note = env.Mask.Text(item.Note)
	return item
}

// OriginalRow is the row of a screen that shows a user's masked copy, with what is sent
// from it.
func OriginalRow(env *Env, u *api.User, r PartRow) PartRow {
	shown := env.Shown(u)
	if shown == u || r.Item.ID.Empty() {
		return r
	}
	for p := ops.PartEmail; p <= ops.PartOrganization; p++ {
		for i := range p.Count(shown) {
			if p.At(shown, i).ID == r.Item.ID {
				r.Item.ID, r.Item.Label, r.Item.Note = p.At(u, i).ID, p.At(u, i).Label, p.At(u, i).Note
				return r
			}
		}
	}
	return r
}

// sessionItem is a session that can be acted on, called as the screens may show it.
func sessionItem(env *Env, s api.Session) ops.Item {
	item := wording.SessionItem(s, env.Now())
	if env.Mask.On() {
		item.Label = wording.SessionItem(mask.Copy(env.Mask, s), env.Now()).Label
	}
	return item
}

func (r PartRow) shown(env *Env, u *api.User) PartRow {
	r.Item = ShownItem(env, u, r.Item)
	return r
}

// ShownOutcome is how a write ended, as sentences may speak of it.
func ShownOutcome(env *Env, out desk.Outcome) desk.Outcome {
	out.User = env.Shown(out.User)
	out.Was, out.Is = env.Mask.Text(out.Was), env.Mask.Text(out.Is)
	if env.Mask.On() {
		out.Result = shownResult(env, out.Result)
	}
	return out
}

func shownResult(env *Env, res ops.Result) ops.Result {
	res.Summary = env.Mask.Text(res.Summary)
	res.Lines, res.Objects = slices.Clone(res.Lines), slices.Clone(res.Objects)
	for i, o := range res.Objects { // these give the ids in the lines their masks
		res.Objects[i] = wire.NewSecret(string(env.Mask.JSON(json.RawMessage(o.Reveal()))))
	}
	for i, l := range res.Lines {
		res.Lines[i].Label = env.Mask.Value(l.Label)
		res.Lines[i].Value = clean.NewText(env.Mask.Value(l.Value.Raw()))
	}
	return res
}

// ShownBulk is the same of a bulk.
func ShownBulk(env *Env, out desk.BulkOutcome) desk.BulkOutcome {
	if !env.Mask.On() {
		return out
	}
	users := make([]desk.UserOutcome, len(out.Users))
	for i, f := range out.Users {
		f.Seen, f.User = env.Shown(f.Seen), env.Shown(f.User)
		users[i] = f
	}
	out.Users = users
	return out
}

const maskOff = "off while the privacy mask is on"

// maskedField is what is wrong with a field that still has a part of its mask in it.
const maskedField = "is masked: replace all of it, or leave it as it is"
