package input

import (
	"regexp"
	"sync"
)

// pattern returns a function that returns the compiled expr. It is compiled on the first
// call, because compiling all of them at the start of the program would delay it by 2 ms.
func pattern(expr string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expr) })
}
