package main

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/alecthomas/kong"
)

// operations is what an administrator reads.
func operations(t *testing.T) string {
	t.Helper()
	page, err := os.ReadFile("../../docs/operations.md")
	if err != nil {
		t.Fatal(err)
	}
	return string(page)
}

// setting is a line of the table of settings.
type setting struct{ flag, variable, value string }

// settingRow is such a line, with a meaning behind; a dash stands for what there is not.
var settingRow = regexp.MustCompile("(?m)^\\| (?:`--([a-z-]+)`|–) \\| `([A-Z_]+)` \\| (?:`([^`]+)`|–) \\| [^|]+\\. \\|$")

// settings are those that the code has, by kong, with facts and the secrets, which have no flag.
func settings(t *testing.T) map[setting]bool {
	t.Helper()
	parser, err := kong.New(&commands{})
	if err != nil {
		t.Fatal(err)
	}
	all := map[setting]bool{}
	for secret := range where {
		all[setting{variable: secret}] = true
	}
	for _, command := range parser.Model.Children {
		if command.Name != "telegram" {
			continue
		}
		for _, f := range command.Flags {
			all[setting{f.Name, variable(f), f.Default}] = true
		}
	}
	return all
}

// Every setting stands in docs/operations.md with its flag, its variable and its default, and nothing that is none.
func TestSettingsInOperations(t *testing.T) {
	has, said := settings(t), map[setting]bool{}
	for _, m := range settingRow.FindAllStringSubmatch(operations(t), -1) {
		said[setting{m[1], m[2], m[3]}] = true
	}
	for s := range has {
		if !said[s] {
			t.Errorf("docs/operations.md lacks a line for %+v", s)
		}
	}
	for s := range said {
		if !has[s] {
			t.Errorf("docs/operations.md has a line for %+v, which is no setting, or not so", s)
		}
	}
	// what kong makes of the struct is what the resolver and the YAML file go by
	flags := map[string]bool{}
	for s := range has {
		if s.flag != "" {
			flags[s.flag] = true
		}
	}
	if !maps.Equal(flags, isSetting) {
		t.Errorf("the flags of bot telegram are %v, the settings %v", slices.Sorted(maps.Keys(flags)), slices.Sorted(maps.Keys(isSetting)))
	}
}

// variables are those of settings, wherever they are named.
var variables = regexp.MustCompile(`\b(?:BOT|TELEGRAM)_[A-Z_]+\b|\bDATABASE_URL\w*`)

// A variable that the documentation names is one.
func TestVariablesInOperations(t *testing.T) { namesVariables(t, "../../docs/operations.md") }

func namesVariables(t *testing.T, name string) {
	t.Helper()
	known := map[string]bool{}
	for s := range settings(t) {
		known[s.variable] = true
	}
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range variables.FindAllString(string(text), -1) {
		if !known[v] {
			t.Errorf("%s names %s, which is no variable of a setting", name, v)
		}
	}
}

// metricRow is a line of the table of metrics, with what it is and when to worry.
var metricRow = regexp.MustCompile("(?m)^\\| `(factbot_[a-z_]+)` \\| [^|]+ \\| [^|]+ \\|$")

// Every metric stands in docs/operations.md, and none that is not counted.
func TestMetricsInOperations(t *testing.T) {
	counted := metricNames(t)
	if len(counted) == 0 {
		t.Fatal("internal/metrics names no metric")
	}
	said := map[string]bool{}
	for _, m := range metricRow.FindAllStringSubmatch(operations(t), -1) {
		said[m[1]] = true
	}
	if !maps.Equal(counted, said) {
		t.Errorf("internal/metrics counts %v, docs/operations.md says %v", slices.Sorted(maps.Keys(counted)), slices.Sorted(maps.Keys(said)))
	}
}

// metricNames are the names in the source: a count that was never made is not shown, so they cannot be read from the metrics themselves.
func metricNames(t *testing.T) map[string]bool {
	t.Helper()
	files, err := filepath.Glob("../../internal/metrics/*.go")
	if err != nil {
		t.Fatal(err)
	}
	names := map[string]bool{}
	for _, name := range files {
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(f, func(n ast.Node) bool {
			if field, ok := n.(*ast.KeyValueExpr); ok {
				key, isIdent := field.Key.(*ast.Ident)
				value, isLit := field.Value.(*ast.BasicLit)
				if isIdent && isLit && key.Name == "Name" {
					names[strings.Trim(value.Value, `"`)] = true
				}
			}
			return true
		})
	}
	return names
}

