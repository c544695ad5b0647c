package tui

import (
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
)

// Binding assigns keys to actions. Actions may share a binding if at most one of them
// applies at a time (ban and unban).
type Binding struct {
	Scope   Scope
	Actions []string // action ids
	Keys    []string // as tea.Key.Keystroke spells them: "x", "ctrl+d", "enter", "space"
}

// Scope is where a Binding's keys work: one of the constants, or the name of a screen.
// Two bindings may share a key only if their scopes are never active together.
type Scope string

const (
	ScopeAlways     Scope = "always"     // on every screen, over a dialog, in a text box
	ScopeEverywhere Scope = "everywhere" // on every screen
	ScopeFallback   Scope = "fallback"   // on every screen that does not use the key itself
	ScopeDialog     Scope = "dialog"     // in a question
	ScopeMenu       Scope = "menu"       // in the palette and the action menu
	ScopePage       Scope = "page"       // on the pages shown over a screen: help, notices
)

// KeyMap is the table of keys that dispatch, footer, help and palette read.
type KeyMap struct {
	bindings []Binding
	byAction map[string][]string
}

// NewKeyMap builds a KeyMap. A key claimed by two bindings of overlapping scopes is an
// error that names both.
func NewKeyMap(bindings []Binding) (*KeyMap, error) {
	k := &KeyMap{bindings: bindings, byAction: map[string][]string{}}
	for _, b := range bindings {
		for _, id := range b.Actions {
			k.byAction[id] = append(k.byAction[id], b.Keys...)
		}
	}
	if c := Conflicts(bindings); len(c) > 0 {
		return nil, fmt.Errorf("keys bound twice: %s", strings.Join(c, "; "))
	}
	return k, nil
}

// Conflicts describes every key that is claimed by two bindings of overlapping scopes.
func Conflicts(bindings []Binding) []string {
	var out []string
	for i, a := range bindings {
		for _, b := range bindings[i+1:] {
			if !scopesOverlap(a.Scope, b.Scope) {
				continue
			}
			for _, key := range a.Keys {
				if slices.Contains(b.Keys, key) {
					out = append(out, fmt.Sprintf("%s: %v and %v", key, a.Actions, b.Actions))
				}
			}
		}
	}
	return out
}

func scopesOverlap(a, b Scope) bool {
	over := func(s Scope) bool { return s == ScopeDialog || s == ScopeMenu || s == ScopePage }
	switch {
	case a == b, a == ScopeAlways, b == ScopeAlways:
		return true
	case a == ScopeFallback, b == ScopeFallback, over(a), over(b):
		return false
	}
	return a == ScopeEverywhere || b == ScopeEverywhere
}

// Keys returns an action's keys, the one to show first at the front.
func (k *KeyMap) Keys(action string) []string { return k.byAction[action] }

// Label returns an action's first key as it is displayed ("ctrl-d", "↑"), "" if it has
// none.
func (k *KeyMap) Label(action string) string {
	if keys := k.byAction[action]; len(keys) > 0 {
		return KeyLabel(keys[0])
	}
	return ""
}

// Match reports whether the key belongs to the action. A key that types text is matched
// by that text, so that "?" and "G" work on every layout.
func (k *KeyMap) Match(key tea.Key, action string) bool {
	keys := k.byAction[action]
	if len(keys) == 0 {
		return false
	}
	return slices.Contains(keys, key.Keystroke()) || key.Text != "" && slices.Contains(keys, key.Text)
}

// Find returns the first of the given actions that the key belongs to, preferring one
// that can be done now; ok is false if none has the key.
func (k *KeyMap) Find(key tea.Key, actions []Action) (found Action, ok bool) {
	for _, a := range actions {
		if !k.Match(key, a.ID) {
			continue
		}
		if a.Off == "" {
			return a, true
		}
		if !ok {
			found, ok = a, true
		}
	}
	return found, ok
}

// KeyLabel returns a keystroke as it is displayed.
func KeyLabel(keystroke string) string {
	switch keystroke {
	case "up":
		return "↑"
	case "down":
		return "↓"
	case "left":
		return "←"
	case "right":
		return "→"
	}
	return strings.ReplaceAll(strings.ReplaceAll(keystroke, "ctrl+", "ctrl-"), "shift+", "shift-")
}
