// Package api is a client for Clerk's Users API: the Client, the User and its parts, the
// list query, and errors in plain words.
//
// It holds one method per operation, the wire types, and the transport rules (deadlines,
// retries, Retry-After, size limits). It contains no user interface. Which writes are
// allowed is decided in api/desk; what an operation means to an operator is described in
// api/ops.
package api