// environment is a world's variables.
func environment(pairs map[string]string) func(string) string {
	return func(name string) string { return pairs[name] }
}

// settled are the settings of bot telegram as a command line, variables and a YAML file make them.
func settled(t *testing.T, file string, env map[string]string, args ...string) (*telegramCommand, error) {
	t.Helper()
	vars := maps.Clone(env)
	if vars == nil {
		vars = map[string]string{}
	}
	if file != "" {
		vars[configVariable] = written(t, "bot.yaml", file)
	}
	args = append([]string{"telegram"}, args...)
	var cli commands
	parser, err := kong.New(&cli, kong.Resolvers(resolver(args, environment(vars))), kong.Writers(io.Discard, io.Discard))
	if err != nil {
		t.Fatal(err)
	}
	_, err = parser.Parse(args)
	return &cli.Telegram, err
}

// written is a file of a test.
func written(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// The flag goes before the variable, that before the file, that before the default.
func TestSettingsOrder(t *testing.T) {
	for _, tt := range []struct {
		name    string
		file    string
		env     map[string]string
		args    []string
		setting func(*telegramCommand) any
		want    any
	}{
		{"default", "", nil, nil, func(c *telegramCommand) any { return c.Workers }, 32},
		{"file", "workers: 2", nil, nil, func(c *telegramCommand) any { return c.Workers }, 2},
		{"variable", "workers: 2", map[string]string{"BOT_WORKERS": "3"}, nil, func(c *telegramCommand) any { return c.Workers }, 3},
		{"flag", "workers: 2", map[string]string{"BOT_WORKERS": "3"}, []string{"--workers=4"}, func(c *telegramCommand) any { return c.Workers }, 4},
		{"an empty variable is none", "workers: 2", map[string]string{"BOT_WORKERS": ""}, nil, func(c *telegramCommand) any { return c.Workers }, 2},
		{"a variable of another name", "api-url: http://file", map[string]string{"TELEGRAM_API_URL": "http://variable"}, nil,
			func(c *telegramCommand) any { return c.APIURL }, "http://variable"},
		{"its flag", "", map[string]string{"TELEGRAM_API_URL": "http://variable"}, []string{"--api-url", "http://flag"},
			func(c *telegramCommand) any { return c.APIURL }, "http://flag"},
		{"facts", "facts: a", map[string]string{"BOT_FACTS": "b"}, nil, func(c *telegramCommand) any { return c.Facts }, "b"},
		{"a time", "keep-talk: 20m", nil, nil, func(c *telegramCommand) any { return c.KeepTalk.String() }, "20m0s"},
		{"several", `admins: "1,2"`, nil, nil, func(c *telegramCommand) any { return len(c.Admins) }, 2},
		{"text as it stands", "replica: 007", nil, nil, func(c *telegramCommand) any { return c.Replica }, "007"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c, err := settled(t, tt.file, tt.env, tt.args...)
			if err != nil {
				t.Fatal(err)
			}
			if got := tt.setting(c); got != tt.want {
				t.Errorf("got %v, want %v", got, tt.want)
			}
		})
	}
}

// The file that a flag names goes before that of the variable.
func TestSettingsFile(t *testing.T) {
	of := written(t, "flag.yaml", "depth: 5")
	for _, args := range [][]string{{"--config", of}, {"--config=" + of}} {
		if c, err := settled(t, "depth: 6", nil, args...); err != nil || c.Depth != 5 {
			t.Errorf("%v: %v, %v", args, c, err)
		}
	}
}

