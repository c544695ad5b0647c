package ops

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"frontdesk/api"
)

// data lists the operations on metadata.
func data() []Operation {
	return []Operation{mergeMetadata(), replaceMetadata(), getMemberships(), getInvitations()}
}

func mergeMetadata() Operation {
	return Operation{
		ID: "update_user_metadata", Title: "Merge metadata", Verb: "Merge", Doing: "Merging metadata", Done: "Merged metadata", Preposition: "of",
		Keywords: []string{"edit metadata", "attributes"},
		Group:    GroupData, Tier: T2,
		Effects: func(s Subject) []string {
			return append(metadataChanges(s, MergeMetadata),
				"merges nested objects: null removes a key, lists are replaced, everything else stays")
		},
		WayBack: "Merge metadata, to restore the previous values", Inverse: "update_user_metadata",
		UndoRequest: func(before *api.User, r Request) (Request, bool) {
			return undoMetadata(before, r, reverseMerge)
		},
		WhyNot: always, Validate: checkAnyMetadata, Fields: metadataFields(false), Edit: &Edit{Diff: MetadataPatch, Apply: MergeMetadata},
		Call: func(ctx context.Context, c *api.Client, r Request) (*api.User, error) {
			return c.UpdateMetadata(ctx, r.UserID, metadataOf(r))
		},
		Retry: RetryReadBack, Applied: metadataApplied(MergeMetadata), State: metadataState,
	}
}

func replaceMetadata() Operation {
	return Operation{
		ID: "replace_user_metadata", Title: "Replace metadata", Verb: "Replace", Doing: "Replacing metadata", Done: "Replaced metadata", Preposition: "of",
		Keywords: []string{"edit metadata", "attributes"},
		Group:    GroupData, Tier: T3, Destructive: true,
		Effects: func(s Subject) []string {
			return append(metadataChanges(s, replaceMetadataValue), "replaces every field you fill in; keys you leave out are removed")
		},
		WayBack: "Replace metadata, to restore the previous values", Inverse: "replace_user_metadata",
		UndoRequest: func(before *api.User, r Request) (Request, bool) {
			return undoMetadata(before, r, func(was, _ json.RawMessage) (json.RawMessage, bool) { return was, true })
		},
		WhyNot: always, Validate: checkAnyMetadata, Fields: metadataFields(true), Edit: &Edit{Diff: replaceMetadataValue, Apply: replaceMetadataValue},
		Checklist: []string{"you checked that nothing uses the keys being removed"},
		Call: func(ctx context.Context, c *api.Client, r Request) (*api.User, error) {
			return c.ReplaceMetadata(ctx, r.UserID, metadataOf(r))
		},
		Retry: RetryReadBack, Applied: metadataApplied(replaceMetadataValue), State: metadataState,
	}
}

// metadataKind is one of the three metadata fields.
type metadataKind struct {
	name, label string
	of          func(*api.User) json.RawMessage
}

func metadataKinds() []metadataKind {
	return []metadataKind{
		{"public_metadata", "public metadata", func(u *api.User) json.RawMessage { return u.PublicMetadata }},
		{"private_metadata", "private metadata", func(u *api.User) json.RawMessage { return u.PrivateMetadata }},
		{"unsafe_metadata", "unsafe metadata", func(u *api.User) json.RawMessage { return u.UnsafeMetadata }},
	}
}

// metadataFields returns the three inputs, filled with the stored values if they replace
// them.
func metadataFields(filled bool) []Field {
	var fields []Field
	for _, k := range metadataKinds() {
		f := Field{Name: k.name, Label: upperFirst(k.label), Kind: FieldJSON, Check: checkMetadata, CurrentJSON: k.of,
			IsUnrecorded: k.name == "private_metadata", Hint: `{"plan": "gold", "old": null}`}
		if filled {
			f.Hint = "keys you leave out are removed"
			f.Current = func(u *api.User) string { return indented(k.of(u)) }
		}
		fields = append(fields, f)
	}
	return fields
}

