package config

import (
	"errors"
	"fmt"
	"path/filepath"
	"regexp/syntax"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"frontdesk/api/clean"
)

// check returns the first invalid value, section by section.
func (c *Config) check() error {
	for _, name := range c.Names() {
		if err := c.checkInstance(name, c.Instances[name]); err != nil {
			return err
		}
	}
	if c.Default != "" && !c.isInstance(c.Default) {
		return c.ErrorAt("default", "there is no instance “"+clean.NewText(c.Default).Display()+"”"+c.suggestInstance(c.Default))
	}
	if err := c.checkRoles(); err != nil {
		return err
	}
	if err := c.checkGeneral("", &c.Journal, &c.Ticket, c.Checklist); err != nil {
		return err
	}
	if err := c.checkTheme(); err != nil {
		return err
	}
	return c.checkReasons()
}

// isInstance reports whether an instance of that name is configured or built in.
func (c *Config) isInstance(name string) bool {
	_, configured := c.Instances[name]
	return configured || name == DemoName || name == EnvironmentName
}

func (c *Config) suggestInstance(name string) string {
	if near := nearest(name, append(c.Names(), DemoName, EnvironmentName)); near != "" {
		return "; did you mean " + near + "?"
	}
	return ""
}

func (c *Config) checkInstance(name string, in Instance) error {
	at := "instance." + name
	wrong := func(setting, says string) error {
		return c.ErrorAt(at+setting, "instance "+clean.NewText(name).Display()+says)
	}
	if says := checkName(name); says != "" {
		return c.ErrorAt(at, "the name of instance “"+clean.NewText(name).Display()+"” "+says)
	}
	kinds := []string{KindDemo, KindDevelopment, KindProduction}
	sources := 0
	for _, set := range []bool{len(in.KeyCommand) > 0, in.KeyFile != "", in.KeyEnv != ""} {
		if set {
			sources++
		}
	}
	switch {
	case name == EnvironmentName:
		return wrong("", ": this name is reserved for CLERK_SECRET_KEY; choose another name")
	case in.Kind == "":
		return wrong("", " has no kind: set kind to demo, development or production")
	case !slices.Contains(kinds, in.Kind):
		return wrong(".kind", ": kind must be demo, development or production, not “"+clean.NewText(in.Kind).Display()+"”")
	case name == DemoName && in.Kind != KindDemo:
		return wrong(".kind", " must be of kind demo; use another name for any other kind")
	case in.Kind == KindDemo && (sources > 0 || in.URL != ""):
		return wrong("", " is a demo, so it takes neither a key nor a url")
	case in.Kind != KindDemo && sources == 0:
		return wrong("", " has no key: set key_command, key_file or key_env")
	case sources > 1:
		return wrong("", " has more than one key: set only one of key_command, key_file and key_env")
	case len(in.KeyCommand) > 0 && strings.TrimSpace(in.KeyCommand[0]) == "":
		return wrong(".key_command", ": key_command must begin with the program to run")
	case in.KeyFile != "" && !filepath.IsAbs(in.KeyFile) && !strings.HasPrefix(in.KeyFile, "~/"):
		return wrong(".key_file", ": key_file must begin with / or ~/")
	case in.KeyEnv != "" && !isVariable(in.KeyEnv):
		return wrong(".key_env", ": key_env must be the name of an environment variable (letters, digits and _)")
	}
	journal, ticket := in.Journal, in.Ticket
	return c.checkGeneral(at+".", journal, ticket, in.Checklist)
}

const maxNameLength = 40

// checkName describes what is wrong with the name of an instance or role. It returns "" for
// a valid name.
func checkName(name string) string {
	switch {
	case name == "":
		return "is empty"
	case len(name) > maxNameLength:
		return "is longer than " + strconv.Itoa(maxNameLength) + " letters"
	case name[0] == '-' || strings.ContainsFunc(name, func(r rune) bool {
		return r != '-' && r != '_' && (r < '0' || r > '9') && (r|0x20 < 'a' || r|0x20 > 'z')
	}):
		return "may contain only letters, digits, _ and -, and must not begin with -"
	}
	return ""
}

// isVariable reports whether name is valid for an environment variable.
func isVariable(name string) bool {
	return name[0] > '9' && !strings.ContainsFunc(name, func(r rune) bool {
		return r != '_' && (r < '0' || r > '9') && (r|0x20 < 'a' || r|0x20 > 'z')
	})
}

