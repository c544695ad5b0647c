package main

import (
	"bufio"
	"fmt"
	"strings"
)

// A script drives the program, one step a line; # begins a comment.
//
//	section NAME          starts from the list; if a step fails, the next section goes on
//	start [ARG…]          (re)starts the program with these arguments
//	serve [ARG…]          starts an embedded directory over HTTP, for the starts after it
//	fault JSON            makes that directory misbehave
//	key KEY…              presses keys
//	type TEXT             types a text
//	press KEY until TEXT  presses a key again until the text shows: keys that follow a
//	                      change too soon are ignored
//	tick                  ticks every box of the question on the screen
//	wait TEXT | TEXT…     waits until all texts are on the screen
//	gone TEXT             waits until the text is not
//	draw NAME             draws the screen
//	say TEXT              the caption of the walk from here on
//	hold SECONDS          how much longer the walk shows this
//	narrow STEP, wide STEP  does a step only below 100 columns, or only from 100 on
type step struct {
	line int
	verb string
	rest string
}

// section is a part of a script that starts from the list.
type section struct {
	name  string
	steps []step
}

// verbs are the steps that there are, and whether they need an argument.
var verbs = map[string]bool{
	"start": false, "serve": false, "fault": true, "key": true, "type": true, "press": true, "tick": false,
	"wait": true, "gone": true, "draw": true, "say": true, "hold": true, "narrow": true, "wide": true,
}

// parseScript reads a script.
func parseScript(name, text string) ([]section, error) {
	var out []section
	lines := bufio.NewScanner(strings.NewReader(text))
	for n := 1; lines.Scan(); n++ {
		line := strings.TrimSpace(lines.Text())
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		verb, rest, _ := strings.Cut(line, " ")
		if verb == "section" {
			out = append(out, section{name: rest})
			continue
		}
		needs, known := verbs[verb]
		switch {
		case !known:
			return nil, fmt.Errorf("%s line %d: there is no step %q", name, n, verb)
		case needs && rest == "":
			return nil, fmt.Errorf("%s line %d: %s needs something to act on", name, n, verb)
		case len(out) == 0:
			return nil, fmt.Errorf("%s line %d: a script begins with a section", name, n)
		}
		last := &out[len(out)-1]
		last.steps = append(last.steps, step{n, verb, rest})
	}
	return out, nil
}
