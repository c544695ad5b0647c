package config

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"text/tabwriter"

	"frontdesk/api/clean"
	settings "frontdesk/api/config"
	"frontdesk/api/profile"
	"frontdesk/api/session"
)

// row is one setting in effect.
type row struct {
	Setting string `json:"setting"`
	Value   string `json:"value"`
	Source  string `json:"source"` // "line 4", "--instance", "default"
}

// byDefault is the source of settings that are not set.
const byDefault = "default"

// table collects rows. It cleans the values, because they come from the file.
type table struct {
	config *settings.Config
	rows   []row
}

func (t *table) add(setting, value, source string) {
	t.rows = append(t.rows, row{setting, clean.NewText(value).Display(), source})
}

// addFrom adds a setting from the file. If it is not set, addFrom adds otherwise, or nothing
// if that is "".
func (t *table) addFrom(setting, path, value, otherwise string) {
	switch {
	case t.config.LineOf(path) > 0:
		t.add(setting, value, fmt.Sprintf("line %d", t.config.LineOf(path)))
	case otherwise != "":
		t.add(setting, otherwise, byDefault)
	}
}

// effective returns the settings in effect for the instance that would be opened.
func effective(env Env, all *session.Configured) ([]row, error) {
	c := all.Resolver.Config
	t := &table{config: c}
	if c.Path() == "" {
		t.add("file", "none", "frontdesk config init creates an example")
	} else {
		t.add("file", c.Path(), "")
	}
	name := all.Resolver.Selected(*env.Flag)
	in, err := all.Resolver.Find(name)
	if err != nil {
		return nil, err
	}
	t.add("instance", name, selectedBy(env, c, name))
	t.addInstance(in)
	t.addRole(all, in)
	at := "instance." + in.ID + "."
	t.addJournal(all, in, general(c.Instances[in.ID].Journal != nil, at))
	t.addTicket(c.TicketFor(in.ID), general(c.Instances[in.ID].Ticket != nil, at))
	checklist := general(c.Instances[in.ID].Checklist != nil, at) + "checklist"
	t.addFrom("checklist", checklist, strings.Join(c.ChecklistFor(in.ID), " | "), "built-in list")
	for i, r := range c.Reasons {
		t.addFrom("reason "+r.Key, fmt.Sprintf("reason[%d]", i), r.Text, "")
	}
	t.addTheme(c.Theme)
	var names []string
	for _, other := range all.Resolver.List() {
		if other.ID == "" {
			other.ID = settings.EnvironmentName
		}
		names = append(names, other.ID)
	}
	t.add("instances", strings.Join(names, ", "), "")
	return t.rows, nil
}

// general returns the path prefix of the table that holds a setting: that of the instance
// if isOwn, otherwise the top level.
func general(isOwn bool, at string) string {
	if isOwn {
		return at
	}
	return ""
}

// selectedBy returns where the choice of the instance comes from.
func selectedBy(env Env, c *settings.Config, name string) string {
	variable, _ := env.Lookup("FRONTDESK_INSTANCE")
	switch {
	case *env.Flag != "":
		return "--instance"
	case variable != "":
		return "FRONTDESK_INSTANCE"
	case name == settings.EnvironmentName:
		return "CLERK_SECRET_KEY"
	case c.Default != "":
		return fmt.Sprintf("line %d", c.LineOf("default"))
	}
	return byDefault
}

func (t *table) addInstance(in profile.Instance) {
	at := "instance." + in.ID + "."
	own, isConfigured := t.config.Instances[in.ID]
	t.addFrom("title", at+"title", own.Title, in.Name)
	t.addFrom("kind", at+"kind", own.Kind, strings.ToLower(in.Kind.String()))
	switch {
	case in.Kind == profile.Demo:
	case in.ID == "" && in.URL != "":
		t.add("url", in.URL, "CLERK_API_URL")
	default:
		t.addFrom("url", at+"url", own.URL, "https://api.clerk.com/v1")
	}
	switch {
	case in.Kind == profile.Demo:
	case !isConfigured:
		t.add("key", "from CLERK_SECRET_KEY", "")
	case len(own.KeyCommand) > 0: // omit the arguments, which may be confidential
		t.addFrom("key", at+"key_command", fmt.Sprintf("printed by %s (arguments: %d)", own.KeyCommand[0], len(own.KeyCommand)-1), "")
	case own.KeyFile != "":
		t.addFrom("key", at+"key_file", "read from the file "+own.KeyFile, "")
	default:
		t.addFrom("key", at+"key_env", "read from the variable "+own.KeyEnv, "")
	}
}

func (t *table) addRole(all *session.Configured, in profile.Instance) {
	grant, err := all.Rules.On(in.ID, in.ReadOnly)
	switch {
	case err != nil:
		t.add("role", "none: you cannot open this instance", "")
	case grant.Role == "":
		t.add("role", "no roles are configured: you may do everything", byDefault)
	default:
		t.add("role", grant.Role, fmt.Sprintf("line %d", grant.Line))
	}
	switch {
	case in.ReadOnly:
		t.addFrom("read_only", "instance."+in.ID+".read_only", "true", "")
	case grant.ReadOnly:
		t.add("read_only", "true", "--read-only")
	default:
		t.addFrom("read_only", "instance."+in.ID+".read_only", "false", "false")
	}
}

func (t *table) addJournal(all *session.Configured, in profile.Instance, at string) {
	j := t.config.JournalFor(in.ID)
	if !j.IsOn() {
		t.addFrom("journal", at+"journal.enabled", "off", "")
		return
	}
	where := "none: there is no folder for it"
	if open := all.OpenJournal(in); open.Dir() != "" {
		where = open.Path()
	}
	t.addFrom("journal", at+"journal.dir", where, where)
	t.addFrom("journal kept", at+"journal.keep", j.Keep, "forever")
	t.addFrom("journal to syslog", at+"journal.forward_syslog", j.ForwardSyslog, "no")
	t.addFrom("journal to OpenTelemetry", at+"journal.forward_otlp", j.ForwardOTLP, "no")
}

func (t *table) addTicket(ticket settings.Ticket, at string) {
	if !ticket.IsAsked() {
		t.add("ticket", "not asked for", byDefault)
		return
	}
	t.addFrom("ticket", at+"ticket.label", ticket.Label, "Ticket")
	t.addFrom("ticket pattern", at+"ticket.pattern", ticket.Pattern, "any")
	t.addFrom("ticket required from", at+"ticket.required_from", ticket.RequiredFrom, "no tier")
}

func (t *table) addTheme(theme settings.Theme) {
	t.addFrom("theme", "theme.name", theme.Name, "auto")
	t.addFrom("plain", "theme.plain", strconv.FormatBool(theme.Plain), "false")
	for _, role := range theme.Colours() {
		colours := make([]string, len(role.Colours))
		for i, c := range role.Colours {
			colours[i] = string(c)
		}
		t.addFrom("theme "+role.Role, "theme."+role.Role, strings.Join(colours, " "), "")
	}
}

func writeRows(w io.Writer, rows []row) error {
	out := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, r := range rows {
		source := ""
		if r.Source != "" {
			source = "\t(" + r.Source + ")"
		}
		fmt.Fprintf(out, "%s\t%s%s\n", r.Setting, r.Value, source)
	}
	return out.Flush()
}
