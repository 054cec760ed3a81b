// Bench measures the bot against what bounds it and against how much there is, all in one run, prints the figures with their ratios and writes them into
// docs/performance.md. It is run by make bench; -short leaves out what takes minutes.
package main

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
	"time"
)

// bench is one run.
type bench struct {
	dir   string // for its files
	bot   string // the built binary
	short bool
	out   strings.Builder
}

func main() {
	short := flag.Bool("short", false, "leave out ten million figures and the long runs")
	page := flag.String("page", "docs/performance.md", "where the figures go, between its two marks; empty: nowhere")
	only := flag.String("only", "", "one section: start, webhook, update (after start), engine, floor, growth")
	flag.Parse()
	debug.SetGCPercent(400)    // as the bot has it
	if flag.Arg(0) == "echo" { // the bot that ours is measured against
		fmt.Fprintln(os.Stderr, echo(flag.Args()[1:]))
		os.Exit(1)
	}
	if err := run(*short, *page, *only); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(short bool, page, only string) error {
	dir, err := os.MkdirTemp("", "bench-*")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	b := &bench{dir: dir, bot: filepath.Join(dir, "bot"), short: short}
	c := exec.Command("go", "build", "-trimpath", "-ldflags=-s -w", "-o", b.bot, "./cmd/bot")
	c.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := c.CombinedOutput(); err != nil {
		return fmt.Errorf("%w\n%s", err, out)
	}
	begun := time.Now()
	b.say("Measured on %s by `make bench`.\n", time.Now().Format(time.DateOnly))
	b.machine()
	// What is started before this process has grown is measured first: the most memory that a process held counts what it was forked from.
	for _, s := range []struct {
		name string
		do   func() error
	}{{"start", b.start}, {"webhook", b.webhook}, {"update", b.update}, {"engine", b.engine}, {"floor", b.floor}, {"growth", b.growth}} {
		if only != "" && only != s.name {
			continue
		}
		if err := s.do(); err != nil {
			return fmt.Errorf("%s: %w", s.name, err)
		}
	}
	fmt.Printf("\n%.0f s\n", time.Since(begun).Seconds())
	if page == "" || only != "" || short {
		return nil
	}
	return b.write(page)
}

// say prints a line and keeps it for the page.
func (b *bench) say(format string, args ...any) {
	line := fmt.Sprintf(format, args...)
	fmt.Println(line)
	b.out.WriteString(line + "\n")
}

// table prints rows under their headings.
func (b *bench) table(title string, head []string, rows [][]string) {
	b.say("\n### %s\n", title)
	b.say("| %s |", strings.Join(head, " | "))
	b.say("|%s", strings.Repeat("---|", len(head)))
	for _, r := range rows {
		b.say("| %s |", strings.Join(r, " | "))
	}
}

// The marks between which the page has the figures.
const from, to = "<!-- figures: make bench -->", "<!-- end of figures -->"

func (b *bench) write(page string) error {
	data, err := os.ReadFile(page)
	if err != nil {
		return err
	}
	before, rest, ok := strings.Cut(string(data), from)
	_, after, ends := strings.Cut(rest, to)
	if !ok || !ends {
		return fmt.Errorf("%s: the marks %q and %q are not there", page, from, to)
	}
	return os.WriteFile(page, []byte(before+from+"\n"+b.out.String()+to+after), 0o644)
}

// machine says where the figures are from.
func (b *bench) machine() {
	cpu, memory := "", ""
	for _, f := range []struct {
		file, key string
		to        *string
	}{{"/proc/cpuinfo", "model name", &cpu}, {"/proc/meminfo", "MemTotal", &memory}} {
		data, _ := os.ReadFile(f.file)
		for line := range strings.Lines(string(data)) {
			if key, value, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(key) == f.key && *f.to == "" {
				*f.to = strings.TrimSpace(value)
			}
		}
	}
	version, _ := exec.Command("go", "env", "GOVERSION").Output()
	commit, _ := exec.Command("git", "rev-parse", "--short", "HEAD").Output()
	b.say("%s, %d cores, %s; %s; commit %s", cpu, cores(), memory, strings.TrimSpace(string(version)), strings.TrimSpace(string(commit)))
}

// quantile is the value below which a share of the sorted values lies.
func quantile(d []time.Duration, share float64) time.Duration {
	if len(d) == 0 {
		return 0
	}
	return d[int(share*float64(len(d)-1))]
}

// median of some values.
func median[T int | int64 | float64 | time.Duration](v []T) T {
	s := slices.Clone(v)
	slices.Sort(s)
	return s[len(s)/2]
}

func micro(d time.Duration) string { return fmt.Sprintf("%.1f µs", float64(d.Nanoseconds())/1e3) }
