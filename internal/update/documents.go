package update

import (
	"bytes"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"time"

	"factbot/internal/tidy"
	"factbot/internal/token"
)

// document is a source with what the tables bring from it.
type document struct {
	id       string
	stem     string // documents/STEM.yaml
	title    string
	date     string
	url      string
	isNew    bool
	rows     []tidy.Row
	projects []tidy.Project
}

const documentsFolder = "documents"

func (d *document) yamlPath() string     { return path.Join(documentsFolder, d.stem+".yaml") }
func (d *document) tablePath() string    { return path.Join(documentsFolder, d.stem+".csv") }
func (d *document) projectsPath() string { return path.Join(documentsFolder, d.stem+".projects.csv") }

// document is the document of a source: the facts' one with that title or address and date, else a new one. A source without a
// date is the one document of that title, whatever its date.
func (im *importer) document(source, date string) *document {
	asked := [2]string{source, date}
	d := im.asked[asked]
	if d == nil {
		d = im.findDocument(source, date)
		im.asked[asked] = d
	}
	return d
}

func (im *importer) findDocument(source, date string) *document {
	if date == "" {
		date = dateIn(source)
	}
	key := token.Fold(source)
	var of []*document
	for _, d := range im.sources {
		if token.Fold(d.title) == key || d.url == source || d.id == source {
			if d.date == date {
				return d
			}
			of = append(of, d)
		}
	}
	for _, s := range im.before.Sources() {
		if token.Fold(s.Title) != key && s.URL != source && s.ID != source {
			continue
		}
		d := &document{id: s.ID, stem: strings.TrimSuffix(path.Base(s.File), path.Ext(s.File)), title: s.Title, date: s.Date, url: s.URL}
		if path.Ext(s.File) != ".yaml" { // named by a row of a table only
			d.stem, d.isNew = slug(s.ID), true
		}
		known := false
		for _, had := range of {
			known = known || had.id == d.id
		}
		if s.Date == date {
			im.sources = append(im.sources, d)
			return d
		}
		if !known {
			of = append(of, d)
		}
	}
	if date == "" && len(of) == 1 {
		for _, d := range im.sources {
			if d == of[0] {
				return d
			}
		}
		im.sources = append(im.sources, of[0])
		return of[0]
	}
	d := &document{title: source, date: date, isNew: true}
	if address(source) {
		d.url = source
	}
	d.stem = im.freeStem(source, date)
	d.id = d.stem
	im.sources = append(im.sources, d)
	return d
}

func address(s string) bool {
	return (strings.HasPrefix(s, "https://") || strings.HasPrefix(s, "http://")) && !strings.ContainsAny(s, " \t")
}

// freeStem is a file name, without its end, that no document has.
func (im *importer) freeStem(title, date string) string {
	base := slug(title)
	if base == "" {
		base = "document"
	}
	if date != "" && !strings.HasSuffix(base, date) {
		base += "-" + date
	}
	taken := func(stem string) bool {
		for _, d := range im.sources {
			if strings.EqualFold(d.stem, stem) || token.Fold(d.id) == token.Fold(stem) {
				return true
			}
		}
		for _, s := range im.before.Sources() {
			if token.Fold(s.ID) == token.Fold(stem) {
				return true
			}
		}
		for _, end := range []string{".yaml", ".csv", ".projects.csv"} {
			if _, err := os.Lstat(filepath.Join(im.dir, documentsFolder, stem+end)); err == nil {
				return true
			}
		}
		return false
	}
	stem := base
	for n := 2; taken(stem); n++ {
		stem = base + "-" + strconv.Itoa(n)
	}
	return stem
}

var (
	dayInTitle   = regexp.MustCompile(`(?:^|[^\d/.-])(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?:[^\d/.-]|$)`)
	dayInWords   = regexp.MustCompile(`\bngay (\d{1,2}) thang (\d{1,2}) nam (\d{4})\b`)
	monthInWords = regexp.MustCompile(`\bthang (\d{1,2}) (?:nam )?(\d{4})\b`)
)

