// Package pages knows which rows of a list are loaded, which are requested, and
// which to request next.
//
// What may live here: the arithmetic of paging, without I/O and without a clock.
// What may not: asking the server (views/users), what a row shows
// (views/users/localsearch).
package pages
