package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strings"

	"github.com/alecthomas/kong"
)

// The exit statuses beside 0.
const (
	statusFound = 1 // the command ran and found something wrong: facts with problems, refused rows, too few right answers
	statusUsage = 2 // it could not run: a wrong flag, a missing folder, an unreadable file
)

// commands is the whole command line.
type commands struct {
	Start    startCommand    `cmd:"" default:"1" hidden:"" help:"Telegram where there is a token, else the chat in the terminal."`
	Ask      askCommand      `cmd:"" help:"Answer one question, or one a line of standard input."`
	Chart    chartCommand    `cmd:"" help:"Draw the answer to a question as a PNG picture."`
	Chat     chatCommand     `cmd:"" help:"Talk in the terminal: every question may refer to the one before."`
	Telegram telegramCommand `cmd:"" help:"Run the Telegram bot (TELEGRAM_BOT_TOKEN)."`
	Check    checkCommand    `cmd:"" help:"Read the facts, name every problem, ask the facts' own questions."`
	Import   importCommand   `cmd:"" help:"Take figures or projects from tidy tables (CSV, XLSX) into a facts folder."`
	Export   exportCommand   `cmd:"" help:"Write the figures as a tidy table."`
	Extract  extractCommand  `cmd:"" help:"Read the figures and projects out of the text of a report (.docx, .txt)."`
	Eval     evalCommand     `cmd:"" help:"Ask a question set and score the answers."`

	EvalExtract evalExtractCommand `cmd:"" help:"Read labelled passages of reports and score what was read."`

	Log     logCommand     `cmd:"" help:"List the revisions of the facts in the state: when, what, by whom, from which file."`
	Diff    diffCommand    `cmd:"" help:"Say what one revision of the facts, or folder, has otherwise than another."`
	Publish publishCommand `cmd:"" help:"Make a facts folder the newest revision in the state: every replica answers from it within a second."`
	Fetch   fetchCommand   `cmd:"" help:"Write the newest revision of the facts in the state into a folder."`
	Backup  backupCommand  `cmd:"" help:"Write all of the state to a file, while the bot runs."`
	Restore restoreCommand `cmd:"" help:"Put a backup in the place of what the state holds."`
	State   stateCommand   `cmd:"" help:"Move the state between SQLite and PostgreSQL."`
	Version versionCommand `cmd:"" help:"Say which build this is."`
}

// world is what a command sees of the world outside.
type world struct {
	in  io.Reader
	out io.Writer
	err io.Writer
	env func(string) string
	log *slog.Logger // of a running bot; nil: text, for the operator
}

// failure is an error that ends with a status of its own. A failure without an error has said already what is wrong.
type failure struct {
	status int
	err    error
}

func (f failure) Error() string {
	if f.err == nil {
		return fmt.Sprintf("status %d", f.status)
	}
	return f.err.Error()
}

func (f failure) Unwrap() error { return f.err }

// found is the failure of a command that has printed what it found wrong.
var found = failure{status: statusFound}

// run is the command: it returns the exit status.
func run(args []string, in io.Reader, out, errors io.Writer, env func(string) string) int {
	w := &world{in: in, out: out, err: visible{errors}, env: env}
	var cli commands
	var help bytes.Buffer
	exited := false
	parser, err := kong.New(&cli,
		kong.Name("bot"),
		kong.Description("Answers questions about official statistics from files of facts, in Vietnamese and English.\n\n"+
			"Without a command: Telegram where TELEGRAM_BOT_TOKEN is set, else the chat in the terminal."),
		kong.Writers(&help, &help),
		kong.Exit(func(int) { exited = true }),
		kong.Resolvers(resolver(args, env)),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, NoExpandSubcommands: true}),
	)
	if err != nil {
		return w.fail(err)
	}
	context, err := parser.Parse(args)
	if exited {
		return w.end(w.print(help.String()))
	}
	if err != nil {
		return w.end(usage(args, err))
	}
	return w.end(context.Run(w))
}

// usage is a mistake in the command line, with where to read on.
func usage(args []string, err error) error {
	command := ""
	for _, name := range []string{"ask", "chart", "chat", "telegram", "check", "import", "export", "extract", "eval", "eval-extract", "log", "diff", "publish", "fetch", "backup", "restore", "state", "version"} {
		if len(args) > 0 && args[0] == name {
			command = name + " "
		}
	}
	if command == "" && len(args) > 0 && strings.ContainsAny(args[0], " ?") {
		return fmt.Errorf("%q is no command; a question is asked with: bot ask %q", args[0], args[0])
	}
	return fmt.Errorf("%w; see: bot %s--help", err, command)
}

// end prints a command's error and gives its exit status.
func (w *world) end(err error) int {
	if err == nil {
		return 0
	}
	var f failure
	if errors.As(err, &f) {
		if f.err != nil {
			w.fail(f.err)
		}
		return f.status
	}
	return w.fail(err)
}

// fail prints an error in one line, or one line a problem.
func (w *world) fail(err error) int {
	fmt.Fprintln(w.err, "bot: "+err.Error())
	return statusUsage
}

// print writes to standard output.
func (w *world) print(text string) error {
	_, err := io.WriteString(w.out, text)
	return err
}
