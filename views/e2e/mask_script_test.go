package e2e

import (
	"strings"
	"time"
)

// The parts of the session of ten minutes. Each begins and ends on the list.

func playList(s *tenMinutes) {
	s.see("of 1,248", "MASKED")
	s.do(strings.Split("jjjjjjjjjjjjjjjjjjjj", "")...)
	s.do("G")
	s.do("k", "k", "k", "pgup", "pgup")
	s.do("g")
	s.do("pgdown", "pgdown", "pgdown", "pgdown", "pgdown")
	s.do("pgdown")
	s.do("o", "O")
	s.do("o")
	s.do("p")
	s.do("p", "L")
	s.do("L", "r")
	for _, search := range []string{"is:locked", "is:banned", "no:mfa has:passkey", "phone:0142", "signed-in:never", "org:", "user_2abcdefghijklmnopqrstuvwxyz1"} {
		s.do("/")
		s.write(search)
		s.do("down", "down", "up")
		s.do("enter")
		s.do("esc", "esc")
	}
	s.do("f")
	s.see("type to find")
	s.do("down", "down", "esc")
	s.see("of 1,248")
}

func playPerson(s *tenMinutes) {
	s.do("/")
	s.write("0142")
	s.see("1 found")
	s.until("Users › Person", "enter")
	for _, tab := range [][2]string{{"2", "PHONE NUMBERS"}, {"3", "FIRST FACTOR"}, {"4", "CONNECTED"}, {"5", "INVITATIONS"}, {"6", "PUBLIC"}, {"7", "session 1"}, {"8", "DONE TO THIS PERSON"}, {"9", `"object": "user"`}} {
		s.do(tab[0])
		s.see(tab[1])
		s.do("j", "j", "G", "g")
	}
	s.do("6", "enter")
	s.do("6", "e") // under the mask it is off, and letters that follow at once are dropped
	s.Quiet(320 * time.Millisecond)
	s.keep()
	s.visit("7", "j", "enter")
	s.do("1")
	s.do("J", "J", "J")
	s.do("K", "K", "K")
	s.visit("w")
	s.do("y")
	s.see("phone number")
	s.do("enter")
	s.see("masked")
	s.do("y")
	s.do("down", "enter")
	s.see("x actions")
	s.do("x")
	s.see("type to find")
	s.do("down", "down", "down", "pgdown", "pgup")
	for _, action := range []string{"metadata", "profile image"} {
		s.write(action)
		s.do("enter")
		s.Quiet(150 * time.Millisecond) // it opens, or says why it does not
		s.keep()
		for range 20 {
			s.do("esc")
			if s.Quiet(40 * time.Millisecond); strings.Contains(s.Screen(), "x actions") {
				break
			}
		}
		s.see("x actions")
		if !strings.Contains(s.Screen(), "Users › Person") {
			s.until("Users › Person", "enter")
		}
		s.do("x")
		s.see("type to find")
	}
	s.do("esc")
	s.do("i")
	s.do("tab", "esc")
	back(s)
}

// visit presses keys that open something over the screen, and closes it.
func (s *tenMinutes) visit(keys ...string) {
	s.t.Helper()
	s.do(keys...)
	s.WaitGone("x actions") // which the screen below offers
	s.keep()
	s.do("esc")
	s.see("x actions")
}

// back returns to the list of everybody.
func back(s *tenMinutes) {
	for range 12 {
		s.Quiet(40 * time.Millisecond)
		if screen := s.Screen(); strings.Contains(screen, "of 1,248") && !strings.Contains(screen, "╭") {
			return
		}
		s.do("esc")
	}
	s.see("of 1,248")
}

// discard leaves a form in which something was typed.
func (s *tenMinutes) discard() {
	s.do("esc")
	s.see("Discard")
	s.Quiet(280 * time.Millisecond)
	s.do("esc")
	s.see("x actions")
}

// open opens the first person that a search finds.
func (s *tenMinutes) open(search string) {
	s.do("/")
	s.write(search)
	s.until("Users › Person", "enter")
}

