package wording

import (
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

// UndoEffects returns what an undo restores: each field, or else the user's state,
// from the current value to the one before, and caveat, what it does not restore.
// values are the values to restore, before is the user's state to restore.
func UndoEffects(c Call, values map[string]string, before, caveat string, now time.Time) []string {
	var out []string
	for _, f := range c.Op.Fields {
		if to, ok := values[f.Name]; ok && f.Current != nil && to != f.Current(c.User) {
			out = append(out, LowerFirst(f.Label)+": "+Value(f.Current(c.User))+" → "+Value(to))
		}
	}
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
