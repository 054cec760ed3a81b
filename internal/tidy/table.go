// Package tidy reads and writes tables of figures and of projects, one row a figure or a project, as CSV and as XLSX.
//
// A file goes through a grid of cells (csv.go, xlsx.go), a header that names its columns (header.go), the decimal mark of each
// column of numbers (decimal.go), and ends as typed rows (figures.go, projects.go). Problems are collected, each with its line
// and column; a table that has any is not to be used. It knows nothing of the facts that the rows are for.
package tidy

import (
	"fmt"
	"strings"

	"factbot/internal/period"
	"factbot/internal/quantity"
)

// Table is what a file holds: figures, projects or, in a workbook, both.
type Table struct {
	Name     string // of the file, for messages
	Rows     []Row
	Projects []Project
	Notes    []string // what was left out or guessed and does no harm: hidden sheets, an old encoding
}

// Row is one figure or one claim of a source.
type Row struct {
	Sheet       string // of a workbook; empty for a CSV file
	Line        int    // from 1, where the row begins
	Area        string // name, alias or id, as written
	Indicator   string
	IndicatorEN string
	Kind        string // flow, stock, index, rate, or empty
	PartOf      string
	Period      period.Period
	Measure     Measure
	Claim       Claim             // empty for a figure
	Value       quantity.Quantity // digits and decimals as written; of a claim percent, of a contribution pp
	Unit        string            // as written; empty: not said, then Value.Unit is empty too (a claim has its own)
	AssignedBy  string
	Source      string // title or address, or empty
	SourceDate  string // ISO, may be shorter (2020-12), or empty
	Locator     string
	Note        string
}

// Measure is what a figure is, or what a claim is said of.
type Measure string

// The measures.
const (
	Actual      Measure = "actual"
	Preliminary Measure = "preliminary"
	Estimate    Measure = "estimate"
	Plan        Measure = "plan"
)

// Claim is what a source states beside a figure.
type Claim string

// The claims, as they stand behind the measure: actual.growth.
const (
	Growth       Claim = "growth"      // percent, against the same period of the year before
	GrowthPrev   Claim = "growth_prev" // percent, against the period just before
	Attainment   Claim = "attainment"  // percent of the year's plan
	Contribution Claim = "contribution"
)

// Project is one project. What is unknown is empty, nil or 0.
type Project struct {
	Sheet          string
	Line           int
	Name           string
	Investor       string
	Sector         string
	Area           string
	Capacity       *quantity.Quantity // per time where the table says so: t/year
	CapacityUnit   string             // as written, with the time behind a slash
	Investment     *quantity.Quantity
	InvestmentUnit string
	Status         string
	ExpectedYear   int
	Source         string
	SourceDate     string
	Locator        string
	Product        string
	Place          string
	Note           string
}

// Problem is one thing that keeps a table from being used.
type Problem struct {
	File   string
	Sheet  string // or empty
	Line   int    // from 1; 0: the file or sheet as a whole
	Column string // the column's name; empty: the row as a whole
	Reason string // what is wrong, the text quoted, what would be right
}

func (p Problem) String() string {
	var b strings.Builder
	b.WriteString(p.File)
	if p.Sheet != "" {
		fmt.Fprintf(&b, "[%s]", p.Sheet)
	}
	if p.Line > 0 {
		fmt.Fprintf(&b, ":%d", p.Line)
	}
	if p.Column != "" {
		b.WriteString(": " + p.Column)
	}
	return b.String() + ": " + p.Reason
}

// Options say how a file is read. Units is needed; the rest may be left zero.
type Options struct {
	Units   *quantity.Units
	Decimal byte // '.' or ',': the decimal mark of every column; 0: settled per column
	Limits  Limits
	// Each, where it is given, gets the figures one after the other, which then are not among the table's Rows: a long table is not held. Where
	// there are problems in the end none of them is to be used.
	Each func(Row)
}

// Limits bound what a file may cost to read. A zero field means the default.
type Limits struct {
	Bytes    int64 // of the file: 64 MB
	Rows     int   // with content: 500,000; of a workbook's sheet also the last row's number
	Columns  int   // 256
	Cells    int   // of all rows: 8,000,000
	Cell     int   // bytes of one cell: 10,000
	Problems int   // that are named: 1,000
}

func (l Limits) orDefault() Limits {
	set := func(n *int, def int) {
		if *n <= 0 {
			*n = def
		}
	}
	if l.Bytes <= 0 {
		l.Bytes = 64 << 20
	}
	set(&l.Rows, 500_000)
	set(&l.Columns, 256)
	set(&l.Cells, 8_000_000)
	set(&l.Cell, 10_000)
	set(&l.Problems, 1_000)
	return l
}
