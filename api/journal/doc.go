// Package journal implements the audit log: a file that records every change made to an
// instance, the intent before the request is sent and the outcome afterwards.
//
// A journal is a chain of records, one JSON object per line. Each record holds its own
// hash and the hash of the record before it. The journal is tamper-evident, not
// tamper-proof: [Journal.Verify] detects records that were edited, removed or added in the
// middle, but anyone who can write the file can also truncate it or rewrite the whole
// chain. To guard against that, forward the records (api/journal/forward) to a system that
// the operator cannot write to.
//
// What may live here: the record format, writing, reading and verifying records, and the
// snapshots stored next to them. What may not: what an operation means and when it is
// recorded (api/journal/recorder), and forwarding (api/journal/forward).
package journal
