package config

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/pelletier/go-toml/v2/unstable"
)

// linesOf returns the line number of every setting in a TOML text, keyed by path:
// "default", "instance.staging.kind", "role[1].allow". If the text has a syntax error,
// settings after it are missing.
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
	tables map[string]int // number of tables seen in each array
	table  string         // path of the current table
	offset int            // count is the number of newlines before offset
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

// addValue records the line of a setting and, for an inline table, of its members.
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

// note records the line of a dotted key and of the tables it implies, and returns its path.
func (x *lineIndex) note(table string, key unstable.Iterator) string {
	path, line := table, x.lineAt(key)
	for key.Next() {
		if path != "" {
			path += "."
		}
		path += string(key.Node().Data)
		if n := x.tables[path]; n > 0 && table == "" && !key.IsLast() { // a subtable of the latest table of the array
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

// LineOf returns the line of a setting ("instance.staging.url"), or 0 if it is not set.
func (c *Config) LineOf(setting string) int { return c.lines[setting] }

// line returns the line of the setting or, if it is not set, of its closest enclosing table.
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
