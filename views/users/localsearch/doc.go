// Package localsearch matches a search against the loaded users. A Row is a user with
// its searchable strings prepared once, a Needle is what is searched for, and a Hit
// says where it matched.
//
// What may live here: matching, ranking and highlighting, without I/O. What may not:
// the language of the search box (api/search), which rows are loaded
// (views/users/pages), the screen.
package localsearch
