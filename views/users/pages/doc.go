// Package pages knows which rows of a list are here, on their way, and wanted.
//
// What may live here: the arithmetic of paging, without I/O and without a
// clock. What may not: asking the server (views/users), what a row shows
// (views/users/match).
package pages
