package mask

import (
	"encoding/json"
	"reflect"
	"strings"

	"frontdesk/api"
	"frontdesk/api/clean"
)

// Copy returns a value of the API, such as a session or a membership, as it may be
// shown. Every text in it is masked, but for fields that say nothing of anybody.
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

// CopyOf is Copy of a value that belongs to a user.
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

// copier masks what belongs to one person, or to nobody who is known.
type copier struct {
	*Mask
	person *person
}

var (
	textType = reflect.TypeFor[clean.Text]()
	rawType  = reflect.TypeFor[json.RawMessage]()
	// ours is where the structs are whose fields are masked; times and secrets are
	// not among them.
	ours = reflect.TypeFor[api.User]().PkgPath()
)

// mask replaces what v holds. v is not shared with the original, but what it points to
// is, and is copied first. in is the name of the field that has v's struct, or of its
// type, and field that of v.
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