// What is no setting, or no value of it, is refused, with the line where there is one.
func TestSettingsRefused(t *testing.T) {
	for _, tt := range []struct {
		name string
		file string
		env  map[string]string
		args []string
		want string // of the error
	}{
		{"unknown key", "# of the bot\nworkers: 2\n\nwrokers: 3\n", nil, nil, `bot.yaml:4: there is no setting "wrokers"`},
		{"a secret", "telegram-bot-token: x", nil, nil, `bot.yaml:1: there is no setting "telegram-bot-token"`},
		{"a file within the file", "config: other.yaml", nil, nil, `bot.yaml:1: there is no setting "config"`},
		{"twice", "depth: 2\ndepth: 3", nil, nil, "bot.yaml:2:"},
		{"a list", "depth: 2\nworkers: [1]", nil, nil, "bot.yaml:2:10: workers:"},
		{"no number in the file", "depth: many", nil, nil, "--depth"},
		{"no number in the variable", "", map[string]string{"BOT_DEPTH": "many"}, nil, "--depth"},
		{"no such form of the log", "", map[string]string{"BOT_LOG": "xml"}, nil, `"text","json"`},
		{"no such file", "", map[string]string{configVariable: "nowhere.yaml"}, nil, "nowhere.yaml: there is no such file"},
		{"a secret as a flag", "", nil, []string{"--token=x"}, "unknown flag --token"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := settled(t, tt.file, tt.env, tt.args...)
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v, want %q", err, tt.want)
			}
		})
	}
}

// A secret is that of its variable, else that of the file which is named; an empty file is a mistake, as is one that is not there.
func TestSecrets(t *testing.T) {
	full, empty := written(t, "full", "  from-file\n"), written(t, "empty", " \n")
	for secret, flag := range where {
		for _, tt := range []struct {
			name string
			env  map[string]string
			args []string
			want string
			err  string
		}{
			{"none", nil, nil, "", ""},
			{"variable", map[string]string{secret: " from-variable\n"}, nil, "from-variable", ""},
			{"file by its variable", map[string]string{secret + "_FILE": full}, nil, "from-file", ""},
			{"file by its flag", nil, []string{"--" + flag, full}, "from-file", ""},
			{"variable before file", map[string]string{secret: "from-variable", secret + "_FILE": full}, nil, "from-variable", ""},
			{"empty file", map[string]string{secret + "_FILE": empty}, nil, "", "--" + flag + ": " + empty + " is empty"},
			{"no such file", map[string]string{secret + "_FILE": "nowhere"}, nil, "", "--" + flag + ": the file that is named: no such file or directory"},
		} {
			t.Run(secret+" "+tt.name, func(t *testing.T) {
				c, err := settled(t, "", tt.env, tt.args...)
				if err != nil {
					t.Fatal(err)
				}
				got, err := c.secret(&world{env: environment(tt.env)}, secret)
				if got != tt.want || tt.err == "" && err != nil || tt.err != "" && (err == nil || err.Error() != tt.err) {
					t.Errorf("got %q, %v; want %q, %q", got, err, tt.want, tt.err)
				}
			})
		}
	}
}

// Mistakes in the settings are one line and the status of a command that could not run.
func TestSettingsStatus(t *testing.T) {
	for name, env := range map[string]map[string]string{
		"empty secret":    {tokenVariable + "_FILE": written(t, "empty", "")},
		"unknown setting": {configVariable: written(t, "bot.yaml", "colour: red")},
		"no token":        nil,
	} {
		var out, errs bytes.Buffer
		status := run([]string{"telegram"}, strings.NewReader(""), &out, &errs, environment(env))
		if status != statusUsage || out.Len() > 0 || strings.Count(errs.String(), "\n") != 1 {
			t.Errorf("%s: status %d, %q, %q", name, status, out.String(), errs.String())
		}
	}
}

// The helpers name a field as kong does.
func TestSettingNames(t *testing.T) {
	for field, want := range map[string]string{"APIURL": "api-url", "DatabaseURLFile": "database-url-file", "KeepTalk": "keep-talk", "Log": "log"} {
		f, ok := reflect.TypeFor[running]().FieldByName(field)
		if !ok {
			t.Fatalf("there is no field %s", field)
		}
		if got := settingName(f); got != want {
			t.Errorf("%s is %q, want %q", field, got, want)
		}
	}
	if got := variableOf("keep-talk"); got != "BOT_KEEP_TALK" {
		t.Error(got)
	}
}

// A variable that the files of deploy/ set is one: a mistyped name would be passed over in silence.
func TestVariablesInDeploy(t *testing.T) {
	for _, name := range []string{"factbot.service", "Dockerfile", "compose.yaml"} {
		namesVariables(t, filepath.Join("../../deploy", name))
	}
}