// checkGeneral validates the settings that exist both at the top level and per instance. at
// is "" or the path of the instance's table with a trailing dot.
func (c *Config) checkGeneral(at string, j *Journal, t *Ticket, checklist []string) error {
	if j != nil {
		if _, err := parseAge(j.Keep); err != nil {
			return c.ErrorAt(at+"journal.keep", "keep "+err.Error())
		}
		if j.Dir != "" && !filepath.IsAbs(j.Dir) && !strings.HasPrefix(j.Dir, "~/") {
			return c.ErrorAt(at+"journal.dir", "dir must begin with / or ~/")
		}
		if says := checkForwarding(*j); says != "" {
			setting := "journal." + says[:strings.Index(says, " ")]
			return c.ErrorAt(at+setting, says)
		}
	}
	if t != nil {
		if _, err := compileWhole(t.Pattern); err != nil {
			return c.ErrorAt(at+"ticket.pattern", "pattern is not a regular expression: "+describePattern(err))
		}
		if t.RequiredFrom != "" && !slices.Contains(Tiers(), t.RequiredFrom) {
			return c.ErrorAt(at+"ticket.required_from", "required_from must be T0, T1, T2, T3 or T4, not “"+clean.NewText(t.RequiredFrom).Display()+"”")
		}
	}
	for _, statement := range checklist {
		if strings.TrimSpace(statement) == "" {
			return c.ErrorAt(at+"checklist", "checklist has an empty statement")
		}
	}
	return nil
}

// Tiers returns the tiers of operations, in ascending order, as the file spells them.
func Tiers() []string { return []string{"T0", "T1", "T2", "T3", "T4"} }

// describePattern describes the syntax error in a regular expression.
func describePattern(err error) string {
	var wrong *syntax.Error
	if errors.As(err, &wrong) {
		return wrong.Code.String() + ": " + clean.NewText(wrong.Expr).Display()
	}
	return err.Error()
}

// checkForwarding describes what is wrong with the forwarding settings, beginning with the
// name of the setting. It returns "" if they are valid.
func checkForwarding(j Journal) string {
	scheme, _, _ := strings.Cut(j.ForwardSyslog, "://")
	if j.ForwardSyslog != "" && j.ForwardSyslog != "local" && !slices.Contains([]string{"udp", "tcp", "unix"}, scheme) {
		return `forward_syslog must be "local" or an address that begins with udp://, tcp:// or unix://`
	}
	if j.ForwardOTLP != "" && !strings.HasPrefix(j.ForwardOTLP, "https://") && !strings.HasPrefix(j.ForwardOTLP, "http://") {
		return "forward_otlp must be a URL that begins with https:// or http://"
	}
	return ""
}

// parseAge parses a duration that may also be given in days: "90d", "12h". "" is 0.
func parseAge(s string) (time.Duration, error) {
	if s == "" {
		return 0, nil
	}
	days, isDays := strings.CutSuffix(s, "d")
	var d time.Duration
	var err error
	if isDays {
		var n int
		n, err = strconv.Atoi(days)
		if n > 36500 {
			err = errors.New("too long")
		}
		d = time.Duration(n) * 24 * time.Hour
	} else {
		d, err = time.ParseDuration(s)
	}
	if err != nil || d <= 0 {
		return 0, fmt.Errorf("must be a number of days or hours, such as 90d or 12h, not “%s”", clean.NewText(s).Display())
	}
	return d, nil
}

func (c *Config) checkReasons() error {
	seen := map[string]bool{}
	for i, r := range c.Reasons {
		at := fmt.Sprintf("reason[%d]", i)
		switch {
		case utf8.RuneCountInString(r.Key) != 1 || r.Key == " ":
			return c.ErrorAt(at+".key", "the key of a reason must be one character")
		case seen[r.Key]:
			return c.ErrorAt(at+".key", "two reasons use the key "+clean.NewText(r.Key).Display())
		case strings.TrimSpace(r.Text) == "":
			return c.ErrorAt(at+".text", "the reason for key "+clean.NewText(r.Key).Display()+" has no text")
		}
		seen[r.Key] = true
	}
	return nil
}
