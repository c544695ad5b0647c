package journal

import (
	"strings"
	"time"
)

// Filter says which entries are wanted; the zero value wants all of them.
type Filter struct {
	// User is an id, or part of a name or an address.
	User string
	// Operation is Clerk's name of the operation, or part of its title.
	Operation string
	// By is a user name of the operating system, as the kernel knows it or as sudo
	// and SSH claim it.
	By string
	// Since and Instance (its name or kind) are left out where they are zero.
	Since    time.Time
	Instance string
	// Text is a part of anything that is shown of an entry.
	Text string
	// Before wants only records with a lower Seq; 0 wants all. Limit is the number of
	// entries at most; 0 is no limit.
	Before uint64
	Limit  int
}

// maxOld is after how many records in a row that are older than Filter.Since the
// rest is taken to be older too. A clock may have gone back for a while.
const maxOld = 1000

// isOlder says that the record was written before Since.
func (f Filter) isOlder(r Record) bool { return !f.Since.IsZero() && r.Time.Before(f.Since) }

// Match says that the filter lets the entry through.
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

// has says that part is in s, in whatever case.
func has(s, part string) bool { return strings.Contains(strings.ToLower(s), strings.ToLower(part)) }
