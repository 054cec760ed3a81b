// Package chart draws figures as pictures for a phone: bars beside one another, or a line over time. It knows no facts and no language:
// every text and every length is given, and what a length means stands beside it as a number in the reader's own writing.
//
// Nothing is told by colour alone, and bars begin at zero. A line may begin elsewhere, and its axis says where.
//
//	Chart    what is to be seen
//	layout   where it stands: title, bars or line, remarks, source, one under the other
//	canvas   lines, shapes and text on the picture; alone knows the drawing library
package chart

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
)

// Chart is what a picture shows: rows of bars, or lines over time.
type Chart struct {
	Title    string
	Subtitle string  // what the numbers are: the unit, the period
	Legend   []Key   // what the tones are
	Rows     []Row   // bars; empty where there are lines
	Mark     *Mark   // a value that the bars are seen against
	Over     *Series // lines; nil where there are bars
	Notes    []string
	Source   string
}

// Key names a tone.
type Key struct {
	Tone Tone
	Open bool // a point of a line that is an open circle
	Name string
}

// Tone is how a bar or a line looks.
type Tone uint8

// The tones. Done and Missed are of a thing with a plan that was reached, or was not.
const (
	Plain  Tone = iota // realised
	Vague              // realised, as estimated
	Plan               // planned: an outline
	Missed             // below its plan
	Second             // further lines
	Third
	Fourth
	tones
)

// Row is a name with its bars under it.
type Row struct {
	Name   string
	Remark string // beside or under the name
	Bars   []Bar
}

// Bar is a length with what stands at its end.
type Bar struct {
	Size   float64 // of the same unit in all bars; may be negative
	Label  string  // at its end
	Inside string  // within it, at its end where there is no room
	Tone   Tone
}

// Mark is a value that bars are seen against, such as 100 %.
type Mark struct {
	At    float64
	Label string
}

// Series are lines over the same periods.
type Series struct {
	Periods []string // one for each step, in order, also those without a figure
	Lines   []Line
	Ticks   []Tick // the horizontal lines, from the lowest
}

// Line is one line. Where a period has no figure it has a gap.
type Line struct {
	Name   string
	Tone   Tone
	Points []Point // in the order of the periods
}

// Point is one figure of a line.
type Point struct {
	Step  int // index of its period
	At    float64
	Label string // empty: not written
	Open  bool   // an estimate or a plan: an open circle
}

// Tick is a value of the axis.
type Tick struct {
	At    float64
	Label string
}

// drawing is raised when the same Chart is drawn otherwise than before.
const drawing = 1

// Key is the same for charts that look the same, in any process: 22 characters that fit where names of files do.
func (c *Chart) Key() string {
	text, err := json.Marshal(struct {
		Drawing int
		Chart   *Chart
	}{drawing, c})
	if err != nil { // a length that is no number
		return ""
	}
	sum := sha256.Sum256(text)
	return base64.RawURLEncoding.EncodeToString(sum[:16])
}
