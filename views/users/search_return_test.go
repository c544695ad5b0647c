package users_test

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestSearch_EscReturnsToTheUserItWasOpenedFrom(t *testing.T) {
	for name, typed := range map[string]string{"nothing typed": "", "another search typed": "daniel", "a wrong token typed": "is:what"} {
		t.Run(name, func(t *testing.T) {
			_, d := drive(t, 60, 120, 40)
			d.Press("/")
			d.Type("pine")
			d.Press("enter", "j", "j")
			before := d.Screen()
			d.Press("enter", "3")
			detail := d.Screen()
			d.Press("/")
			d.Type(typed)
			d.Has("esc back")
			d.Press("esc")
			require.Equal(t, detail, d.Screen())
			d.Press("esc")
			require.Equal(t, before, d.Screen())
		})
	}
}

func TestSearch_EscAfterKeepingItDoesNotReturn(t *testing.T) {
	_, d := drive(t, 60, 120, 40)
	d.Press("enter", "/")
	d.Type("pine")
	d.Press("enter", "esc")
	d.Has("all users")
	d.Press("/", "esc")
	d.Has("all users")
	d.Lacks("Users ›")
}
