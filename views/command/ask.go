package command

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"frontdesk/api/input"
	"frontdesk/tui"
	"frontdesk/tui/text"
)

// askUser asks the console's question as text on stderr, reads the answers from
// stdin, and keeps the reason and the ticket. If the error, an Exit, is not nil, nothing
// was sent.
func (r *run) askUser(ctx context.Context, p tui.Prompt) error {
	r.printQuestion(p)
	in := bufio.NewReader(r.Stdin)
	for _, check := range p.Checklist {
		if err := r.askYes(ctx, in, "Confirm: "+check+"?"); err != nil {
			return err
		}
	}
	if err := r.askWhy(ctx, in, p.Tier); err != nil {
		return err
	}
	if p.TypeToConfirm != "" {
		typed, err := r.readLine(ctx, in, p.TypeLabel+": ")
		if err != nil {
			return err
		}
		if !tui.MatchesTyped(typed, p.TypeToConfirm) {
			return failed("Nothing was sent: what you typed does not match; " + tui.ExpectedText(p.TypeToConfirm, p.TypeLabel))
		}
	}
	if err := r.askYes(ctx, in, p.Verb+"?"); err != nil {
		return err
	}
	return r.waitOut(ctx, p)
}

// askWhy asks for the reason and the ticket, where they are needed and were not given.
func (r *run) askWhy(ctx context.Context, in *bufio.Reader, tier tui.Tier) error {
	if r.reason == "" && tier >= tui.T2 {
		typed, err := r.readLine(ctx, in, "Reason (required): ")
		if err != nil {
			return err
		}
		if r.reason = input.CleanReason(r.filledIn(typed)); r.reason == "" {
			return failed("Nothing was sent: a reason is required")
		}
	}
	if wrong := input.CheckReason(r.reason); tier >= tui.T2 && wrong != "" {
		return failed("Nothing was sent: " + wrong)
	}
	if rule := r.session.Catalogue.Ticket(); r.ticket == "" && r.checkTicket("") != "" {
		typed, err := r.readLine(ctx, in, plain(rule.Label)+": ")
		if err != nil {
			return err
		}
		r.ticket = input.CleanReason(typed)
	}
	if wrong := r.checkTicket(r.ticket); wrong != "" {
		return failed("Nothing was sent: " + wrong)
	}
	return nil
}

// filledIn is the configured reason whose key was typed, or else what was typed.
func (r *run) filledIn(typed string) string {
	for _, reason := range r.session.Reasons {
		if strings.TrimSpace(typed) == reason.Key {
			return reason.Text
		}
	}
	return typed
}

// printQuestion prints the target, the instance, the effects and how to undo them.
func (r *run) printQuestion(p tui.Prompt) {
	var b strings.Builder
	fmt.Fprintf(&b, "%s, %s\n", cmp.Or(p.Heading, p.Title), p.Instance)
	if len(p.Subject) > 0 {
		fmt.Fprintf(&b, "  %s\n", strings.Join(p.Subject, "   "))
	}
	for _, line := range append(slices.Clone(p.Context), p.TypeSource) {
		if line != "" {
			fmt.Fprintf(&b, "  %s\n", line)
		}
	}
	if n := p.Namesakes; n != nil {
		mark := ""
		if n.Tone != tui.ToneNone {
			mark = "! "
		}
		fmt.Fprintf(&b, "  %s%s\n", mark, strings.Join(n.Lines, "\n      "))
	}
	for _, warning := range p.Warnings {
		fmt.Fprintf(&b, "  ! %s\n", warning)
	}
	for _, effect := range p.Effects {
		fmt.Fprintf(&b, "  • %s\n", effect)
	}
	switch {
	case p.ReadOnly:
	case p.WayBack != "":
		fmt.Fprintf(&b, "  To undo: %s\n", p.WayBack)
	default:
		b.WriteString("  This cannot be undone.\n")
	}
	if p.Alternative != nil {
		fmt.Fprintf(&b, "  Instead: %s, which %s\n", p.Alternative.Title, p.Alternative.Why)
	}
	b.WriteString("ctrl-c leaves; nothing is sent before the last question.\n")
	io.WriteString(r.Stderr, r.wrap(b.String()))
}

// wrap breaks lines that are longer than the terminal between words. What continues a line
// stands below its text, not below its mark.
func (r *run) wrap(lines string) string {
	width := 0
	if r.Width != nil {
		width = r.Width()
	}
	if width < leastWidth {
		return lines
	}
	var b strings.Builder
	for line := range strings.Lines(lines) {
		bare := strings.TrimRight(line, " \n")
		if text.Width(bare) <= width {
			b.WriteString(line)
			continue
		}
		mark := bare[:len(bare)-len(strings.TrimLeft(bare, " •!"))]
		indent := text.Width(mark)
		for i, part := range text.Wrap(bare[len(mark):], width-indent) {
			if i > 0 {
				b.WriteString("\n")
				mark = strings.Repeat(" ", indent)
			}
			b.WriteString(mark + part)
		}
		b.WriteString(line[len(bare):])
	}
	return b.String()
}

// leastWidth is the width of a terminal below which lines are left as they are.
const leastWidth = 20

// waitOut waits while a confirmed operation can still be stopped.
func (r *run) waitOut(ctx context.Context, p tui.Prompt) error {
	if p.CancelSeconds <= 0 {
		return nil
	}
	fmt.Fprintf(r.Stderr, "Starting in %d seconds; ctrl-c stops it.\n", p.CancelSeconds)
	return r.pauseBefore(ctx, p)
}

// pauseBefore waits for the prompt's CancelSeconds.
func (r *run) pauseBefore(ctx context.Context, p tui.Prompt) error {
	if r.screens(r.session).Pause(ctx, time.Duration(p.CancelSeconds)*time.Second) != nil {
		return failed("Cancelled in time. Nothing was sent.")
	}
	return nil
}

// askYes asks a question and returns an error unless the answer is y or yes.
func (r *run) askYes(ctx context.Context, in *bufio.Reader, question string) error {
	answer, err := r.readLine(ctx, in, question+" y/N ")
	if err != nil {
		return err
	}
	switch strings.ToLower(strings.TrimSpace(answer)) {
	case "y", "yes":
		return nil
	}
	return failed("Cancelled. Nothing was sent.")
}

// readLine reads one line. It returns an error on ctrl-c and at the end of the input.
// After ctrl-c the goroutine goes on reading, because a read cannot be cancelled, and
// the program is about to end.
func (r *run) readLine(ctx context.Context, in *bufio.Reader, label string) (string, error) {
	io.WriteString(r.Stderr, r.wrap(label))
	type read struct {
		text string
		err  error
	}
	got := make(chan read, 1)
	go func() {
		text, err := in.ReadString('\n')
		got <- read{text, err}
	}()
	select {
	case <-ctx.Done():
		io.WriteString(r.Stderr, "\n")
		return "", errStopped
	case answer := <-got:
		switch {
		case answer.err == nil:
			return answer.text, nil
		case errors.Is(answer.err, io.EOF):
			io.WriteString(r.Stderr, "\n")
			return "", failed("Nothing was sent: there was no answer")
		}
		return "", failed("Nothing was sent: the answer could not be read")
	}
}
