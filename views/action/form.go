package action

import (
	"strings"

	"frontdesk/api/clean"
	"frontdesk/api/input"
	"frontdesk/api/ops"
	"frontdesk/tui"
	"frontdesk/tui/text"
	"frontdesk/views/mask"
)

// promptFields returns the fields of the operation and the reason, which is
// required from T2 on. It leaves out what is already known: files and metadata,
// which have screens of their own, and what the row or the undo determines.
func promptFields(env *Env, a attempt, tier tui.Tier) []tui.Field {
	var out []tui.Field
	if a.value != nil {
		out = append(out, a.value.promptField(a))
	}
	for _, f := range a.op.Fields {
		if _, isPreset := a.preset[f.Name]; isPreset || f.Kind == ops.FieldFile || f.CurrentJSON != nil {
			continue
		}
		if a.undoes != nil && len(a.fieldErrors) == 0 && a.undoes.sets(f) {
			continue
		}
		value, filled := initialValue(a, f)
		if !filled && f.Current != nil && mask.IsPersonal(f.Name) {
			value = env.Mask.Field(value)
		}
		out = append(out, tui.Field{
			Name: f.Name, Label: f.Label, Hint: f.Hint, Kind: fieldKind(f.Kind), Choices: f.Choices,
			Required: f.Required, Advanced: f.IsAdvanced && !filled, Value: value, Edited: a.typed && filled, ServerError: a.fieldErrors[f.Name], Link: a.takenBy[f.Name],
			Validate: func(v string) string { return validateField(f, v) }, Display: markedValue(value, filled),
		})
	}
	out = append(out, reasonField(env, a.answers[fieldReason], a.typed, tier))
	return append(out, ticketFields(env, a.op, a.answers[fieldTicket], a.typed, tier)...)
}

// validateField returns what is wrong with a value. A masked value that nobody edited is
// valid.
func validateField(f ops.Field, value string) string {
	switch {
	case f.Current == nil || !strings.ContainsRune(value, mask.Rune):
		return f.Validate(value, value != "")
	case value == mask.Hidden:
		return ""
	}
	return maskedField
}

// markedValue returns value with marks in place of characters that a text box must
// not draw, "" if it has none. Unusual spaces are not marked in a typed value.
func markedValue(value string, typed bool) string {
	if cleaned := clean.NewText(value); !cleaned.IsShownExactly() && (!typed || value != text.Drawable(value)) {
		return cleaned.Display()
	}
	return ""
}

// initialValue returns what was typed before, or else the user's current value.
// filled reports whether it differs from the current value.
func initialValue(a attempt, f ops.Field) (value string, filled bool) {
	if f.Current != nil && a.user != nil {
		value = f.Current(a.user)
	}
	if typed, given := a.answers[f.Name]; given {
		return typed, typed != value
	}
	return value, false
}

func fieldKind(k ops.FieldKind) tui.FieldKind {
	switch k {
	case ops.FieldSecret:
		return tui.FieldSecret
	case ops.FieldJSON:
		return tui.FieldJSON
	case ops.FieldChoice:
		return tui.FieldChoice
	}
	return tui.FieldText
}

// ticketFields is the field for the ticket, where the instance asks for one. A question
// that neither needs one nor a reason does without.
func ticketFields(env *Env, op ops.Operation, value string, typed bool, tier tui.Tier) []tui.Field {
	rule, isNeeded := env.Catalogue.Ticket(), env.Catalogue.NeedsTicket(op)
	if !rule.IsAsked || op.IsRead() || tier < tui.T2 && !isNeeded {
		return nil
	}
	hint := ""
	if rule.Pattern != "" {
		hint = "looks like " + clean.NewText(rule.Pattern).Display()
	}
	return []tui.Field{{Name: fieldTicket, Label: clean.NewText(rule.Label).Display(), Hint: hint, Value: value, Edited: typed && value != "",
		Required: isNeeded, SkipOnEnter: !isNeeded, Validate: func(ticket string) string {
			if ticket == "" {
				return ""
			}
			return env.Catalogue.CheckTicket(op, input.CleanReason(ticket))
		}}}
}
