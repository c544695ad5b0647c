// Package journal is the file in which every write to an instance is written down:
// the intent before the request is sent, the outcome afterwards.
//
// A journal is a chain of records, one JSON line each, in a directory of its own
// below the state directory of the user who runs the program. Every record carries
// the hash of the one before it and its own. It is tamper-evident and not
// tamper-proof: [Journal.Verify] finds an edit, a missing or an added record in the
// middle, but whoever may write the file may also cut records off its end, or write
// the whole chain anew. Who needs more than that has the records forwarded
// (api/journal/forward) to a place that this user cannot write to.
//
// What may live here: the records, how they are written, read and checked, and the
// snapshots beside them. What may not: what an operation means and when it is
// recorded (api/journal/recorder), where records are sent (api/journal/forward).
package journal
