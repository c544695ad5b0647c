package api

import (
	"bytes"
	"encoding/json"
	"html"
	"mime"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"frontdesk/api/clean"
)

// What an error body of another shape than Clerk's says: gateways, proxies and
// frameworks have their own. Only what is a sentence for people is taken.

const (
	mostWords  = 300      // bytes of a reason; it stands in one sentence
	mostLooked = 64 << 10 // bytes of a body that are looked through
	mostReason = 5        // reasons of a list that are kept
	deepReason = 4        // objects within objects in which a reason is looked for
)

// wordsOf are the words of a body that has no Clerk errors in it, on one row; empty
// where there are none.
func wordsOf(res *http.Response, body []byte) clean.Text {
	body = bytes.TrimSpace(bytes.TrimPrefix(body, []byte("\ufeff")))
	kind, _, _ := mime.ParseMediaType(res.Header.Get("Content-Type"))
	words := ""
	switch {
	case len(body) == 0:
	case isHTML(res, body):
		words = pageWords(string(body[:min(len(body), mostLooked)]))
	case body[0] == '{' || body[0] == '[' || body[0] == '"':
		var value any
		if len(body) <= mostLooked && json.Unmarshal(body, &value) == nil {
			words = jsonWords(value, deepReason)
		}
	case kind == "text/plain" || kind == "":
		words = string(body[:min(len(body), mostLooked)])
	}
	return clean.NewText(oneRow(words))
}

// oneRow is a text with single spaces between its words, and bounded.
func oneRow(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if len(s) <= mostWords {
		return s
	}
	cut := mostWords
	for cut > 0 && !utf8.RuneStart(s[cut]) {
		cut--
	}
	return s[:cut] + "…"
}

var (
	pageTitle = regexp.MustCompile(`(?is)<(title|h1|message|faultstring)\b[^>]*>(.*?)</(title|h1|message|faultstring)\s*>`)
	pageTag   = regexp.MustCompile(`(?s)<[^>]*>`)
)

// pageWords is the title of a web page, or what an XML error calls its message.
func pageWords(page string) string {
	found := pageTitle.FindStringSubmatch(page)
	if found == nil {
		return ""
	}
	return html.UnescapeString(pageTag.ReplaceAllString(found[2], " "))
}

// jsonWords looks for a reason in a JSON value by the names that error bodies use
// (RFC 7807, OAuth, JSON:API and the common frameworks).
func jsonWords(value any, depth int) string {
	switch v := value.(type) {
	case string:
		return v
	case []any:
		return listWords(v, depth)
	case map[string]any:
		return objectWords(v, depth)
	}
	return ""
}

func listWords(list []any, depth int) string {
	var parts []string
	for _, entry := range list {
		words := strings.Trim(jsonWords(entry, depth), ". \t\r\n")
		if words != "" && len(parts) < mostReason && !slices.Contains(parts, words) {
			parts = append(parts, words)
		}
	}
	return strings.Join(parts, "; ")
}

func objectWords(object map[string]any, depth int) string {
	if depth == 0 {
		return ""
	}
	lower := make(map[string]any, len(object))
	for name, value := range object {
		lower[strings.ToLower(name)] = value
	}
	say := func(names ...string) string {
		for _, name := range names {
			if words := strings.TrimSpace(jsonWords(lower[name], depth-1)); words != "" {
				return words
			}
		}
		return ""
	}
	title, detail := say("title"), say("detail", "details")
	switch {
	case title != "" && detail != "":
		return strings.TrimRight(title, ". ") + ": " + detail
	case title != "" || detail != "":
		return title + detail
	}
	if words := say("long_message", "error_description", "message", "error_message", "errormessage", "msg", "reason", "description", "faultstring"); words != "" {
		return words
	}
	if words := say("error", "errors", "fault"); words != "" {
		return words
	}
	return fieldWords(lower, depth)
}

// fieldWords is of an object that has the complaints by field: {"email":["is taken"]}.
// It is only looked at inside of another, where it stands for the reason.
func fieldWords(object map[string]any, depth int) string {
	if depth == deepReason {
		return ""
	}
	names := make([]string, 0, len(object))
	for name := range object {
		names = append(names, name)
	}
	slices.Sort(names)
	var parts []string
	for _, name := range names {
		list, ok := object[name].([]any)
		if words := listWords(list, 0); ok && words != "" && len(parts) < mostReason {
			parts = append(parts, name+" "+words)
		}
	}
	return strings.Join(parts, "; ")
}
