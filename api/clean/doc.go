// Package clean makes untrusted text safe to display. The users of a Clerk instance choose
// their own names, and support staff read them in a terminal that holds a powerful key.
//
// It holds Text and its rules: which characters are shown and which are replaced by a
// mark, how look-alikes and secret keys are recognized, and the destinations with rules of
// their own (window title, clipboard, CSV, shells, links). Of Clerk it only knows how secret keys
// begin.
package clean
