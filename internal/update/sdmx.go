package update

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"

	"factbot/internal/facts"
	"factbot/internal/period"
	"factbot/internal/quantity"
	"factbot/internal/tidy"
)

// What the rows of an SDMX-CSV file say they are of: a structure of ours, as no registry has one for plans and what they came to.
const (
	sdmxStructure   = "datastructure"
	sdmxStructureID = "FACTBOT:FIGURES(1.0)"
)

// sdmxHeader are the columns of SDMX-CSV 2.0 (SDMX 3.0, section 5 of the technical notes): the structure and the action of each row, the dimensions, the value, the attributes.
var sdmxHeader = []string{"STRUCTURE", "STRUCTURE_ID", "ACTION", "FREQ", "REF_AREA", "INDICATOR", "MEASURE", "ASSIGNED_BY", "SOURCE", "TIME_PERIOD", "OBS_VALUE",
	"UNIT_MEASURE", "UNIT_MULT", "DECIMALS", "OBS_STATUS", "SOURCE_TITLE", "SOURCE_DATE", "LOCATOR"}

// WriteSDMX writes every figure and claim of a snapshot as SDMX-CSV 2.0, in the order of the documents. FREQ and OBS_STATUS are of the code lists CL_FREQ and CL_OBS_STATUS (A
// normal, E estimated, P provisional, F forecast for a plan), UNIT_MEASURE the facts' own unit, TIME_PERIOD the SDMX notation. A claim has a MEASURE of its own, such as ACTUAL_GROWTH.
func WriteSDMX(w io.Writer, s *facts.Snapshot) error {
	out := csv.NewWriter(w)
	if err := out.Write(sdmxHeader); err != nil {
		return err
	}
	row := func(indicator, area, measure, by string, status string, p period.Period, v quantity.Quantity, source *facts.Source, locator string) error {
		decimals := ""
		if v.Decimals >= 0 {
			decimals = strconv.Itoa(v.Decimals)
		}
		return out.Write([]string{sdmxStructure, sdmxStructureID, "I", freq(p), area, indicator, measure, plainCell(by), source.ID, p.String(), tidy.Digits(v),
			string(v.Unit), strconv.Itoa(v.Mult), decimals, status, plainCell(source.Title), source.Date, plainCell(locator)})
	}
	for o := range s.Observations() {
		if err := row(o.Indicator, o.Area, strings.ToUpper(o.Measure.String()), o.AssignedBy, obsStatus(o.Measure), o.Period, o.Value, o.Source, o.Locator); err != nil {
			return err
		}
	}
	for _, c := range s.Claims() {
		measure := strings.ToUpper(c.Of.String() + "_" + c.Kind.String())
		if err := row(c.Indicator, c.Area, measure, c.AssignedBy, obsStatus(c.Of), c.Period, c.Value, c.Source, c.Locator); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// freq is a period's code in CL_FREQ; what has none there is "_O", other.
func freq(p period.Period) string {
	switch p.Shape() {
	case period.Year:
		return "A"
	case period.Half:
		return "S"
	case period.Quarter:
		return "Q"
	case period.Month:
		return "M"
	}
	return "_O"
}

// obsStatus is a measure's code in CL_OBS_STATUS.
func obsStatus(m facts.Measure) string {
	switch m {
	case facts.Plan:
		return "F"
	case facts.Estimate:
		return "E"
	case facts.Preliminary:
		return "P"
	}
	return "A"
}

// plainCell is a text that no spreadsheet takes for a formula.
func plainCell(text string) string {
	if text != "" && strings.ContainsRune("=+-@\t\r", rune(text[0])) {
		return "'" + text
	}
	return text
}
