package users_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestList_SaysTheAgeOfItsRows(t *testing.T) {
	_, d := drive(t, 60, 120, 40)
	fresh := d.Line(1)
	d.Advance(50 * time.Second)
	require.Equal(t, fresh, d.Line(1))
	d.Advance(4 * time.Minute)
	require.Equal(t, "  Read 4 min ago   r refresh", d.Line(1))
	d.Press("r")
	require.Equal(t, fresh, d.Line(1))
	d.Press("L")
	d.Advance(5 * time.Minute)
	require.Contains(t, d.Line(1), "Following new arrivals")
	d.Lacks("Read ")
}
