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

// SessionsUnknown is the number of sessions while nobody has counted them.
const SessionsUnknown = -1

// Effects are what a call would do, one a line; sessions is how many sessions
// the user has, or SessionsUnknown.
func Effects(c Call, sessions int, now time.Time) []string {
	out := c.Op.Effects(ops.Subject{User: c.User, Sessions: sessions, Now: now, PartID: c.Item.ID, Values: c.Values})
	// The part stands first: a small window leaves out what is below the user.
	if name := ItemName(c.Op.Part, c.Item); !c.Item.ID.Empty() && !slices.ContainsFunc(out, func(e string) bool {
		return strings.Contains(e, name) || strings.Contains(e, c.Item.Name())
	}) {
		out = append([]string{"is about the " + c.Op.Part.String() + " " + name}, out...)
	}
	if c.RowPart != ops.PartNone {
		out = append([]string{"is about the " + c.RowPart.String() + " " + Dotted(ItemName(c.RowPart, c.RowItem), c.RowItem.Note)}, out...)
	}
	return out
}

// ChangedSince is the effect that says why a call is asked again.
func ChangedSince(was, is string) string {
	return "changed since you looked: was “" + was + "”, is “" + is + "” now"
}

// Help is the first effect as a sentence, "" where there is none.
func Help(effects []string) string {
	if len(effects) == 0 {
		return ""
	}
	return UpperFirst(effects[0]) + "."
}

// UndoEffects are what an undo puts back: each field, or else the state, from
// what it is to what it was, and what the undo does not restore. values are
// those that were filled in, before the user's state before.
func UndoEffects(c Call, values map[string]string, before, caveat string, now time.Time) []string {
	var out []string
	for _, f := range c.Op.Fields {
		if to, goes := values[f.Name]; goes && f.Current != nil && to != f.Current(c.User) {
			out = append(out, LowerFirst(f.Label)+": "+Value(f.Current(c.User))+" → "+Value(to))
		}
	}
	if len(out) == 0 && c.Op.State != nil && c.Op.Edit == nil { // an edit's own effects name the keys
		if is := c.Op.State(c.User, now); is != before {
			out = append(out, is+" → "+before)
		}
	}
	if caveat != "" {
		out = append(out, caveat)
	}
	return out
}

// ItemName is a part as people know it: a number as it is written, a provider
// by its name.
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

// ItemDetails is an item's name, its note, and for a passkey when it was last
// used, which tells two of one name apart.
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

// SessionItem is a session by the device and place it is used from, which is how
// the caller knows it.
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
