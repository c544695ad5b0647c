// Package clean makes text that somebody else wrote fit to be shown. Every user of
// the customer's product chooses their own name, and support staff read it in a
// terminal that holds a powerful key.
//
// What may live here: Text and its rules, which characters are shown and which
// stand as a mark, look-alikes, secret keys in a text, and the places with rules of
// their own (title, clipboard, CSV, link). What may not: anything of Clerk's but how
// its keys begin, any request, any screen.
package clean
