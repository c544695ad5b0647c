package command

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/pflag"

	"frontdesk/api/clean"
	"frontdesk/api/ops"
	"frontdesk/tui"
	"frontdesk/views/action"
)

// canNeedTyping reports whether an operation may require a typed confirmation: always,
// on production, for an organization admin, or for many users.
func canNeedTyping(op ops.Operation) bool {
	return op.TierFor(true, true) >= ops.T3 || op.Scope == ops.ScopeUsers && !op.IsRead()
}

// declareConfirm declares --confirm, which stands for the typed confirmation.
func (o *options) declareConfirm(f *pflag.FlagSet, op ops.Operation) {
	if canNeedTyping(op) {
		f.StringVar(&o.confirm, "confirm", "", "with --yes: the text you would type to confirm"+describeConfirm(op))
	}
}

// describeConfirm says what an operation requires to be typed, for the help.
func describeConfirm(op ops.Operation) string {
	switch {
	case op.Scope == ops.ScopeUsers:
		return ", like “" + op.BulkPhrase(10) + "”"
	case op.Scope == ops.ScopeDirectory:
		return ", “" + strings.ToLower(op.Verb) + "”"
	case op.Tier >= ops.T4:
		return ": the e-mail address"
	case op.Tier == ops.T3:
		return ": the last four characters of the phone or id; on production or for an organization admin, the e-mail address"
	}
	return ": the last four characters of the phone or id, on production or for an organization admin"
}

// checkConfirm returns an error for --confirm without --yes.
func (o *options) checkConfirm() error {
	if o.confirm != "" && !o.yes && !o.dryRun {
		return usage("--confirm needs --yes; without --yes you are asked")
	}
	return nil
}

// checkConfirmed returns nil if --yes and --confirm answer the question. A --confirm
// that does not match the user is an error even if none is required.
func (r *run) checkConfirmed(ctx context.Context, p tui.Prompt, typing action.TypedConfirmation) error {
	given, wanted := strings.TrimSpace(r.confirm), confirmFlag(typing)
	if r.mask.On() { // a mask tells nobody from others
		wanted = "--confirm, with what is to be typed without --mask"
	}
	switch {
	case given == "" && p.TypeToConfirm != "":
		return usage("with --yes " + r.op.ID + r.forUser() + " needs " + wanted + checklistNote(p))
	case given != "" && !tui.MatchesTyped(given, typing.Text):
		if !r.mask.On() {
			wanted = expectedFlag(typing)
		}
		return usage("--confirm does not match: " + r.op.ID + r.forUser() + " needs " + wanted)
	}
	if p.CancelSeconds <= 0 || !r.StderrIsTerminal {
		return nil
	}
	fmt.Fprintf(r.Stderr, "%s in %d s; ctrl-c stops it.\n", r.op.Doing, p.CancelSeconds)
	return r.pauseBefore(ctx, p)
}

// confirmFlag describes the required --confirm: with its value if the question shows
// that, else with what it is and where to read it.
func confirmFlag(t action.TypedConfirmation) string {
	if t.From == "" {
		return "--confirm " + clean.ShellArg(t.Text)
	}
	return "--confirm: " + strings.TrimPrefix(t.Label, "Type ") + " (" + t.From + ")"
}

// expectedFlag is the --confirm that was expected, in full, for one that does not match.
func expectedFlag(t action.TypedConfirmation) string {
	if t.From == "" {
		return confirmFlag(t)
	}
	return "--confirm " + clean.ShellArg(t.Text) + ", " + strings.TrimPrefix(t.Label, "Type ") + " (" + t.From + ")"
}

// checklistNote lists the checklist, which --confirm confirms as well.
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

// describeYes says in the help what --yes requires.
func describeYes(op ops.Operation) string {
	const line = "\nWith --yes it needs --reason"
	switch {
	case !canNeedTyping(op):
		return ""
	case op.Scope == ops.ScopeUsers:
		return line + " and, for ten users or more or on production, --confirm with the text you would type."
	case op.Tier >= ops.T3 && len(op.Checklist) > 0:
		return line + " and --confirm with the text you would type, which also confirms the checklist:\n  " + strings.Join(op.Checklist, "\n  ")
	case op.Tier >= ops.T3:
		return line + " and --confirm with the text you would type."
	}
	return line + "; on production or for an organization admin, it needs --confirm with the text you would type too." + describeStricter(op)
}

// describeStricter says in the help which fields make the question stricter.
func describeStricter(op ops.Operation) string {
	says := ""
	for _, e := range op.Escalations {
		fields := strings.Split(strings.ReplaceAll(strings.Join(e.Fields, " "), "_", "-"), " ")
		for i := range fields {
			fields[i] = strings.TrimSpace(fields[i] + " " + e.Value)
		}
		says += "\nWith " + strings.Join(fields, ", ") + " it always asks for a checklist and a typed confirmation too."
	}
	return says
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
