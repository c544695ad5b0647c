package config_test

import (
	"bytes"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"github.com/pelletier/go-toml/v2"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/require"

	"frontdesk/api/config"
)

func TestSchema_IsTheOneInDocs(t *testing.T) {
	schema, err := config.Schema()
	require.NoError(t, err)
	published, err := os.ReadFile(filepath.Join("..", "..", "docs", "config.schema.json"))
	require.NoError(t, err)
	require.Equal(t, string(published), string(schema), "frontdesk config schema > docs/config.schema.json")
}

// uncommented is the example with all its settings.
func uncommented() string {
	return regexp.MustCompile(`(?m)^#(\S)`).ReplaceAllString(config.Example(), "$1")
}

func TestExample_ShowsEverySettingCommentedOut(t *testing.T) {
	c, err := config.Parse("example.toml", []byte(config.Example()))
	require.NoError(t, err)
	require.Empty(t, c.Names())
	require.Empty(t, c.Roles)

	text := uncommented()
	c, err = config.Parse("example.toml", []byte(text))
	require.NoError(t, err)
	require.Equal(t, []string{"staging", "production", "events"}, c.Names())
	types := []reflect.Type{reflect.TypeFor[config.Config](), reflect.TypeFor[config.Instance](), reflect.TypeFor[config.Role](),
		reflect.TypeFor[config.Journal](), reflect.TypeFor[config.Ticket](), reflect.TypeFor[config.Reason](), reflect.TypeFor[config.Theme]()}
	for _, typ := range types {
		for i := range typ.NumField() {
			name := typ.Field(i).Tag.Get("toml")
			if name == "" {
				continue
			}
			require.NotEmpty(t, typ.Field(i).Tag.Get("doc"), name)
			require.Regexp(t, `(?m)^`+name+` = |^\[+(\w+\.)*`+name+`[\].]`, text, name)
		}
	}
}

// The schema accepts what the program accepts, and refuses what it refuses where a
// schema can know.
func TestSchema_AgreesWithParse(t *testing.T) {
	schema := compileSchema(t)
	for _, text := range []string{uncommented(), whole, ""} {
		require.NoError(t, schema.Validate(asJSON(t, text)), text)
	}
	for _, text := range []string{
		"defualt = \"x\"", "default = 3", "[instance.x]\nkind = \"staging\"", "[instance.\"a b\"]\nkind = \"demo\"", "[instance.x]\nkey = \"k\"",
		"[instance.x]\nkey_command = \"op\"", "[[role]]\nwho = \"jo\"", "[ticket]\nrequired_from = \"T9\"", "[journal]\nenabled = \"no\"",
		"[instance." + strings.Repeat("x", 41) + "]\nkind = \"demo\"",
		"[theme]\nname = \"brass\"", "[theme]\naccent = \"red\"", "[theme]\naccent = 256", "[theme]\naccent = true", "[theme]\ntiles = [\"#12\"]",
		"[theme]\naccents = 3", "[theme]\nplain = \"yes\"",
	} {
		require.Error(t, schema.Validate(asJSON(t, text)), text)
		_, err := config.Parse("c", []byte(text))
		require.Error(t, err, text)
	}
}

func compileSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	text, err := config.Schema()
	require.NoError(t, err)
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	require.NoError(t, err)
	compiler := jsonschema.NewCompiler()
	require.NoError(t, compiler.AddResource("config.schema.json", document))
	schema, err := compiler.Compile("config.schema.json")
	require.NoError(t, err)
	return schema
}

func asJSON(t *testing.T, text string) map[string]any {
	t.Helper()
	document := map[string]any{}
	require.NoError(t, toml.Unmarshal([]byte(text), &document))
	return document
}
