//go:build race

package clean

// stride skips characters under the race detector, which makes testing all of them slow.
// They run in one goroutine anyway.
const stride = 13
