package userfmt

import "frontdesk/tui"

// Glossary explains Clerk's terms in a sentence each, for the help page.
func Glossary() []tui.Term {
	return []tui.Term{
		{Word: "Ban", Meaning: "A banned user is signed out everywhere and cannot sign in until somebody unbans them."},
		{Word: "Lock", Meaning: "A locked user cannot sign in until the lock expires or somebody unlocks them; Clerk locks a user after too many failed attempts."},
		{Word: "MFA", Meaning: "Multi-factor authentication: a second proof at sign-in, such as a code from an app, a text message or a backup code."},
		{Word: "Identification", Meaning: "What a user signs in with: an e-mail address, phone number, username, web3 wallet or connected account."},
		{Word: "Metadata", Meaning: "Data your product stores with a user: public (its front end can read it), private (only its servers can), unsafe (its front end can also change it)."},
		{Word: "Instance", Meaning: "One directory of users with its own keys and settings, for development or for production."},
	}
}
