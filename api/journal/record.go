package journal

import "time"

// version is the version of the record format.
const version = 1

// Kind is the kind of a record.
type Kind string

const (
	Intent    Kind = "intent"    // a request is about to be sent
	Outcome   Kind = "outcome"   // how the request ended; the last outcome of an intent counts
	Refused   Kind = "refused"   // not sent, because a policy or a check refused it
	Recovered Kind = "recovered" // the journal was damaged before this record
	Rotated   Kind = "rotated"   // the first record of a file that continues another
)

// Values of Record.Outcome.
const (
	OK          = "ok"
	Denied      = "refused"
	AlreadyGone = "already_gone"
	Unknown     = "unknown"
	Partly      = "partly"
)

// Record is one line of a journal. Append fills in Version, Seq, Prev, Time, Who and
// Hash, and ID where it is empty.
type Record struct {
	Version int    `json:"v"`
	Seq     uint64 `json:"seq"` // position in the chain; unlike Time it never decreases
	ID      string `json:"id"`
	Prev    string `json:"prev"` // Hash of the previous record
	// Time is in UTC.
	Time time.Time `json:"time"`
	Kind Kind      `json:"kind"`
	// Intent is the ID of the intent to which an outcome belongs.
	Intent   string   `json:"intent,omitempty"`
	Who      Who      `json:"who"`
	Instance Instance `json:"instance,omitzero"`
	// Operation is the id of the operation ("ban_user"), Title its name on screen.
	Operation string `json:"operation,omitempty"`
	Title     string `json:"title,omitempty"`
	// Targets are the affected users; operations that affect no single user have none.
	Targets []Target `json:"targets,omitempty"`
	// Part is the id of the affected e-mail address, session and so on.
	Part    string   `json:"part,omitempty"`
	Changes []Change `json:"changes,omitempty"`
	// WayBack is the request that undoes the change, if it needs no secrets.
	WayBack *WayBack `json:"way_back,omitempty"`
	Reason  string   `json:"reason,omitempty"`
	Ticket  string   `json:"ticket,omitempty"`
	// Confirmed describes how the operator confirmed ("typed 4242", "--yes").
	Confirmed string `json:"confirmed,omitempty"`
	// Undoes is the ID of the intent that this one undoes. Case is the id of the guided
	// sequence it is part of.
	Undoes string `json:"undoes,omitempty"`
	Case   string `json:"case,omitempty"`
	// Continues is the ID of the first intent of a bulk operation with several requests.
	Continues string `json:"continues,omitempty"`
	// Snapshot reports whether a snapshot of the users was saved under this ID.
	Snapshot bool `json:"snapshot,omitempty"`

	// Outcome is one of OK, Denied, AlreadyGone, Unknown and Partly; Message explains it.
	// Code, Status and TraceID come from the server's answer, if any.
	Outcome  string `json:"outcome,omitempty"`
	Message  string `json:"message,omitempty"`
	Code     string `json:"code,omitempty"`
	Status   int    `json:"status,omitempty"`
	TraceID  string `json:"trace_id,omitempty"`
	Duration int64  `json:"duration_ms,omitempty"`
	// ReadBack reports whether the outcome was determined by reading the user again.
	ReadBack bool `json:"read_back,omitempty"`

	// Torn describes the damage before a Recovered record.
	Torn *Torn `json:"torn,omitempty"`
	// Cut reports whether values of this record were truncated.
	Cut bool `json:"cut,omitempty"`
	// Hash is the SHA-256 of the line up to this field.
	Hash string `json:"hash,omitempty"`
}

// Who identifies the user who wrote a record, according to the kernel and to the
// environment.
type Who struct {
	Kernel  Kernel  `json:"kernel"`
	Claimed Claimed `json:"claimed,omitzero"`
}

// Kernel holds what the operating system reports about the process.
type Kernel struct {
	UID  int    `json:"uid"`
	User string `json:"user,omitempty"`
	// LoginUID is the user who logged in, which su and sudo do not change. Session is the
	// audit session. Both are empty if the kernel does not track them.
	LoginUID string `json:"loginuid,omitempty"`
	Session  string `json:"session,omitempty"`
	TTY      string `json:"tty,omitempty"`
	PID      int    `json:"pid"`
	// Started is the start time of the process in clock ticks since boot. It tells apart
	// processes with the same PID.
	Started string `json:"started,omitempty"`
	Host    string `json:"host,omitempty"`
	BootID  string `json:"boot_id,omitempty"`
}

// Claimed holds what the environment says. The user can set it to anything.
type Claimed struct {
	SudoUser       string `json:"sudo_user,omitempty"`
	SSHConnection  string `json:"ssh_connection,omitempty"`
	KeyFingerprint string `json:"key_fingerprint,omitempty"` // fingerprint of the SSH key
}

// Instance identifies the instance that was changed.
type Instance struct {
	Name string `json:"name"`
	Kind string `json:"kind"`          // "demo", "development", "production"
	Key  string `json:"key,omitempty"` // fingerprint of the secret key, never the key
}

// Target is a user as they were when the operation was requested. In the outcome of a bulk
// operation, Outcome is the result for this user.
type Target struct {
	ID      string `json:"id"`
	Name    string `json:"name,omitempty"`
	Address string `json:"address,omitempty"`
	Outcome string `json:"outcome,omitempty"`
}

// Change describes one field: its value before, the requested value, and the value after.
// A nil value is unknown or not recorded.
type Change struct {
	Field     string  `json:"field"`
	Label     string  `json:"label,omitempty"`
	Before    *string `json:"before,omitempty"`
	Requested *string `json:"requested,omitempty"`
	After     *string `json:"after,omitempty"`
	// Hidden reports whether the values are never recorded: secrets and private metadata.
	Hidden bool `json:"hidden,omitempty"`
}

// WayBack is the request that undoes an operation, for the same targets.
type WayBack struct {
	Operation string            `json:"operation"`
	Part      string            `json:"part,omitempty"`
	Values    map[string]string `json:"values,omitempty"`
}

// Torn describes an incomplete record left by an interrupted write.
type Torn struct {
	Bytes int `json:"bytes"`
	// Hash is the SHA-256 of those bytes.
	Hash string `json:"hash,omitempty"`
}
