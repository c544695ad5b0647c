package mask

import (
	"encoding/json"
	"reflect"
	"strings"

	"frontdesk/api"
	"frontdesk/api/clean"
)

// Copy returns a masked copy of an API value such as a session or a membership. All texts
// are masked except in fields that are not personal.
func Copy[T any](m *Mask, v T) T {
	if m == nil {
		return v
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if !m.isOn {
		return v
	}
	return copyOf(&copier{m, nil}, v)
}

// CopyOf is like Copy for a value that belongs to a user.
func CopyOf[T any](m *Mask, u *api.User, v T) T {
	if m == nil || u == nil {
		return Copy(m, v)
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if !m.isOn {
		return v
	}
	return copyOf(&copier{m, m.person(u)}, v)
}

func copyOf[T any](c *copier, v T) T {
	out := reflect.New(reflect.TypeFor[T]()).Elem()
	out.Set(reflect.ValueOf(v))
	c.mask(out, "", "")
	return out.Interface().(T)
}

// copier masks a value that belongs to one person, or to an unknown one.
type copier struct {
	*Mask
	person *person
}

var (
	textType = reflect.TypeFor[clean.Text]()
	rawType  = reflect.TypeFor[json.RawMessage]()
	// ours is the package of the structs whose fields are masked. Times and secrets are
	// declared elsewhere.
	ours = reflect.TypeFor[api.User]().PkgPath()
)

// mask masks v in place. v itself is already a copy; anything it points to is copied first.
// field is the name of v's field, in the name of the field or type of the enclosing struct.
func (c *copier) mask(v reflect.Value, in, field string) {
	switch t := v.Type(); {
	case t == textType:
		raw := v.Interface().(clean.Text).Raw()
		v.Set(reflect.ValueOf(clean.NewText(c.Mask.mask(kindOf(in, field), raw, c.person))))
	case t == rawType:
		v.Set(reflect.ValueOf(c.maskMetadata(v.Bytes())))
	case t.Kind() == reflect.Pointer && t.Elem().Kind() == reflect.Struct && !v.IsNil():
		fresh := reflect.New(t.Elem())
		fresh.Elem().Set(v.Elem())
		c.mask(fresh.Elem(), in, field)
		v.Set(fresh)
	case t.Kind() == reflect.Slice && t.Elem().Kind() != reflect.Uint8 && !v.IsNil():
		fresh := reflect.MakeSlice(t, v.Len(), v.Len())
		reflect.Copy(fresh, v)
		for i := range fresh.Len() {
			c.mask(fresh.Index(i), in, field)
		}
		v.Set(fresh)
	case t.Kind() == reflect.Struct && strings.HasPrefix(t.PkgPath(), ours):
		c.maskFields(v, in, field)
	}
}

func (c *copier) maskFields(v reflect.Value, in, field string) {
	t := v.Type()
	if t == reflect.TypeFor[api.Organization]() {
		field = "organization"
	}
	for i := range t.NumField() {
		f := t.Field(i)
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if name == "" || name == "-" {
			name = strings.ToLower(f.Name)
		}
		if f.IsExported() {
			c.mask(v.Field(i), field, name)
		}
	}
}
