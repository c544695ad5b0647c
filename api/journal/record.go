package journal

import "time"

// version is the version of the record format.
const version = 1

// Kind is what a record is about.
type Kind string

const (
	Intent    Kind = "intent"    // a request is about to be sent
	Outcome   Kind = "outcome"   // how it ended; the last one of an intent counts
	Refused   Kind = "refused"   // not sent: a policy or a check said no
	Recovered Kind = "recovered" // the journal was damaged here and goes on
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
	Seq     uint64 `json:"seq"` // orders the records, also where a clock went back
	ID      string `json:"id"`
	Prev    string `json:"prev"` // Hash of the record before
	// Time is in UTC.
	Time time.Time `json:"time"`
	Kind Kind      `json:"kind"`
	// Intent is the ID of the intent to which an outcome belongs.
	Intent   string   `json:"intent,omitempty"`
	Who      Who      `json:"who"`
	Instance Instance `json:"instance,omitzero"`
	// Operation is Clerk's name of the operation ("ban_user"), Title the dashboard's.
	Operation string `json:"operation,omitempty"`
	Title     string `json:"title,omitempty"`
	// Targets are the users; an operation on the directory has none.
	Targets []Target `json:"targets,omitempty"`
	// Part is the id of the user's e-mail address, session and so on.
	Part    string   `json:"part,omitempty"`
	Changes []Change `json:"changes,omitempty"`
	// WayBack is the request that undoes it, where there is one without secrets.
	WayBack *WayBack `json:"way_back,omitempty"`
	Reason  string   `json:"reason,omitempty"`
	Ticket  string   `json:"ticket,omitempty"`
	// Confirmed says how the operator confirmed ("typed 4242", "--yes").
	Confirmed string `json:"confirmed,omitempty"`
	// Undoes is the ID of the intent that this one undoes, Case the id of a guided
	// sequence to which it belongs.
	Undoes string `json:"undoes,omitempty"`
	Case   string `json:"case,omitempty"`
	// Continues is the ID of the first intent of a bulk that takes several requests.
	Continues string `json:"continues,omitempty"`
	// Snapshot says that the users were saved beside the journal under this ID.
	Snapshot bool `json:"snapshot,omitempty"`

	// Outcome is one of OK, Denied, AlreadyGone, Unknown and Partly; Message says more
	// in a sentence. Code, Status and TraceID are the server's, where it answered.
	Outcome  string `json:"outcome,omitempty"`
	Message  string `json:"message,omitempty"`
	Code     string `json:"code,omitempty"`
	Status   int    `json:"status,omitempty"`
	TraceID  string `json:"trace_id,omitempty"`
	Duration int64  `json:"duration_ms,omitempty"`
	// ReadBack says that the outcome was found by reading the user again.
	ReadBack bool `json:"read_back,omitempty"`

	// Torn describes what a Recovered record found before it.
	Torn *Torn `json:"torn,omitempty"`
	// Cut says that values of this record were too long and were cut.
	Cut bool `json:"cut,omitempty"`
	// Hash is the SHA-256 of the line up to this field.
	Hash string `json:"hash,omitempty"`
}

// Who is who wrote a record: what the kernel says, and what the environment claims.
type Who struct {
	Kernel  Kernel  `json:"kernel"`
	Claimed Claimed `json:"claimed,omitzero"`
}

// Kernel are facts of the operating system about the process.
type Kernel struct {
	UID  int    `json:"uid"`
	User string `json:"user,omitempty"`
	// LoginUID is the user who logged in, whatever su and sudo did since; Session is
	// the audit session. Both are empty where the kernel does not keep them.
	LoginUID string `json:"loginuid,omitempty"`
	Session  string `json:"session,omitempty"`
	TTY      string `json:"tty,omitempty"`
	PID      int    `json:"pid"`
	// Started is when the process began, in the kernel's ticks since the boot: a
	// later process may have the same PID.
	Started string `json:"started,omitempty"`
	Host    string `json:"host,omitempty"`
	BootID  string `json:"boot_id,omitempty"`
}

// Claimed is what the environment says, which the user can set to anything.
type Claimed struct {
	SudoUser       string `json:"sudo_user,omitempty"`
	SSHConnection  string `json:"ssh_connection,omitempty"`
	KeyFingerprint string `json:"key_fingerprint,omitempty"` // of the SSH key
}

// Instance is the instance that was written to.
type Instance struct {
	Name string `json:"name"`
	Kind string `json:"kind"`          // "demo", "development", "production"
	Key  string `json:"key,omitempty"` // fingerprint of the secret key, never the key
}

// Target is a user as they were when the operation was asked for. In an outcome of
// several users Outcome is how it ended for this one.
type Target struct {
	ID      string `json:"id"`
	Name    string `json:"name,omitempty"`
	Address string `json:"address,omitempty"`
	Outcome string `json:"outcome,omitempty"`
}

// Change is one field: what it was, what was asked for, what it is afterwards. A
// nil is not known, or not recorded.
type Change struct {
	Field     string  `json:"field"`
	Label     string  `json:"label,omitempty"`
	Before    *string `json:"before,omitempty"`
	Requested *string `json:"requested,omitempty"`
	After     *string `json:"after,omitempty"`
	// Hidden marks a value that is never recorded: a secret, or private metadata.
	Hidden bool `json:"hidden,omitempty"`
}

// WayBack is a request that undoes an operation on the same targets.
type WayBack struct {
	Operation string            `json:"operation"`
	Part      string            `json:"part,omitempty"`
	Values    map[string]string `json:"values,omitempty"`
}

// Torn is the end of a journal that is no record: a write that was cut off.
type Torn struct {
	Bytes int `json:"bytes"`
	// Hash is the SHA-256 of those bytes.
	Hash string `json:"hash,omitempty"`
}
