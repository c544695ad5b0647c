package tui

// Term is an entry of the glossary on the help page.
type Term struct {
	Word    string
	Meaning string // one sentence
}