// dateIn is the date that a title names, as ISO: a day, else a month; empty where it names none or several.
func dateIn(title string) string {
	title = token.Normalize(title)
	if address(title) {
		return ""
	}
	words := token.Fold(title)
	for _, try := range []struct {
		form *regexp.Regexp
		text string
		day  bool
	}{{dayInTitle, title, true}, {dayInWords, words, true}, {monthInWords, words, false}} {
		found := try.form.FindAllStringSubmatch(try.text, -1)
		if len(found) == 0 {
			continue
		}
		m := found[0]
		layout, out, text := "1/2006", "2006-01", strings.Join(m[1:], "/")
		if try.day {
			layout, out = "2/1/2006", time.DateOnly
		}
		day, err := time.Parse(layout, text)
		if err != nil || len(found) > 1 || day.Year() < 1900 || day.Year() > 2199 {
			return ""
		}
		return day.Format(out)
	}
	return ""
}

// merge puts the rows that each document has already before the new ones, which replace those of the same key.
func (im *importer) merge() {
	for _, d := range im.sources {
		if len(d.rows) == 0 && len(d.projects) == 0 {
			continue
		}
		if err := im.mergeRows(d); err != nil {
			im.file = d.tablePath()
			im.refuse("", 0, "", "%v", err)
		}
		if err := im.mergeProjects(d); err != nil {
			im.file = d.projectsPath()
			im.refuse("", 0, "", "%v", err)
		}
		if len(d.rows) > 0 || len(d.projects) > 0 {
			im.report.Documents = append(im.report.Documents, d.id)
		}
	}
}

func (im *importer) mergeRows(d *document) error {
	if len(d.rows) == 0 {
		return nil
	}
	had, err := im.readTable(d.tablePath())
	if err != nil {
		return err
	}
	if len(had.Projects) > 0 {
		return fmt.Errorf("the table holds projects; move it to %s", d.projectsPath())
	}
	at := map[rowKey]int{}
	key := func(r tidy.Row) (rowKey, bool) {
		i, a := im.indicators.find(r.Indicator), im.areas.find(r.Area)
		if len(i) != 1 || len(a) != 1 || r.Source != "" {
			return rowKey{}, false
		}
		return rowKey{"", i[0], a[0], r.AssignedBy, r.Period, string(r.Measure), string(r.Claim)}, true
	}
	for i, r := range had.Rows {
		if k, ok := key(r); ok {
			at[k] = i
		}
	}
	for _, r := range d.rows {
		if k, ok := key(r); ok {
			if i, repeated := at[k]; repeated {
				had.Rows[i] = r
				continue
			}
		}
		had.Rows = append(had.Rows, r)
	}
	d.rows = had.Rows
	return nil
}

func (im *importer) mergeProjects(d *document) error {
	if len(d.projects) == 0 {
		return nil
	}
	had, err := im.readTable(d.projectsPath())
	if err != nil {
		return err
	}
	at := map[string]int{}
	for i, p := range had.Projects {
		if a := im.areas.find(p.Area); len(a) == 1 {
			at[projectKey(p.Name, a[0])] = i
		}
	}
	changed := 0
	for _, p := range d.projects {
		i, repeated := at[projectKey(p.Name, p.Area)]
		switch {
		case !repeated && im.projects[projectKey(p.Name, p.Area)] != nil:
			return fmt.Errorf("the project %q of this document stands in another file; change it there", p.Name)
		case !repeated:
			had.Projects = append(had.Projects, p)
			changed++
		case projectText(had.Projects[i]) != projectText(p):
			had.Projects[i] = p
			changed++
		}
	}
	if im.report.Projects += changed; changed == 0 {
		had.Projects = nil
	}
	d.projects = had.Projects
	return nil
}

// readTable reads a table of the facts folder; an empty one where there is no file.
func (im *importer) readTable(name string) (tidy.Table, error) {
	data, err := os.ReadFile(filepath.Join(im.dir, filepath.FromSlash(name)))
	if os.IsNotExist(err) {
		return tidy.Table{}, nil
	}
	if err != nil {
		return tidy.Table{}, err
	}
	t, problems := tidy.Read(name, bytes.NewReader(data), tidy.Options{Units: im.opts.Units})
	if len(problems) > 0 {
		return tidy.Table{}, fmt.Errorf("%s", problems[0])
	}
	return t, nil
}
