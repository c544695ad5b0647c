package doctor

import (
	"context"
	"fmt"
	"strings"

	"frontdesk/api/clean"
	"frontdesk/api/config"
	"frontdesk/api/profile"
)

func (x *examination) configuration(context.Context) Finding {
	all, err := x.Instances()
	if err != nil {
		return failed(err, "fix that line; frontdesk config schema and config init show the valid settings")
	}
	x.all = all
	if all.Resolver.Config.Path() == "" {
		return ok("no file; it is optional")
	}
	n := len(all.Resolver.Config.Names())
	return ok(fmt.Sprintf("%s, %s", clean.NewText(x.Path).Display(), count(n, "instance")))
}

func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

func (x *examination) instance(context.Context) Finding {
	in, err := x.all.Resolver.Find(x.all.Resolver.Selected(*x.Flag))
	if err != nil {
		return failed(err, "choose another with --instance, or see frontdesk config show")
	}
	x.place.Instance = in
	says := in.Name + ", " + in.Kind.String()
	if in.ReadOnly {
		says += ", read-only"
	}
	return ok(says)
}

func (x *examination) role(context.Context) Finding {
	in := x.place.Instance
	grant, err := x.all.Rules.On(in.ID, in.ReadOnly)
	switch {
	case err != nil:
		return failed(err, "")
	case grant.Role == "" && in.Kind == profile.Production:
		return warn("no roles are configured: everybody with this key may do everything", "if a team shares the key, configure roles in config.toml")
	case grant.Role == "":
		return ok("no roles are configured: you may do everything")
	}
	return ok("your role is " + grant.Role)
}

// key reads the key, which also tests a key command.
func (x *examination) key(ctx context.Context) Finding {
	in := x.place.Instance
	if in.Kind == profile.Demo {
		return ok("not needed for the demo")
	}
	own := x.all.Resolver.Config.Instances[in.ID]
	name := in.ID
	if name == "" {
		name = config.EnvironmentName
	}
	place, err := x.all.Resolver.Resolve(ctx, name)
	if err != nil {
		return failed(err, "")
	}
	x.place = place
	if x.all.KeyRead != nil {
		x.all.KeyRead(place.Key)
	}
	switch {
	case len(own.KeyCommand) > 0:
		return ok(fmt.Sprintf("%s printed %s", clean.NewText(own.KeyCommand[0]).Display(), place.Key))
	case own.KeyFile != "":
		return ok(fmt.Sprintf("%s in %s, which only you can read", place.Key, clean.NewText(own.KeyFile).Display()))
	}
	variable := own.KeyEnv
	if variable == "" {
		variable = "CLERK_SECRET_KEY"
	}
	says := fmt.Sprintf("%s in the environment variable %s", place.Key, variable)
	if place.Key.IsLive() {
		return warn(says+", which every program that you start can read", "use key_command or key_file for a production key")
	}
	return ok(says)
}

// value returns an environment variable, "" if it is not set.
func (x *examination) value(name string) string {
	v, _ := x.Lookup(name)
	return strings.TrimSpace(v)
}
