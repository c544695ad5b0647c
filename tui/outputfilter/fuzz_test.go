package outputfilter_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// unwelcome names the first thing in an output that must never be there. It uses
// another parser than the filter.
func unwelcome(out string) string {
	if !utf8.ValidString(out) {
		return "bad UTF-8"
	}
	p := ansi.NewParser()
	var state byte
	// tmux unwraps this one. The parser used here takes the last byte of “ or Ü in a
	// title for the end of the title, which terminals in UTF-8 do not.
	wrapped := regexp.MustCompile("\x1bPtmux;\x1b\x1b\\]52;[cpqs0-7]*;[A-Za-z0-9+/=]*(\a|\x1b\x1b\\\\)\x1b\\\\")
	title := regexp.MustCompile("\x1b\\][02];([^\x00-\x1f\x7f-\u009f\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c\u2028\u2029]*)(\a|\x1b\\\\)")
	for rest := title.ReplaceAllString(wrapped.ReplaceAllString(out, ""), ""); len(rest) > 0; {
		seq, width, n, next := ansi.DecodeSequence(rest, state, p)
		state = next
		rest = rest[n:]
		switch {
		case ansi.HasApcPrefix(seq), ansi.HasPmPrefix(seq), ansi.HasSosPrefix(seq):
			return fmt.Sprintf("%q", seq)
		case ansi.HasDcsPrefix(seq) && !strings.HasPrefix(seq, "\x1bP+q"):
			return fmt.Sprintf("%q", seq)
		case ansi.HasOscPrefix(seq) && (p.Command() == 8 || strings.Contains(seq, "?") && p.Command() == 52):
			return fmt.Sprintf("%q", seq)
		case ansi.HasCsiPrefix(seq) && p.Command() == 'm' && conceals(p.Params()):
			return fmt.Sprintf("%q", seq)
		case width == 0 && ansi.HasEscPrefix(seq) && !ansi.HasCsiPrefix(seq) && !ansi.HasOscPrefix(seq) && !ansi.HasDcsPrefix(seq) && seq != "\x1bM":
			return fmt.Sprintf("%q", seq)
		case len(seq) > 0 && seq[0] != 0x1b:
			for _, r := range seq {
				if unicode.Is(unicode.Cc, r) && !strings.ContainsRune("\r\n\b\t", r) || unicode.Is(unicode.Bidi_Control, r) || unicode.In(r, unicode.Zl, unicode.Zp) {
					return fmt.Sprintf("U+%04X", r)
				}
			}
		}
	}
	return ""
}

func conceals(params ansi.Params) bool {
	for i := 0; i < len(params); i++ {
		v, _, _ := params.Param(i, 0)
		switch v {
		case 8:
			return true
		case 38, 48, 58:
			if params[i].HasMore() {
				for i < len(params) && params[i].HasMore() {
					i++
				}
				continue
			}
			if next, _, ok := params.Param(i+1, 0); ok && next == 5 {
				i += 2
			} else if ok && next == 2 {
				return false // its length depends on the separators, which the table covers
			}
		case 4:
			if params[i].HasMore() {
				i++
			}
		}
	}
	return false
}

func FuzzWriter(f *testing.F) {
	for in := range refused {
		f.Add([]byte(in), 3)
	}
	for _, s := range passing {
		f.Add([]byte(clip(s)), 1)
	}
	f.Fuzz(func(t *testing.T, in []byte, at int) {
		out := filterAll(string(in))
		if msg := unwelcome(out); msg != "" {
			t.Fatalf("%q gives %q with %s", in, out, msg)
		}
		if again := filterAll(out); again != out {
			t.Fatalf("%q gives %q and then %q", in, out, again)
		}
		at = max(0, min(at, len(in)))
		if split := filterAll(string(in[:at]), string(in[at:])); split != out {
			t.Fatalf("%q gives %q, split at %d %q", in, out, at, split)
		}
	})
}
