package user

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"

	"frontdesk/api/clean"
)

// kind is the type of a metadata node.
type kind int

const (
	kindObject kind = iota
	kindArray
	kindString
	kindOther // number, true, false, null: as sent
	kindDeep  // nested deeper than maxDepth: JSON as sent
)

// node is one value of metadata, in the order in which the server sent it. Numbers
// keep their digits: a 64-bit id does not survive a float.
type node struct {
	key      clean.Text
	kind     kind
	text     clean.Text
	children []node
}

// maxDepth is the deepest level that is drawn as a tree; below it there is no room to
// indent.
const maxDepth = 12

// parseJSON reads one JSON value.
func parseJSON(raw []byte) (node, error) {
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.UseNumber()
	n, err := parseValue(dec, 0)
	if err != nil {
		return node{}, err
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return node{}, errors.New("more than one value")
	}
	return n, nil
}

func parseValue(dec *json.Decoder, depth int) (node, error) {
	if depth == maxDepth {
		var rest json.RawMessage
		err := dec.Decode(&rest)
		return node{kind: kindDeep, text: clean.NewText(string(rest))}, err
	}
	token, err := dec.Token()
	if err != nil {
		return node{}, err
	}
	switch v := token.(type) {
	case json.Delim:
		return parseNested(dec, v, depth)
	case string:
		return node{kind: kindString, text: clean.NewText(v)}, nil
	case json.Number:
		return node{kind: kindOther, text: clean.NewText(v.String())}, nil
	case bool:
		if v {
			return node{kind: kindOther, text: clean.NewText("true")}, nil
		}
		return node{kind: kindOther, text: clean.NewText("false")}, nil
	}
	return node{kind: kindOther, text: clean.NewText("null")}, nil
}

func parseNested(dec *json.Decoder, open json.Delim, depth int) (node, error) {
	n := node{kind: kindArray}
	if open == '{' {
		n.kind = kindObject
	}
	for dec.More() {
		key := ""
		if n.kind == kindObject {
			token, err := dec.Token()
			if err != nil {
				return node{}, err
			}
			key, _ = token.(string)
		}
		kid, err := parseValue(dec, depth+1)
		if err != nil {
			return node{}, err
		}
		kid.key = clean.NewText(key)
		n.children = append(n.children, kid)
	}
	_, err := dec.Token() // the closing bracket
	return n, err
}

// isLeaf reports whether a node is drawn beside its key.
func (n node) isLeaf() bool {
	return n.kind != kindObject && n.kind != kindArray || len(n.children) == 0
}
