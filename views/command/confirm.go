package command

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/pflag"

	"frontdesk/api/ops"
	"frontdesk/tui"
	"frontdesk/views/action"
)

// canNeedTyping says that an operation can come to be asked with something to type:
// it is so by itself, on production, for an admin or for a crowd.
func canNeedTyping(op ops.Operation) bool {
	return op.TierFor(true, true) >= ops.T3 || op.Scope == ops.ScopeUsers && !op.IsRead()
}

// declareConfirm makes the flag that stands for what the console has typed.
func (o *options) declareConfirm(f *pflag.FlagSet, op ops.Operation) {
	if canNeedTyping(op) {
		f.StringVar(&o.confirm, "confirm", "", "with --yes: what would be typed"+describeConfirm(op))
	}
}

// describeConfirm is what an operation has typed, for the help.
func describeConfirm(op ops.Operation) string {
	switch {
	case op.Scope == ops.ScopeUsers:
		return ", like “" + op.BulkPhrase(10) + "”"
	case op.Scope == ops.ScopeDirectory:
		return ", “" + strings.ToLower(op.Verb) + "”"
	case op.Tier >= ops.T4:
		return ": the e-mail address"
	case op.Tier == ops.T3:
		return ": the last four of the phone or id; on production, and for an organization's admin, the e-mail address"
	}
	return ": the last four of the phone or id, on production and for an organization's admin"
}

// checkConfirm is the mistake of confirming beforehand what is asked on the spot.
func (o *options) checkConfirm() error {
	if o.confirm != "" && !o.yes && !o.dryRun {
		return usage("--confirm goes with --yes; without --yes it is asked for")
	}
	return nil
}

// checkConfirmed ends with nil where --yes, --reason and --confirm say what the
// question would have asked. What was given to confirm is held against the person
// also where nothing needs to be typed: the wrong one is a mistake everywhere.
func (r *run) checkConfirmed(ctx context.Context, p tui.Prompt, typing action.TypedConfirmation) error {
	given, wanted := strings.TrimSpace(r.confirm), confirmFlag(typing)
	if r.mask.On() { // a mask tells nobody from others
		wanted = "--confirm, with what is to be typed without --mask"
	}
	switch {
	case given == "" && p.TypeToConfirm != "":
		return usage("with --yes " + r.op.ID + r.forUser() + " needs " + wanted + checklistNote(p))
	case given != "" && !strings.EqualFold(given, typing.Text):
		return usage("what was given to confirm is something else; " + r.op.ID + r.forUser() + " needs " + wanted)
	}
	if p.CancelSeconds <= 0 || !r.StderrIsTerminal {
		return nil
	}
	fmt.Fprintf(r.Stderr, "%s in %d s, ctrl-c stops it.\n", r.op.Doing, p.CancelSeconds)
	return r.pauseBefore(ctx, p)
}

// confirmFlag is the option that is wanted: with its value where whoever is asked
// reads that, else with what it is and where it can be read.
func confirmFlag(t action.TypedConfirmation) string {
	if t.From == "" {
		return "--confirm " + shellQuoted(t.Text)
	}
	return "--confirm: " + strings.TrimPrefix(t.Label, "Type ") + " (" + t.From + ")"
}

// checklistNote is what --confirm says as well, a line each.
func checklistNote(p tui.Prompt) string {
	if len(p.Checklist) == 0 {
		return ""
	}
	return ". With it you also confirm that:\n  " + strings.Join(p.Checklist, "\n  ")
}

func (r *run) forUser() string {
	if r.user == nil {
		return ""
	}
	return " for " + strings.Join(describeUser(r.user), "   ")
}

// shellQuoted is a value as it is typed in a shell.
func shellQuoted(value string) string {
	if strings.ContainsAny(value, " '$`\\!*?&;|<>()[]{}#~\"") {
		return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "$", `\$`, "`", "\\`").Replace(value) + `"`
	}
	return value
}

// describeYes is what stands for the question with --yes, as a line of the help.
func describeYes(op ops.Operation) string {
	const line = "\nWith --yes it needs --reason"
	switch {
	case !canNeedTyping(op):
		return ""
	case op.Scope == ops.ScopeUsers:
		return line + ", and for ten and more, or on production, --confirm with what would be typed."
	case op.Tier >= ops.T3 && len(op.Checklist) > 0:
		return line + " and --confirm with what would be typed, which says that the checklist is so:\n  " + strings.Join(op.Checklist, "\n  ")
	case op.Tier >= ops.T3:
		return line + " and --confirm with what would be typed."
	}
	return line + "; on production, and for an organization's admin, --confirm with what would be typed as well." + describeStricter(op)
}

// describeStricter is what makes an operation be asked in full, as a line of the help.
func describeStricter(op ops.Operation) string {
	if op.Escalation == nil {
		return ""
	}
	return "\nWith " + strings.ReplaceAll(strings.Join(op.Escalation.Fields, ", "), "_", "-") + " it asks for a checklist and something to type as well, everywhere."
}

// confirmed says how a bulk was confirmed, for the journal.
func (r *bulkRun) confirmed() string {
	switch {
	case r.yes && r.confirm != "":
		return "--yes --confirm " + r.confirm
	case r.yes:
		return "--yes"
	}
	return "answered the question"
}
