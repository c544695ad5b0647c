package wire

import (
	"bytes"
	"encoding/json"
)

// Encode is json.Marshal without the escaping of <, > and &, so that a request contains
// what was typed.
func Encode(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimRight(b.Bytes(), "\n"), nil
}
