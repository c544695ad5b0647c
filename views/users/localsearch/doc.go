// Package match looks for what was typed in the people who are here: a Row is a
// user with the strings that are shown and looked in made once, a Needle what
// is looked for, and a Hit where it stands.
//
// What may live here: matching, ranking and lighting, without I/O. What may
// not: the language of the box (api/search), which rows are here
// (views/users/pages), the screen.
package localsearch
