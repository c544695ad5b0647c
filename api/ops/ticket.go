package ops

import (
	"strings"

	"frontdesk/api/clean"
)

// TicketRule says what the reference to a case is that is asked for beside the reason,
// and from which tier on it is needed. The zero rule asks for none.
type TicketRule struct {
	IsAsked bool
	Label   string // "Ticket"
	// Pattern is what a ticket looks like, for whoever must type one; "" for anything.
	// Matches reports whether a text is one; nil takes everything.
	Pattern string
	Matches func(string) bool
	// IsNeeded reports whether operations of the tier From and above need one.
	IsNeeded bool
	From     Tier
}

// WithTicket returns the same entries under a rule for tickets that screens, subcommands
// and desk follow.
func (c *Catalogue) WithTicket(rule TicketRule) *Catalogue {
	if rule.IsAsked && rule.Label == "" {
		rule.Label = "Ticket"
	}
	under := *c
	under.ticket = rule
	return &under
}

// Ticket returns the rule for tickets.
func (c *Catalogue) Ticket() TicketRule { return c.ticket }

// NeedsTicket reports whether the operation needs a ticket. Inputs may raise its tier: see
// [Operation.WithValues].
func (c *Catalogue) NeedsTicket(op Operation) bool {
	return c.ticket.IsAsked && c.ticket.IsNeeded && !op.IsRead() && op.Tier >= c.ticket.From
}

// CheckTicket returns what is wrong with the ticket of an operation, or "".
func (c *Catalogue) CheckTicket(op Operation, ticket string) string {
	rule := c.ticket
	switch {
	case !rule.IsAsked || op.IsRead():
		return ""
	case strings.TrimSpace(ticket) == "":
		return choose(c.NeedsTicket(op), op.Title+" needs a "+strings.ToLower(rule.Label)+rule.looks(), "")
	case rule.Matches != nil && !rule.Matches(ticket):
		return "“" + clean.NewText(ticket).Display() + "” is no " + strings.ToLower(rule.Label) + rule.looks()
	}
	return ""
}

// looks describes a ticket, for the end of a sentence.
func (r TicketRule) looks() string {
	return choose(r.Pattern == "", "", ", which looks like "+clean.NewText(r.Pattern).Display())
}
