package session

import (
	"context"

	"frontdesk/api/profile"
)

// Instances lists the instances that can be opened, and opens them by the ID that List
// gives them.
type Instances interface {
	List() []profile.Instance
	Open(ctx context.Context, id string) (*Session, error)
}

// NewInstances opens what list gives: resolve finds an instance by its ID and reads its
// key, and the rest is as in o.
func NewInstances(list func() []profile.Instance, resolve func(ctx context.Context, id string) (profile.Profile, error), o Options) Instances {
	return &instances{list, resolve, o}
}

type instances struct {
	list    func() []profile.Instance
	resolve func(ctx context.Context, id string) (profile.Profile, error)
	options Options
}

func (i *instances) List() []profile.Instance { return i.list() }

func (i *instances) Open(ctx context.Context, id string) (*Session, error) {
	found, err := i.resolve(ctx, id)
	if err != nil {
		return nil, err
	}
	o := i.options
	o.Profile = found
	return Open(ctx, o)
}
