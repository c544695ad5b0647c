package config

import _ "embed"

//go:embed example.toml
var example string

// Example returns a file that says nothing and shows everything that it could say.
func Example() string { return example }
