package config

import (
	"encoding/json"
	"reflect"
	"strings"
)

// Schema returns the JSON schema of the file, generated from the types of this package.
func Schema() ([]byte, error) {
	root := schemaOf(reflect.TypeFor[Config]())
	root["$schema"] = "https://json-schema.org/draft/2020-12/schema"
	root["title"] = "frontdesk config.toml"
	text, err := json.MarshalIndent(root, "", "  ")
	return append(text, '\n'), err
}

func schemaOf(t reflect.Type) map[string]any {
	if t == reflect.TypeFor[Colour]() {
		return map[string]any{"anyOf": []any{
			map[string]any{"type": "string", "pattern": colourPattern},
			map[string]any{"type": "integer", "minimum": 0, "maximum": 255},
		}}
	}
	switch t.Kind() {
	case reflect.Pointer:
		return schemaOf(t.Elem())
	case reflect.Bool:
		return map[string]any{"type": "boolean"}
	case reflect.Slice:
		return map[string]any{"type": "array", "items": schemaOf(t.Elem())}
	case reflect.Map:
		return map[string]any{"type": "object", "additionalProperties": schemaOf(t.Elem()),
			"propertyNames": map[string]any{"pattern": "^[A-Za-z0-9_][A-Za-z0-9_-]*$", "maxLength": maxNameLength}}
	case reflect.Struct:
		properties := map[string]any{}
		for i := range t.NumField() {
			field := t.Field(i)
			name := field.Tag.Get("toml")
			if name == "" {
				continue
			}
			one := schemaOf(field.Type)
			one["description"] = field.Tag.Get("doc")
			if values := strings.Fields(field.Tag.Get("enum")); len(values) > 0 {
				one["enum"] = values
			}
			properties[name] = one
		}
		return map[string]any{"type": "object", "properties": properties, "additionalProperties": false}
	}
	return map[string]any{"type": "string"}
}
