package e2e

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The privacy mask has one gate: a screen draws the copy of a user that Env.Shown
// returns, and sentences are made of such copies. These are the files that may put a
// text of the API into words; who adds one sees to it that it is given masked data.
var wordingFiles = map[string]string{
	"userfmt/address.go": "words for what it is given", "userfmt/findings.go": "Env.Findings masks them", "userfmt/name.go": "words for what it is given", "userfmt/verdict.go": "Env.VerdictOf masks them",
	"user/card_parts.go": "given the shown user", "user/detail_head.go": "draws Shown", "user/read_user.go": "copies Shown",
	"user/tab_accounts.go": "drawn with Shown", "user/tab_contact.go": "drawn with Shown", "user/tab_metadata.go": "drawn with Shown",
	"user/tab_organizations.go": "draws masked copies", "user/tab_overview.go": "drawn with Shown", "user/tab_security.go": "drawn with Shown",
	"user/tab_sessions.go": "draws masked copies", "user/errors.go": "shown through Mask.Text",
	"user/detail.go": "keys of tasks", "user/remote_list.go": "keys of tasks", "user/tab_activity.go": "keys of tasks",
	"action/wording/effects.go": "given the shown attempt", "action/wording/ending.go": "given ShownOutcome",
	"action/wording/outcome.go": "given ShownOutcome", "action/wording/people.go": "given masked users", "action/wording/wording.go": "given the shown attempt",
	"action/part.go": "keys of tasks", "action/row.go": "a session's state", "action/result.go": "shown through Mask.Value",
	"action/question.go": "a file's name", "action/typed.go": "typed from the shown user", "action/attempt.go": "keys of tasks",
	"action/metadata_value.go": "off under the mask",
	"action/reason.go":         "the configuration's; the operator's own while the mask leaves them as they are",
	"action/form.go":           "values of fields, which Mask.Field hides", "action/path.go": "the operator's files", "savedsearch/savedsearch.go": "the operator's file",
	"action/undo_history.go": "titles of operations", "action/undo_read.go": "given what Mask.Named returns",
	"runbook/export.go": "keys of tasks; paths, which are asked for only without the mask", "runbook/plan.go": "shown through Mask.Value",
	"runbook/resume.go": "keys of tasks", "runbook/sequences.go": "given the shown user", "runbook/view.go": "draws Shown; keys of tasks",
	"command/why.go":           "draws Shown",
	"users/localsearch/row.go": "searched, and drawn of masked rows",
	"command/answer.go":        "given masked users", "command/command.go": "written through the mask", "command/find.go": "written through the mask",
	"command/how_to_look.go": "written through the mask", "command/run.go": "written through the mask", "command/user_writer.go": "given masked users", "export/writer.go": "given masked users", "users/export.go": "a path that the operator typed",
	"journal/words.go":        "Words.show is the way of a record's text to the screen",
	"action/journal_start.go": "given what Mask.Named returns", "command/journal/writers.go": "given masked entries",
	"command/place/place.go":   "the operator's configuration",
	"command/config/config.go": "the operator's file", "command/config/show.go": "the operator's file", "command/directory/directory.go": "the operator's file",
	"requests/requests.go": "given masked exchanges", "instances/instances.go": "the address of an instance",
	"command/doctor/journal.go": "the operator's machine", "command/doctor/service.go": "the operator's machine", "command/doctor/setup.go": "the operator's machine", "command/doctor/terminal.go": "the operator's machine",
	"mask/mask.go": "the mask", "mask/kinds.go": "the mask",
}

// textMethods make text of a clean.Text for somebody to see.
var textMethods = map[string]bool{"Display": true, "Clipboard": true, "CSV": true}

// describers are the functions of userfmt that say who somebody is.
var describers = map[string]bool{"Name": true, "NameAndAddress": true, "Identify": true, "FullName": true, "Findings": true}

// taskKeys are texts that are part of a task's or a notice's key, which nobody sees.
var taskKeys = map[string]bool{"d.user.ID": true, "v.user.ID": true, "l.detail.user.ID": true, "t.detail.user.ID": true, "a.user.ID": true, "c.User.ID": true, "out.User.ID": true, "f.Seen.ID": true, "o.Seen.ID": true, "r.user.ID": true}

func TestMask_ScreensPutOnlyMaskedPeopleIntoWords(t *testing.T) {
	root := filepath.Join("..", "..", "views")
	used := map[string]bool{}
	require.NoError(t, filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		rel, err := filepath.Rel(root, path)
		require.NoError(t, err)
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		require.NoError(t, err)
		name := filepath.ToSlash(rel)
		ast.Inspect(file, func(n ast.Node) bool {
			call, is := n.(*ast.CallExpr)
			if !is {
				return true
			}
			method, is := call.Fun.(*ast.SelectorExpr)
			if !is {
				return true
			}
			switch of := chain(method.X); {
			case textMethods[method.Sel.Name] && len(call.Args) == 0:
				used[name] = true
				assert.NotEmpty(t, wordingFiles[name], "%s: %s.%s() shows a text that has not passed the mask", name, of, method.Sel.Name)
				assert.False(t, isOriginal(of) && !taskKeys[of] && !isGivenMasked(name), "%s: %s is the original and not its masked copy", name, of)
			case of == "userfmt" && describers[method.Sel.Name] && !isGivenMasked(name):
				for _, arg := range call.Args {
					assert.False(t, isOriginal(chain(arg)), "%s: userfmt.%s(%s) names the original and not its masked copy", name, method.Sel.Name, chain(arg))
				}
			}
			return true
		})
		return nil
	}))
	for name := range wordingFiles {
		assert.True(t, used[name] || strings.HasPrefix(name, "mask/"), "%s makes no text any more", name)
	}
}

// isOriginal reports whether an expression is a user that a screen keeps, or a part of
// one, and not one that it was given to draw.
func isOriginal(of string) bool {
	if strings.HasPrefix(of, "shown.") {
		return false
	}
	for _, field := range []string{".user", ".User", ".Seen"} {
		if strings.HasSuffix(of, field) || strings.Contains(of, field+".") {
			return true
		}
	}
	return false
}

// isGivenMasked reports whether a file's structs are of masked users.
func isGivenMasked(name string) bool {
	return strings.HasPrefix(name, "action/wording/") || strings.HasPrefix(name, "command/") || strings.HasPrefix(name, "userfmt/") || strings.HasPrefix(name, "mask/")
}

// chain is an expression like d.user.ID, "" where it is another.
func chain(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		if of := chain(e.X); of != "" {
			return of + "." + e.Sel.Name
		}
	}
	return ""
}