func metadataOf(r Request) api.Metadata {
	return api.Metadata{Public: r.object("public_metadata"), Private: r.object("private_metadata"), Unsafe: r.object("unsafe_metadata")}
}

func checkAnyMetadata(r Request) string {
	m := metadataOf(r)
	return choose(m.Public.IsZero() && m.Private.IsZero() && m.Unsafe.IsZero(), "nothing was changed", "")
}

// replaceMetadataValue returns the counterpart of MergeMetadata for a replacement.
func replaceMetadataValue(_, with json.RawMessage) (json.RawMessage, error) {
	if _, err := parse(with); err != nil {
		return nil, err
	}
	return with, nil
}

// metadataChanges counts what would change in each field. The editor shows the values.
func metadataChanges(s Subject, becomes func(was, with json.RawMessage) (json.RawMessage, error)) []string {
	var lines []string
	for _, k := range metadataKinds() {
		with := strings.TrimSpace(s.Values[k.name])
		if with == "" {
			continue
		}
		was := k.of(s.userOrEmpty())
		is, err := becomes(was, json.RawMessage(with))
		if err != nil {
			continue // the field's own check says what is wrong
		}
		changed, err := DiffMetadata(was, is)
		if err != nil {
			continue
		}
		lines = append(lines, describe(k.label, changed))
	}
	return lines
}

func describe(label string, changed []Change) string {
	var set, gone int
	for _, c := range changed {
		if c.New == nil {
			gone++
		} else {
			set++
		}
	}
	var what []string
	if set > 0 {
		what = append(what, "sets "+count(set, "key"))
	}
	if gone > 0 {
		what = append(what, "removes "+count(gone, "key"))
	}
	if len(what) == 0 {
		return "leaves the " + label + " as it is"
	}
	return api.JoinWords(what, "and") + " of the " + label
}

func metadataApplied(becomes func(was, with json.RawMessage) (json.RawMessage, error)) func(before, after *api.User, r Request) bool {
	return func(before, after *api.User, r Request) bool {
		for _, k := range metadataKinds() {
			with := strings.TrimSpace(r.Values[k.name])
			if with == "" {
				continue
			}
			var was json.RawMessage
			if before != nil {
				was = k.of(before)
			}
			want, err := becomes(was, json.RawMessage(with))
			if err != nil {
				return false
			}
			left, err := DiffMetadata(k.of(after), want)
			if err != nil || len(left) > 0 {
				return false
			}
		}
		return true
	}
}

func undoMetadata(before *api.User, r Request, back func(was, with json.RawMessage) (json.RawMessage, bool)) (Request, bool) {
	out := Request{UserID: r.UserID, Values: map[string]string{}}
	for _, k := range metadataKinds() {
		with := strings.TrimSpace(r.Values[k.name])
		if with == "" {
			continue
		}
		was, ok := back(k.of(before), json.RawMessage(with))
		if !ok {
			return Request{}, false
		}
		out.Values[k.name] = choose(len(was) == 0 || string(was) == "null", "{}", string(was))
	}
	return out, len(out.Values) > 0
}

// metadataState describes metadata without private values: the number of keys and a
// fingerprint of their content.
func metadataState(u *api.User, _ time.Time) string {
	var parts []string
	for _, k := range metadataKinds() {
		keys, err := object(k.of(u))
		if err != nil || len(keys) == 0 {
			continue
		}
		parts = append(parts, fmt.Sprintf("%s with %s (mark %s)", k.label, count(len(keys), "key"), fingerprint(raw(keys, true))))
	}
	return choose(len(parts) == 0, "no metadata", api.JoinWords(parts, "and"))
}

// indented formats a JSON object for editing.
func indented(stored json.RawMessage) string {
	var out bytes.Buffer
	if keys, err := object(stored); err != nil || len(keys) == 0 || json.Indent(&out, stored, "", "  ") != nil {
		return ""
	}
	return out.String()
}
