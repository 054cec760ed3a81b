package tidy

import (
	"fmt"
	"strings"

	"factbot/internal/token"
)

// column is a column that the tables may have.
type column struct {
	name     string
	required bool
	also     []string // further headings that mean it
}

// figureColumns are the columns of a table of figures, in the order in which they are written.
var figureColumns = []column{
	{"area", true, []string{"địa phương", "tỉnh", "tỉnh/thành phố", "tỉnh, thành phố", "địa bàn", "tỉnh/TP"}},
	{"indicator", true, []string{"chỉ tiêu", "tên chỉ tiêu"}},
	{"period", true, []string{"kỳ", "thời kỳ", "thời gian", "kỳ báo cáo", "kỳ số liệu"}},
	{"measure", true, []string{"loại số liệu", "loại"}},
	{"value", true, []string{"giá trị", "số liệu"}},
	{"unit", true, []string{"đơn vị", "đơn vị tính", "ĐVT"}},
	{"source", true, []string{"nguồn", "nguồn số liệu"}},
	{"note", false, []string{"ghi chú"}},
	{"indicator_en", false, []string{"chỉ tiêu (tiếng Anh)", "tên tiếng Anh", "indicator in English"}},
	{"kind", false, []string{"tính chất"}},
	{"part_of", false, []string{"thuộc", "là một phần của", "thuộc chỉ tiêu"}},
	{"assigned_by", false, []string{"cấp giao", "đơn vị giao", "cơ quan giao"}},
	{"source_date", false, []string{"ngày", "ngày nguồn", "ngày công bố"}},
	{"locator", false, []string{"vị trí", "trang"}},
}

// projectColumns are the columns of a table of projects.
var projectColumns = []column{
	{"name", true, []string{"tên dự án", "dự án", "tên"}},
	{"investor", false, []string{"chủ đầu tư", "nhà đầu tư"}},
	{"sector", false, []string{"ngành", "lĩnh vực"}},
	{"area", true, []string{"địa phương", "tỉnh", "tỉnh/thành phố", "tỉnh, thành phố", "địa bàn", "tỉnh/TP"}},
	{"capacity_value", false, []string{"công suất"}},
	{"capacity_unit", false, []string{"đơn vị công suất"}},
	{"capacity_per", false, []string{"công suất mỗi", "công suất theo"}},
	{"investment_value", false, []string{"vốn đầu tư", "tổng mức đầu tư", "tổng vốn đầu tư"}},
	{"investment_unit", false, []string{"đơn vị vốn", "đơn vị vốn đầu tư"}},
	{"status", false, []string{"tình trạng", "trạng thái", "tiến độ"}},
	{"expected_year", false, []string{"năm dự kiến", "năm hoàn thành", "năm vận hành"}},
	{"source", true, []string{"nguồn", "nguồn số liệu"}},
	{"source_date", false, []string{"ngày", "ngày nguồn", "ngày công bố"}},
	{"locator", false, []string{"vị trí", "trang"}},
	{"product", false, []string{"sản phẩm"}},
	{"place", false, []string{"địa điểm"}},
	{"note", false, []string{"ghi chú"}},
}

// headings maps the folded headings of columns to their names.
func headings(columns []column) map[string]string {
	m := map[string]string{}
	for _, c := range columns {
		m[token.Fold(c.name)] = c.name
		for _, a := range c.also {
			m[token.Fold(a)] = c.name
		}
	}
	return m
}

var (
	figureHeadings  = headings(figureColumns)
	projectHeadings = headings(projectColumns)
)

// headerRows is how many rows with content may stand above the header: titles, dates.
const headerRows = 20

// header is the header row of a sheet: where each column stands.
type header struct {
	projects bool
	row      int // its index in the sheet's rows
	at       map[string]int
	names    []string // by position; empty where nothing stands
}

// findHeader looks for the header among the first rows; nil where no row has the look of one. What is wrong with it goes to
// the problems.
func findHeader(s *sheet, report func(line int, column, reason string)) *header {
	for i := 0; i < len(s.rows) && i < headerRows; i++ {
		figures, projects := known(s.rows[i], figureHeadings), known(s.rows[i], projectHeadings)
		if max(figures, projects) < 3 {
			continue
		}
		h := &header{projects: isProjects(s.rows[i]), row: i}
		if h.projects {
			h.read(s.rows[i], projectColumns, projectHeadings, report)
		} else {
			h.read(s.rows[i], figureColumns, figureHeadings, report)
		}
		return h
	}
	return nil
}

// isProjects tells a header of projects from one of figures.
func isProjects(r gridRow) bool {
	figures, projects := known(r, figureHeadings), known(r, projectHeadings)
	return projects > figures
}

func known(r gridRow, names map[string]string) int {
	seen := map[string]bool{}
	for _, c := range r.cells {
		if name, ok := names[token.Fold(c.text)]; ok {
			seen[name] = true
		}
	}
	return len(seen)
}

func (h *header) read(r gridRow, columns []column, names map[string]string, report func(int, string, string)) {
	h.at = map[string]int{}
	h.names = make([]string, len(r.cells))
	var all []string
	for _, c := range columns {
		all = append(all, c.name)
	}
	for i, c := range r.cells {
		if c.text == "" {
			continue
		}
		name, ok := names[token.Fold(c.text)]
		if !ok {
			report(r.line, c.text, fmt.Sprintf("column %q is none of %s", c.text, strings.Join(all, ", ")))
			continue
		}
		if first, ok := h.at[name]; ok {
			report(r.line, name, fmt.Sprintf("column %q stands twice, as column %d and %d", name, first+1, i+1))
			continue
		}
		h.at[name] = i
		h.names[i] = name
	}
	for _, c := range columns {
		if _, ok := h.at[c.name]; c.required && !ok {
			report(r.line, c.name, fmt.Sprintf("column %q is missing; needed are %s", c.name, strings.Join(required(columns), ",")))
		}
	}
}

func required(columns []column) []string {
	var names []string
	for _, c := range columns {
		if c.required {
			names = append(names, c.name)
		}
	}
	return names
}

// cell is the cell of a row in a named column; empty where the table lacks the column.
func (h *header) cell(r gridRow, name string) cell {
	i, ok := h.at[name]
	if !ok {
		return cell{}
	}
	return r.at(i)
}

// text is the text of a row in a named column.
func (h *header) text(r gridRow, name string) string { return h.cell(r, name).text }
