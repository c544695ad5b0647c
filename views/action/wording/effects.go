package wording

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/api/ops"
	"frontdesk/views/userfmt"
)

// SessionsUnknown is the number of sessions as long as they have not been counted.
const SessionsUnknown = -1

// Effects returns what a call would do, one effect per line. sessions is the number
// of the user's sessions, or SessionsUnknown.
func Effects(c Call, sessions int, now time.Time) []string {
	out := c.Op.Effects(ops.Subject{User: c.User, Sessions: sessions, Now: now, PartID: c.Item.ID, Values: c.Values})
	// The part comes first, because a small window cuts the effects off at the end.
	if name := ItemName(c.Op.Part, c.Item); !c.Item.ID.Empty() && !slices.ContainsFunc(out, func(e string) bool {
		return strings.Contains(e, name) || strings.Contains(e, c.Item.Name())
	}) {
		out = append([]string{"applies to the " + c.Op.Part.String() + " " + name}, out...)
	}
	if c.RowPart != ops.PartNone {
		out = append([]string{"applies to the " + c.RowPart.String() + " " + Dotted(ItemName(c.RowPart, c.RowItem), c.RowItem.Note)}, out...)
	}
	return out
}

// ChangedSince says what has changed in the user since the operator last saw them.
func ChangedSince(was, is string) string {
	return "changed since you looked: was “" + was + "”, now “" + is + "”"
}

// Help returns the first effect as a sentence, "" if there is none.
func Help(effects []string) string {
	if len(effects) == 0 {
		return ""
	}
	return UpperFirst(effects[0]) + "."
}

// Clause returns what an operation does, in as many of its effects as make a short line.
func Clause(effects []string) string {
	const short = 62
	out := ""
	for i, e := range effects {
		if i > 0 && len(out)+len(e) > short {
			break
		}
		if i > 0 {
			out += "; "
		}
		out += e
	}
	return out
}

// UndoEffects returns what an undo restores: each field, or else the user's state,
// from the current value to the one before, and caveat, what it does not restore.
// values are the values to restore, before is the user's state to restore.
func UndoEffects(c Call, values map[string]string, before, caveat string, now time.Time) []string {
	out := Changes(c, values)
	if len(out) == 0 && c.Op.State != nil && c.Op.Edit == nil { // the effects of an edit name the keys
		if is := c.Op.State(c.User, now); is != before {
			out = append(out, is+" → "+before)
		}
	}
	if caveat != "" {
		out = append(out, caveat)
	}
	return out
}

// Changes returns what the values change in the user, from the current value to the new
// one: fields first, then keys of the metadata.
func Changes(c Call, values map[string]string) []string {
	if c.User == nil {
		return nil
	}
	var out, keys []string
	for _, f := range c.Op.Fields {
		to, ok := values[f.Name]
		if ok && f.CurrentJSON != nil && c.Op.Edit != nil {
			keys = append(keys, changedKeys(c, f, to)...)
			continue
		}
		if ok && f.Current != nil && to != f.Current(c.User) {
			out = append(out, LowerFirst(f.Label)+": "+cutValue(Value(f.Current(c.User)))+" → "+cutValue(Value(to)))
		}
	}
	if rest := len(keys) - maxChangedKeys; rest > 1 {
		keys = append(keys[:maxChangedKeys], userfmt.Count(rest, "more key"))
	}
	return append(out, keys...)
}

// maxChangedKeys is how many keys of the metadata a question names.
const maxChangedKeys = 5

// maxValue is how many characters of a value a question shows of each side of a change.
const maxValue = 60

func cutValue(s string) string {
	if r := []rune(s); len(r) > maxValue {
		return string(r[:maxValue-1]) + "…"
	}
	return s
}

// changedKeys returns what a value changes in a metadata object, a key each. Values of
// private metadata are left out.
func changedKeys(c Call, f ops.Field, value string) []string {
	current := f.CurrentJSON(c.User)
	after, err := c.Op.Edit.Apply(current, json.RawMessage(value))
	if err != nil {
		return nil
	}
	changes, err := ops.DiffMetadata(current, after)
	if err != nil {
		return nil
	}
	var out []string
	for _, change := range changes {
		out = append(out, LowerFirst(f.Label)+": "+ops.DescribeChange(change, f.IsUnrecorded))
	}
	return out
}

// RecreateOffer says how long and how a deleted user can be created again: not undone,
// because what a person signs in with is not saved.
func RecreateOffer(how string, kept time.Duration) string {
	return fmt.Sprintf("for %d days %s offers to create them again from what was saved, without password, factors, connected accounts and id", int(kept.Hours()/24), how)
}

// RecreateEffects returns what creating a deleted user again does, and what does not
// come back. saved is the user as they were.
func RecreateEffects(saved *api.User) []string {
	what := []string{"the name"}
	add := func(n int, noun string) {
		if n > 0 {
			what = append(what, userfmt.Count(n, noun))
		}
	}
	if saved.FirstName.Empty() && saved.LastName.Empty() {
		what = nil
	}
	if !saved.Username.Empty() {
		what = append(what, "the username")
	}
	if n := ops.PartEmail.Count(saved); n > 0 {
		what = append(what, fmt.Sprintf("%d %s", n, verb(n, "e-mail address", "e-mail addresses")))
	}
	add(ops.PartPhone.Count(saved), "phone number")
	add(ops.PartWallet.Count(saved), "wallet")
	for _, m := range []struct {
		stored json.RawMessage
		name   string
	}{{saved.PublicMetadata, "public metadata"}, {saved.PrivateMetadata, "private metadata"}, {saved.UnsafeMetadata, "unsafe metadata"}} {
		if changes, err := ops.DiffMetadata(nil, m.stored); err == nil && len(changes) > 0 {
			what = append(what, m.name)
		}
	}
	if !saved.ExternalID.Empty() {
		what = append(what, "the external id")
	}
	out := []string{"creates the user again with what was saved: " + api.JoinWords(what, "and"), ops.LostByRecreating()}
	if saved.Banned {
		out = append(out, "they were banned and are banned again")
	}
	return out
}

// ItemName returns the name of a part: a formatted phone number, a provider's name,
// or the item's own.
func ItemName(p ops.Part, item ops.Item) string {
	switch {
	case item.Label.Empty():
	case p == ops.PartPhone, p == ops.PartSMS:
		return userfmt.Phone(item.Label)
	case p == ops.PartExternalAccount:
		return userfmt.Provider(item.Label)
	}
	return item.Name()
}

// ItemDetails returns an item's name and note and, to tell passkeys of the same name
// apart, when a passkey was last used.
func ItemDetails(p ops.Part, u *api.User, item ops.Item, now time.Time) string {
	used := ""
	if p == ops.PartPasskey {
		for _, k := range u.Passkeys {
			if k.ID == item.ID {
				used = "last used " + userfmt.Ago(k.LastUsedAt.Time, now)
			}
		}
	}
	return Dotted(ItemName(p, item), item.Note, used)
}

// SessionItem names a session by its device and place, which the caller can
// recognize.
func SessionItem(s api.Session, now time.Time) ops.Item {
	item := ops.Item{ID: s.ID, Note: "last active " + userfmt.Ago(s.LastActiveAt.Time, now)}
	if a := s.LatestActivity; a != nil {
		place := a.City.Display()
		if place == "" {
			place = a.Country.Display()
		}
		device := a.BrowserName.Display()
		if kind := a.DeviceType.Display(); device != "" && kind != "" {
			device += " on " + kind
		} else if kind != "" {
			device = kind
		}
		item.Label = clean.NewText(Dotted(device, place, a.IPAddress.Display()))
	}
	return item
}
