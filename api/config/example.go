package config

import _ "embed"

//go:embed example.toml
var example string

// Example returns a configuration file in which every setting is shown and commented out.
func Example() string { return example }
