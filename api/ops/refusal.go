package ops

import (
	"errors"
	"strings"

	"frontdesk/api"
	"frontdesk/api/input"
)

// Refusal is a server's error messages about a request: Fields by field name, General for
// the rest.
type Refusal struct {
	Fields  map[string]string
	General []string
}

// ReadRefusal sorts the messages of an error by field. It returns an empty Refusal for an
// error that is not a server's refusal. Several messages about one field are joined.
func (o Operation) ReadRefusal(err error) Refusal {
	r := Refusal{Fields: map[string]string{}}
	var refused *api.Error
	if !errors.As(err, &refused) || !refused.IsRefused() {
		return r
	}
	for _, item := range refused.Items {
		words := strings.TrimRight(item.Sentence(), ". ")
		name, known := o.fieldForParam(item.Param())
		switch {
		case words == "":
		case !known:
			r.General = append(r.General, words)
		case r.Fields[name] == "":
			r.Fields[name] = words
		default:
			r.Fields[name] += "; " + words
		}
	}
	return r
}

// fieldForParam returns the field for a server's parameter name. The wire has lists, paths
// ("email_address[0]", "public_metadata.plan") and plurals where the catalogue has one
// field.
func (o Operation) fieldForParam(param string) (name string, known bool) {
	if at := strings.IndexAny(param, "[."); at > 0 {
		param = param[:at]
	}
	for _, name := range []string{param, strings.TrimSuffix(param, "es"), strings.TrimSuffix(param, "s"), wireFieldName(param)} {
		for _, f := range o.Fields {
			if name != "" && f.Name == name && f.Kind != FieldFile {
				return f.Name, true
			}
		}
	}
	return "", false
}

// wireFieldName returns the field for a parameter with another name on the wire.
func wireFieldName(param string) string {
	switch param {
	case "password_digest", "password_hasher", "new_password":
		return "password"
	case "email_address_identification_status":
		return "email_address"
	case "phone_number_identification_status":
		return "phone_number"
	}
	return ""
}

// codeTaken is Clerk's error code for a value that another user has.
const codeTaken = "form_identifier_exists"

// FindTaken returns the fields whose value another user has, according to the
// server's error, each with the query that finds that user.
func (o Operation) FindTaken(err error, r Request) map[string]api.Query {
	found := map[string]api.Query{}
	var refused *api.Error
	if !errors.As(err, &refused) || !refused.IsRefused() {
		return found
	}
	for _, item := range refused.Items {
		name, known := o.fieldForParam(item.Param())
		if !known || item.Code.Raw() != codeTaken {
			continue
		}
		switch typed := r.Values[name]; name {
		case "email_address":
			found[name] = api.Query{Email: input.SplitList(canonicalEach(canonicalEmail)(typed))}
		case "phone_number":
			found[name] = api.Query{Phone: input.SplitList(canonicalEach(canonicalPhone)(typed))}
		case "username":
			found[name] = api.Query{Username: []string{typed}}
		case "external_id":
			found[name] = api.Query{ExternalID: []string{typed}}
		}
	}
	return found
}
