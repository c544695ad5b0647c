package main

import (
	"fmt"
	"strings"
)

// index returns a page that shows each screen in all themes, one size under another.
func (m *matrix) index() string {
	var b strings.Builder
	b.WriteString("<!doctype html><meta charset=utf-8><title>frontdesk: every screen</title>\n" +
		"<style>body{font:15px system-ui;margin:1.5rem;background:#888;color:#000}nav a{margin-right:.8em}h2{margin-top:2em}" +
		"div{display:flex;gap:12px;overflow-x:auto;margin-bottom:12px}figure{margin:0}figcaption{font-size:12px}img{height:380px}</style>\n<nav>")
	for _, name := range m.screens {
		fmt.Fprintf(&b, `<a href="#%[1]s">%[1]s</a>`, escape(name))
	}
	b.WriteString("</nav>\n")
	for _, name := range m.screens {
		fmt.Fprintf(&b, "<h2 id=\"%[1]s\">%[1]s</h2>\n", escape(name))
		for _, size := range m.sizes {
			b.WriteString("<div>")
			for _, l := range m.looks {
				id := fmt.Sprintf("%s/%s-%dx%d", name, l.Name, size[0], size[1])
				if m.drawn[id] {
					fmt.Fprintf(&b, `<figure><figcaption>%s, %d × %d</figcaption><a href="%s.svg"><img loading=lazy src="%[4]s.svg" alt=""></a></figure>`, escape(l.Name), size[0], size[1], escape(id))
				}
			}
			b.WriteString("</div>\n")
		}
	}
	return b.String()
}
