package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"factbot/internal/desk"
	"factbot/internal/extract"
	"factbot/internal/period"
	"factbot/internal/quantity"
	"factbot/internal/tidy"
)

type extractCommand struct {
	source
	Period string `placeholder:"PERIOD" help:"What the report is of: 2020, 2020-Q3, 2020-11; what its first lines say by default."`
	Area   string `placeholder:"NAME" help:"The area of its figures; the one it names most by default, else the facts' own."`
	Title  string `help:"The title of the source; the report's own by default."`
	Date   string `placeholder:"YYYY-MM-DD" help:"The date of the source; the report's own by default."`
	Format string `enum:"text,json,csv,xlsx" default:"text" help:"text: for reading; json: an object a line; csv, xlsx: a tidy table for bot import."`
	Output string `short:"o" placeholder:"FILE" help:"Write there instead of to standard output."`
	Lang   string `enum:"vi,en" default:"vi" help:"The language of the text form."`
	File   string `arg:"" help:"The report, .docx or .txt; - is standard input."`
}

// Run reads the figures out of a report.
func (c *extractCommand) Run(w *world) error {
	var data []byte
	var err error
	if c.File == "-" {
		data, err = io.ReadAll(w.in)
	} else {
		data, err = os.ReadFile(c.File)
	}
	if err != nil {
		return missing(err)
	}
	d, err := c.open(w)
	if err != nil {
		return err
	}
	text, note, err := extract.Text(data)
	if err != nil {
		return fmt.Errorf("%s: %w", c.File, err)
	}
	if note != "" {
		fmt.Fprintf(w.err, "bot: %s\n", note)
	}
	o, err := d.ReportOptions()
	if err != nil {
		return err
	}
	if c.Period != "" {
		if o.Period, err = period.Parse(c.Period); err != nil {
			return fmt.Errorf("--period: %w", err)
		}
	}
	r := extract.Read(text, o)
	about := reportOf(d, &r, text, filepath.Base(c.File))
	if c.Area != "" {
		about.Area = c.Area
	}
	if c.Title != "" {
		about.Title = c.Title
	}
	if c.Date != "" {
		about.Date = c.Date
	}
	out, err := c.written(d, &r, about)
	if err != nil {
		return err
	}
	if c.Output == "" {
		return w.print(out)
	}
	if err := os.WriteFile(c.Output, []byte(out), 0o644); err != nil { //nolint:gosec // official figures, for everybody to read
		return missing(err)
	}
	return nil
}

// written is what was read in the form that is asked for.
func (c *extractCommand) written(d *desk.Desk, r *extract.Report, about extract.Document) (string, error) {
	var b bytes.Buffer
	switch c.Format {
	case "csv":
		err := tidy.WriteCSV(&b, figuresOnly(r.Table(about, d.Named)))
		return b.String(), err
	case "xlsx":
		err := tidy.WriteXLSX(&b, figuresOnly(r.Table(about, d.Named)))
		return b.String(), err
	case "json":
		return readAsJSON(r, about)
	}
	lines := d.Reading(*r, c.Lang)
	return strings.TrimSpace(strings.Join(lines, "\n")) + "\n", nil
}

// figuresOnly is a table of one kind of rows, as a file has it.
func figuresOnly(t tidy.Table) tidy.Table {
	if len(t.Rows) > 0 {
		t.Projects = nil
	}
	return t
}

// readAsJSON writes an object a line: figures, projects, then what was left out.
func readAsJSON(r *extract.Report, about extract.Document) (string, error) {
	type object = map[string]any
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	amount := func(o object, key string, q *quantity.Quantity, unit string) {
		if q != nil {
			o[key], o[key+"_unit"] = json.Number(tidy.Digits(*q)), unit
		}
	}
	for _, f := range r.Figures {
		o := object{"kind": "figure", "indicator": f.Indicator, "area": about.Area, "period": f.Period.String(), "measure": string(f.Measure),
			"value": json.Number(tidy.Digits(f.Value)), "unit": f.Unit, "words": f.Words, "line": f.Line, "sure": "stated"}
		if f.Claim != "" {
			o["claim"], o["unit"] = string(f.Claim), "%"
			if f.Claim == tidy.Contribution {
				o["unit"] = "điểm %"
			}
		}
		if f.Whole != "" {
			o["part_of"] = f.Whole
		}
		if f.Inherited {
			o["sure"] = "context"
		}
		if err := e.Encode(o); err != nil {
			return "", err
		}
	}
	for _, p := range r.Projects {
		o := object{"kind": "project", "name": p.Name, "words": p.Words, "line": p.Line}
		if p.Investor != "" {
			o["investor"] = p.Investor
		}
		if p.Open {
			o["open_list"] = true
		}
		amount(o, "capacity", p.Capacity, p.Unit)
		amount(o, "investment", p.Invested, p.InvestedUnit)
		if err := e.Encode(o); err != nil {
			return "", err
		}
	}
	for _, l := range r.Left {
		if err := e.Encode(object{"kind": "left", "reason": string(l.Reason), "words": l.Words, "line": l.Line}); err != nil {
			return "", err
		}
	}
	return b.String(), nil
}

// reportOf says what a report's figures are of: the province that it calls one, else the one that it names most, else the facts' own area; its title, or the file's name.
func reportOf(d *desk.Desk, r *extract.Report, text, name string) extract.Document {
	about := extract.Document{Name: name, Title: r.Title, Date: r.Date, Area: d.Facts().DefaultArea()}
	if a := d.PlaceIn(text); a != "" {
		about.Area = a
	}
	for _, place := range r.Places {
		if a := d.Place(place); a != "" {
			about.Area = a
			break
		}
	}
	if about.Title == "" {
		about.Title = name
	}
	return about
}

type evalExtractCommand struct {
	source
	MinPrecision float64 `placeholder:"SHARE" help:"Exit 1 below this precision of figures, 0 to 1."`
	MinRecall    float64 `placeholder:"SHARE" help:"Exit 1 below this recall of figures, 0 to 1."`
	Quiet        bool    `help:"Print the counts only."`
	Set          string  `arg:"" help:"Labelled passages, a JSON-lines file."`
}

// Run reads the passages of a labelled set and counts what is right.
func (c *evalExtractCommand) Run(w *world) error {
	if c.MinPrecision < 0 || c.MinPrecision > 1 || c.MinRecall < 0 || c.MinRecall > 1 {
		return errors.New("--min-precision and --min-recall are shares from 0 to 1")
	}
	f, err := os.Open(c.Set)
	if err != nil {
		return missing(err)
	}
	defer f.Close()
	passages, err := extract.ReadPassages(c.Set, f)
	if err != nil {
		return err
	}
	d, err := c.open(w)
	if err != nil {
		return err
	}
	o, err := d.ReportOptions()
	if err != nil {
		return err
	}
	s := extract.Evaluate(passages, o)
	s.Write(w.out, !c.Quiet)
	if s.Precision() < c.MinPrecision || s.Recall() < c.MinRecall {
		fmt.Fprintf(w.err, "bot: precision is below %g or recall below %g\n", c.MinPrecision, c.MinRecall)
		return found
	}
	return nil
}
