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

const fieldReason = "reason"

// reasonHint is all that becomes of a reason: there is no journal yet.
const reasonHint = "kept in Notices (N)"

// promptFields are the entry's inputs, then the reason: wanted from T2 on. A file and
// metadata have been chosen on screens of their own, and what the row or the way
// back says is not asked again.
func promptFields(env *Env, a attempt, tier tui.Tier) []tui.Field {
	var out []tui.Field
	for _, f := range a.op.Fields {
		if _, said := a.preset[f.Name]; said || f.Kind == ops.FieldFile || f.CurrentJSON != nil {
			continue
		}
		if a.undoes != nil && (f.Current != nil || f.IsAdvanced) && len(a.fieldErrors) == 0 { // what goes back is known
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
	return append(out, reasonField(a.answers[fieldReason], a.typed, tier))
}

// validateField is what is wrong with a value. A masked one that nobody touched is what
// stands there.
func validateField(f ops.Field, value string) string {
	switch {
	case f.Current == nil || !strings.ContainsRune(value, mask.Rune):
		return f.Validate(value, value != "")
	case value == mask.Hidden:
		return ""
	}
	return maskedField
}

// reasonField is where the reason goes. Where none is needed it stands in nobody's way.
func reasonField(value string, typed bool, tier tui.Tier) tui.Field {
	return tui.Field{Name: fieldReason, Label: "Reason", Hint: reasonHint, Value: value, Edited: typed && value != "",
		Required: tier >= tui.T2, SkipOnEnter: tier < tui.T2, FreeText: true, Validate: checkReason}
}

// markedValue is a value with marks for what a box must not draw, "" where it holds
// nothing of the kind. Of what somebody typed, spaces are their own affair.
func markedValue(value string, typed bool) string {
	if stands := clean.NewText(value); !stands.IsShownExactly() && (!typed || value != text.Drawable(value)) {
		return stands.Display()
	}
	return ""
}

// initialValue is what was typed before, else what stands there now; filled says that
// it is another than what stands there.
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

// checkReason refuses a reason that says nothing; an empty one is Required's affair.
func checkReason(reason string) string {
	if reason != "" && input.CleanReason(reason) == "" {
		return "needs a letter or a digit"
	}
	return ""
}
