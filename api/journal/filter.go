package journal

import (
	"strings"
	"time"
)

// Filter selects entries. The zero value selects all.
type Filter struct {
	// User is the id of a user, or part of a name or address.
	User string
	// Operation is the id of an operation, or part of its title.
	Operation string
	// By is an operating system user, as reported by the kernel or as claimed by sudo or
	// SSH.
	By string
	// Since is the earliest time. Instance is the name or kind of an instance.
	Since    time.Time
	Instance string
	// Text is part of anything shown of an entry.
	Text string
	// Before selects records with a lower Seq; 0 selects all. Limit is the maximum number
	// of entries; 0 means no limit.
	Before uint64
	Limit  int
}

// maxOld is the number of consecutive records older than Filter.Since after which reading
// stops. It is more than one because the clock may have been set back for a while.
const maxOld = 1000

// isOlder reports whether the record was written before Since.
func (f Filter) isOlder(r Record) bool { return !f.Since.IsZero() && r.Time.Before(f.Since) }

// Match reports whether the filter selects the entry.
func (f Filter) Match(e Entry) bool {
	switch {
	case f.Before != 0 && e.Seq >= f.Before,
		!f.Since.IsZero() && e.Time.Before(f.Since),
		f.Operation != "" && !f.matchOperation(e),
		f.User != "" && !f.matchUser(e),
		f.By != "" && !f.matchBy(e.Who),
		f.Instance != "" && !strings.EqualFold(e.Instance.Kind, f.Instance) && !has(e.Instance.Name, f.Instance),
		f.Text != "" && !f.matchText(e):
		return false
	}
	return true
}

func (f Filter) matchOperation(e Entry) bool {
	return strings.EqualFold(e.Operation, strings.ReplaceAll(f.Operation, "-", "_")) || has(e.Title, f.Operation)
}

func (f Filter) matchUser(e Entry) bool {
	for _, t := range e.Targets {
		if t.ID == f.User || has(t.Name, f.User) || has(t.Address, f.User) {
			return true
		}
	}
	return false
}

func (f Filter) matchBy(w Who) bool {
	address, _, _ := strings.Cut(w.Claimed.SSHConnection, " ")
	for _, name := range []string{w.Kernel.User, w.Kernel.User + "@" + w.Kernel.Host, w.Claimed.SudoUser, w.Claimed.KeyFingerprint, address} {
		if name != "" && strings.EqualFold(name, f.By) {
			return true
		}
	}
	return false
}

func (f Filter) matchText(e Entry) bool {
	texts := []string{e.ID, e.Operation, e.Title, e.Part, e.Reason, e.Ticket, e.Message, e.Who.Kernel.User, e.Who.Claimed.SudoUser, e.Case, e.State()}
	for _, t := range e.Targets {
		texts = append(texts, t.ID, t.Name, t.Address)
	}
	for _, c := range e.Changes {
		for _, value := range []*string{c.Before, c.Requested, c.After} {
			if value != nil {
				texts = append(texts, *value)
			}
		}
	}
	if e.Ending != nil {
		texts = append(texts, e.Ending.Message, e.Ending.Code, e.Ending.TraceID)
	}
	for _, t := range texts {
		if has(t, f.Text) {
			return true
		}
	}
	return false
}

// has reports whether s contains part, ignoring case.
func has(s, part string) bool { return strings.Contains(strings.ToLower(s), strings.ToLower(part)) }
