package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"factbot/internal/desk"
	"factbot/internal/tidy"
	"factbot/internal/update"
	"factbot/locales"
)

type importCommand struct {
	stateFlags
	Facts   string   `xor:"into" required:"" placeholder:"DIR" help:"The facts folder to take them into; it is made where there is none."`
	State   bool     `xor:"into" required:"" help:"Take them into the facts of the state instead, as the next revision."`
	Decimal string   `default:"auto" placeholder:"MARK" help:"The decimal mark of every column: . or , (auto: settled per column)."`
	Files   []string `arg:"" name:"file" help:"Tidy tables, .csv or .xlsx."`
}

// Run takes all rows of all files, or none.
func (c *importCommand) Run(w *world) error {
	known, err := desk.ReadKnown(locales.FS)
	if err != nil {
		return err
	}
	opts := tidy.Options{Units: known.Units()}
	switch c.Decimal {
	case "auto":
	case ".", ",":
		opts.Decimal = c.Decimal[0]
	default:
		return fmt.Errorf("--decimal: %q is not . or , or auto", c.Decimal)
	}
	if info, err := os.Stat(c.Facts); c.Facts != "" && err == nil && !info.IsDir() {
		return fmt.Errorf("--facts %s: is a file, not a folder", c.Facts)
	}
	var tables []tidy.Table
	var problems []tidy.Problem
	for _, name := range c.Files {
		table, ps, err := readTable(name, opts)
		if err != nil {
			return err
		}
		tables, problems = append(tables, table), append(problems, ps...)
	}
	if len(problems) > 0 {
		return refused(w, problems)
	}
	take := func(dir, shown string) error { return c.take(w, dir, shown, tables, known) }
	if c.State {
		return importPublished(w, c.stateFlags, take)
	}
	return take(c.Facts, c.Facts)
}

// take takes tables into a folder and says what that changed there; shown is how the folder is called.
func (c *importCommand) take(w *world, dir, shown string, tables []tidy.Table, known *desk.Known) error {
	report, err := update.Import(dir, tables, update.Options{Units: known.Units(), Kind: known.Kind, Area: known.Area})
	var refusal *update.Refusal
	if errors.As(err, &refusal) {
		return refused(w, refusal.Problems)
	}
	if err != nil {
		return err
	}
	return w.print(summary(report, tables, shown))
}

func readTable(name string, opts tidy.Options) (tidy.Table, []tidy.Problem, error) {
	info, err := os.Stat(name)
	if err != nil {
		return tidy.Table{}, nil, missing(err)
	}
	if info.IsDir() {
		return tidy.Table{}, nil, fmt.Errorf("%s: is a folder, not a table", name)
	}
	f, err := os.Open(name)
	if err != nil {
		return tidy.Table{}, nil, missing(err)
	}
	defer f.Close()
	table, problems := tidy.Read(name, f, opts)
	return table, problems, nil
}

// refused names every refused row.
func refused(w *world, problems []tidy.Problem) error {
	for _, p := range problems {
		fmt.Fprintln(w.err, p)
	}
	return failure{statusFound, fmt.Errorf("nothing was imported: %s", count(len(problems), "problem"))}
}

// summary says what an import changed.
func summary(r update.Report, tables []tidy.Table, dir string) string {
	var b strings.Builder
	for _, t := range tables {
		for _, note := range t.Notes {
			fmt.Fprintf(&b, "note: %s: %s\n", t.Name, note)
		}
	}
	for _, note := range r.Notes {
		fmt.Fprintf(&b, "note: %s\n", note)
	}
	for _, kind := range []struct {
		name string
		ids  []string
	}{{"new areas", r.NewAreas}, {"new indicators", r.NewIndicators}} {
		if len(kind.ids) > 0 {
			fmt.Fprintf(&b, "%s: %s\n", kind.name, strings.Join(kind.ids, ", "))
		}
	}
	fmt.Fprintf(&b, "figures: %d added, %d replaced, %d unchanged, %d repeated; projects: %d\n", r.Added, r.Replaced, r.Unchanged, r.Repeated, r.Projects)
	for _, f := range r.Files {
		fmt.Fprintf(&b, "wrote %s\n", filepath.Join(dir, f))
	}
	if len(r.Files) == 0 {
		b.WriteString("nothing changed\n")
	}
	fmt.Fprintf(&b, "revision %s\n", r.Revision)
	return b.String()
}

type exportCommand struct {
	source
	Format string `enum:"auto,csv,xlsx,sdmx-csv" default:"auto" help:"csv, xlsx or sdmx-csv (2.0); auto: as the name of the file says, else csv."`
	Output string `short:"o" placeholder:"FILE" help:"Write there instead of to standard output."`
}

// Run writes every figure and claim.
func (c *exportCommand) Run(w *world) error {
	d, err := c.open(w)
	if err != nil {
		return err
	}
	table, err := update.Export(d.Facts(), d.Known().Units())
	if err != nil {
		return err
	}
	write := tidy.WriteCSV
	if c.Format == "xlsx" || c.Format == "auto" && strings.EqualFold(filepath.Ext(c.Output), ".xlsx") {
		write = tidy.WriteXLSX
	}
	var out bytes.Buffer
	if c.Format == "sdmx-csv" {
		err = update.WriteSDMX(&out, d.Facts())
	} else {
		err = write(&out, table)
	}
	if err != nil {
		return err
	}
	if c.Output == "" {
		return w.print(out.String())
	}
	if err := os.WriteFile(c.Output, out.Bytes(), 0o644); err != nil { //nolint:gosec // official figures, for everybody to read
		var pe *fs.PathError
		if errors.As(err, &pe) {
			return fmt.Errorf("-o %s: %w", c.Output, pe.Err)
		}
		return err
	}
	fmt.Fprintf(w.err, "bot: wrote %s to %s\n", count(len(table.Rows), "row"), c.Output)
	return nil
}

// count is a number of things in English.
func count(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}
