package users

import (
	"context"
	"errors"
	"io/fs"
	"path/filepath"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/api/search"
	"frontdesk/tui"
	"frontdesk/views/export"
	"frontdesk/views/mask"
	"frontdesk/views/userfmt"
	"frontdesk/views/users/pages"
)

const (
	exportTask = "users.export"
	// exportDeadline is enough to look at a million users at a tenth of a rate limit.
	exportDeadline = 12 * time.Hour
)

// exportJob is one list and the file that it goes to. It is read in a task, so it has
// nothing of the View.
type exportJob struct {
	search  search.Search
	query   api.Query
	client  *api.Client
	rate    search.Rate
	pause   func(context.Context, time.Duration) error
	now     func() time.Time
	mask    *mask.Mask
	path    string
	shown   string // the path as it is written
	isJSON  bool
	replace bool
}

// exportedMsg says how an export ended.
type exportedMsg struct {
	job                        exportJob
	found, scanned, unreadable int
	err                        error
}

// exportAction writes everybody who is found into a file, or stops that.
func (v *View) exportAction() tui.Action {
	if v.isExporting {
		return tui.Action{ID: "list.export", Title: "Stop the export", FooterLabel: "stop export", Group: groupFind, FooterRank: 6,
			Help: "No file is written.", Do: func() tea.Cmd { return tui.Cancel(exportTask) }}
	}
	return tui.Action{ID: "list.export", Title: "Export", FooterLabel: "export", Group: groupFind, Off: v.exportOffReason(),
		Help: "Writes everybody who is found, on all pages, into a CSV or JSON file.", Do: func() tea.Cmd { return tui.Ask(v.exportPrompt()) }}
}

func (v *View) exportOffReason() string {
	if list, ok := v.env.Catalogue.Get("get_user_list"); ok {
		if why := v.env.Catalogue.Forbidden(list, nil); why != "" {
			return why
		}
	}
	switch stage := v.feed.stage(); {
	case stage == stageRows && v.feed.want == v.feed.shown:
		return ""
	case v.feed.want.state == running:
		return "still reading"
	}
	return "there is nobody to export"
}

// exportPrompt asks for format and file.
func (v *View) exportPrompt() tui.Prompt {
	home := v.env.Home
	name := "~/frontdesk-users-" + v.env.Now().Format(time.DateOnly) + ".csv"
	job := v.newExportJob()
	return tui.Prompt{
		Tier: tui.T2, Title: "Export users", Subject: []string{v.exportSubject()}, Verb: "Export", ReadOnly: true,
		Fields: []tui.Field{
			{Name: "format", Label: "Format", Kind: tui.FieldChoice, Choices: []string{"CSV", "JSON"}, Value: "CSV", Required: true},
			{Name: "file", Label: "File", Value: name, Required: true, Validate: func(typed string) string {
				if path, _ := exportPath(typed, "CSV", home); !filepath.IsAbs(path) {
					return "give a whole path, like " + name
				}
				return ""
			}},
		},
		EffectsFor: func(a tui.Answers) []string {
			_, shown := exportPath(a["file"], a["format"], home)
			return job.effects(shown, a["format"])
		},
		OnConfirm: func(a tui.Answers) tea.Cmd {
			job.path, job.shown = exportPath(a["file"], a["format"], home)
			job.isJSON = a["format"] == "JSON"
			return v.startExport(job)
		},
	}
}

func (v *View) newExportJob() exportJob {
	shown := v.feed.shown
	q := shown.query.apiQuery(pages.Request{})
	q.Limit = search.PageRows
	return exportJob{search: shown.query.needle.Search, query: q, client: v.env.Client, rate: scanPace(v.env), pause: v.env.Pause, now: v.env.Now, mask: v.env.Mask}
}

// exportSubject says who is exported.
func (v *View) exportSubject() string {
	if v.feed.shown.query.needle.Empty() {
		return "all users"
	}
	return "everybody found by " + v.feed.shown.query.needle.Typed
}

func (j exportJob) effects(shown, format string) []string {
	columns := "one row a person: id, names, address, number, status, times"
	if format == "JSON" {
		columns = "everything that the service says of each person"
	}
	out := []string{"writes " + shown, columns}
	if j.mask.On() {
		out = append(out, "names, addresses, numbers and ids are masked, as on the screen")
	} else {
		out = append(out, "it holds personal data; only you can read the file")
	}
	if j.search.NeedsScan() {
		out = append(out, "the service cannot filter by this, so everybody is checked page by page")
	}
	return out
}

// exportPath returns the file for what was typed, with the ending of its format, and how
// it is shown.
func exportPath(typed, format, home string) (path, shown string) {
	typed = strings.TrimSpace(typed)
	ending := "." + strings.ToLower(format)
	if old := filepath.Ext(typed); (old == ".csv" || old == ".json") && old != ending {
		typed = strings.TrimSuffix(typed, old)
	}
	if typed != "" && !strings.HasSuffix(typed, "/") && filepath.Ext(typed) != ending {
		typed += ending
	}
	if rest, ok := strings.CutPrefix(typed, "~/"); ok && home != "" {
		return filepath.Join(home, rest), clean.NewText(typed).Display()
	}
	return filepath.Clean(typed), clean.NewText(typed).Display()
}

