package action

import (
	"encoding/json"
	"slices"
	"strings"
	"time"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/api/desk"
	"frontdesk/api/ops"
	"frontdesk/api/wire"
	"frontdesk/tui"
	"frontdesk/views/action/wording"
	"frontdesk/views/mask"
	"frontdesk/views/userfmt"
)

// Sentences are composed from a masked copy, requests from the original.

// Shown returns a user with the privacy mask applied.
func (e *Env) Shown(u *api.User) *api.User { return e.Mask.User(u) }

// Findings returns the suspicious findings about a user with the privacy mask applied. They
// are computed from the original, so that look-alike names are still detected.
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

// VerdictOf returns the verdict for a user with the privacy mask applied.
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

// hideValue returns the mask of a value. A value without one, such as a place, is hidden.
func (e *Env) hideValue(value string) string {
	if shown := e.Mask.Value(value); shown != value || value == "" {
		return shown
	}
	return mask.Hidden
}

// shown returns a masked copy of the attempt for use in sentences. It must not be sent.
func (a attempt) shown(env *Env) attempt {
	if !env.Mask.On() {
		return a
	}
	a.item, a.row = ShownItem(env, a.user, a.item), a.row.shown(env, a.user)
	given := a.answers
	a.answers, a.preset = env.Mask.Values(given), env.Mask.Values(a.preset)
	a.was, a.is = env.Mask.Text(a.was), env.Mask.Text(a.is)
	if a.undoes != nil {
		undoes := *a.undoes
		undoes.before, undoes.answers = env.Mask.Text(undoes.before), env.hideRestored(a.op, undoes.answers)
		for name, value := range a.undoes.answers {
			if given, is := given[name]; is && given == value {
				a.answers[name] = undoes.answers[name]
			}
		}
		undoes.journal.Recreates = env.Shown(undoes.journal.Recreates)
		a.undoes = &undoes
	}
	a.since = slices.Clone(a.since)
	for i, line := range a.since {
		a.since[i] = hideChange(line)
	}
	a.user = env.Shown(a.user)
	return a
}

// hideRestored masks the values that an undo puts back. Unlike other answers nobody has
// typed them, and a former name or address has no mask of its own any more.
func (e *Env) hideRestored(op ops.Operation, values tui.Answers) tui.Answers {
	out := e.Mask.Values(values)
	for _, f := range op.Fields {
		value, is := values[f.Name]
		switch {
		case !is:
		case f.CurrentJSON != nil:
			out[f.Name] = string(e.Mask.Metadata(json.RawMessage(value)))
		case mask.IsPersonal(f.Name):
			out[f.Name] = e.hideValue(value)
		}
	}
	return out
}

// hideChange leaves out the values of a change that somebody made in between. A state,
// which is quoted alone, tells nothing about them.
func hideChange(line string) string {
	if strings.HasPrefix(line, "“") {
		return line
	}
	field, _, _ := strings.Cut(line, " “")
	field, _, _ = strings.Cut(field, ": ")
	return field
}

// ShownItem returns a part of a user with the privacy mask applied.
func ShownItem(env *Env, u *api.User, item ops.Item) ops.Item {
	if !env.Mask.On() || item.ID.Empty() {
		return item
	}
	shown := env.Shown(u)
	for p := ops.PartEmail; p <= ops.PartOrganization; p++ { // use the label from the masked user
		for i := range p.Count(u) {
			if p.At(u, i) == item {
				return p.At(shown, i)
			}
		}
	}
	item.ID = mask.CopyOf(env.Mask, u, ops.Item{ID: item.ID}).ID
	item.Label = clean.NewText(env.Mask.Text(item.Label.Raw())) // the label of a session is a sentence
	item.Note = env.Mask.Text(item.Note)
	return item
}

// OriginalRow returns the row with the original ids, for a screen that shows a masked copy
// of the user.
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

// sessionItem returns the item for a session, with a masked label.
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

// ShownOutcome returns an outcome with the privacy mask applied.
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
	for i, o := range res.Objects { // first, because they determine the masks of the ids in the lines
		res.Objects[i] = wire.NewSecret(string(env.Mask.JSON(json.RawMessage(o.Reveal()))))
	}
	for i, l := range res.Lines {
		res.Lines[i].Label = env.Mask.Value(l.Label)
		res.Lines[i].Value = clean.NewText(env.Mask.Value(l.Value.Raw()))
	}
	return res
}

// ShownBulk is like ShownOutcome for a bulk operation.
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

// maskedField is the error for a field that still contains part of its mask.
const maskedField = "is masked: replace all of it, or leave it as it is"
