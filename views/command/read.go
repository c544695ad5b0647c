package command

import (
	"bytes"
	"context"
	"encoding/json"
	"slices"

	"frontdesk/api/desk"
	"frontdesk/api/ops"
	"frontdesk/api/wire"
)

// runRead carries out a read. It does not read the user again that find has just read,
// and counts the objects of a list that has no total.
func (r *run) runRead(ctx context.Context) desk.Outcome {
	if r.op.Call != nil && r.user != nil {
		return desk.Outcome{State: desk.Done, Op: r.op, User: r.user}
	}
	out := r.session.Desk.Do(ctx, r.intent())
	if out.State == desk.Done {
		out.Result = r.op.WithTotal(ctx, r.session.Client, r.request, out.Result)
	}
	return out
}

// resultJSON returns the service's object for --json, or an array of them for a list,
// with secrets hidden unless reveal is set; nil if there are none.
func resultJSON(op ops.Operation, res ops.Result, reveal bool) json.RawMessage {
	if !res.IsList && len(res.Objects) == 0 {
		return nil
	}
	var all [][]byte
	for _, o := range res.Objects {
		all = append(all, objectJSON(o, op.SecretNames, reveal))
	}
	if !res.IsList {
		return all[0]
	}
	return slices.Concat([]byte("["), bytes.Join(all, []byte(",")), []byte("]"))
}

// objectJSON returns one object, or a placeholder if it is not valid JSON.
func objectJSON(o wire.Secret, hides []string, reveal bool) []byte {
	raw := []byte(o.Reveal())
	if !json.Valid(raw) {
		return []byte(`{"problems":["it could not be read"]}`)
	}
	if reveal || len(hides) == 0 {
		return raw
	}
	return hideFields(raw, hides)
}

// hideFields hides the values of the named top-level fields and keeps everything else
// byte for byte.
func hideFields(raw []byte, names []string) []byte {
	d := json.NewDecoder(bytes.NewReader(raw))
	if open, err := d.Token(); err != nil || open != json.Delim('{') {
		return []byte("null")
	}
	out := []byte("{")
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return []byte("null")
		}
		var value json.RawMessage
		if err := d.Decode(&value); err != nil {
			return []byte("null")
		}
		name, _ := key.(string)
		quoted, err := wire.Encode(name)
		if err != nil {
			return []byte("null")
		}
		if slices.Contains(names, name) && string(value) != "null" && string(value) != `""` {
			value, _ = wire.Encode(wire.NewSecret("hidden").String())
		}
		if len(out) > 1 {
			out = append(out, ',')
		}
		out = slices.Concat(out, quoted, []byte(":"), value)
	}
	return append(out, '}')
}