func (v *View) startExport(job exportJob) tea.Cmd {
	v.isExporting = true
	return tui.Run(tui.Task{Key: exportTask, Title: "Exporting", Deadline: exportDeadline, Run: func(ctx context.Context, report func(tui.Progress)) tea.Msg {
		return job.run(ctx, report)
	}})
}

// run reads everybody and writes the file.
func (j exportJob) run(ctx context.Context, report func(tui.Progress)) tea.Msg {
	done := exportedMsg{job: j}
	file, err := export.Create(j.path, j.replace)
	if err != nil {
		done.err = err
		return done
	}
	w := export.NewCSV(file, false)
	if j.isJSON {
		w = export.NewJSON(file)
	}
	w = export.Masked(w, j.mask)
	if err := errors.Join(j.readAll(ctx, w, report, &done), w.Close(), ctx.Err()); err != nil {
		file.Drop()
		done.err = err
		return done
	}
	done.err = file.Finish()
	return done
}

// readAll writes everybody who matches, page by page.
func (j exportJob) readAll(ctx context.Context, w export.Writer, report func(tui.Progress), done *exportedMsg) error {
	total, err := j.client.CountUsers(ctx, j.query)
	if err != nil {
		return err
	}
	turns := search.Limiter{Rate: j.rate}
	walk := search.Scan{Query: j.query, Total: total}
	for !walk.IsDone() {
		report(tui.Progress{Done: walk.Scanned, Total: max(total, walk.Scanned)})
		if err := j.pause(ctx, turns.Reserve(j.now())); err != nil {
			return err
		}
		var page []api.User
		if page, walk, err = walk.NextPage(ctx, j.client); err != nil {
			return err
		}
		found := j.search.FilterPage(page, j.now())
		if err := w.WritePage(found); err != nil {
			return err
		}
		done.found += len(found)
		done.scanned, done.unreadable = walk.Scanned, walk.Unreadable
	}
	return nil
}

// takeExport says how an export ended, or asks whether a file may be replaced.
func (v *View) takeExport(msg exportedMsg) tea.Cmd {
	v.isExporting = false
	job := msg.job
	switch {
	case errors.Is(msg.err, fs.ErrExist):
		return tui.Ask(v.replacePrompt(job))
	case msg.err != nil:
		return tui.Notify(tui.Toast{ID: exportTask, Tone: tui.ToneBad, Text: "Nothing was exported: " + v.env.Mask.Text(exportProblem(msg.err)), Next: "No file was written."})
	}
	toast := tui.Toast{ID: exportTask, Tone: tui.ToneOK, Text: "Exported " + userfmt.Count(msg.found, "user") + " to " + job.shown}
	switch {
	case job.search.NeedsScan() && msg.unreadable > 0:
		toast.Tone, toast.Next = tui.ToneWarn, userfmt.Number(msg.unreadable)+" of the "+userfmt.Number(msg.scanned)+" checked could not be read and may match."
	case job.search.NeedsScan():
		toast.Next = "All " + userfmt.Number(msg.scanned) + " were checked."
	case job.mask.On():
		toast.Next = "Names, addresses, numbers and ids are masked."
	default:
		toast.Next = "It holds personal data; only you can read it."
	}
	return tui.Notify(toast)
}

func (v *View) replacePrompt(job exportJob) tui.Prompt {
	return tui.Prompt{
		Tier: tui.T2, Title: "Replace the file", Tone: tui.ToneWarn, Subject: []string{job.shown}, Verb: "Replace",
		Effects: []string{"there is a file of this name; the export takes its place"},
		OnConfirm: func(tui.Answers) tea.Cmd {
			job.replace = true
			return v.startExport(job)
		},
	}
}

// exportProblem says in words why a file could not be written.
func exportProblem(err error) string {
	var path *fs.PathError
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "there is no such folder"
	case errors.Is(err, fs.ErrPermission):
		return "you may not write there"
	case errors.As(err, &path):
		return clean.NewText(path.Err.Error()).Display()
	}
	return clean.Sentence(err.Error())
}

// noteExportTask notices an export that was stopped.
func (v *View) noteExportTask(msg tui.TaskMsg) tea.Cmd {
	if msg.Key != exportTask || msg.Running || msg.Err == nil || !v.isExporting {
		return nil
	}
	v.isExporting = false
	if !errors.Is(msg.Err, context.Canceled) {
		return nil // the shell says what happened
	}
	return tui.Notify(tui.Toast{ID: exportTask, Tone: tui.ToneInfo, Text: "The export was stopped; no file was written"})
}
