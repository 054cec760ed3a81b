package main

import (
	"fmt"
	"io"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"syscall"
	"time"

	"factbot/internal/facts"
	"factbot/internal/synthetic"
)

// growth is what more names and more figures cost.
func (b *bench) growth() error {
	grid := []synthetic.Options{{Names: 1000, Observations: 100}, {Names: 1000, Observations: 10_000}, {Names: 1000, Observations: 1_000_000}, {Names: 100, Observations: 1_000_000}, {Names: 10_000, Observations: 1_000_000}}
	if !b.short {
		grid = append(grid, synthetic.Options{Names: 1000, Observations: 10_000_000})
	}
	var rows [][]string
	var first, last time.Duration
	var loads []point
	for _, o := range grid {
		o.Seed = 1
		debug.FreeOSMemory()
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		m := o.Model()
		begun := time.Now()
		s := facts.NewSnapshot(m)
		load := time.Since(begun)
		d, err := opened()
		if err != nil {
			return err
		}
		begun = time.Now()
		d.Use(s)
		d.Warm()
		ready := time.Since(begun)
		runtime.GC()
		runtime.ReadMemStats(&after)
		t := ask(d, asked(o.Questions(400).All), 5)
		rows = append(rows, []string{
			fmt.Sprint(o.Names), fmt.Sprintf("10^%.0f", math.Log10(float64(o.Observations))), load.Round(time.Millisecond).String(), ready.Round(time.Millisecond).String(),
			fmt.Sprintf("%d MiB", (after.HeapAlloc-before.HeapAlloc)>>20), micro(t.p50), micro(t.p99),
		})
		if o.Names == 1000 {
			if first == 0 {
				first = t.p50
			}
			last = t.p50
			if o.Observations >= 10_000 {
				loads = append(loads, point{float64(o.Observations), load.Seconds()})
			}
		}
		runtime.KeepAlive(d)
	}
	b.table("Growth, in memory", []string{"names", "figures", "snapshot", "engine and index", "held", "median", "p99"}, rows)
	b.say("\nThe median grows %.2f× from the fewest to the most figures at 10³ names (aimed at: 1.3×); the time to make the snapshot with the figures to the power of %.2f.", float64(last)/float64(first), exponent(loads))
	return nil
}

type point struct{ x, y float64 }

// exponent is the slope of the line through points on logarithmic scales, by least squares.
func exponent(p []point) float64 {
	var n, sx, sy, sxx, sxy float64
	for _, q := range p {
		x, y := math.Log(q.x), math.Log(q.y)
		n, sx, sy, sxx, sxy = n+1, sx+x, sy+y, sxx+x*x, sxy+x*y
	}
	return (n*sxy - sx*sy) / (n*sxx - sx*sx)
}

// started is how long a command took, and the most memory it held.
func started(name string, args ...string) (time.Duration, int64, error) {
	c := exec.Command(name, args...)
	begun := time.Now()
	out, err := c.CombinedOutput()
	took := time.Since(begun)
	if err != nil {
		return 0, 0, fmt.Errorf("%w\n%.500s", err, out)
	}
	usage, _ := c.ProcessState.SysUsage().(*syscall.Rusage)
	return took, usage.Maxrss >> 10, nil
}

// start is from the start of the process to the first answer.
func (b *bench) start() error {
	folder := filepath.Join(b.dir, "large")
	if err := os.MkdirAll(filepath.Join(folder, "documents"), 0o755); err != nil {
		return err
	}
	o := synthetic.Options{Names: 10_000, Observations: 1_000_000, Seed: 1}
	f, err := os.Create(filepath.Join(folder, "catalogue.yaml"))
	if err != nil {
		return err
	}
	if err := o.WriteCatalogue(f); err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	if err := o.WriteTables(100_000, func(n int) (io.WriteCloser, error) {
		return os.Create(filepath.Join(folder, "documents", fmt.Sprintf("t%02d.csv", n)))
	}); err != nil {
		return err
	}
	size, err := os.Stat(b.bot)
	if err != nil {
		return err
	}
	var rows [][]string
	for _, c := range []struct {
		what, want string
		times      int
		args       []string
	}{
		{"shipped facts", "60 ms", 9, []string{"ask", "xuất khẩu 2020 đạt bao nhiêu % KH?"}},
		{"10⁴ names, 10⁶ figures in a folder", "1.5 s, 256 MiB", 3, []string{"ask", "--facts", folder, o.Questions(1).All[0]}},
	} {
		var took []time.Duration
		var held []int64
		for range c.times {
			t, m, err := started(b.bot, c.args...)
			if err != nil {
				return err
			}
			took, held = append(took, t), append(held, m)
		}
		rows = append(rows, []string{c.what, median(took).Round(time.Millisecond).String(), fmt.Sprintf("%d MiB", median(held)), c.want})
	}
	b.table("From the start of the process to the first answer (`bot ask`)", []string{"", "time", "most memory", "aimed at"}, rows)
	b.say("\nThe binary has %.1f MB.", float64(size.Size())/1e6)
	return nil
}

// update is the folder of start with another hundred figures, loaded aside and put in place.
func (b *bench) update() error {
	folder := filepath.Join(b.dir, "large")
	d, err := opened()
	if err != nil {
		return err
	}
	s, problems := d.Load(os.DirFS(folder))
	if len(problems) > 0 {
		return problems
	}
	d.Use(s)
	more := "area,indicator,period,measure,value,unit,source,note,source_date\n"
	for i := range 100 {
		more += fmt.Sprintf("area-%d,indicator-%d,2021,estimate,%d,,Báo cáo,,2021-12-30\n", i%20, i, 100+i)
	}
	if err := os.WriteFile(filepath.Join(folder, "documents", "more.csv"), []byte(more), 0o600); err != nil {
		return err
	}
	begun := time.Now()
	if s, problems = d.Load(os.DirFS(folder)); len(problems) > 0 {
		return problems
	}
	loaded := time.Since(begun)
	d.Use(s)
	b.say("\nAn update of 100 figures over those 10⁶ is live after %s (%s to load, aimed at: 50 ms).", time.Since(begun).Round(time.Millisecond), loaded.Round(time.Millisecond))
	return nil
}
