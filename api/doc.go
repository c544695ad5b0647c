// Package api is Clerk's Users API as Go: one Client, the User and its parts,
// the list query, and every failure in plain words. There is no terminal in it.
//
// What may live here: a method per operation, the types of the wire, the rules
// of transport (deadlines, retries, Retry-After, byte caps). What may not: how
// anything looks, who may do what (api/desk), what an operation means to the
// person at the desk (api/ops).
package api
