package users_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// A typo is answered with a name among the loaded users that tab accepts, without a
// request.
func TestSuggestions_CorrectATypo(t *testing.T) {
	for _, typed := range []string{"okafro", "maya okafer", "mya okafor", "okafor mayya", "okafr", "maya@harborpine.exmaple"} {
		b, d := drive(t, 60, 120, 40)
		d.Press("/")
		for _, l := range letters(typed) {
			d.Press(l)
		}
		d.Has("No one matches “"+typed+"”", "Did you mean Maya Okafor", "tab searches for Maya Okafor")
		sent := len(b.Transport.Requests())
		d.Press("tab")
		d.Has("1 found")
		require.Contains(t, marked(t, d), "Maya Okafor")
		require.Contains(t, d.Line(2), "/ Maya Okafor ")
		require.LessOrEqual(t, len(b.Transport.Requests()), sent+2)
	}
}

func TestSuggestions_AreAcceptedWithTheBoxClosed(t *testing.T) {
	_, d := drive(t, 60, 80, 24)
	d.Press("/")
	d.Type("okafro")
	d.Press("enter")
	d.Has("Did you mean Maya Okafor?", "tab searches for Maya Okafor", "tab accept")
	d.Press("tab")
	d.Has("1 found")
	d.Press("tab")
	d.Has("the search box is closed")
}

// A name token is corrected to a name token; beside other tokens nothing is suggested.
func TestSuggestions_CorrectATypoInANameToken(t *testing.T) {
	_, d := drive(t, 60, 120, 40)
	look(d, `name:"maya okafro"`)
	d.Has("No one matches", `Did you mean name:"Maya Okafor"?`)
	d.Press("tab")
	d.Has("1 found")
	require.Contains(t, d.Line(2), `name:"Maya Okafor"`)
	d.Press("esc")
	look(d, "name:okafro is:locked")
	d.Has("No one matches")
	d.Lacks("Did you mean ")
}

// queries returns what the service was asked to search for.
func queries(b interface {
	Intercept(func(*http.Request) (*http.Response, error))
}) func() []string {
	var asked []string
	b.Intercept(func(r *http.Request) (*http.Response, error) {
		if r.URL.Path == "/v1/users" {
			asked = append(asked, r.URL.Query().Get("query"))
		}
		return nil, nil
	})
	return func() []string { return asked }
}

// If no loaded user is similar, the service is asked once, for the beginning of the
// longest word.
func TestSuggestions_ComeFromTheService(t *testing.T) {
	b, d := drive(t, 1248, 120, 40)
	asked := queries(b.Transport)
	d.Paste("Quinn Oaklye")
	require.Equal(t, []string{"Quinn Oaklye", "Oaklye", "Oak"}, asked())
	d.Has("No one matches “Quinn Oaklye”", "Did you mean Quinn Oakley?")
	d.Press("tab")
	require.Contains(t, marked(t, d), "Quinn Oakley")
}

// If no name is similar, the part of it that matches is offered.
func TestSuggestions_OfferAPartThatMatches(t *testing.T) {
	b, d := drive(t, 60, 120, 40)
	asked := queries(b.Transport)
	d.Paste("mayaxxxx")
	require.Equal(t, []string{"mayaxxxx", "maya"}, asked())
	d.Has("Did you mean maya (1 found)?", "tab searches for maya")
	d.Press("tab")
	d.Has("Maya Okafor", "1 found")
}

// Nothing is suggested for a wrong number, for a filter, or if the service cannot be
// asked; that request is not announced.
func TestSuggestions_NoneWhereNothingIsSimilar(t *testing.T) {
	b, d := drive(t, 60, 120, 40)
	asked := queries(b.Transport)
	for _, typed := range []string{"0149999", "is:banned okafro", "zzzzqqqq"} {
		d.Paste(typed)
		d.Has("No one matches")
		d.Lacks("Did you mean ", "tab")
		d.Press("esc")
	}
	require.Equal(t, "zzzz", asked()[len(asked())-1])
	require.NotContains(t, strings.Join(asked(), " "), "okaf okaf")
	b.Transport.Intercept(func(r *http.Request) (*http.Response, error) {
		if r.URL.Query().Get("query") == "wwww" {
			return refuse(r)
		}
		return nil, nil
	})
	d.Paste("wwwwvvvv")
	d.Has("No one matches “wwwwvvvv”")
	d.Lacks("!", "retries", "Did you mean ")
}
