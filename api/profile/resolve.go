package profile

import (
	"errors"
	"net/url"
	"strings"

	"frontdesk/api"
	"frontdesk/api/clean"
)

// Profile is which instance to work on and how to reach it.
type Profile struct {
	Instance Instance
	BaseURL  string  // empty is Clerk's own
	Key      api.Key // the zero Key with Kind Demo
}

// ErrNoKey is an API address without a key to use there.
var ErrNoKey = errors.New("CLERK_API_URL is set but CLERK_SECRET_KEY is not: set both to work on that instance, or neither for the demo")

// ErrEmptyKey is a key that somebody meant to give and that is not there: nobody
// is to take the demo for their instance.
var ErrEmptyKey = errors.New("CLERK_SECRET_KEY is set but empty; unset it for the demo")

// Resolve reads CLERK_SECRET_KEY and CLERK_API_URL through lookup, which is
// os.LookupEnv. Where neither is set it is the demo. operator is who sits at the
// desk ("jo@ops-2").
func Resolve(lookup func(string) (string, bool), operator string) (Profile, error) {
	secret, named := lookup("CLERK_SECRET_KEY")
	base, _ := lookup("CLERK_API_URL")
	secret, base = strings.TrimSpace(secret), strings.TrimSpace(base)
	if named && secret == "" {
		return Profile{}, ErrEmptyKey
	}
	if secret == "" {
		if base != "" {
			return Profile{}, ErrNoKey
		}
		return Demonstration(operator), nil
	}
	key, err := api.NewKey(secret)
	if err != nil {
		return Profile{}, err
	}
	kind := Development
	if key.IsLive() {
		kind = Production
	}
	return Profile{
		Instance: Instance{Kind: kind, Name: hostName(base), URL: base, Operator: operator},
		BaseURL:  base,
		Key:      key,
	}, nil
}

// Demonstration is the demo.
func Demonstration(operator string) Profile {
	return Profile{Instance: Instance{ID: "demo", Kind: Demo, Name: "Harbor & Pine", Operator: operator}}
}

func hostName(base string) string {
	if u, err := url.Parse(base); err == nil && u.Host != "" {
		return clean.NewText(u.Host).Display()
	}
	return "api.clerk.com"
}
