package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"reflect"
	"regexp"
	"strings"
	"sync"
	"time"

	"github.com/alecthomas/kong"

	"factbot/internal/strictyaml"
)

// The settings that are secret have no flag, where everybody on the machine could read them: they stand in a variable of the environment, or in a
// file that NAME_FILE names.
const (
	tokenVariable    = "TELEGRAM_BOT_TOKEN" //nolint:gosec // the name of a variable
	databaseVariable = "DATABASE_URL"
	keyVariable      = "BOT_STATE_KEY"
	secretVariable   = "BOT_WEBHOOK_SECRET" //nolint:gosec // the name of a variable
	configVariable   = "BOT_CONFIG"
)

// where is which file of secrets a setting names.
var where = map[string]string{tokenVariable: "token-file", databaseVariable: "database-url-file", keyVariable: "state-key-file", secretVariable: "webhook-secret-file"}

// running is how the bot runs on Telegram. Every setting is a flag, a variable of the environment (--data is BOT_DATA), or a line of the YAML file; the
// flag goes first, then the variable. docs/operations.md has them as a table, which a test holds to this.
type running struct {
	Config string `placeholder:"FILE" help:"A YAML file with settings: the names of the flags, a line each."`

	TokenFile         string `env:"TELEGRAM_BOT_TOKEN_FILE" placeholder:"FILE" help:"Holds the bot's token (else TELEGRAM_BOT_TOKEN)."`
	DatabaseURLFile   string `name:"database-url-file" env:"DATABASE_URL_FILE" placeholder:"FILE" help:"Holds the address of a PostgreSQL (else DATABASE_URL)."`
	StateKeyFile      string `env:"BOT_STATE_KEY_FILE" placeholder:"FILE" help:"Holds the key of the state (else BOT_STATE_KEY); without any, DIR/state.key, made at the first start."`
	WebhookSecretFile string `env:"BOT_WEBHOOK_SECRET_FILE" placeholder:"FILE" help:"Holds the webhook's secret (else BOT_WEBHOOK_SECRET); without any it comes of the key of the state."`

	APIURL  string  `name:"api-url" env:"TELEGRAM_API_URL" placeholder:"URL" help:"The Bot API server; without it Telegram's own."`
	Data    string  `placeholder:"DIR" help:"Where the state lives (state.db); without it ~/.local/state/factbot, below that a folder for each bot."`
	Replica string  `placeholder:"NAME" help:"Names this process among several on one PostgreSQL; without it the name of the machine and the process."`
	Admins  []int64 `placeholder:"ID" help:"Telegram ids of the people who are told when something is wrong, and who propose and apply updates of the facts."`

	Editors             []int64           `placeholder:"ID" help:"Telegram ids of the people who propose updates of the facts."`
	Approvers           []int64           `placeholder:"ID" help:"Telegram ids of the people who apply them."`
	RequireSecondPerson bool              `help:"An update needs another person than the one who proposed it."`
	AdminAreas          map[string]string `mapsep:";" placeholder:"ID=AREA+AREA" help:"Areas that one of these people is limited to, by their ids; several people with semicolons."`

	WebhookURL         string `name:"webhook-url" placeholder:"URL" help:"Updates are delivered there (https); without it they are polled for."`
	WebhookListen      string `default:":8443" placeholder:"ADDRESS" help:"Where deliveries are taken."`
	WebhookCert        string `placeholder:"FILE" help:"The certificate, where TLS does not end at a proxy before."`
	WebhookKey         string `placeholder:"FILE" help:"Its key."`
	WebhookConnections int    `default:"40" placeholder:"N" help:"Deliveries at the same time, 1 to 100."`
	WebhookCalls       bool   `help:"Answers go out by calls of their own, not in the response to a delivery."`
	AdminListen        string `placeholder:"ADDRESS" help:"Where /healthz, /readyz and /metrics are; without it nowhere."`

	Workers int     `default:"32" placeholder:"N" help:"Questions in work at the same time."`
	Depth   int     `default:"20" placeholder:"N" help:"Updates that may wait in one chat."`
	Waiting int     `default:"2048" placeholder:"N" help:"Updates that may wait in all chats."`
	Pace    float64 `default:"1" placeholder:"N" help:"Messages a second in a private chat, beyond a burst; 0: any number."`
	Burst   int     `default:"20" placeholder:"N" help:"Messages at once in a chat."`

	KeepTalk      time.Duration `default:"30m" placeholder:"TIME" help:"How long a question may refer back to the one before."`
	KeepAnswers   time.Duration `default:"48h" placeholder:"TIME" help:"How long an edited question has its answer edited."`
	KeepPeople    time.Duration `default:"9600h" placeholder:"TIME" help:"How long a person's settings are kept after their last use."`
	KeepQuestions time.Duration `default:"2160h" placeholder:"TIME" help:"How long questions are kept, without whoever asked."`

	Log      string `enum:"text,json" default:"text" help:"The form of the log: text or json."`
	LogLevel string `enum:"debug,info,warn,error" default:"info" help:"The least that is logged: debug, info, warn, error."`
}

