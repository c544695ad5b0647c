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
	Keys    []string // as tea.Key.Keystroke spells them: "x", "ctrl+d", "enter", "space"
	Actions []string // action ids
	// Scope is where the keys count: "list", "person", "everywhere", or "last" for
	// keys that act only when no screen claims them. Two bindings of one scope
	// may not share a key, nor may one of "everywhere" and one of a screen.
	Scope string
}

// KeyMap is the product's keys: one table, from which dispatch, footer, help
// and palette are drawn.
type KeyMap struct {
	bindings []Binding
	byAction map[string][]string
}

// NewKeyMap checks the table: a key bound twice in one scope, or in
// "everywhere" and any other scope, is an error that names both.
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

func scopesOverlap(a, b string) bool {
	if a == b {
		return true
	}
	return a != "last" && b != "last" && (a == "everywhere" || b == "everywhere")
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
