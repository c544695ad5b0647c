package tui

import (
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
)

// Binding gives keys to actions. Several actions share a binding only where at
// most one of them applies at a time (ban and unban).
type Binding struct {
	Scope   Scope
	Actions []string // action ids
	Keys    []string // as tea.Key.Keystroke spells them: "x", "ctrl+d", "enter", "space"
}

// Scope is where a Binding's keys count. Besides these, the name of a screen is one.
// Two bindings may share a key only where their scopes are never in force together.
type Scope string

const (
	ScopeAlways     Scope = "always"     // on every screen, over a dialog, in a text box
	ScopeEverywhere Scope = "everywhere" // on every screen
	ScopeFallback   Scope = "fallback"   // on every screen that has no use for the key itself
	ScopeDialog     Scope = "dialog"     // in a question
	ScopeMenu       Scope = "menu"       // in the palette and the action menu
	ScopePage       Scope = "page"       // on the pages that lie over a screen: help, notices
)

// KeyMap is the table of keys that dispatch, footer, help and palette read.
type KeyMap struct {
	bindings []Binding
	byAction map[string][]string
}

// NewKeyMap builds a KeyMap. A key that two bindings of overlapping scopes claim is an
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

// Conflicts names every key that two bindings of overlapping scopes claim.
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

// Keys are an action's keys, the one to show first.
func (k *KeyMap) Keys(action string) []string { return k.byAction[action] }

// Label is an action's first key as people read it ("ctrl-d", "↑"), "" when it has none.
func (k *KeyMap) Label(action string) string {
	if keys := k.byAction[action]; len(keys) > 0 {
		return KeyLabel(keys[0])
	}
	return ""
}

// Match says whether the key belongs to the action. A key with text is matched
// by what it typed, so that "?" and "G" work on every layout.
func (k *KeyMap) Match(key tea.Key, action string) bool {
	keys := k.byAction[action]
	if len(keys) == 0 {
		return false
	}
	return slices.Contains(keys, key.Keystroke()) || key.Text != "" && slices.Contains(keys, key.Text)
}

// Find is the first action the key belongs to among those given, preferring one
// that can be done now; ok is false when none has the key.
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

// KeyLabel writes a keystroke as people read it.
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
