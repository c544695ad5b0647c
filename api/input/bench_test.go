package input_test

import (
	"testing"

	"frontdesk/api/input"
)

func BenchmarkFindPeople(b *testing.B) {
	for name, text := range map[string]string{
		"email": "Hello,\nina@pine.example cannot sign in, says +1 415 555 0142",
		"words": "maya okafor",
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				input.FindPeople(text)
			}
		})
	}
}
