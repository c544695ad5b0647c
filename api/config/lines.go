package config

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/pelletier/go-toml/v2/unstable"
)

// linesOf is the line of every setting in a TOML text, by its path: "default",
// "instance.staging.kind", "role[1].allow". Of a text with a mistake in it, it is those
// up to there.
func linesOf(text []byte) map[string]int {
	index := &lineIndex{text: text, lines: map[string]int{}, tables: map[string]int{}}
	index.parser.Reset(text)
	for index.parser.NextExpression() {
		index.add(index.parser.Expression())
	}
	return index.lines
}

type lineIndex struct {
	parser unstable.Parser
	text   []byte
	lines  map[string]int
	tables map[string]int // how many tables an array has so far
	table  string         // the path of the table that is read
	offset int            // up to where lines were counted, and how many
	count  int
}

func (x *lineIndex) add(node *unstable.Node) {
	switch node.Kind {
	case unstable.Table:
		x.table = x.note("", node.Key())
	case unstable.ArrayTable:
		path := x.note("", node.Key())
		x.table = fmt.Sprintf("%s[%d]", path, x.tables[path])
		x.lines[x.table] = x.lineAt(node.Key())
		x.tables[path]++
	case unstable.KeyValue:
		x.addValue(x.table, node)
	}
}

// addValue notes a setting, and those of an inline table that it is.
func (x *lineIndex) addValue(table string, node *unstable.Node) {
	path := x.note(table, node.Key())
	if value := node.Value(); value.Kind == unstable.InlineTable {
		for inner := value.Children(); inner.Next(); {
			if inner.Node().Kind == unstable.KeyValue {
				x.addValue(path, inner.Node())
			}
		}
	}
}

// note notes the line of a dotted key and of all that it is in, and returns its path.
func (x *lineIndex) note(table string, key unstable.Iterator) string {
	path, line := table, x.lineAt(key)
	for key.Next() {
		if path != "" {
			path += "."
		}
		path += string(key.Node().Data)
		if n := x.tables[path]; n > 0 && table == "" && !key.IsLast() { // a table below the last one of an array
			path = fmt.Sprintf("%s[%d]", path, n-1)
		}
		if _, known := x.lines[path]; !known {
			x.lines[path] = line
		}
	}
	return path
}

func (x *lineIndex) lineAt(key unstable.Iterator) int {
	if !key.Next() {
		return 0
	}
	at := int(key.Node().Raw.Offset)
	if at < x.offset { // keys come in the order of the text
		return 1 + x.count
	}
	x.count += bytes.Count(x.text[x.offset:at], []byte("\n"))
	x.offset = at
	return 1 + x.count
}

// LineOf is the line on which a setting is set ("instance.staging.url"), 0 where it is
// not.
func (c *Config) LineOf(setting string) int { return c.lines[setting] }

// line is where the setting stands, or the nearest table that it would be in.
func (c *Config) line(path string) int {
	for {
		if line := c.lines[path]; line > 0 {
			return line
		}
		at := strings.LastIndexAny(path, ".[")
		if at < 0 {
			return 0
		}
		path = path[:at]
	}
}
