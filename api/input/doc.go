// Package input reads what operators enter: what they type, paste, pass as an argument and
// keep in files. The search box, a paste, USER on the command line, a list of people and
// the fields of a form all use it, so that one text either means the same person
// everywhere or is refused.
//
// It holds the cleaning of text, encodings and escapes, and the forms in which e-mail
// addresses, phone numbers, ids and lists of people are written. The search language is in
// api/search; what a field is for, in api/ops.
//
// Phone numbers are parsed here and not by github.com/nyaruka/phonenumbers, which makes
// the program 6.9 MB (35 %) larger and its start 4.5 ms and 35,000 allocations slower,
// because it unpacks its tables in an init function. Little of it is needed: punctuation,
// digits of any script, and zeros that are dialled but not stored. Of its example numbers
// of all countries, written in 7,996 ways, this package reads two differently, both
// Argentine with two dialling codes at once. Whether a number is assigned is left to
// Clerk.
package input

// OmittedNote tells the operator that clean.Normalize left characters out.
const OmittedNote = "invisible characters were left out"
