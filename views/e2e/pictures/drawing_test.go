package main

import (
	"encoding/xml"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// TestMain is also the program that the tests here start in a PTY.
func TestMain(m *testing.M) {
	if os.Getenv("PICTURES_PROGRAM") == "" {
		os.Exit(m.Run())
	}
	_, _ = os.Stdout.WriteString("\x1b[2J\x1b[H  frontdesk\r\n╭─ Ask ──╮ \x1b[38;2;30;30;30mdim\x1b[m\r\n│ \x1b[1m王小明\x1b[m │ \x1b[7mb<a>d\x1b[m\r\n╰────────╯ \x1b[31m▀▀\x1b[m ● محمد\r\n\x1b[4mready\x1b[m")
	_, _ = io.Copy(io.Discard, os.Stdin) // until it is killed
}

// drawnScreen starts the program above and returns its screen.
func drawnScreen(t *testing.T) *screen {
	t.Helper()
	s, err := startSession(os.Args[0], nil, []string{"PICTURES_PROGRAM=1"}, 24, 6)
	require.NoError(t, err)
	t.Cleanup(s.close)
	require.NoError(t, s.waitUntil("ready", func(screen string) bool { return strings.Contains(screen, "ready") }))
	return s.screen()
}

func darkLook(t *testing.T) look {
	t.Helper()
	all, err := looks(filepath.Join("..", "..", "..", "theme.go"))
	require.NoError(t, err)
	require.Equal(t, "dark", all[0].Name)
	require.True(t, all[0].roles.hasFaint && all[0].roles.hasBackdrop, "the theme's weak colours are found")
	return all[0]
}

func TestPicture_IsXMLWithEveryRunAtItsColumn(t *testing.T) {
	s := drawnScreen(t)
	drawn := picture(darkLook(t), s, "a & b")
	type text struct{ x, length, content string }
	var texts []text
	paths := 0
	for in := xml.NewDecoder(strings.NewReader(drawn)); ; {
		token, err := in.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		require.NoError(t, err)
		el, ok := token.(xml.StartElement)
		if ok && el.Name.Local == "path" {
			paths++
		}
		if !ok || el.Name.Local != "text" {
			continue
		}
		var one text
		require.NoError(t, in.DecodeElement(&one.content, &el))
		for _, a := range el.Attr {
			switch a.Name.Local {
			case "x":
				one.x = a.Value
			case "textLength":
				one.length = a.Value
			}
		}
		texts = append(texts, one)
	}
	require.Equal(t, []text{
		{"16.8", "75.6", "frontdesk"}, {"25.2", "25.2", "Ask"}, {"92.4", "25.2", "dim"}, {"16.8", "50.4", "王小明"}, {"92.4", "42", "b<a>d"}, {"134.4", "33.6", "محمد"}, {"0", "42", "ready"},
	}, texts)
	require.Equal(t, 9, paths, "frames, blocks, the status mark, the background of reversed text, the underline and the cursor are shapes")
}

func TestCheck_FindsWhatIsWrong(t *testing.T) {
	l, s := darkLook(t), drawnScreen(t)
	require.Equal(t, []string{"the last row is empty"}, check("ask", l, s))
	weak := checkContrast(l, s)
	require.Len(t, weak, 1)
	require.Equal(t, "dim", weak["#1e1e1e on #0d1117"].sample)

	s.at(9, 2).text = "x"
	s.at(3, 0).text = "\ufffd"
	s.at(2, 0).text = " "
	require.Equal(t, []string{"the first row is not the header", "the last row is empty", "row 1 has a replacement character",
		`the frame at row 2, column 1 is open on the right in row 3: "x"`}, check("ask", l, s))

	again := drawnScreen(t)
	require.Contains(t, leftover(l, s, again), "row 1 is")
	require.Empty(t, leftover(l, again, drawnScreen(t)))
}

func TestScreen_NamesOfTheMachineAreReplaced(t *testing.T) {
	write := func(s *screen, y int, text string) {
		for x, r := range []rune(text) {
			*s.at(x, y) = cell{text: string(r), width: 1}
		}
	}
	s := &screen{cols: 30, rows: 2, cells: make([]cell, 60)}
	write(s, 0, "  frontdesk     root@vm ? help")
	write(s, 1, "by root@vm   done             ")
	s.replace("root@vm", "jo@ops-2")
	require.Equal(t, "  frontdesk    jo@ops-2 ? help\nby jo@ops-2  done", s.text())
	s.replace("jo@ops-2", "a@b")
	require.Equal(t, "  frontdesk         a@b ? help\nby a@b       done", s.text())
}

func TestZone_ShowsTheFixedTimeOfDay(t *testing.T) {
	for _, hour := range []int{0, 2, 3, 11, 14, 23} {
		now := time.Date(2026, 3, 17, hour, 41, 7, 0, time.UTC)
		path := filepath.Join(t.TempDir(), "zone")
		require.NoError(t, writeZone(path, now))
		data, err := os.ReadFile(path)
		require.NoError(t, err)
		zone, err := time.LoadLocationFromTZData("desk", data)
		require.NoError(t, err)
		require.Equal(t, "14:36:00", now.In(zone).Format("15:04:05"))
	}
}

func TestScript_MistakesHaveTheirLine(t *testing.T) {
	_, err := parseScript("walk", "section a\n\nfly home\n")
	require.EqualError(t, err, `walk line 3: there is no step "fly"`)
	_, err = parseScript("walk", "section a\nwait\n")
	require.EqualError(t, err, "walk line 2: wait needs something to act on")
	_, err = parseScript("walk", "key j\n")
	require.EqualError(t, err, "walk line 1: a script begins with a section")
	for _, name := range []string{"screens", "tour", "production", "readme", "walk"} {
		text, err := scripts.ReadFile("scripts/" + name + ".txt")
		require.NoError(t, err)
		_, err = parseScript(name, string(text))
		require.NoError(t, err)
	}
}

func TestWalk_IsACastAndAnAnimation(t *testing.T) {
	l, s := darkLook(t), drawnScreen(t)
	w := &walk{player: &player{look: l}, frames: []frame{{screen: s, caption: "one", seconds: 1}, {screen: s, caption: "two", key: "x", seconds: 2}}}
	drawn := w.svg("walk", 1)
	require.NoError(t, xml.Unmarshal([]byte(drawn), new(struct{})))
	require.Equal(t, 1, strings.Count(drawn, ">frontdesk<"), "equal rows are drawn once")
	require.Contains(t, drawn, "33.33%{transform:translateY(")
	require.Contains(t, drawn, "animation:walk 3s step-end infinite")
	require.NotContains(t, drawn, "<script")
	cast, err := w.cast("walk")
	require.NoError(t, err)
	lines := strings.Split(strings.TrimSpace(cast), "\n")
	require.Len(t, lines, 6, "a head, two markers, two frames, and the end")
	require.Contains(t, lines[0], `"version":2`)
	require.Contains(t, lines[3], `[1.000,"m","two"]`)
}