// resolver fills the flags that the command line leaves out: from the environment, then from the file, which is read when a setting is wanted.
func resolver(args []string, env func(string) string) kong.Resolver {
	read := sync.OnceValues(func() (map[string]strictyaml.Digits, error) { return settingsFile(args, env) })
	return kong.ResolverFunc(func(_ *kong.Context, parent *kong.Path, flag *kong.Flag) (any, error) {
		if !isSetting[flag.Name] || flag.Name == "facts" && parent.Command != nil && parent.Command.Name == "import" { // what is imported into is said
			return nil, nil
		}
		if v := env(variable(flag)); v != "" {
			return v, nil
		}
		file, err := read()
		if err != nil {
			return nil, err
		}
		if v, ok := file[flag.Name]; ok {
			return v.Text, nil
		}
		return nil, nil
	})
}

// variable is the variable of the environment that a flag has.
func variable(flag *kong.Flag) string {
	if name := flag.Tag.Get("env"); name != "" {
		return name
	}
	return variableOf(flag.Name)
}

func variableOf(flag string) string {
	return "BOT_" + strings.ToUpper(strings.ReplaceAll(flag, "-", "_"))
}

// isSetting has the names of all settings, and facts.
var isSetting = func() map[string]bool {
	names := map[string]bool{"facts": true}
	t := reflect.TypeFor[running]()
	for i := range t.NumField() {
		names[settingName(t.Field(i))] = true
	}
	return names
}()

// settingName is the flag of a field.
func settingName(f reflect.StructField) string {
	if name := f.Tag.Get("name"); name != "" {
		return name
	}
	var b strings.Builder
	for i, r := range f.Name {
		if i > 0 && r >= 'A' && r <= 'Z' {
			b.WriteByte('-')
		}
		b.WriteRune(r)
	}
	return strings.ToLower(b.String())
}

// settingLine is a line of a file of settings.
var settingLine = regexp.MustCompile(`(?m)^[a-z-]+:(\s|$)`)

// settingsFile reads the YAML file that --config or BOT_CONFIG names.
func settingsFile(args []string, env func(string) string) (map[string]strictyaml.Digits, error) {
	name := env(configVariable)
	for i, arg := range args {
		if value, ok := strings.CutPrefix(arg, "--config="); ok {
			name = value
		} else if arg == "--config" && i+1 < len(args) {
			name = args[i+1]
		}
	}
	if name == "" {
		return nil, nil
	}
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, missing(err)
	}
	if !settingLine.Match(data) { // it may be a file of secrets, of which nothing is to be quoted
		return nil, fmt.Errorf("%s: is no file of settings, which has lines as  log: json", name)
	}
	var file map[string]strictyaml.Digits
	if problems := strictyaml.Load(name, data, &file); len(problems) > 0 {
		var lines []string
		for _, p := range problems {
			lines = append(lines, p.String())
		}
		return nil, errors.New(strings.Join(lines, "\n"))
	}
	for key, value := range file {
		if !isSetting[key] || key == "config" {
			return nil, fmt.Errorf("%s:%d: there is no setting %q; see docs/operations.md", name, value.Pos.Line, key)
		}
	}
	return file, nil
}

// secret is a secret setting: from its variable, else from the file that is named; empty where there is none.
func (r *running) secret(w *world, name string) (string, error) {
	if v := strings.TrimSpace(w.env(name)); v != "" {
		return v, nil
	}
	file := map[string]string{tokenVariable: r.TokenFile, databaseVariable: r.DatabaseURLFile, keyVariable: r.StateKeyFile, secretVariable: r.WebhookSecretFile}[name]
	if file == "" {
		return "", nil
	}
	data, err := os.ReadFile(file)
	var of *fs.PathError
	if errors.As(err, &of) { // without the name: the secret itself may have been given for a file
		return "", fmt.Errorf("--%s: the file that is named: %w", where[name], of.Err)
	}
	if err != nil {
		return "", fmt.Errorf("--%s: the file cannot be read", where[name])
	}
	v := strings.TrimSpace(string(data))
	if v == "" {
		return "", fmt.Errorf("--%s: %s is empty", where[name], file)
	}
	return v, nil
}