func playQuestions(s *tenMinutes) {
	s.open("0142")
	s.do("l")
	s.agree("Unlock", "Unlocked Person")
	s.do("z")
	s.agree("Undo your unlock: ", "Person")
	s.do("b")
	s.agree("Ban user", "Banned Person")
	s.do("z")
	s.agree("Undo your ban: ", "Unbanned Person")
	s.do("e")
	s.see("Edit user")
	s.write("Zed")
	s.do("tab", "tab", "tab", "tab")
	s.discard()
	s.do("e")
	s.see("Edit user")
	s.do("ctrl+u")
	s.write("Quorra")
	s.agree("Edit user", "Saved the changes")
	s.do("z")
	s.agree("Undo “Edit user”", "Saved the changes")
	s.do("m")
	s.see("Reset MFA", "Cancel")
	s.do("esc")
	s.see("x actions")
	s.do("D")
	s.see("Type the e-mail address person")
	s.do("esc")
	s.see("x actions")
	s.visit("2", "enter")
	s.do("x")
	s.see("type to find")
	s.write("add e-mail")
	s.do("enter")
	s.see("Add e-mail address")
	s.write("new.one@nowhere.example")
	s.discard()
	back(s)
	s.do("c")
	s.see("Create user")
	s.write("zed@nowhere.example")
	s.do("tab", "tab")
	s.discard()
	back(s)
	s.open("is:active has:passkey")
	s.do("l") // the server refuses, and says whom
	s.agree("Lock user", "is on hold")
	s.do("N")
	s.see("is on hold")
	s.do("esc")
	back(s)
}

func playMarks(s *tenMinutes) {
	s.do("/")
	s.write("is:active -has:passkey")
	s.do("enter")
	s.Quiet(300 * time.Millisecond)
	s.do("space", "space", "space")
	s.see("3 marked")
	s.do("b")
	s.agree("3 users", "Banned")
	back(s)
	s.do("z")
	s.see("Undo your ban: ")
	s.do("esc")
	s.do("v", "j", "j", "v")
	s.do("x")
	s.do("esc")
	s.do("B")
	s.do("esc", "esc", "esc")
	back(s)
}

func playScreens(s *tenMinutes) {
	s.do("@")
	s.see("What was sent")
	s.do("j", "j", "j", "enter")
	s.see("REQUEST")
	s.do("y")
	s.do("G", "g", "q")
	s.do("/")
	s.write("lock")
	s.do("enter", "esc", "q")
	back(s)
	s.do("A")
	s.see("as agreed on the phone")
	s.do("j", "j", "y")
	s.do("enter")
	s.see("Users › Journal › ")
	s.do("y")
	s.do("G", "g", "q")
	s.do("p")
	s.do("q")
	s.do("/")
	s.write("ban")
	s.do("esc", "q")
	back(s)
	s.do("N")
	s.do("G", "g", "esc")
	s.do("?")
	s.see("Help · Users")
	s.write("lock")
	s.do("down", "esc", "esc")
	back(s)
	s.do(":")
	s.write("12")
	s.do("enter")
	s.do(":")
	s.write("user_2abcdefghijklmnopqrstuvwxyz1")
	s.do("enter")
	back(s)
	s.do(":")
	s.write("journal")
	s.do("esc", "esc")
	back(s)
	s.do("T")
	s.do("esc")
	s.do("T")
	back(s)
}

func playRunbook(s *tenMinutes) {
	s.open("mail-relay") // her user name, half typed, is another text that nobody may see
	s.do("G", "g")
	s.do("7")
	s.see("session 1")
	s.do("G", "g")
	s.do("x")
	s.see("type to find")
	s.write("secure this")
	s.do("enter")
	s.see("case secure-")
	for range 16 {
		if s.Quiet(100 * time.Millisecond); strings.Contains(s.Screen(), "Summary for the ticket") {
			break
		}
		s.do("s")
	}
	s.see("Summary for the ticket")
	s.do("y")
	s.see("Copied the summary")
	back(s)
}

func playExports(s *tenMinutes) {
	for _, format := range []string{"CSV", "JSON"} {
		s.do("E")
		s.see("Export users")
		if format == "JSON" {
			s.do("right")
		}
		s.do("ctrl+s")
		s.agree("Export users", "Exported 1,248 users")
		s.see("." + strings.ToLower(format)) // or the next esc would cancel it
	}
}

func playWindow(s *tenMinutes) {
	for _, size := range [][2]int{{80, 24}, {60, 20}, {200, 50}, {120, 40}} {
		s.Resize(size[0], size[1])
		s.keep()
		s.do("j", "k")
		s.do("enter")
		s.Quiet(100 * time.Millisecond)
		s.keep()
		s.do("esc")
	}
	s.do("M")
	for y := 4; y < 10; y++ {
		s.Click(20, y)
		s.keep()
	}
	s.do("esc")
	s.do("M")
	s.Resize(140, 44)
	back(s)
}

func playInstance(s *tenMinutes) {
	s.do(":")
	s.write("instance")
	s.do("enter")
	s.keep()
	s.write("other")
	s.do("enter")
	s.see("Now on ")
	s.see("of 1,248")
	s.do("j", "enter")
	s.Quiet(300 * time.Millisecond)
	s.keep()
}
