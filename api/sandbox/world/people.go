package world

import (
	_ "embed"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// The sections of people.txt.
const (
	sectionStories   = "stories"
	sectionToday     = "today"
	sectionNamesakes = "namesakes"
)

//go:embed data/people.txt
var peopleText string

// readPeople reads people.txt, which says its format, for a world at now. It
// returns the people by section.
func readPeople(text string, now int64) (map[string][]*person, error) {
	sections := map[string][]*person{}
	section := ""
	for i, line := range strings.Split(text, "\n") {
		var err error
		name, heading := strings.CutPrefix(line, "== ")
		detail, indented := strings.CutPrefix(line, "    ")
		list := sections[section]
		switch {
		case line == "" || strings.HasPrefix(line, "#"):
		case heading:
			section = name
		case indented && len(list) > 0:
			err = list[len(list)-1].readDetail(detail)
		default:
			var p *person
			if p, err = readPerson(line, now); err == nil {
				sections[section] = append(list, p)
			}
		}
		if err != nil {
			return nil, fmt.Errorf("people.txt:%d: %w", i+1, err)
		}
	}
	return sections, nil
}

// readPerson reads the nine fields of a person's line.
func readPerson(line string, now int64) (*person, error) {
	fields := strings.Split(line, "|")
	if len(fields) != 9 {
		return nil, fmt.Errorf("%d fields instead of 9", len(fields))
	}
	for i := range fields {
		fields[i] = strings.TrimSpace(fields[i])
	}
	name := fields[0]
	if strings.HasPrefix(name, `"`) {
		var err error
		if name, err = strconv.Unquote(name); err != nil {
			return nil, fmt.Errorf("the name %s: %w", fields[0], err)
		}
	}
	p := &person{email: fields[1], username: fields[2], locale: fields[5]}
	p.first, p.last, _ = strings.Cut(name, "/")
	p.town.city, p.town.country, _ = strings.Cut(fields[4], ", ")
	for _, word := range strings.Fields(fields[3]) {
		if !p.readTrait(word) {
			return nil, fmt.Errorf("unknown trait %q", word)
		}
	}
	for i, at := range []*int64{&p.created, &p.signedIn, &p.active} {
		ago, err := readAgo(fields[6+i])
		if err != nil {
			return nil, err
		}
		if ago > 0 {
			*at = now - ago.Milliseconds()
		}
	}
	if p.created == 0 || (p.signedIn == 0) != p.traits.has(neverSignedIn) || (p.active == 0) != p.traits.has(neverSignedIn) {
		return nil, fmt.Errorf("the times contradict the traits")
	}
	return p, nil
}

// readAgo reads 76m, 9h, 11d4h, or "-" as 0.
func readAgo(text string) (time.Duration, error) {
	if text == "-" {
		return 0, nil
	}
	var ago time.Duration
	if days, rest, found := strings.Cut(text, "d"); found {
		n, err := strconv.Atoi(days)
		if err != nil {
			return 0, err
		}
		if ago, text = time.Duration(n)*day, rest; text == "" {
			return ago, nil
		}
	}
	rest, err := time.ParseDuration(text)
	return ago + rest, err
}

// readTrait reads one word of the traits: one of traitWords, or one that carries
// a value, as "locked:47", "org:slug", "admin:slug" and "tel:503-0117".
func (p *person) readTrait(word string) bool {
	key, value, _ := strings.Cut(word, ":")
	switch key {
	case "locked":
		minutes, err := strconv.Atoi(value)
		if err != nil {
			return false
		}
		p.lockLeft = time.Duration(minutes) * time.Minute
	case "org":
		p.org = value
		return true
	case "admin":
		p.org, p.role = value, roleAdmin
		return true
	case "tel":
		area, ending, _ := strings.Cut(value, "-")
		p.phone = "+1" + area + "555" + ending
		return true
	}
	t, known := traitWords[key]
	p.traits |= t
	return known
}

// readDetail reads an indented line below a person.
func (p *person) readDetail(line string) error {
	key, value, _ := strings.Cut(line, " ")
	switch key {
	case "external_id":
		p.externalID = value
	case "public":
		p.public = object(value)
	case "private":
		p.private = object(value)
	case "unsafe":
		p.unsafe = object(value)
	case "story":
		if p.finish = stories[value]; p.finish == nil {
			return fmt.Errorf("unknown story %q", value)
		}
	default:
		return fmt.Errorf("unknown detail %q", key)
	}
	return nil
}
